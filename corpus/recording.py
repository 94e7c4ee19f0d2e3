"""How the register is written: an ingest run, a version with all its parts in one commit, a withdrawal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from corpus.database import transaction
from corpus.documents import Because
from corpus.embedding import PassageVectors, Vectors
from corpus.procedure_register import insert_read
from corpus.tables import documents, embeddings, passages, runs, state, versions
from corpus.version_rows import NewVersion, insert_changes, insert_parts, insert_version, next_number

__all__ = ["EMBEDDER", "NewVersion", "Recorder", "SourceState"]

EMBEDDER = "embedder"
"""The key of the state that names the embedder whose vectors the register holds."""

_MANY = 500


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of a source: enough to tell whether it has to be read again."""

    document_id: str
    source: str
    version: int
    original_sha256: str
    recipe: str
    withdrawn: bool
    because: Because | None = None


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
            documents.c.withdrawn_because,
            versions.c.number,
            versions.c.original_sha256,
            versions.c.recipe,
        ).join(versions, versions.c.id == documents.c.current)
        with transaction(self._engine) as connection:
            return {
                row.source: SourceState(
                    row.id,
                    row.source,
                    row.number,
                    row.original_sha256,
                    row.recipe,
                    row.withdrawn,
                    Because(row.withdrawn_because) if row.withdrawn_because else None,
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

    def store_embeddings(self, model: str, made: Mapping[str, PassageVectors]) -> None:
        """Keep them by key, so that a killed ingest need not embed them again."""
        rows = [
            {
                "digest": key,
                "model": model,
                "passage": each.passage.astype(np.float32).tobytes(),
                "lines": each.lines.astype(np.float16).tobytes(),
                "pieces": each.pieces.tobytes(),
            }
            for key, each in made.items()
        ]
        if rows:
            with transaction(self._engine) as connection:
                connection.execute(insert(embeddings), rows)

    def record(self, run: int, new: NewVersion, at: datetime) -> int:
        """Commit a version, and make it the one that answers, in one transaction; returns its number."""
        with transaction(self._engine) as connection:
            number = next_number(connection, new.document_id)
            if number == 1:
                values = {"id": new.document_id, "source": new.source, "withdrawn": False}
                connection.execute(insert(documents).values(values))
            version_id = insert_version(connection, run, new, number, at)
            insert_parts(connection, version_id, new)
            insert_changes(connection, new, number, at)
            if new.procedure is not None:
                insert_read(connection, version_id, new.procedure)
            connection.execute(
                update(documents)
                .where(documents.c.id == new.document_id)
                .values(
                    current=version_id,
                    withdrawn=not new.is_current,
                    withdrawn_because=None,
                    withdrawn_at=None,
                    superseded_by=None,
                    source=new.source,
                )
            )
            return number

    def note_recipe(self, version_id: int, recipe: str) -> None:
        """By these rules, too, the version's file gives what it holds."""
        with transaction(self._engine) as connection:
            connection.execute(update(versions).where(versions.c.id == version_id).values(recipe=recipe))

    def withdraw(
        self,
        document_id: str,
        source: str,
        because: Because = Because.GONE,
        at: datetime | None = None,
        superseded_by: str | None = None,
    ) -> bool:
        """From this commit on the document answers no question; False where it now has another source."""
        with transaction(self._engine) as connection:
            same = (documents.c.id == document_id) & (documents.c.source == source)
            values = {
                "withdrawn": True,
                "withdrawn_because": because.value,
                "withdrawn_at": at,
                "superseded_by": superseded_by,
            }
            return bool(connection.execute(update(documents).where(same).values(values)).rowcount)

    def restore(self, document_id: str) -> None:
        """From this commit on the document's newest version answers again."""
        values = {
            "withdrawn": False,
            "withdrawn_because": None,
            "withdrawn_at": None,
            "superseded_by": None,
        }
        with transaction(self._engine) as connection:
            connection.execute(update(documents).where(documents.c.id == document_id).values(values))

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
