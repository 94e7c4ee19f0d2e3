"""Cases put to an assistant over a small manual, and what is reported of them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answers import AnswerStatus
from assistant.assembly import Assistant
from assistant.evaluation import cases as c
from assistant.evaluation.applicability import PRECISION, RECALL
from assistant.evaluation.measures import Measure
from assistant.evaluation.report import are_met, as_json, rows
from assistant.evaluation.run import Evaluation, Report
from corpus.errors import EvaluationError
from corpus.settings import EvaluationSettings, RetrievalSettings, Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from tests.stand_ins import WordsEmbedder

CHAPTER = """---
title: Making a referral
kind: procedure
---
# 2.1 Making a referral

2.1.1 The front door manager must decide on a referral within one working day.

2.1.2 A worker who visits alone should carry a telephone.
"""
OTHER = """---
title: Threats
kind: procedure
---
# 4.5 Threats

4.5.1 A worker who was threatened must report the threat to a manager at once.
"""


def cases(**given: tuple[object, ...]) -> c.Cases:
    names = (
        "answerable",
        "further",
        "unanswerable",
        "probes",
        "follow_ups",
        "situations",
        "danger",
        "case_data",
    )
    return c.Cases(**{name: given.get(name, ()) for name in names})  # type: ignore[arg-type]


def answerable(question: str, *answers: str) -> c.Answerable:
    return c.Answerable("a-1", question, "teacher", c.Style.PLAIN, False, answers)


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evaluation]:
    folder = tmp_path_factory.mktemp("manual")
    (folder / "2.1-making-a-referral.md").write_text(CHAPTER, encoding="utf-8")
    (folder / "4.5-threats.md").write_text(OTHER, encoding="utf-8")
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("data"), retrieval=RetrievalSettings(min_confidence=0.2)
    )
    with Store(settings, "test", WordsEmbedder()) as store:
        IngestPipeline(store, settings.ingest).run([folder])
        yield Evaluation(Assistant(store, settings), store)


def values(report: Report) -> dict[str, float]:
    return {measure.name: measure.value for measure in report.measures}


def test_a_question_that_is_answered_counts_everywhere(evaluation: Evaluation) -> None:
    asked = answerable("When must the front door manager decide on a referral?", "2.1.1")
    report = evaluation.run(cases(answerable=(asked,)), "Cases")
    measured = values(report)
    assert measured["R@1"] == measured["MRR@10"] == measured["nDCG@10"] == 1
    assert measured["answering paragraph cited"] == 1
    assert measured["wrongly refused"] == 0
    assert measured["quotes that equal the source"] == 1
    assert report.misses == ()


def test_a_question_that_was_not_answered_is_named(evaluation: Evaluation) -> None:
    asked = answerable("My name is Ivy Pole, who decides?", "2.1.1")
    report = evaluation.run(cases(answerable=(asked,)), "Cases")
    assert values(report)["wrongly refused"] == 1
    assert [(miss.id, miss.status, miss.wanted) for miss in report.misses] == [
        ("a-1", AnswerStatus.CASE_DATA, ("2.1.1",))
    ]


def test_a_follow_up_is_asked_after_the_turns_before_it(evaluation: Evaluation) -> None:
    dialogue = c.FollowUp("f-1", ("A worker was threatened", "who must they report it to?"), "", ("4.5.1",))
    measured = values(evaluation.run(cases(follow_ups=(dialogue,)), "Cases"))
    assert measured["follow-ups: R@1"] == measured["follow-ups: answering paragraph cited"] == 1


def test_situations_look_at_documents(evaluation: Evaluation) -> None:
    situation = c.Situation("s-1", "A worker was threatened and told a manager.", ("4.5",), ("2.1",))
    measured = values(evaluation.run(cases(situations=(situation,)), "Cases"))
    assert measured["situations: applying chapters among the first 5"] == 1
    assert measured["situations: applying chapter before look-alike"] == 1


def test_danger_and_case_data_are_told_apart_from_talk_of_them(evaluation: Evaluation) -> None:
    danger = (
        c.DangerText("d-1", "He is hitting her now", True),
        c.DangerText("d-2", "What is a threat?", False),
    )
    details = (
        c.CaseDataText("c-1", "Ring mum on 01632 960123 about a referral", True, ("01632 960123",)),
        c.CaseDataText("c-2", "Who decides on a referral?", False, ()),
    )
    measured = values(evaluation.run(cases(danger=danger, case_data=details), "Cases"))
    assert (measured["danger: recognised"], measured["danger: false alarms"]) == (1, 0)
    assert (measured["case data: recognised"], measured["case data: false alarms"]) == (1, 0)
    assert measured["case data: none left in the suggestion"] == 1


def test_a_limit_that_is_not_kept_fails_the_whole() -> None:
    good = Report(
        "Cases", (Measure("R@1", 0.9, 0.8, 1, 10), Measure("wrongly refused", 0.1, 0, 1, 10)), (), True
    )
    settings = EvaluationSettings(min_recall_at_1=0.9, max_wrongly_refused=0.1)
    assert are_met([good], settings)
    assert not are_met([good], settings.model_copy(update={"min_recall_at_1": 0.91}))
    assert not are_met([good], settings.model_copy(update={"max_wrongly_refused": 0.09}))


def test_open_sets_have_no_limits() -> None:
    report = Report("Open set or_sharc", (Measure("R@1", 0.1, 0, 1, 10),))
    assert [row.limit for row in rows(report, EvaluationSettings())] == [None]
    assert are_met([report], EvaluationSettings())


def test_a_measure_without_cases_keeps_no_limit_and_is_null_in_json() -> None:
    report = Report("Cases", (Measure("R@1", math.nan, math.nan, math.nan, 0),), (), True)
    told = json.loads(json.dumps(as_json([report], EvaluationSettings())))
    assert told["passed"] is False
    assert told["reports"][0]["measures"][0]["value"] is None


def test_a_row_shows_value_interval_cases_and_limit() -> None:
    report = Report("Cases", (Measure("R@1", 0.5, 0.25, 0.75, 8),), (), True)
    (row,) = rows(report, EvaluationSettings())
    assert row.cells == ("R@1", "0.500", "0.250 to 0.750", "8", "at least 0.85")


def test_every_limit_in_the_settings_is_that_of_a_measure(evaluation: Evaluation) -> None:
    # Those that have a report of their own.
    apart = ("support: AUROC, faithful", RECALL, PRECISION)
    others = [Measure(name, 0.8, 0.7, 0.9, 10) for name in apart]
    report = evaluation.run(cases(), "Cases")
    report = replace(report, measures=(*report.measures, *others))
    limits = [name for name in EvaluationSettings.model_fields if name.startswith(("min_", "max_"))]
    assert sum(row.limit is not None for row in rows(report, EvaluationSettings())) == len(limits)


def test_the_library_that_the_cases_belong_to_must_be_there(evaluation: Evaluation) -> None:
    with pytest.raises(EvaluationError, match=r"no document 9\.9"):
        evaluation.run(cases(answerable=(answerable("why?", "9.9.9"),)), "Cases")
