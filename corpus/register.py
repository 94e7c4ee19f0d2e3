"""The register: the one place of truth, as its readers see it. `corpus.recording` writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from sqlalchemy import Engine, Row, Select, and_, func, select

from corpus.changes import Change, ChangeKind, RecordedChange
from corpus.database import transaction
from corpus.documents import Document, Kind, Part, Section, Version
from corpus.embedding import Vectors
from corpus.errors import NotFound
from corpus.passages import Candidate, Line, LivePassage, Passage
from corpus.tables import changes, documents, embeddings, passages, sections, state, versions

_IS_LIVE = and_(documents.c.current == versions.c.id, documents.c.withdrawn.is_(False))
_LIVE_COLUMNS = (
    *passages.c,
    versions.c.document_id,
    versions.c.number.label("version"),
    versions.c.title,
    versions.c.kind,
    versions.c.last_reviewed,
)


class Register:
    """Every version of every document. Each method is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def documents(self) -> list[Document]:
        """All documents that were ever taken in, by title; withdrawn ones are marked so."""
        return [_document(row) for row in self._all(_document_query().order_by(versions.c.title))]

    def document(self, document_id: str) -> Document:
        """Raises NotFound."""
        row = self._first(_document_query().where(documents.c.id == document_id))
        if row is None:
            raise _no_document(document_id)
        return _document(row)

    def version(self, document_id: str, number: int | None = None) -> Version:
        """The numbered version, or the newest. Raises NotFound."""
        query = select(versions).where(versions.c.document_id == document_id)
        if number is not None:
            query = query.where(versions.c.number == number)
        row = self._first(query.order_by(versions.c.number.desc()).limit(1))
        if row is None:
            raise _no_document(document_id if number is None else f"{document_id}, version {number}")
        return _version(row)

    def version_numbers(self, document_id: str) -> list[int]:
        """Numbers of all versions, oldest first."""
        query = select(versions.c.number).where(versions.c.document_id == document_id)
        return [row.number for row in self._all(query.order_by(versions.c.number))]

    def sections(self, version_id: int) -> list[Section]:
        """In reading order."""
        query = select(sections).where(sections.c.version_id == version_id).order_by(sections.c.ordinal)
        return [_section(row) for row in self._all(query)]

    def passages(self, version_id: int) -> list[Passage]:
        """In reading order."""
        query = select(passages).where(passages.c.version_id == version_id).order_by(passages.c.ordinal)
        return [_passage(row) for row in self._all(query)]

    def quote(self, document_id: str, version: int, start: int, end: int) -> str:
        """The stored words at these offsets. Raises NotFound."""
        if not 0 <= start < end:
            raise NotFound("No text at these offsets.")
        text = func.substr(versions.c.text, start + 1, end - start).label("quote")
        row = self._first(
            select(text).where(versions.c.document_id == document_id, versions.c.number == version)
        )
        if row is None or len(row.quote) != end - start:
            raise NotFound(f"No text at these offsets of {document_id}, version {version}.")
        return str(row.quote)

    def live(self, ids: Iterable[str]) -> dict[str, LivePassage]:
        """Those of the passages that stand in a current version."""
        query = _live_query(*_LIVE_COLUMNS)
        rows = self._all(query.where(passages.c.id.in_(list(ids))))
        return {row.id: _live_passage(row) for row in rows}

    def live_ids(self) -> set[str]:
        """Ids of all passages that stand in a current version."""
        return {row.id for row in self._all(_live_query(passages.c.id))}

    def live_count(self) -> int:
        """How many passages stand in current versions."""
        row = self._first(_live_query(func.count().label("count")))
        return int(row.count) if row is not None else 0  # type: ignore[call-overload]

    def vectors(self, ids: Iterable[str]) -> dict[str, Vectors]:
        """Stored embedding of each live passage, shape (dimensions,)."""
        query = (
            _live_query(passages.c.id, embeddings.c.passage.label("blob"))
            .join(embeddings, embeddings.c.digest == passages.c.embedding)
            .where(passages.c.id.in_(list(ids)))
        )
        rows = self._all(query)
        return {row.id: np.frombuffer(row.blob, dtype=np.float32) for row in rows}

    def candidates(self, ids: Iterable[str]) -> list[Candidate]:
        """Those of the passages that stand in a current version, with their vectors; one query."""
        query = (
            _live_query(
                *_LIVE_COLUMNS, embeddings.c.passage.label("vector"), embeddings.c.lines.label("blob")
            )
            .join(embeddings, embeddings.c.digest == passages.c.embedding)
            .where(passages.c.id.in_(list(ids)))
        )
        return [_candidate(row) for row in self._all(query)]

    def changes(self, document_id: str | None = None, limit: int = 200) -> list[RecordedChange]:
        """Newest first, over all documents or of one."""
        query = (
            select(changes, versions.c.title)
            .join(
                versions,
                and_(versions.c.document_id == changes.c.document_id, versions.c.number == changes.c.version),
            )
            .order_by(changes.c.id.desc())
            .limit(limit)
        )
        if document_id is not None:
            query = query.where(changes.c.document_id == document_id)
        return [_change(row) for row in self._all(query)]

    def get_state(self, key: str) -> str | None:
        """A value that `corpus.recording.set_state` wrote."""
        row = self._first(select(state.c.value).where(state.c.key == key))
        return None if row is None else str(row.value)

    def _all(self, query: Select[Any]) -> list[Row[Any]]:
        with transaction(self.engine) as connection:
            return list(connection.execute(query))

    def _first(self, query: Select[Any]) -> Row[Any] | None:
        with transaction(self.engine) as connection:
            return connection.execute(query).first()


