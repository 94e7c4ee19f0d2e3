"""The use log: who used which pack when, with how many people, and what was agreed. Teams, never names."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from sqlalchemy import Engine, insert, select

from corpus.database import transaction
from corpus.tables_packs import pack_uses, packs

_COLUMNS = ("date", "pack", "pack_id", "team", "people", "agreed_actions", "entered_at")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Use:
    """One session held with a pack. `team` is a team, service or role."""

    pack_id: str
    on: date
    team: str
    people: int
    actions: str


@dataclass(frozen=True, slots=True)
class LoggedUse:
    """A use with the pack's title and when it was entered."""

    use: Use
    title: str
    at: datetime


class UseLog:
    """Each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, use: Use) -> LoggedUse:
        """The use as it was entered. The pack must exist."""
        at = datetime.now(UTC)
        values = {
            "id": uuid4().hex,
            "pack_id": use.pack_id,
            "on": use.on,
            "team": use.team,
            "people": use.people,
            "actions": use.actions,
            "at": at,
        }
        with transaction(self._engine) as connection:
            connection.execute(insert(pack_uses).values(values))
            title = connection.execute(select(packs.c.title).where(packs.c.id == use.pack_id)).scalar_one()
        return LoggedUse(use, title, at)

    def uses(self, pack_id: str | None = None) -> list[LoggedUse]:
        """Of one pack or of all, the newest session first."""
        query = select(pack_uses, packs.c.title).join(packs, packs.c.id == pack_uses.c.pack_id)
        if pack_id is not None:
            query = query.where(pack_uses.c.pack_id == pack_id)
        query = query.order_by(pack_uses.c.on.desc(), pack_uses.c.at.desc())
        with transaction(self._engine) as connection:
            rows = connection.execute(query).all()
        return [
            LoggedUse(Use(row.pack_id, row.on, row.team, row.people, row.actions), row.title, row.at)
            for row in rows
        ]


def as_csv(uses: Sequence[LoggedUse]) -> str:
    """With a header; UTF-8 with a mark at the beginning, by which Excel knows it."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for logged in uses:
        use = logged.use
        row = (use.on, logged.title, use.pack_id, use.team, use.people, use.actions, logged.at.isoformat())
        writer.writerow([_safe(str(cell)) for cell in row])
    return "\ufeff" + file.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
