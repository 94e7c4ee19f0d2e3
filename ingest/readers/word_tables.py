"""Rows of a Word table: merged cells filled in, header rows found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind
from ingest.readers.word_package import Element
from ingest.readers.word_xml import W, switched, value

_WRAPPERS = {W + "sdt", W + "sdtContent", W + "customXml", W + "ins"}
_LONGEST_HEADER_CELL = 100
_WIDEST = 63
"""Columns that Word allows in a table; a larger span is a fault of the file."""


_DEEPEST_MERGED_HEADER = 2


@dataclass(frozen=True, slots=True)
class Cell:
    element: Element
    span: int
    continues: bool
    """Part of the cell above it, vertically merged."""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    skipped: int
    """Columns left free before the first cell."""
    flagged: bool
    """Marked to repeat as a header on each page."""


def rows_of(table: Element, left_out: Callable[[Element], None]) -> list[Row]:
    """The rows that are not hidden, nor deleted by a tracked change; of others `left_out` is told."""
    rows = []
    for element in _unwrapped(table, W + "tr"):
        properties = element.find(W + "trPr")
        if properties is not None and (
            properties.find(W + "del") is not None or switched(properties, "hidden")
        ):
            left_out(element)
            continue
        cells = tuple(_cell(cell) for cell in _unwrapped(element, W + "tc"))
        if cells:
            skipped = min(int(value(properties, "gridBefore") or 0), _WIDEST)
            rows.append(Row(cells, skipped, bool(switched(properties, "tblHeader"))))
    return rows


def table_rows(rows: list[Row], text_of: Callable[[Element], str]) -> Iterator[Block]:
    """One block a row, the header first. Header rows that follow each other become one row."""
    filled = list(_filled(rows, text_of))
    depth = _header_rows(rows, filled)
    header = _joined(filled[:depth]) if depth else ()
    for cells in ([header] if header else []) + filled[depth:]:
        if any(cells):
            yield Block(BlockKind.TABLE_ROW, " | ".join(cells), cells=cells, header=header)


def _header_rows(rows: list[Row], filled: list[tuple[str, ...]]) -> int:
    """Rows flagged as header, or a first row that looks like one; and those that their cells reach into."""
    depth = 0
    while depth < len(rows) and rows[depth].flagged:
        depth += 1
    if not depth and len(filled) > 1:
        depth = int(_looks_like_header(filled[0], filled[1]))
    reached = depth
    while depth and reached < len(rows) and any(cell.continues for cell in rows[reached].cells):
        reached += 1
    if reached - depth <= _DEEPEST_MERGED_HEADER:
        depth = reached
    return depth if depth < len(rows) else 0


def _unwrapped(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, tag)


def _cell(cell: Element) -> Cell:
    properties = cell.find(W + "tcPr")
    merge = None if properties is None else properties.find(W + "vMerge")
    span = min(int(value(properties, "gridSpan") or 1), _WIDEST)
    return Cell(cell, max(span, 1), merge is not None and merge.get(W + "val", "continue") == "continue")


def _filled(rows: list[Row], text_of: Callable[[Element], str]) -> Iterator[tuple[str, ...]]:
    """Every cell of every column; a cell over the whole width stands alone."""
    above: list[str] = []
    for row in rows:
        line = [""] * row.skipped
        for cell in row.cells:
            column = len(line)
            text = above[column] if cell.continues and column < len(above) else text_of(cell.element)
            line += [text] * cell.span
        above = line
        yield (line[0],) if len(row.cells) == 1 and not row.skipped else tuple(line)


def _looks_like_header(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Short words in each column, none ending like a sentence or like the label before a value."""
    return len(first) > 1 and len(second) > 1 and all(
        0 < len(cell) <= _LONGEST_HEADER_CELL and not cell.endswith((".", ":")) for cell in first
    )  # fmt: skip


def _joined(rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    width = max(len(row) for row in rows)
    columns = [[row[i] for row in rows if i < len(row)] for i in range(width)]
    return tuple(" ".join(dict.fromkeys(cell for cell in column if cell)) for column in columns)
