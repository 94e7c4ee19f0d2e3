"""Tables become row blocks, each with the header of its table, also where a page cuts the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ingest.blocks import Block, BlockKind
from ingest.readers.pdf_hyphens import Hyphens
from ingest.readers.pdf_tables import Cell, Table

Row = tuple[str, ...]


class Rows:
    def __init__(self, hyphens: Hyphens) -> None:
        self._hyphens = hyphens
        self._before: Table | None = None
        self._header: Row = ()

    def interrupt(self) -> None:
        """Text stands between the last table and the next, which thus has a header of its own."""
        self._before = None

    def blocks(self, table: Table) -> Iterator[Block]:
        rows = [tuple(self._text(cell) for cell in row) for row in table.rows]
        goes_on = self._before is not None and _same_columns(self._before, table)
        if not goes_on:
            self._header = _header(table, rows)
        for i, cells in enumerate(rows):
            if i in table.spanning:
                yield from self._spanning(table, cells[0])
            elif any(cells) and not (goes_on and cells == self._header):
                text = " | ".join(cells)
                yield Block(BlockKind.TABLE_ROW, text, page=table.page, cells=cells, header=self._header)
        self._before = table

    @staticmethod
    def _spanning(table: Table, text: str) -> Iterator[Block]:
        """A row of one cell speaks for the rows under it and has no columns."""
        if text:
            yield Block(BlockKind.PARAGRAPH, text, page=table.page)

    def _text(self, cell: Cell) -> str:
        lines = (list(words) for _, words in groupby(cell, key=lambda word: round(word.y / 2)))
        return self._hyphens.join(" ".join(word.text for word in words) for words in lines)


def _same_columns(before: Table, table: Table) -> bool:
    edges = zip((before.x0, before.x1), (table.x0, table.x1), strict=True)
    return (
        table.page == before.page + 1
        and len(before.rows[0]) == len(table.rows[0])
        and all(abs(a - b) < 5 for a, b in edges)
    )


def _header(table: Table, rows: list[Row]) -> Row:
    """The first row, if it is set in bold, or reads as labels over longer entries."""
    ordinary = [i for i in range(len(rows)) if i not in table.spanning]
    if len(ordinary) < 2:
        return ()
    first, second = ordinary[0], ordinary[1]
    if not all(rows[first]):
        return () if not (_bold(table, first) and not _bold(table, second)) else rows[first]
    if _bold(table, first):
        return rows[first] if not _bold(table, second) else ()
    entries = [cell for i in ordinary[1:] for cell in rows[i] if cell]
    labels = all(len(cell) <= 40 and not re.search(r"\d|[.:;]$", cell) for cell in rows[first])
    longer = sum(map(len, entries)) / max(len(entries), 1) > max(map(len, rows[first]))
    return rows[first] if labels and longer else ()


def _bold(table: Table, row: int) -> bool:
    words = [word for cell in table.rows[row] for word in cell]
    return bool(words) and all(word.bold for word in words)
