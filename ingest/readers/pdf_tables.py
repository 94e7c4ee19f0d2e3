"""Ruled lines become tables: a grid of cells, each holding the words inside it.

A cell that spans several columns or rows is repeated in each of them, so that every row can be
read alone. Boxes of one column or one row are decoration, not tables.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.readers.pdf_rulings import Ruling
from ingest.readers.pdf_words import Page, Word

SNAP = 4.0
"""Points within which two ruled lines are one (double lines, rounding)."""
Cell = tuple[Word, ...]


@dataclass(slots=True, eq=False)
class Table:
    """`rows` hold words in reading order; `spanning` marks rows that are one cell from edge to edge."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    spanning: set[int] = field(default_factory=set)

    def holds(self, word: Word) -> bool:
        middle = (word.x0 + word.x1) / 2
        return self.x0 <= middle <= self.x1 and self.top <= word.y - word.size * 0.3 <= self.bottom


@dataclass(slots=True)
class _Grid:
    level: list[Ruling]
    upright: list[Ruling]

    @property
    def columns(self) -> list[float]:
        return _distinct(line.x0 for line in self.upright)

    @property
    def rows(self) -> list[float]:
        return _distinct(line.y0 for line in self.level)


def find_tables(page: Page) -> list[Table]:
    level = _merged([r for r in page.rulings if r.y0 == r.y1])
    upright = [_turned(r) for r in _merged([_turned(r) for r in page.rulings if r.x0 == r.x1])]
    grids = [grid for grid in _connected(level, upright) if len(grid.columns) > 2 and len(grid.rows) > 2]
    tables = (_fill(grid, page) for grid in grids)
    return [table for table in tables if any(any(row) for row in table.rows)]


def _turned(line: Ruling) -> Ruling:
    return Ruling(line.y0, line.x0, line.y1, line.x1)


def _merged(level: list[Ruling]) -> list[Ruling]:
    """Level lines that touch or nearly touch, as one; stubs shorter than any cell left out."""
    kept: list[Ruling] = []
    for y in _distinct(line.y0 for line in level):
        run: Ruling | None = None
        for line in sorted((r for r in level if abs(r.y0 - y) <= SNAP), key=lambda r: r.x0):
            if run and line.x0 - run.x1 <= SNAP:
                run = Ruling(run.x0, y, max(run.x1, line.x1), y)
                continue
            kept += [run] if run else []
            run = Ruling(line.x0, y, line.x1, y)
        kept += [run] if run else []
    return [line for line in kept if line.x1 - line.x0 > 2 * SNAP]


def _connected(level: list[Ruling], upright: list[Ruling]) -> list[_Grid]:
    """Lines that cross, directly or through others, belong to one grid."""
    grids: list[_Grid] = []
    for line in level:
        crossing = [v for v in upright if _cross(line, v)]
        joined = [g for g in grids if any(v in g.upright for v in crossing)]
        merged = _Grid([line], crossing)
        for grid in joined:
            merged.level += grid.level
            merged.upright += [v for v in grid.upright if v not in merged.upright]
        grids = [g for g in grids if g not in joined] + [merged]
    return grids


def _cross(level: Ruling, upright: Ruling) -> bool:
    return (
        level.x0 - SNAP <= upright.x0 <= level.x1 + SNAP
        and upright.y0 - SNAP <= level.y0 <= upright.y1 + SNAP
    )


def _distinct(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SNAP:
            kept.append(value)
    return kept


def _fill(grid: _Grid, page: Page) -> Table:
    xs, ys = grid.columns, grid.rows
    table = Table(page.number, xs[0], xs[-1], ys[0], ys[-1])
    cells = _cells(grid, xs, ys)
    held: dict[int, list[Word]] = {}
    for word in page.words:
        if table.holds(word):
            column = min(bisect_right(xs, (word.x0 + word.x1) / 2), len(xs) - 1) - 1
            row = min(bisect_right(ys, word.y - word.size * 0.3), len(ys) - 1) - 1
            held.setdefault(cells[row][column], []).append(word)
    for i, row_cells in enumerate(cells):
        if i and row_cells == cells[i - 1]:
            continue  # every cell reaches down from the row above
        if len(set(row_cells)) == 1:
            table.spanning.add(len(table.rows))
        table.rows.append(tuple(tuple(_by_line(held.get(cell, []))) for cell in row_cells))
    return table


def _cells(grid: _Grid, xs: list[float], ys: list[float]) -> list[list[int]]:
    """The number of the cell at each row and column; no line between two places means one cell."""
    cells: list[list[int]] = []
    for i in range(len(ys) - 1):
        middle = (ys[i] + ys[i + 1]) / 2
        row: list[int] = []
        for j in range(len(xs) - 1):
            centre = (xs[j] + xs[j + 1]) / 2
            if j and not any(abs(v.x0 - xs[j]) <= SNAP and v.y0 <= middle <= v.y1 for v in grid.upright):
                row.append(row[-1])
            elif i and not any(abs(h.y0 - ys[i]) <= SNAP and h.x0 <= centre <= h.x1 for h in grid.level):
                row.append(cells[-1][j])
            else:
                row.append(i * len(xs) + j)
        cells.append(row)
    return cells


def _by_line(words: list[Word]) -> list[Word]:
    """Top to bottom, then left to right; words on nearly one baseline are on one line."""
    ordered: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.y):
        if ordered and word.y - ordered[-1][0].y < 0.5 * word.size:
            ordered[-1].append(word)
        else:
            ordered.append([word])
    return [word for line in ordered for word in sorted(line, key=lambda w: w.x0)]
