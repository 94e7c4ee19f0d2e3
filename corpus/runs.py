"""What each ingest did: the runs and the versions that they brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, select

from corpus.database import transaction
from corpus.errors import NotFound
from corpus.tables import documents, runs, versions


@dataclass(frozen=True, slots=True)
class Run:
    """`roots` names what was taken in; `report` is that of `ingest.report`, None for one that was cut off."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    roots: tuple[str, ...]
    report: Mapping[str, Any] | None

    @property
    def counts(self) -> Mapping[str, int]:
        """Files by how they ended."""
        found: Mapping[str, int] = (self.report or {}).get("counts", {})
        return found

    def documents_that(self, status: str) -> list[str]:
        """Ids of the documents that ended so."""
        files = (self.report or {}).get("files", [])
        return [file["document_id"] for file in files if file["status"] == status and file["document_id"]]


@dataclass(frozen=True, slots=True)
class RunVersion:
    """A version that a run brought; `is_current` tells whether nothing came after it."""

    document_id: str
    number: int
    source: str
    original_sha256: str
    is_current: bool


class Runs:
    """All runs of one register, newest first. Each method is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self, limit: int = 20) -> list[Run]:
        with transaction(self._engine) as connection:
            query = select(runs).order_by(runs.c.id.desc()).limit(limit)
            return [_run_of(row) for row in connection.execute(query)]

    def get(self, run: int) -> Run:
        """Raises NotFound."""
        with transaction(self._engine) as connection:
            row = connection.execute(select(runs).where(runs.c.id == run)).first()
        if row is None:
            raise NotFound(f"There is no ingest {run}.", "The library page lists all.")
        return _run_of(row)

    def versions(self, run: int) -> list[RunVersion]:
        """The versions that a run brought, oldest first."""
        query = (
            select(
                versions.c.id,
                versions.c.document_id,
                versions.c.number,
                versions.c.original_sha256,
                documents.c.source,
                documents.c.current,
            )
            .join(documents, documents.c.id == versions.c.document_id)
            .where(versions.c.run_id == run)
            .order_by(versions.c.id)
        )
        with transaction(self._engine) as connection:
            return [
                RunVersion(
                    row.document_id, row.number, row.source, row.original_sha256, row.current == row.id
                )
                for row in connection.execute(query)
            ]


def _run_of(row: Row[Any]) -> Run:
    return Run(row.id, row.started_at, row.finished_at, tuple(row.roots), row.report)
