"""The shapes of changes, uploads and ingests at the door. Fields may be added; none is ever renamed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Self

from pydantic import BaseModel, Field

from corpus.changes import Change, ChangeKind, RecordedChange
from corpus.documents import Kind
from corpus.passages import permanent_link
from corpus.runs import Run
from corpus.uploads import Upload, UploadState
from corpus.word_diff import Fate, word_diff
from ingest.preview import Preview
from ingest.report import Outcome, Report


class WordsOut(BaseModel):
    """A run of words that stayed, went or came."""

    fate: Fate
    text: str


class ChangeOut(BaseModel):
    """One paragraph's change; `before` is null for what was added, `after` for what was removed.

    `was` is its number before, where it was another; `moved` tells that it stands in another order. The two
    links open the words in the version before and in this one. `words` is there for a rewording.
    """

    id: int
    document_id: str
    title: str
    version: int
    previous: int | None = Field(description="The version that it was held against.")
    kind: ChangeKind
    anchor: str
    was: str | None
    moved: bool
    heading_trail: tuple[str, ...]
    before: str | None
    after: str | None
    words: list[WordsOut]
    before_url: str | None
    after_url: str | None
    at: datetime

    @classmethod
    def of(cls, recorded: RecordedChange) -> Self:
        """The change in this shape."""
        change = recorded.change
        return cls(
            id=recorded.id,
            document_id=recorded.document_id,
            title=recorded.title,
            version=recorded.version,
            previous=recorded.previous,
            kind=change.kind,
            anchor=change.anchor,
            was=change.was,
            moved=change.moved,
            heading_trail=change.trail,
            before=change.before,
            after=change.after,
            words=words_of(change),
            before_url=old_link(recorded),
            after_url=new_link(recorded),
            at=recorded.at,
        )


class SectionPreviewOut(BaseModel):
    number: str | None
    heading: str
    level: int


class PreviewOut(BaseModel):
    """How a file was understood. `doubts` are what a person should look at before it is published."""

    title: str
    kind: Kind
    last_reviewed: date | None
    next_review: date | None
    effective_from: date | None
    headings: list[SectionPreviewOut]
    numbered: tuple[str, ...] = Field(description="Numbers of the paragraphs, in reading order.")
    passages: int
    warnings: tuple[str, ...]
    doubts: tuple[str, ...]
    changes: dict[str, int] = Field(description="Against the present version, by kind.")

    @classmethod
    def of(cls, preview: Preview) -> Self:
        document = preview.document
        counts: dict[str, int] = {}
        for change in preview.changes:
            counts[change.kind.value] = counts.get(change.kind.value, 0) + 1
        return cls(
            title=document.title,
            kind=document.kind,
            last_reviewed=document.last_reviewed,
            next_review=document.next_review,
            effective_from=document.effective_from,
            headings=[
                SectionPreviewOut(number=section.number, heading=section.heading, level=section.level)
                for section in preview.headings
            ],
            numbered=preview.numbered,
            passages=preview.passages,
            warnings=document.warnings,
            doubts=preview.doubts,
            changes=counts,
        )


class UploadOut(BaseModel):
    """A file that was handed in. It answers nothing before it is published."""

    id: str
    name: str
    sha256: str
    state: UploadState
    document_id: str | None
    supersedes: str | None
    publish_on: date | None
    received_at: datetime
    reason: str | None = None
    preview: PreviewOut | None = None

    @classmethod
    def of(cls, upload: Upload, preview: Preview | None = None) -> Self:
        fields = {name: getattr(upload, name) for name in cls.model_fields if name != "preview"}
        return cls(**fields, preview=PreviewOut.of(preview) if preview else None)


class OutcomeOut(BaseModel):
    """What became of one file."""

    source: str
    status: str
    document_id: str | None
    changes: int
    warnings: tuple[str, ...]
    reason: str
    advice: str

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        fields: dict[str, Any] = {name: getattr(outcome, name) for name in cls.model_fields}
        return cls(**fields | {"status": outcome.status.value, "warnings": tuple(outcome.warnings)})


class RunOut(BaseModel):
    """One ingest; `counts` are files by how they ended, null ends are those of one that was cut off."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    roots: tuple[str, ...]
    counts: dict[str, int]

    @classmethod
    def of(cls, run: Run) -> Self:
        return cls(**asdict(run) | {"counts": dict(run.counts)})


class ReportOut(BaseModel):
    """The report of an ingest or a roll-back."""

    run: int | None
    outcomes: list[OutcomeOut]

    @classmethod
    def of(cls, report: Report) -> Self:
        return cls(run=report.run, outcomes=[OutcomeOut.of(outcome) for outcome in report.outcomes])


class SupersedeIn(BaseModel):
    """Which document takes the place."""

    by: str = Field(max_length=120, pattern="^[a-z0-9-]+$", examples=["working-together-2026"])


def words_of(change: Change) -> list[WordsOut]:
    """The word diff of a rewording; nothing for other kinds."""
    if change.before is None or change.after is None or change.before == change.after:
        return []
    return [WordsOut(fate=run.fate, text=run.text) for run in word_diff(change.before, change.after)]


def old_link(recorded: RecordedChange) -> str | None:
    """Opens the words in the version before."""
    span = recorded.change.old_span
    if span is None or recorded.previous is None:
        return None
    return permanent_link(recorded.document_id, recorded.previous, *span)


def new_link(recorded: RecordedChange) -> str | None:
    """Opens the words in the version that brought them."""
    span = recorded.change.new_span
    return permanent_link(recorded.document_id, recorded.version, *span) if span else None
