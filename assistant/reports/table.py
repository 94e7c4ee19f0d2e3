"""What every report is: a table with a few sentences about it, fit for a page, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | None

# A spreadsheet takes a cell that begins so for a formula, and may run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class Column:
    """`key` names it in JSON and CSV, `title` on the page. `link` is the key of the cell with the address
    that its words lead to; `quote` says that it holds words of a document."""

    key: str
    title: str
    link: str = ""
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """`summary` is what the rows come to, a sentence each; `about` what it is and what it cannot tell.

    A row may hold cells that no column shows, such as addresses and ids: they are in JSON and CSV.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Cell]]
    summary: tuple[str, ...] = ()

    @property
    def keys(self) -> list[str]:
        """Of all cells: those of the columns, then the others in the order in which rows first have them."""
        shown = [column.key for column in self.columns]
        return list(dict.fromkeys([*shown, *(key for row in self.rows for key in row)]))


def csv_of(report: Report) -> str:
    """RFC 4180 with a byte order mark, by which Excel knows UTF-8. No cell can be taken for a formula."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(report.keys)
    for row in report.rows:
        writer.writerow([_safe(row.get(key)) for key in report.keys])
    return f"\ufeff{written.getvalue()}"


def _safe(cell: Cell) -> str:
    """A number stays one; a text that could be a formula is put behind an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, int | float | date):
        return str(cell)
    return f"'{cell}" if cell.lstrip(" \u00a0\ufeff\u200b").startswith(_FORMULA) else cell
