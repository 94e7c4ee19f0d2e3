"""States of a file that must not be taken in again by themselves: what was rolled back stays rolled back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Engine, delete, insert, select

from corpus.database import transaction
from corpus.tables_living import held


class HeldBecause(StrEnum):
    ROLLED_BACK = "rolled back"
    OLDER_THAN_UPLOAD = "older than upload"


@dataclass(frozen=True, slots=True)
class Hold:
    """Why and since when a source's bytes of this digest are passed over; `run` is the one rolled back."""

    source: str
    sha256: str
    because: HeldBecause
    at: datetime
    run: int | None = None


class Holds:
    """All holds of one register. Each method is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> Mapping[tuple[str, str], Hold]:
        """By source and digest."""
        with transaction(self._engine) as connection:
            return {
                (row.source, row.sha256): Hold(
                    row.source, row.sha256, HeldBecause(row.because), row.at, row.run_id
                )
                for row in connection.execute(select(held))
            }

    def add(self, hold: Hold) -> None:
        """In place of an earlier hold on the same bytes."""
        with transaction(self._engine) as connection:
            connection.execute(delete(held).where(_same(hold.source, hold.sha256)))
            values = {
                "source": hold.source,
                "sha256": hold.sha256,
                "because": hold.because.value,
                "at": hold.at,
                "run_id": hold.run,
            }
            connection.execute(insert(held).values(values))

    def release(self, source: str, sha256: str) -> None:
        with transaction(self._engine) as connection:
            connection.execute(delete(held).where(_same(source, sha256)))

    def release_run(self, run: int) -> None:
        """All that the roll-back of this run held."""
        with transaction(self._engine) as connection:
            connection.execute(delete(held).where(held.c.run_id == run))


def _same(source: str, sha256: str) -> ColumnElement[bool]:
    return (held.c.source == source) & (held.c.sha256 == sha256)
