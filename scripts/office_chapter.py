"""A chapter of the sample library as its Markdown source states it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from ingest.blocks import Block, BlockKind
from ingest.numbering import printed_numbers
from ingest.readers import read

MANUAL = "Safeguarding procedures manual"
Part = Block | list[Block]
"""A heading, paragraph or list item, or all the rows of one table."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """`title` is without the chapter's number, `heading` with it; `blocks` are what follows the heading."""

    title: str
    heading: str
    owner: str
    last_reviewed: date
    next_review: date
    blocks: tuple[Block, ...]

    @property
    def review_dates(self) -> tuple[str, str]:
        """As printed on the first page."""
        return f"Last reviewed: {_printed(self.last_reviewed)}", f"Next review: {_printed(self.next_review)}"

    def parts(self) -> Iterator[Part]:
        """The blocks in order, the rows of each table together."""
        for header, blocks in groupby(self.blocks, key=lambda block: block.header):
            if header:
                yield list(blocks)
            else:
                yield from blocks


def chapter_of(source: Path) -> Chapter:
    """Reads one source. Raises KeyError where its head lacks the title, the owner or a review date."""
    reading = read(source.read_bytes(), source.name)
    heading, *blocks = reading.blocks
    stated = reading.metadata
    return Chapter(
        title=stated["title"],
        heading=heading.text,
        owner=stated["owner"],
        last_reviewed=date.fromisoformat(stated["last_reviewed"]),
        next_review=date.fromisoformat(stated["next_review"]),
        blocks=tuple(blocks),
    )


def number_and_words(block: Block) -> tuple[str, str]:
    """The printed paragraph number or the bullet, and the words after it; no number gives an empty one."""
    if block.kind is BlockKind.LIST_ITEM:
        mark, _, words = block.text.partition(" ")
        return mark, words
    printed = printed_numbers([block])[0]
    return (printed.number, block.text[printed.width :]) if printed else ("", block.text)


def _printed(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
