"""Blocks laid out as one canonical text, each with its offsets and the words that introduce it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.sentences import sentence_spans
from ingest.blocks import Block, BlockKind
from ingest.numbering import Printed, is_lettered, item_marker


@dataclass(frozen=True, slots=True)
class Element:
    """A block in its place: `text[start:end]` are the block's words, unaltered.

    `words` is the offset after the printed number or list marker. `lead_start` and `lead_end` span
    the list's lead-in or the table's header row, and are equal where there is none. `header` marks the
    header row itself; `section` is the ordinal of the innermost section that holds `start`. No passage holds
    an element that is not `quotable`.
    """

    kind: BlockKind
    start: int
    end: int
    words: int
    number: str | None
    level: int
    page: int | None
    lead_start: int = 0
    lead_end: int = 0
    header: bool = False
    section: int = 0
    quotable: bool = True


def lay_out(blocks: Sequence[Block], numbers: Sequence[Printed | None]) -> tuple[str, tuple[Element, ...]]:
    """The canonical text and its elements.

    Blank lines part headings and paragraphs; one line break parts list items and table rows.
    """
    pieces: list[str] = []
    elements: list[Element] = []
    leads = _Leads()
    offset = 0
    for block, printed in zip(blocks, numbers, strict=True):
        kind = _kind(block, printed)
        gap = _gap(elements[-1].kind if elements else None, kind)
        offset += len(gap)
        elements.append(_element(block, kind, printed, offset, leads))
        pieces += gap, block.text
        offset += len(block.text)
    return "".join(pieces), tuple(elements)


def _kind(block: Block, printed: Printed | None) -> BlockKind:
    """A numbered list item is a paragraph of the document; a lettered paragraph is an item of a list."""
    if block.kind is BlockKind.LIST_ITEM and printed:
        return BlockKind.PARAGRAPH
    if block.kind is BlockKind.PARAGRAPH and not printed and is_lettered(block.text):
        return BlockKind.LIST_ITEM
    return block.kind


def _gap(before: BlockKind | None, kind: BlockKind) -> str:
    if before is None:
        return ""
    close = kind is before and kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
    return "\n" if close else "\n\n"


def _element(block: Block, kind: BlockKind, printed: Printed | None, start: int, leads: _Leads) -> Element:
    width = printed.width if printed else 0
    if kind is BlockKind.LIST_ITEM:
        width = item_marker(block.text)
    if width >= len(block.text):
        width = 0
    header = bool(block.header) and block.header == block.cells
    lead = leads.of(block, kind, start, start + width, header)
    return Element(
        kind=kind,
        start=start,
        end=start + len(block.text),
        words=start + width,
        number=printed.number if printed else None,
        level=block.level,
        page=block.page,
        lead_start=lead[0],
        lead_end=lead[1],
        header=header,
    )


class _Leads:
    """The lead-in or header that is open at this point of the document."""

    def __init__(self) -> None:
        self._lists: dict[int, tuple[int, int]] = {}
        self._header: tuple[tuple[str, ...], tuple[int, int]] = ((), (0, 0))

    def of(self, block: Block, kind: BlockKind, start: int, words: int, header: bool) -> tuple[int, int]:
        """The lead of this block; takes note of what it introduces itself. A footnote changes nothing:
        lists go on after the foot of a page."""
        if kind is BlockKind.LIST_ITEM:
            return self._item(block, start, words)
        if kind is BlockKind.TABLE_ROW:
            self._lists = {}
            return self._row(block, start, header)
        if kind is not BlockKind.FOOTNOTE:
            lead = _lead_in(block.text, start, words) if kind is BlockKind.PARAGRAPH else None
            inside = block.level if block.kind is BlockKind.PARAGRAPH else 0
            self._lists = self._above(inside) | ({inside: lead} if lead else {})
        return 0, 0

    def _above(self, level: int) -> dict[int, tuple[int, int]]:
        """What still introduces items of this level."""
        return {above: lead for above, lead in self._lists.items() if above < level}

    def _item(self, block: Block, start: int, words: int) -> tuple[int, int]:
        level = max(block.level, 1)
        self._lists = self._above(level)
        lead = self._lists[max(self._lists)] if self._lists else (0, 0)
        if block.text.rstrip().endswith(":"):
            self._lists[level] = words, start + len(block.text)
        return lead

    def _row(self, block: Block, start: int, header: bool) -> tuple[int, int]:
        if header:
            self._header = block.header, (start, start + len(block.text))
            return 0, 0
        cells, span = self._header
        return span if block.header and block.header == cells else (0, 0)


def _lead_in(text: str, start: int, words: int) -> tuple[int, int] | None:
    """The last sentence of a paragraph, if it can introduce a list."""
    spans = sentence_spans(text)
    if not spans:
        return None
    first, last = spans[-1]
    sentence = text[first:last].lower()
    if sentence[-1] in ".!?" and "following" not in sentence and "below" not in sentence:
        return None
    return max(start + first, words), start + last
