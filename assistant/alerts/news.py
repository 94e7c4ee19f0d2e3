"""What there is to tell: versions that changed something, documents that are new, documents withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, and_, func, or_, select

from corpus.changes import Change
from corpus.database import snapshot
from corpus.documents import Section
from corpus.rows import change_of, section_of
from corpus.tables import changes, documents, runs, sections, versions

_COLUMNS = (
    versions.c.document_id,
    versions.c.number,
    versions.c.title,
    versions.c.ingested_at,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: the printed numbers down to its own, outermost first, and the headings."""

    numbers: tuple[str, ...]
    headings: tuple[str, ...]


class Sort(StrEnum):
    CHANGED = "changed"
    NEW = "new"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class News:
    """One version, and what it changed; or that a document answers no question any more.

    `places` tells by anchor where the changed paragraphs stand or stood, and of a whole document that is new
    or withdrawn, where all its sections do. `successor` is the id of the document that took its place.
    """

    sort: Sort
    document_id: str
    title: str
    version: int
    at: datetime
    changes: tuple[Change, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """`through` is the newest version that can be told of, 0 for none; `all` that none is held back."""

    through: int
    all: bool


class NewsDesk:
    """Reads news from the register. Each method sees one state of the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self, limit: int, document_id: str | None = None) -> list[News]:
        """Newest first, of all documents or of one."""
        query = _query().order_by(versions.c.id.desc()).limit(limit)
        gone = _withdrawn().order_by(documents.c.withdrawn_at.desc()).limit(limit)
        if document_id is not None:
            query = query.where(versions.c.document_id == document_id)
            gone = gone.where(documents.c.id == document_id)
        with snapshot(self._engine) as connection:
            found = [*_read(connection, query), *_read(connection, gone, Sort.WITHDRAWN)]
        return sorted(found, key=lambda news: news.at, reverse=True)[:limit]

    def between(self, after: int, through: int) -> list[News]:
        """Oldest first: the versions with ids above `after`, up to `through`."""
        query = _query().where(versions.c.id > after, versions.c.id <= through).order_by(versions.c.id)
        with snapshot(self._engine) as connection:
            return _read(connection, query)

    def withdrawn(self, after: datetime | None) -> list[News]:
        """Oldest first: what was withdrawn after this moment, and is still."""
        query = _withdrawn().order_by(documents.c.withdrawn_at)
        if after is not None:
            query = query.where(documents.c.withdrawn_at > after)
        with snapshot(self._engine) as connection:
            return _read(connection, query, Sort.WITHDRAWN)

    def settled(self, now: datetime, patience: timedelta) -> Settled:
        """How far the news can be told: what comes after belongs to an ingest that goes on. One that has been
        silent for so long was broken off, and is not waited for."""
        unsettled = (
            select(func.min(versions.c.id))
            .join(runs, runs.c.id == versions.c.run_id)
            .where(runs.c.finished_at.is_(None), versions.c.ingested_at > now - patience)
        )
        with snapshot(self._engine) as connection:
            first = connection.execute(unsettled).scalar()
            newest = select(func.max(versions.c.id))
            if first is not None:
                newest = newest.where(versions.c.id < first)
            return Settled(int(connection.execute(newest).scalar() or 0), all=first is None)


def _query() -> Select[Any]:
    """Versions that changed a paragraph, and the first of a document, unless the same ingest took in a later
    one: then it is how the document was before."""
    has_changes = (
        select(changes.c.id)
        .where(changes.c.document_id == versions.c.document_id, changes.c.version == versions.c.number)
        .exists()
    )
    later = versions.alias()
    has_later = select(later.c.id).where(
        later.c.document_id == versions.c.document_id, later.c.run_id == versions.c.run_id, later.c.number > 1
    )
    is_new = and_(versions.c.number == 1, ~has_later.exists())
    return select(*_COLUMNS).where(or_(has_changes, is_new))


def _withdrawn() -> Select[Any]:
    joined = versions.join(documents, documents.c.current == versions.c.id)
    query = select(*_COLUMNS, documents.c.withdrawn_at, documents.c.superseded_by).select_from(joined)
    return query.where(documents.c.withdrawn.is_(True), documents.c.withdrawn_at.is_not(None))


def _read(connection: Connection, query: Select[Any], sort: Sort | None = None) -> list[News]:
    return [
        _withdrawal(connection, row) if sort is Sort.WITHDRAWN else _news(connection, row)
        for row in connection.execute(query).all()
    ]


def _withdrawal(connection: Connection, row: Row[Any]) -> News:
    places = _places(connection, row.document_id, row.number, None)
    return News(
        sort=Sort.WITHDRAWN,
        document_id=row.document_id,
        title=row.title,
        version=row.number,
        at=row.withdrawn_at,
        places=places,
        successor=row.superseded_by,
    )


def _news(connection: Connection, row: Row[Any]) -> News:
    found = _changes(connection, row)
    is_new = row.number == 1
    wanted = {change.anchor for change in found}
    places = _places(connection, row.document_id, row.number, None if is_new else wanted)
    missing = wanted - places.keys()
    if missing and not is_new:
        # A paragraph that was removed stands in the version before alone.
        places |= _places(connection, row.document_id, row.number - 1, missing)
    return News(
        sort=Sort.NEW if is_new else Sort.CHANGED,
        document_id=row.document_id,
        title=row.title,
        version=row.number,
        at=row.ingested_at,
        changes=tuple(found),
        places=places,
    )


def _changes(connection: Connection, row: Row[Any]) -> Sequence[Change]:
    same = (changes.c.document_id == row.document_id) & (changes.c.version == row.number)
    query = select(changes, versions.c.title, versions.c.run_id).join(
        versions,
        and_(versions.c.document_id == changes.c.document_id, versions.c.number == changes.c.version),
    )
    return [change_of(each).change for each in connection.execute(query.where(same).order_by(changes.c.id))]


def _places(
    connection: Connection, document_id: str, number: int, anchors: Iterable[str] | None
) -> dict[str, Place]:
    """Of these anchors of one version; None for all of them."""
    query = (
        select(sections)
        .join(versions, versions.c.id == sections.c.version_id)
        .where(versions.c.document_id == document_id, versions.c.number == number)
        .order_by(sections.c.ordinal)
    )
    by_ordinal = {row.ordinal: section_of(row) for row in connection.execute(query)}
    wanted = None if anchors is None else set(anchors)
    return {
        section.anchor: _place(section, by_ordinal)
        for section in by_ordinal.values()
        if wanted is None or section.anchor in wanted
    }


def _place(section: Section, by_ordinal: Mapping[int, Section]) -> Place:
    path = [section]
    while (parent := path[-1].parent) is not None:
        path.append(by_ordinal[parent])
    path.reverse()
    return Place(
        numbers=tuple(each.number for each in path if each.number),
        headings=tuple(each.heading for each in path if each.heading),
    )
