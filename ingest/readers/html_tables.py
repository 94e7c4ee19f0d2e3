"""A table element becomes rows of equally many cells, with spans filled."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from selectolax.lexbor import LexborNode as Node

MOST_COLUMNS_SPANNED = 60
MOST_ROWS_SPANNED = 500
MOST_CELLS = 50_000
"""A table with more cells, once its spans are filled, is read as plain text."""
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """`header` is empty where the table has none; a row in `body` of one cell spans the whole width."""

    header: Row
    body: tuple[Row, ...]


def is_layout(table: Node) -> bool:
    """Whether the table only places text on the page, or holds what no row of cells can."""
    if table.attributes.get("role") in ("presentation", "none"):
        return True
    if len(table.css("table")) > 1 or table.css_first("h1, h2, h3, h4, h5, h6") is not None:
        return True
    lines = [_cells(row) for row in _rows(table)]
    return all(len(line) < 2 for line in lines) or sum(map(_area, chain(*lines))) > MOST_CELLS


def rows(table: Node, text: Callable[[Node], str]) -> Rows:
    """`text` says what a cell shows."""
    lines = _rows(table)
    grid = _grid(lines, text)
    heading = _heading_rows(lines)
    header = tuple(
        " ".join(dict.fromkeys(filter(None, column))) for column in zip(*grid[:heading], strict=True)
    )
    if len(set(header)) == 1 and len(header) > 1:
        return Rows((), tuple(_narrowed(lines[i], row) for i, row in enumerate(grid) if any(row)))
    body = (_narrowed(lines[i], row) for i, row in enumerate(grid) if i >= heading and any(row))
    return Rows(header, tuple(body))


def _rows(table: Node) -> list[Node]:
    return table.css("tr")


def _cells(row: Node) -> list[Node]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")]


def _narrowed(line: Node, row: Row) -> Row:
    """One cell where the row's only cell reaches over all columns."""
    return row[:1] if len(_cells(line)) == 1 and len(set(row)) == 1 else row


def _heading_rows(lines: list[Node]) -> int:
    """How many rows from the top are headings: those in thead, or all th, or all in bold."""
    in_head = sum(line.parent is not None and line.parent.tag == "thead" for line in lines)
    if in_head:
        return in_head
    count = 0
    for line in lines[:3]:
        cells = _cells(line)
        if not cells or not all(cell.tag == "th" for cell in cells):
            break
        count += 1
    if count == 0 and len(lines) > 1 and _is_bold(lines[0]) and not _is_bold(lines[1]):
        return 1
    return count if count < len(lines) else 0


def _is_bold(line: Node) -> bool:
    cells = [cell for cell in _cells(line) if cell.text().strip()]
    return bool(cells) and all(
        sum(len(bold.text().strip()) for bold in cell.css("strong, b")) >= len(cell.text().strip())
        for cell in cells
    )


def _grid(lines: list[Node], text: Callable[[Node], str]) -> list[Row]:
    grid: list[Row] = []
    hanging: dict[int, tuple[int, str]] = {}
    for line in lines:
        row: dict[int, str] = {}
        for column, (left, words) in list(hanging.items()):
            row[column] = words
            hanging[column] = (left - 1, words)
        hanging = {column: held for column, held in hanging.items() if held[0] > 0}
        column = 0
        for cell in _cells(line):
            words = text(cell)
            down = _span(cell, "rowspan", MOST_ROWS_SPANNED)
            for _ in range(_span(cell, "colspan", MOST_COLUMNS_SPANNED)):
                while column in row:
                    column += 1
                row[column] = words
                if down > 1:
                    hanging[column] = (down - 1, words)
        grid.append(tuple(row.get(i, "") for i in range(max(row, default=-1) + 1)))
    width = max(map(len, grid), default=0)
    return [row + ("",) * (width - len(row)) for row in grid]


def _area(cell: Node) -> int:
    return _span(cell, "rowspan", MOST_ROWS_SPANNED) * _span(cell, "colspan", MOST_COLUMNS_SPANNED)


def _span(cell: Node, name: str, most: int) -> int:
    value = cell.attributes.get(name) or ""
    return min(max(int(value), 1), most) if re.fullmatch(r"\s*\d{1,6}\s*", value) else 1
