"""Reports on what was asked and said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert

from assistant.answers import Answer, AnswerStatus
from assistant.feedback import Feedback, FeedbackBox, Reason
from assistant.records import Records
from assistant.reports.catalogue import report
from assistant.reports.clusters import clusters_of
from corpus.passages import digest
from corpus.tables_packs import pack_citations, packs
from tests.api.making import FILES
from tests.assistant.alerts.making import ESCALATION, REFERRAL
from tests.assistant.recording import NOON, answered, citation
from tests.assistant.reports.making import context_of
from tests.quick_library import QuickLibrary

WRITTEN = "They must confirm the referral in writing within 24 hours."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[QuickLibrary]:
    made = QuickLibrary(tmp_path, FILES)
    yield made
    made.close()


def keep(library: QuickLibrary, *answers: Answer) -> list[str]:
    records = Records(library.engine)
    ids = [records.keep(answer).id or "" for answer in answers]
    records.close()
    return ids


def in_vain(question: str) -> Answer:
    return Answer(AnswerStatus.NOT_IN_CORPUS, question, message="Nothing was found.", standalone=question)


def cites(library: QuickLibrary, words: str) -> Answer:
    """An answer that rests on these words of the referral chapter as it is now."""
    version = library.register.version("2-1-making-a-referral")
    start = version.text.index(words)
    cited = replace(
        citation(document=version.document_id, version=version.number, start=start),
        end=start + len(words),
        quote=words,
        sha256=digest(words),
    )
    return answered("How soon?", cited)


def test_questions_of_like_meaning_are_counted_together(library: QuickLibrary) -> None:
    keep(
        library,
        in_vain("How are interpreters paid for home visits?"),
        in_vain("How are interpreters paid for home visits?"),
        in_vain("How are interpreters paid for the home visits?"),
        in_vain("Which form starts a chronology in supervision?"),
        answered("How soon must a referral be confirmed?"),
        Answer(AnswerStatus.CASE_DATA, "", suggestion="What about [name]?"),
    )
    made = report("unanswered", context_of(library))
    assert [row["count"] for row in made.rows] == [3, 1]
    assert str(made.rows[0]["question"]).startswith("How are interpreters paid")
    assert made.rows[1]["theme"] == "Supervision"
    assert made.summary == ("Questions: 4. Themes: 2.",)


def test_groups_are_the_same_whatever_comes_along_first() -> None:
    rng = np.random.default_rng(7)
    middles = np.eye(3, 16, dtype=np.float32)
    middles = np.repeat(middles, (5, 3, 1), axis=0)
    points = middles + rng.normal(0, 0.05, middles.shape)
    points = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    assert [sorted(group) for group in clusters_of(points, 0.6)] == [[0, 1, 2, 3, 4], [5, 6, 7], [8]]
    assert [len(group) for group in clusters_of(points[::-1], 0.6)] == [5, 3, 1]
    assert clusters_of(np.empty((0, 16), dtype=np.float32), 0.6) == []


def test_feedback_with_its_reasons(library: QuickLibrary) -> None:
    first, second = keep(library, answered("first"), answered("second"))
    box = FeedbackBox(library.engine)
    box.put(first, Feedback(useful=True))
    box.put(second, Feedback(useful=False, reason=Reason.OUT_OF_DATE, comment="=HYPERLINK()"))
    made = report("feedback", context_of(library))
    assert [(row["useful"], row["reason"], row["question"]) for row in made.rows] == [
        ("no", "out of date", "second"),
        ("yes", "", "first"),
    ]
    assert made.summary == ("1 of 2 answers were useful.", "Why not: out of date 1.")


def test_documents_by_how_often_they_are_cited(library: QuickLibrary) -> None:
    keep(library, cites(library, WRITTEN), cites(library, WRITTEN))
    made = report("citations", context_of(library))
    assert [(row["document_id"], row["answers"]) for row in made.rows] == [
        ("6-2-escalation", 0),
        ("family-c", 0),
        ("2-1-making-a-referral", 2),
    ]


def test_answers_that_rest_on_changed_words_are_listed_with_the_old_ones(library: QuickLibrary) -> None:
    kept = "The front door may ask the referrer for more."
    changed, _, other = keep(library, cites(library, WRITTEN), cites(library, kept), in_vain("How soon?"))
    assert report("affected-answers", context_of(library)).rows == []

    library.change(REFERRAL, "within 24 hours.\n\n2.1.2", "within 48 hours.\n\n2.1.2")

    [row] = report("affected-answers", context_of(library)).rows
    assert (row["id"], row["what"], row["quote"]) == (changed, "changed", WRITTEN)
    assert str(row["url"]).startswith("/cite/2-1-making-a-referral/1/")
    assert other != changed


def test_packs_that_rest_on_changed_words_are_listed(library: QuickLibrary) -> None:
    start = library.register.version("2-1-making-a-referral").text.index(WRITTEN)
    pack = {"id": "p" * 32, "at": NOON, "title": "Seven minutes", "content": {}, "edits": {}}
    cited = {"document_id": "2-1-making-a-referral", "version": 1, "anchor": "2.1.1"}
    cited |= {"pack_id": "p" * 32, "number": 1, "start": start, "end": start + len(WRITTEN)}
    with library.engine.begin() as connection:
        connection.execute(insert(packs).values(pack))
        connection.execute(insert(pack_citations).values(cited))
    assert report("affected-answers", context_of(library)).rows == []

    library.change(REFERRAL, "within 24 hours.\n\n2.1.2", "within 48 hours.\n\n2.1.2")

    made = report("affected-answers", context_of(library))
    [row] = made.rows
    assert (row["sort"], row["question"], row["quote"]) == ("pack", "Seven minutes", WRITTEN)
    assert made.summary == ("Answers: 0. Packs: 1. Citations: 1.",)


def test_answers_that_rest_on_a_withdrawn_document_are_listed(library: QuickLibrary) -> None:
    keep(library, cites(library, WRITTEN))
    library.files = {ESCALATION: library.files[ESCALATION]}
    library.take_in()
    [row] = report("affected-answers", context_of(library)).rows
    assert row["what"] == "withdrawn"
