"""Answers made by hand, and work on records that runs in processes of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from assistant.answers import Answer, AnswerStatus, Group, Modality, Sentence
from assistant.records import Records
from corpus.database import open_database
from corpus.documents import Kind
from corpus.passages import Citation, digest, permanent_link
from corpus.settings import DatabaseSettings

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CONVERSATION = "c0ffee" * 5
QUESTION = "How soon must a referral be confirmed “in writing”?"
ALSO = "A manager should record the reason."
QUOTE = "They must confirm the referral in writing within 24 hours — always."

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


def citation(number: int = 1, document: str = "2-1-referral", version: int = 3, start: int = 40) -> Citation:
    return Citation(
        number=number,
        document_id=document,
        title="Making a referral",
        kind=Kind.PROCEDURE,
        version=version,
        anchor="2.1.1",
        heading_trail=("2.1 Making a referral", "How to refer"),
        page=2,
        quote=QUOTE,
        start=start,
        end=start + len(QUOTE),
        sha256=digest(QUOTE),
        url=permanent_link(document, version, start, start + len(QUOTE)),
        last_reviewed=date(2026, 3, 9),
    )


def answered(question: str = QUESTION, *citations: Citation) -> Answer:
    """An answer of one sentence, as the pipeline gives it."""
    return Answer(
        status=AnswerStatus.ANSWERED,
        question=question,
        standalone=f"{question} (understood)",
        sentences=(Sentence(QUOTE, Group.PROCEDURE, Modality.MUST, (1,)),),
        citations=citations or (citation(),),
        confidence=1 / 3,
        timings={"screen": 0.1, "retrieve": 4.217},
        model="some-model",
        prompt="compose-3",
        dropped={"number": 1},
        further=(replace(citation(2, start=400), quote=ALSO, sha256=digest(ALSO)),),
    )


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


def start(work: Callable[..., None], *arguments: Any) -> Any:
    """`work` in a process of its own."""
    process = _processes.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def append(settings: DatabaseSettings, folder: Path, count: int, name: str = "process") -> None:
    """Record so many answers, one after the other, each with its number as question."""
    engine: Engine = open_database(settings, folder)
    records = Records(engine)
    for number in range(count):
        assert records.keep(answered(f"{name} {number}"), CONVERSATION).id
    records.close()
    engine.dispose()
