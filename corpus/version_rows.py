"""A version about to be recorded, and the rows that it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from corpus.changes import Change
from corpus.documents import Kind, Section
from corpus.passages import Passage, digest
from corpus.procedures import ReadProcedure
from corpus.tables import changes, passages, sections, versions


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
    effective_from: date | None = None
    previous: int | None = None
    """The number of the version that `changes` were found against."""
    procedure: ReadProcedure | None = None
    """What it says of who must do what; None for a kind of document that binds nobody."""
    is_current: bool = True
    """False for how the document was before its file's newest state: kept, but answering no question."""


def next_number(connection: Connection, document_id: str) -> int:
    newest = select(func.max(versions.c.number)).where(versions.c.document_id == document_id)
    return int(connection.execute(newest).scalar() or 0) + 1


def insert_version(connection: Connection, run: int, new: NewVersion, number: int, at: datetime) -> int:
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
            effective_from=new.effective_from,
            ingested_at=at,
            run_id=run,
            warnings=list(new.warnings),
        )
        .returning(versions.c.id)
    )
    return int(result.scalar_one())


def insert_parts(connection: Connection, version_id: int, new: NewVersion) -> None:
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


def insert_changes(connection: Connection, new: NewVersion, number: int, at: datetime) -> None:
    rows = [
        {
            "document_id": new.document_id,
            "version": number,
            "previous": new.previous,
            "at": at,
            "kind": change.kind.value,
            "anchor": change.anchor,
            "before": change.before,
            "after": change.after,
            "was": change.was,
            "moved": change.moved,
            "trail": list(change.trail),
        }
        | dict(zip(("old_start", "old_end"), change.old_span or (None, None), strict=True))
        | dict(zip(("new_start", "new_end"), change.new_span or (None, None), strict=True))
        for change in new.changes
    ]
    if rows:
        connection.execute(insert(changes), rows)