def _live_query(*columns: Any) -> Select[Any]:
    joined = passages.join(versions, versions.c.id == passages.c.version_id).join(documents, _IS_LIVE)
    return select(*columns).select_from(joined)


def _document_query() -> Select[Any]:
    def count_in(table: Any) -> Any:
        return (
            select(func.count()).select_from(table).where(table.c.version_id == versions.c.id)
        ).scalar_subquery()

    return select(
        documents,
        versions.c.title,
        versions.c.kind,
        versions.c.number,
        versions.c.last_reviewed,
        versions.c.next_review,
        count_in(sections).label("sections"),
        count_in(passages).label("passages"),
    ).join(versions, versions.c.id == documents.c.current)


def _no_document(name: str) -> NotFound:
    return NotFound(f"There is no document {name}.", "`assistant documents` lists all.")


def _document(row: Row[Any]) -> Document:
    return Document(
        id=row.id,
        source=row.source,
        title=row.title,
        kind=Kind(row.kind),
        version=row.number,
        withdrawn=row.withdrawn,
        last_reviewed=row.last_reviewed,
        next_review=row.next_review,
        sections=row.sections,
        passages=row.passages,
    )


def _version(row: Row[Any]) -> Version:
    return Version(
        id=row.id,
        document_id=row.document_id,
        number=row.number,
        title=row.title,
        kind=Kind(row.kind),
        text=row.text,
        text_sha256=row.text_sha256,
        original_sha256=row.original_sha256,
        original_name=row.original_name,
        media_type=row.media_type,
        ingested_at=row.ingested_at,
        last_reviewed=row.last_reviewed,
        next_review=row.next_review,
    )


def _part(value: str | None) -> Part | None:
    return Part(value) if value else None


def _section(row: Row[Any]) -> Section:
    fields = {name: getattr(row, name) for name in Section.__dataclass_fields__}
    return Section(**fields | {"part": _part(row.part)})


def _passage(row: Row[Any]) -> Passage:
    fields = {name: getattr(row, name) for name in Passage.__dataclass_fields__}
    parsed = {
        "trail": tuple(row.trail),
        "lines": tuple(Line(*numbers) for numbers in row.lines),
        "part": _part(row.part),
    }
    return Passage(**fields | parsed)


def _live_passage(row: Row[Any]) -> LivePassage:
    return LivePassage(
        passage=_passage(row),
        document_id=row.document_id,
        version=row.version,
        title=row.title,
        kind=Kind(row.kind),
        last_reviewed=row.last_reviewed,
    )


def _candidate(row: Row[Any]) -> Candidate:
    lines = np.frombuffer(row.blob, dtype=np.float16).astype(np.float32)
    return Candidate(
        live=_live_passage(row),
        vector=np.frombuffer(row.vector, dtype=np.float32),
        lines=lines.reshape(len(row.lines), -1) if row.lines else lines.reshape(0, 0),
    )


def _change(row: Row[Any]) -> RecordedChange:
    change = Change(ChangeKind(row.kind), row.anchor, row.before, row.after)
    return RecordedChange(row.document_id, row.title, row.version, change, row.at)
