"""Packs kept in the register: a permanent link, the edits, and what was made anew from what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, select, update

from assistant.sessions.editing import Edits, edited, edits_as_json, edits_from_json
from assistant.sessions.pack import Pack, as_json, from_json
from corpus.database import transaction
from corpus.errors import NoSuchPack
from corpus.tables_packs import pack_citations, packs


@dataclass(frozen=True, slots=True)
class Kept:
    """`pack` is as it was made, `edited` as the trainer wants it. `earlier` is the pack that it was made anew
    from, `later` the one that was made from it."""

    pack: Pack
    edits: Edits
    earlier: str | None
    later: str | None

    @property
    def edited(self) -> Pack:
        return edited(self.pack, self.edits)


@dataclass(frozen=True, slots=True)
class Listed:
    """A pack in the list of all."""

    id: str
    title: str
    at: datetime
    minutes: int


class KeptPacks:
    """Each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, pack: Pack, edits: Edits | None = None, earlier: str | None = None) -> None:
        """With its citations in a table of their own, so that it is found by what it cites."""
        values = {
            "id": pack.id,
            "at": pack.made_at,
            "run": pack.run,
            "title": pack.title,
            "content": as_json(pack),
            "edits": edits_as_json(edits or Edits()),
            "earlier": earlier,
        }
        rows = [
            {
                "pack_id": pack.id,
                "number": each.number,
                "document_id": each.document_id,
                "version": each.version,
                "anchor": each.anchor,
                "start": each.start,
                "end": each.end,
            }
            for each in pack.citations
        ]
        with transaction(self._engine) as connection:
            connection.execute(insert(packs).values(values))
            if rows:
                connection.execute(insert(pack_citations), rows)

    def get(self, pack_id: str) -> Kept:
        """Raises NoSuchPack."""
        later = select(packs.c.id).where(packs.c.earlier == pack_id).order_by(packs.c.at.desc()).limit(1)
        with transaction(self._engine) as connection:
            row = connection.execute(select(packs).where(packs.c.id == pack_id)).first()
            newer = connection.execute(later).scalar()
        if row is None:
            raise NoSuchPack("There is no such session pack.", "Make one at /sessions.")
        return Kept(from_json(row.content), edits_from_json(row.edits), row.earlier, newer)

    def edit(self, pack_id: str, edits: Edits) -> None:
        """Put these edits in the place of those before."""
        with transaction(self._engine) as connection:
            values = {"edits": edits_as_json(edits)}
            connection.execute(update(packs).where(packs.c.id == pack_id).values(values))

    def newest(self, limit: int) -> list[Listed]:
        """Newest first."""
        minutes = packs.c.content["request"]["minutes"].as_integer()
        query = select(packs.c.id, packs.c.title, packs.c.at, minutes.label("minutes"))
        with transaction(self._engine) as connection:
            rows = connection.execute(query.order_by(packs.c.at.desc(), packs.c.id).limit(limit)).all()
        return [Listed(row.id, row.title, row.at, row.minutes) for row in rows]
