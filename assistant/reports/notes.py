"""What is recorded beside a recommendation: who sees to it, by when, and what shows that it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, select

from assistant.records import Clock, now
from corpus.database import flush, transaction
from corpus.tables_alerts import recommendation_notes


class Progress(StrEnum):
    """What people say of it, whatever the tracker proposes."""

    OPEN = "open"
    UNDER_WAY = "under way"
    DONE = "done"
    NOT_ACCEPTED = "not accepted"


@dataclass(frozen=True, slots=True)
class Note:
    """`owner` and `evidence` come here screened: details of real people are put out of them before.

    `text_sha256` is of the recommendation's words when the note was made.
    """

    document_id: str
    anchor: str
    progress: Progress
    owner: str
    due: date | None
    evidence: str
    text_sha256: str
    noted_at: datetime | None = None


class Notes:
    """Kept in the register, the last on each recommendation, until it is removed."""

    def __init__(self, engine: Engine, clock: Clock = now) -> None:
        self._engine = engine
        self._clock = clock

    def all(self) -> dict[tuple[str, str], Note]:
        """By (document id, anchor)."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(recommendation_notes))
            return {(row.document_id, row.anchor): _note(row) for row in rows}

    def put(self, note: Note) -> None:
        """In place of any before. A note that says nothing removes it."""
        table = recommendation_notes.c
        same = (table.document_id == note.document_id) & (table.anchor == note.anchor)
        says_nothing = not (note.owner or note.due or note.evidence) and note.progress is Progress.OPEN
        with transaction(self._engine) as connection:
            connection.execute(delete(recommendation_notes).where(same))
            if not says_nothing:
                values: dict[str, Any] = {
                    name: getattr(note, name)
                    for name in ("document_id", "anchor", "owner", "due", "evidence", "text_sha256")
                }
                values |= {"status": note.progress.value, "noted_at": self._clock()}
                connection.execute(insert(recommendation_notes).values(values))
        flush(self._engine)


def _note(row: Row[Any]) -> Note:
    return Note(
        document_id=row.document_id,
        anchor=row.anchor,
        progress=Progress(row.status),
        owner=row.owner,
        due=row.due,
        evidence=row.evidence,
        text_sha256=row.text_sha256,
        noted_at=row.noted_at,
    )
