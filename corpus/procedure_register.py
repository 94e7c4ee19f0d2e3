"""The procedures as read, in the register: written with their version, looked up by it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, and_, delete, insert, or_, select

from corpus.chapters import Chapter, Chapters
from corpus.database import snapshot, transaction
from corpus.documents import Kind
from corpus.errors import NotFound
from corpus.procedure_rows import Places, items_of, rows_of
from corpus.procedures import ReadProcedure
from corpus.tables import documents, sections, versions
from corpus.tables_procedures import procedure_items, procedure_readings

READ_KINDS = (Kind.PROCEDURE, Kind.GUIDANCE)
"""The kinds of document that procedures are read from; a briefing binds nobody."""

_COLUMNS = (
    versions.c.id,
    versions.c.document_id,
    versions.c.number,
    versions.c.title,
    versions.c.text,
    procedure_readings.c.rules,
    procedure_readings.c.chapter,
)
_READ = select(*_COLUMNS).join(procedure_readings, procedure_readings.c.version_id == versions.c.id)
_IS_LIVE = and_(
    documents.c.id == versions.c.document_id,
    documents.c.current == versions.c.id,
    documents.c.withdrawn.is_(False),
)
_READABLE = (
    select(versions.c.id)
    .join(documents, _IS_LIVE)
    .where(versions.c.kind.in_([kind.value for kind in READ_KINDS]))
)


class ProcedureRegister:
    """What was read from the procedures. Chapters that are referred to are looked up in the live library."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: dict[tuple[int, str], ReadProcedure] = {}

    def of(self, document_id: str, version: int | None = None) -> ReadProcedure:
        """What was read from this version, or from the current one. Raises NotFound where nothing was."""
        query = _READ.where(versions.c.document_id == document_id)
        if version is None:
            query = query.join(documents, documents.c.current == versions.c.id)
        else:
            query = query.where(versions.c.number == version)
        with snapshot(self._engine) as connection:
            row = connection.execute(query).first()
            if row is None:
                raise NotFound(
                    f"No procedure was read from {document_id}.",
                    "Procedures are read from documents of the kinds procedure and guidance; `assistant "
                    "doctor --rebuild` reads them anew.",
                )
            return _chapters(connection).resolved(self._read(connection, row))

    def all_live(self) -> list[ReadProcedure]:
        """What was read from all current versions, by chapter and title."""
        with snapshot(self._engine) as connection:
            rows = connection.execute(_READ.join(documents, _IS_LIVE)).all()
            read = [self._read(connection, row) for row in rows]
            chapters = _chapters(connection)
        self._kept = {(row.id, row.rules): one for row, one in zip(rows, read, strict=True)}
        found = [chapters.resolved(one) for one in read]
        return sorted(found, key=lambda one: (_by_number(one.chapter), one.title, one.document_id))

    def readable(self) -> list[int]:
        """Ids of all current versions of READ_KINDS."""
        return self._ids(_READABLE)

    def unread(self, rules: str) -> list[int]:
        """Ids of those that were never read, or by other rules."""
        kept = procedure_readings.c
        query = _READABLE.outerjoin(procedure_readings, kept.version_id == versions.c.id)
        return self._ids(query.where(or_(kept.rules.is_(None), kept.rules != rules)))

    def named(self, version_id: int) -> tuple[str, int]:
        """The document's id and the version's number."""
        query = select(versions.c.document_id, versions.c.number).where(versions.c.id == version_id)
        with transaction(self._engine) as connection:
            row = connection.execute(query).one()
            return row.document_id, row.number

    def write(self, version_id: int, read: ReadProcedure) -> None:
        """Put this in place of what was read from the version before."""
        with transaction(self._engine) as connection:
            insert_read(connection, version_id, read)

    def _ids(self, query: Select[Any]) -> list[int]:
        with transaction(self._engine) as connection:
            return list(connection.scalars(query.order_by(versions.c.id)))

    def _read(self, connection: Connection, row: Row[*tuple[Any, ...]]) -> ReadProcedure:
        """A version never changes, and what was read from it by the same rules neither."""
        kept = self._kept.get((row.id, row.rules))
        return kept or _read_of(connection, row)


def insert_read(connection: Connection, version_id: int, read: ReadProcedure) -> None:
    """Within the caller's transaction: a version and what was read from it are committed together."""
    for table in (procedure_items, procedure_readings):
        connection.execute(delete(table).where(table.c.version_id == version_id))
    values = {"version_id": version_id, "rules": read.rules, "chapter": read.chapter}
    connection.execute(insert(procedure_readings).values(values))
    rows = [row | {"version_id": version_id} for row in rows_of(read)]
    if rows:
        connection.execute(insert(procedure_items), rows)


def _read_of(connection: Connection, row: Row[*tuple[Any, ...]]) -> ReadProcedure:
    opened = select(sections.c.start, sections.c.anchor).where(sections.c.version_id == row.id)
    starts = [(start, anchor) for start, anchor in connection.execute(opened.order_by(sections.c.ordinal))]
    places = Places(row.document_id, row.number, row.text, starts)
    kept = select(procedure_items.c.sort, procedure_items.c.details).where(
        procedure_items.c.version_id == row.id
    )
    items = [
        (sort, details) for sort, details in connection.execute(kept.order_by(procedure_items.c.ordinal))
    ]
    fields: dict[str, Any] = items_of(items, places)
    return ReadProcedure(row.document_id, row.number, row.title, row.chapter, row.rules, **fields)


def _chapters(connection: Connection) -> Chapters:
    query: Select[Any] = (
        select(versions.c.document_id, versions.c.title, procedure_readings.c.chapter)
        .join(documents, _IS_LIVE)
        .join(procedure_readings, procedure_readings.c.version_id == versions.c.id)
    )
    opened = (
        select(versions.c.document_id, sections.c.number, sections.c.heading, sections.c.anchor)
        .join(documents, _IS_LIVE)
        .join(sections, sections.c.version_id == versions.c.id)
        .where(versions.c.kind.in_([kind.value for kind in READ_KINDS]))
        .where(sections.c.heading != "")
    )
    known: Iterable[Chapter] = (Chapter(*row) for row in connection.execute(query))
    headings = (tuple(row) for row in connection.execute(opened))
    return Chapters(known, headings)


def _by_number(chapter: str | None) -> tuple[int, ...]:
    parts = (chapter or "").split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else (10_000,)
