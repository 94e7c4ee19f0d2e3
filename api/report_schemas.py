"""The shapes of reports at the door."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from assistant.reports.catalogue import Kept
from assistant.reports.notes import Progress
from assistant.reports.table import Report

MOST_WORDS = 2000


class ReportNameOut(BaseModel):
    """A report that can be had."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    title: str
    group: str
    says: str

    @classmethod
    def of(cls, kept: Kept) -> Self:
        return cls.model_validate(kept)


class ColumnOut(BaseModel):
    key: str
    title: str


class ReportOut(BaseModel):
    """A table. Rows hold further cells beside those of the columns: ids and addresses."""

    name: str
    title: str
    about: str
    summary: list[str]
    columns: list[ColumnOut]
    rows: list[dict[str, Any]]

    @classmethod
    def of(cls, report: Report) -> Self:
        return cls(
            name=report.name,
            title=report.title,
            about=report.about,
            summary=list(report.summary),
            columns=[ColumnOut(key=column.key, title=column.title) for column in report.columns],
            rows=[dict(row) for row in report.rows],
        )


class NoteIn(BaseModel):
    """What is recorded beside a recommendation, in place of any before. Name roles, not people."""

    model_config = ConfigDict(extra="forbid")

    progress: Progress = Progress.OPEN
    owner: str = Field("", max_length=MOST_WORDS)
    due: date | None = None
    evidence: str = Field("", max_length=MOST_WORDS)


class NoteOut(BaseModel):
    """As it was kept: details of real people are put out of it."""

    progress: Progress
    owner: str
    due: date | None
    evidence: str
