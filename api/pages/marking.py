"""A canonical text as blocks to be shown, its characters unaltered and the cited ones marked.

Put one after another with their gaps, the blocks' pieces are the text again, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.documents import Section
from corpus.passages import Passage

_GROUP = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_ROW = re.compile(r"[^\n]+")
_BAR = " | "
# The id of the marked words; an anchor of this name would be a second one.
CITED = "cited"


class Shape(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets into the canonical text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are all cited or all not; `first` is the first cited piece of the text."""

    text: str
    cited: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`bar` parts it from the next one in the text; empty after the last."""

    pieces: tuple[Piece, ...]
    bar: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: its cells, and the white space after it. `header` names the columns."""

    cells: tuple[Cell, ...]
    header: bool
    gap: str


@dataclass(frozen=True, slots=True)
class Block:
    """`level` is the heading's, 1 at the top; `page` is given where a new one begins; `gap` is the white
    space after the block; `rows` are a table's."""

    shape: Shape
    level: int
    anchor: str | None
    page: int | None
    pieces: tuple[Piece, ...]
    gap: str
    rows: tuple[Row, ...] = ()


class MarkedText:
    """The text of one version with its sections and passages; `cited` is what is to be marked."""

    def __init__(
        self, text: str, sections: Sequence[Section], passages: Sequence[Passage], cited: Span | None
    ) -> None:
        self._text = text
        self._cited = cited
        self._headings = {section.start: section for section in sections if section.heading}
        self._anchors = {section.start: section.anchor for section in reversed(sections)}
        self._pages = {passage.start: passage.page for passage in passages}
        self._leads = {(line.lead_start, line.lead_end) for passage in passages for line in passage.lines}

    def blocks(self) -> Iterator[Block]:
        """In reading order."""
        page: int | None = None
        spans = [Span(*match.span()) for match in _GROUP.finditer(self._text)]
        for group, following in zip(spans, [*spans[1:], Span(len(self._text), 0)], strict=True):
            for block_span, gap_end in self._parts(group, following.start):
                new_page = self._pages.get(block_span.start) or page
                yield self._block(block_span, gap_end, new_page if new_page != page else None)
                page = new_page

    def _parts(self, group: Span, gap_end: int) -> Iterator[tuple[Span, int]]:
        """A table as a whole, anything else line by line; each with the end of the gap after it."""
        lines = self._lines(group)
        if _is_table([self._text[line.start : line.end] for line in lines]):
            yield group, gap_end
            return
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            yield line, following.start if following else gap_end

    def _block(self, span: Span, gap_end: int, page: int | None) -> Block:
        words = self._text[span.start : span.end]
        anchor = self._anchors.get(span.start)
        heading = self._headings.get(span.start)
        rows: tuple[Row, ...] = ()
        if heading and words == heading.heading:
            shape = Shape.HEADING
        elif "\n" in words:
            shape, rows = Shape.TABLE, tuple(self._rows(span))
        else:
            shape = Shape.ITEM if self._is_item(span) else Shape.PARAGRAPH
        return Block(
            shape=shape,
            level=heading.level if heading else 0,
            anchor=anchor if anchor != CITED else None,
            page=page,
            pieces=() if rows else self._pieces(span),
            gap=self._text[span.end : gap_end],
            rows=rows,
        )

    def _is_item(self, span: Span) -> bool:
        """Items stand close together; one that stands alone has its mark."""
        before, after = self._text[max(span.start - 2, 0) : span.start], self._text[span.end : span.end + 2]
        close = before[-1:] == "\n" != before[:1] or after[:1] == "\n" != after[1:]
        return close or self._text[span.start] == "•"

    def _rows(self, table: Span) -> Iterator[Row]:
        lines = self._lines(table)
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            gap = self._text[line.end : following.start] if following else ""
            yield Row(tuple(self._cells(line)), (line.start, line.end) in self._leads, gap)

    def _cells(self, line: Span) -> Iterator[Cell]:
        start = line.start
        while start <= line.end:
            found = self._text.find(_BAR, start, line.end)
            bar = Span(found, found + len(_BAR)) if found >= 0 else Span(line.end, line.end)
            yield Cell(self._pieces(Span(start, bar.start)), self._pieces(bar))
            start = bar.end if found >= 0 else line.end + 1

    def _lines(self, span: Span) -> list[Span]:
        return [Span(*match.span()) for match in _ROW.finditer(self._text, span.start, span.end)]

    def _pieces(self, span: Span) -> tuple[Piece, ...]:
        cited = self._cited or Span(span.end, span.end)
        start = min(max(cited.start, span.start), span.end)
        end = max(min(cited.end, span.end), start)
        pieces = (
            Piece(self._text[span.start : start]),
            Piece(self._text[start:end], cited=True, first=self._is_first(start)),
            Piece(self._text[end : span.end]),
        )
        return tuple(piece for piece in pieces if piece.text)

    def _is_first(self, start: int) -> bool:
        """Cited words may begin in the white space before."""
        return self._cited is not None and not self._text[self._cited.start : start].strip("\n")


def _is_table(lines: Sequence[str]) -> bool:
    bars = {line.count(_BAR) for line in lines}
    return len(lines) > 1 and len(bars) == 1 and 0 not in bars
