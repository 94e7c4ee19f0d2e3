"""The register: the one place of truth, as its readers see it. `corpus.recording` writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Engine, Row, Select, and_, bindparam, func, select

from corpus.changes import ChangeKind, RecordedChange
from corpus.database import transaction
from corpus.documents import Document, Part, Section, Version
from corpus.embedding import Vectors
from corpus.errors import NotFound
from corpus.passages import Candidate, LivePassage, Passage
from corpus.rows import (
    CANDIDATE_COLUMNS,
    LIVE_COLUMNS,
    PASSAGE_COLUMNS,
    candidates_of,
    change_of,
    document_of,
    live_passage_of,
    passage_of,
    section_of,
    version_of,
)
from corpus.tables import changes, documents, embeddings, passages, sections, state, versions

# That the document is the version's own follows from `current`, but only so does SQLite look it up by its key
# instead of going through all documents.
_IS_LIVE = and_(
    documents.c.id == versions.c.document_id,
    documents.c.current == versions.c.id,
    documents.c.withdrawn.is_(False),
)


def _live_query(*columns: Any) -> Select[Any]:
    joined = passages.join(versions, versions.c.id == passages.c.version_id).join(documents, _IS_LIVE)
    return select(*columns).select_from(joined)


# What every question asks is put together once, not at each question.
_AMONG = passages.c.id.in_(bindparam("ids", expanding=True))
_HAS_VECTORS = embeddings.c.digest == passages.c.embedding
_LIVE = _live_query(*LIVE_COLUMNS).where(_AMONG)
_VECTORS = _live_query(passages.c.id, embeddings.c.passage).join(embeddings, _HAS_VECTORS).where(_AMONG)
_CANDIDATES = _live_query(*CANDIDATE_COLUMNS).join(embeddings, _HAS_VECTORS).where(_AMONG)
_QUOTE = select(func.substr(versions.c.text, bindparam("start"), bindparam("length")).label("quote")).where(
    versions.c.document_id == bindparam("document"), versions.c.number == bindparam("number")
)


class Register:
    """Every version of every document. Each method is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def documents(self) -> list[Document]:
        """All documents that were ever taken in, by title; withdrawn ones are marked so."""
        return [document_of(row) for row in self._all(_document_query().order_by(versions.c.title))]

    def document(self, document_id: str) -> Document:
        """Raises NotFound."""
        row = self._first(_document_query().where(documents.c.id == document_id))
        if row is None:
            raise _no_document(document_id)
        return document_of(row)

    def version(self, document_id: str, number: int | None = None) -> Version:
        """The numbered version, or the newest. Raises NotFound."""
        query = select(versions).where(versions.c.document_id == document_id)
        if number is not None:
            query = query.where(versions.c.number == number)
        row = self._first(query.order_by(versions.c.number.desc()).limit(1))
        if row is None:
            raise _no_document(document_id if number is None else f"{document_id}, version {number}")
        return version_of(row)

    def version_numbers(self, document_id: str) -> list[int]:
        """Numbers of all versions, oldest first."""
        query = select(versions.c.number).where(versions.c.document_id == document_id)
        return [row.number for row in self._all(query.order_by(versions.c.number))]

    def sections(self, version_id: int) -> list[Section]:
        """In reading order."""
        query = select(sections).where(sections.c.version_id == version_id).order_by(sections.c.ordinal)
        return [section_of(row) for row in self._all(query)]

    def passages(self, version_id: int) -> list[Passage]:
        """In reading order."""
        query = (
            select(*PASSAGE_COLUMNS).where(passages.c.version_id == version_id).order_by(passages.c.ordinal)
        )
        return [passage_of(row) for row in self._all(query)]

    def quote(self, document_id: str, version: int, start: int, end: int) -> str:
        """The stored words at these offsets. Raises NotFound."""
        if not 0 <= start < end:
            raise NotFound("No text at these offsets.")
        where = {"document": document_id, "number": version, "start": start + 1, "length": end - start}
        row = self._first(_QUOTE, where)
        if row is None or len(row.quote) != end - start:
            raise NotFound(f"No text at these offsets of {document_id}, version {version}.")
        return str(row.quote)

    def live(self, ids: Iterable[str]) -> dict[str, LivePassage]:
        """Those of the passages that stand in a current version."""
        return {row.id: live_passage_of(row) for row in self._all(_LIVE, {"ids": list(ids)})}

    def live_ids(self) -> set[str]:
        """Ids of all passages that stand in a current version."""
        return {row.id for row in self._all(_live_query(passages.c.id))}

    def live_ids_of(self, documents: Iterable[str]) -> frozenset[str]:
        """Ids of the passages of these documents' current versions."""
        query = _live_query(passages.c.id).where(versions.c.document_id.in_(list(documents)))
        return frozenset(row.id for row in self._all(query))

    def live_ids_in(self, parts: Iterable[Part]) -> frozenset[str]:
        """Ids of the passages of current versions that stand in these parts of a briefing."""
        query = _live_query(passages.c.id).where(passages.c.part.in_([part.value for part in parts]))
        return frozenset(row.id for row in self._all(query))

    def live_versions(self) -> frozenset[int]:
        """Ids of all versions that are current."""
        query = select(documents.c.current).where(
            documents.c.withdrawn.is_(False), documents.c.current.is_not(None)
        )
        with transaction(self.engine) as connection:
            return frozenset(connection.scalars(query))

    def live_count(self) -> int:
        """How many passages stand in current versions."""
        row = self._first(_live_query(func.count().label("count")))
        return int(row.count) if row is not None else 0  # type: ignore[call-overload]

    def vectors(self, ids: Iterable[str]) -> dict[str, Vectors]:
        """Stored embedding of each live passage, shape (dimensions,)."""
        rows = self._all(_VECTORS, {"ids": list(ids)})
        return {row.id: np.frombuffer(row.passage, dtype=np.float32) for row in rows}

    def candidates(self, ids: Iterable[str]) -> list[Candidate]:
        """Those of the passages that stand in a current version, with their vectors; one query."""
        return candidates_of(self._all(_CANDIDATES, {"ids": list(ids)}))

    def changes(
        self,
        document_id: str | None = None,
        limit: int = 200,
        since: int | None = None,
        kinds: Sequence[ChangeKind] = (),
    ) -> list[RecordedChange]:
        """Newest first, over all documents or of one; `since` leaves out those up to this change's id,
        `kinds`, where any are given, all others."""
        query = (
            select(changes, versions.c.title, versions.c.run_id)
            .join(
                versions,
                and_(versions.c.document_id == changes.c.document_id, versions.c.number == changes.c.version),
            )
            .order_by(changes.c.id.desc())
            .limit(limit)
        )
        if document_id is not None:
            query = query.where(changes.c.document_id == document_id)
        if since is not None:
            query = query.where(changes.c.id > since)
        if kinds:
            query = query.where(changes.c.kind.in_([kind.value for kind in kinds]))
        return [change_of(row) for row in self._all(query)]

    def get_state(self, key: str) -> str | None:
        """A value that `corpus.recording.set_state` wrote."""
        row = self._first(select(state.c.value).where(state.c.key == key))
        return None if row is None else str(row.value)

    def _all(self, query: Select[Any], values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        with transaction(self.engine) as connection:
            return connection.execute(query, values or {}).all()

    def _first(self, query: Select[Any], values: Mapping[str, Any] | None = None) -> Row[Any] | None:
        with transaction(self.engine) as connection:
            return connection.execute(query, values or {}).first()


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
        versions.c.effective_from,
        count_in(sections).label("sections"),
        count_in(passages).label("passages"),
    ).join(versions, versions.c.id == documents.c.current)


def _no_document(name: str) -> NotFound:
    return NotFound(f"There is no document {name}.", "`assistant documents` lists all.")
