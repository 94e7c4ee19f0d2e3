"""What every reader returns: the document as a flat run of blocks in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row or footnote.

    `text` is what a reader of the page sees, on one line, runs of white space folded to one space, printed
    numbers and list markers included ("a) ...", "8.3.12 ...", "• ..."). `level` is 1 to 6 for a heading, the
    depth from 1 for a list item and for a paragraph inside one, else 0. `page` counts from 1. A table row
    carries its `cells` and the `header` cells of its table (empty where the table has none); its text is the
    cells joined with " | ". The header row itself comes first, with `header == cells`.
    `anchor` is the source's own fragment name, where it has one.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read. `metadata` keys are lower case: title, kind, last_reviewed, next_review,
    chapter, owner, language ... with the values as printed; only what the file itself states."""

    blocks: tuple[Block, ...]
    media_type: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None
    warnings: tuple[str, ...] = ()
