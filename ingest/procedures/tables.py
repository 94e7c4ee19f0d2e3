"""Time limits in tables: which column holds what is due, who does it, and by when."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.procedure_rows import Places
from corpus.procedures import TimeLimit
from ingest.procedures.actors import roles_in
from ingest.procedures.lexicon import loaded, plain
from ingest.procedures.limits import limits_in
from ingest.procedures.statements import Span, Statement, cells_of


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the columns, None where there is no such column."""

    limit: int | None = None
    what: int | None = None
    who: int | None = None


def columns_of(text: str, header: Span | None) -> Columns:
    """From the words of the header row."""
    heads = [plain(text[start:end]).strip(" :?*") for start, end in cells_of(text, *header)] if header else []
    names: dict[str, list[str]] = loaded("limits.yaml")["columns"]

    def place(name: str) -> int | None:
        known = [head.lower() for head in names[name]]
        return next((at for at, head in enumerate(heads) if head in known), None)

    return Columns(place("limit"), place("what"), place("who"))


def limits_of_row(text: str, row: Statement, places: Places) -> list[TimeLimit]:
    """The limits of a row, with what is due and who does it where the header says so."""
    cells = cells_of(text, row.start, row.end)
    columns = columns_of(text, row.lead)
    what, who = _cell(cells, columns.what), _cell(cells, columns.who)
    found: list[TimeLimit] = []
    for place, (start, end) in enumerate(cells):
        is_limit = place == columns.limit
        if start < end and (is_limit or columns.limit is None):
            found += limits_in(text, start, end, row, places, in_column=is_limit)
    return [
        replace(
            limit,
            what=places.at(*what) if what else None,
            actor=places.at(*who) if who else None,
            roles=roles_in(plain(text[who[0] : who[1]])) if who else (),
        )
        for limit in found
    ]


def _cell(cells: list[Span], place: int | None) -> Span | None:
    cell = cells[place] if place is not None and place < len(cells) else None
    return cell if cell and cell[0] < cell[1] else None
