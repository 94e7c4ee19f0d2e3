"""How the register is written: an ingest run, a version with all its parts in one commit, a withdrawal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from corpus.changes import Change
from corpus.database import transaction
from corpus.documents import Kind, Section
from corpus.embedding import Vectors
from corpus.passages import Passage, digest
from corpus.tables import changes, documents, embeddings, passages, runs, sections, state, versions

EMBEDDER = "embedder"
"""The key of the state that names the embedder whose vectors the register holds."""

_MANY = 500


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version about to be recorded. `embeddings` holds, for each passage, the key of its stored vectors."""

    document_id: str
    source: str
    title: str
    kind: Kind
    text: str
    original_sha256: str
    original_name: str
    media_type: str
    recipe: str
    last_reviewed: date | None
    next_review: date | None
    sections: Sequence[Section]
    passages: Sequence[Passage]
    embeddings: Sequence[str]
    changes: Sequence[Change]
    warnings: Sequence[str]
    is_current: bool = True
    """False for how the document was before its file's newest state: kept, but answering no question."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of a source: enough to tell whether it has to be read again."""

    document_id: str
    source: str
    version: int
    original_sha256: str
    recipe: str
    withdrawn: bool


class Recorder:
    """Writes the register. Only what `record` and `withdraw` commit is ever seen by readers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin_run(self, roots: Sequence[str], at: datetime) -> int:
        """The new run's id."""
        with transaction(self._engine) as connection:
            values = {"started_at": at, "roots": list(roots)}
            result = connection.execute(insert(runs).values(values).returning(runs.c.id))
            return int(result.scalar_one())

    def end_run(self, run: int, at: datetime, report: Mapping[str, Any]) -> None:
        with transaction(self._engine) as connection:
            values = {"finished_at": at, "report": dict(report)}
            connection.execute(update(runs).where(runs.c.id == run).values(values))

    def sources(self) -> dict[str, SourceState]:
        """All known sources, by name."""
        query = select(
            documents.c.id,
            documents.c.source,
            documents.c.withdrawn,
            versions.c.number,
            versions.c.original_sha256,
            versions.c.recipe,
        ).join(versions, versions.c.id == documents.c.current)
        with transaction(self._engine) as connection:
            return {
                row.source: SourceState(
                    row.id, row.source, row.number, row.original_sha256, row.recipe, row.withdrawn
                )
                for row in connection.execute(query)
            }

    def known_embeddings(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The passage vectors, shape (dimensions,), of those keys that are stored."""
        found: dict[str, Vectors] = {}
        with transaction(self._engine) as connection:
            for at in range(0, len(keys), _MANY):
                query = select(embeddings.c.digest, embeddings.c.passage).where(
                    embeddings.c.digest.in_(keys[at : at + _MANY])
                )
                for row in connection.execute(query):
                    found[row.digest] = np.frombuffer(row.passage, dtype=np.float32)
        return found

    def store_embeddings(self, model: str, vectors: Mapping[str, tuple[Vectors, Vectors]]) -> None:
        """Keep (passage vector, line vectors) by key, so that a killed ingest need not embed them again."""
        rows = [
            {
                "digest": key,
                "model": model,
                "passage": passage.astype(np.float32).tobytes(),
                "lines": lines.astype(np.float16).tobytes(),
            }
            for key, (passage, lines) in vectors.items()
        ]
        if rows:
            with transaction(self._engine) as connection:
                connection.execute(insert(embeddings), rows)

    def record(self, run: int, new: NewVersion, at: datetime) -> int:
        """Commit a version, and make it the one that answers, in one transaction; returns its number."""
        with transaction(self._engine) as connection:
            number = _next_number(connection, new.document_id)
            if number == 1:
                values = {"id": new.document_id, "source": new.source, "withdrawn": False}
                connection.execute(insert(documents).values(values))
            version_id = _insert_version(connection, run, new, number, at)
            _insert_parts(connection, version_id, new)
            _insert_changes(connection, new, number, at)
            connection.execute(
                update(documents)
                .where(documents.c.id == new.document_id)
                .values(current=version_id, withdrawn=not new.is_current, source=new.source)
            )
            return number

    def withdraw(self, document_id: str, source: str) -> bool:
        """From this commit on the document answers no question; False where it now has another source."""
        with transaction(self._engine) as connection:
            same = (documents.c.id == document_id) & (documents.c.source == source)
            return bool(connection.execute(update(documents).where(same).values(withdrawn=True)).rowcount)

    def switch_embeddings(self, keys: Mapping[tuple[int, str], str], fingerprint: str) -> None:
        """Make (version id, passage id) use other stored vectors, all at once, and note their embedder."""
        rows = [{"v": version, "p": passage, "k": key} for (version, passage), key in keys.items()]
        which = (passages.c.version_id == bindparam("v")) & (passages.c.id == bindparam("p"))
        with transaction(self._engine) as connection:
            if rows:
                connection.execute(update(passages).where(which).values(embedding=bindparam("k")), rows)
            _put_state(connection, EMBEDDER, fingerprint)

    def set_state(self, key: str, value: str) -> None:
        with transaction(self._engine) as connection:
            _put_state(connection, key, value)

    def remove_unused_embeddings(self) -> int:
        """Drop vectors that no passage of any version uses; returns how many."""
        unused = embeddings.c.digest.not_in(select(passages.c.embedding))
        with transaction(self._engine) as connection:
            return int(connection.execute(delete(embeddings).where(unused)).rowcount)


def _put_state(connection: Connection, key: str, value: str) -> None:
    connection.execute(delete(state).where(state.c.key == key))
    connection.execute(insert(state).values(key=key, value=value))


def _next_number(connection: Connection, document_id: str) -> int:
    newest = select(func.max(versions.c.number)).where(versions.c.document_id == document_id)
    return int(connection.execute(newest).scalar() or 0) + 1


def _insert_version(connection: Connection, run: int, new: NewVersion, number: int, at: datetime) -> int:
    result = connection.execute(
        insert(versions)
        .values(
            document_id=new.document_id,
            number=number,
            title=new.title,
            kind=new.kind.value,
            text=new.text,
            text_sha256=digest(new.text),
            original_sha256=new.original_sha256,
            original_name=new.original_name,
            media_type=new.media_type,
            recipe=new.recipe,
            last_reviewed=new.last_reviewed,
            next_review=new.next_review,
            ingested_at=at,
            run_id=run,
            warnings=list(new.warnings),
        )
        .returning(versions.c.id)
    )
    return int(result.scalar_one())


def _insert_parts(connection: Connection, version_id: int, new: NewVersion) -> None:
    if new.sections:
        connection.execute(
            insert(sections), [asdict(section) | {"version_id": version_id} for section in new.sections]
        )
    rows = [
        asdict(passage)
        | {
            "version_id": version_id,
            "ordinal": ordinal,
            "embedding": key,
            "trail": list(passage.trail),
            "lines": [[line.start, line.end, line.lead_start, line.lead_end] for line in passage.lines],
        }
        for ordinal, (passage, key) in enumerate(zip(new.passages, new.embeddings, strict=True))
    ]
    if rows:
        connection.execute(insert(passages), rows)


def _insert_changes(connection: Connection, new: NewVersion, number: int, at: datetime) -> None:
    rows = [
        asdict(change) | {"document_id": new.document_id, "version": number, "at": at}
        for change in new.changes
    ]
    if rows:
        connection.execute(insert(changes), rows)
