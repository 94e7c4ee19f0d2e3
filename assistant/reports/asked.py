"""Recorded answers as reports read them. Only what was screened is on record, for its time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from corpus.database import snapshot
from corpus.tables import answer_citations, answer_feedback, answer_questions, answers
from corpus.tables_packs import pack_citations as cited_in_packs
from corpus.tables_packs import packs


@dataclass(frozen=True, slots=True)
class Asked:
    """`question` is empty where it is no longer kept."""

    sequence: int
    id: str
    at: datetime
    status: str
    question: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of an answer; `comment` was screened before it was kept."""

    asked: Asked
    at: datetime
    useful: bool
    reason: str
    comment: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in a recorded answer; offsets are those of that version's text."""

    asked: Asked
    document_id: str
    version: int
    anchor: str
    start: int
    end: int


_ASKED = (
    select(
        answers.c.sequence,
        answers.c.id,
        answers.c.at.label("asked_at"),
        answers.c.status,
        answer_questions.c.text,
    )
    .select_from(answers)
    .outerjoin(answer_questions, answer_questions.c.sequence == answers.c.sequence)
)


def unanswered(engine: Engine) -> list[Asked]:
    """Questions that the library did not answer, whose words are still kept; oldest first."""
    query = _ASKED.where(answers.c.status == "not_in_corpus", answer_questions.c.text.is_not(None))
    with snapshot(engine) as connection:
        return [_asked(row) for row in connection.execute(query.order_by(answers.c.sequence))]


def opinions(engine: Engine) -> list[Opinion]:
    """Newest first."""
    columns = answer_feedback.c
    query = (
        _ASKED.join(answer_feedback, columns.sequence == answers.c.sequence)
        .add_columns(columns.at, columns.useful, columns.reason, columns.comment)
        .order_by(columns.at.desc())
    )
    with snapshot(engine) as connection:
        return [
            Opinion(_asked(row), row.at, row.useful, row.reason or "", row.comment or "")
            for row in connection.execute(query)
        ]


def citations(engine: Engine) -> Iterator[Cited]:
    """Of all recorded answers, oldest first."""
    columns = answer_citations.c
    query = (
        _ASKED.join(answer_citations, columns.sequence == answers.c.sequence)
        .add_columns(columns.document_id, columns.version, columns.anchor, columns.start, columns.end)
        .order_by(answers.c.sequence, columns.number)
    )
    with snapshot(engine) as connection:
        rows = connection.execute(query).all()
    for row in rows:
        yield Cited(_asked(row), row.document_id, row.version, row.anchor, row.start, row.end)


def pack_citations(engine: Engine) -> Iterator[Cited]:
    """Of all session packs, oldest first; what stands for the question is the pack's title."""
    columns = cited_in_packs.c
    fields = (columns.document_id, columns.version, columns.anchor, columns.start, columns.end)
    query = (
        select(packs.c.id, packs.c.at, packs.c.title, *fields)
        .join(cited_in_packs, columns.pack_id == packs.c.id)
        .order_by(packs.c.at, columns.number)
    )
    with snapshot(engine) as connection:
        rows = connection.execute(query).all()
    for row in rows:
        pack = Asked(0, row.id, row.at, "pack", row.title)
        yield Cited(pack, row.document_id, row.version, row.anchor, row.start, row.end)


def _asked(row: Any) -> Asked:
    question = json.loads(row.text)["question"] if row.text else ""
    return Asked(row.sequence, row.id, row.asked_at, row.status, question)
