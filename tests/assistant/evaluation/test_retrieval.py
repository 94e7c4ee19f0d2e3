"""Two systems are asked the same questions; what is told of them, side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.evaluation.comparison import Compared, Section
from assistant.evaluation.halves import Half
from assistant.evaluation.question_sets import Bench, QuestionSet, System
from assistant.evaluation.retrieval import ask, compare
from tests.assistant.evaluation.systems import Scripted, answerable, near_miss

RIGHT = Scripted({"bees?": ["hives", "goats"], "goats?": ["goats", "hives"], "cows?": []})
WRONG = Scripted({"bees?": ["goats", "hives"], "goats?": ["goats", "hives"], "cows?": ["goats"]})
QUESTIONS = QuestionSet("farm", (answerable("bees?", "hives"), answerable("goats?", "goats")))


def test_ahead_is_ours_less_plain_over_the_same_questions() -> None:
    row = rows(section(QUESTIONS))["R@1"]
    assert row.plain is not None
    assert row.ahead is not None
    assert (row.ours.value, row.plain.value, row.ahead.value) == (1, 0.5, 0.5)
    assert row.ahead.cases == 2
    assert (row.ahead.low, row.ahead.high) == (0, 1)


def test_each_form_of_question_has_a_section_of_its_own() -> None:
    questions = replace(
        QUESTIONS,
        questions=(answerable("bees?", "hives", form="short"), answerable("goats?", "goats", form="long")),
    )
    sections, _ = compare(bench(questions), 0.5, {"long": {"R@1": 1.0}})
    assert [(s.form, rows(s)["R@1"].ours.cases) for s in sections] == [("short", 1), ("long", 1)]
    assert [rows(s)["R@1"].must for s in sections] == [None, 1.0]


def test_a_question_whose_page_is_hidden_counts_as_unanswerable() -> None:
    told = rows(section(replace(QUESTIONS, asks_gone=True)))
    assert told["AUROC of confidence, page gone"].ours.value == 1
    assert told["AUROC of confidence, page gone"].ours.cases == 4
    assert told["balanced accuracy, page gone, from 0.5 on"].ours.value == 1


def test_a_near_miss_is_judged_by_confidence_alone() -> None:
    told = rows(section(replace(QUESTIONS, questions=(*QUESTIONS.questions, near_miss("cows?", "goats")))))
    assert told["R@1"].ours.cases == 2
    assert told["AUROC of confidence, near miss"].ours.value == 1
    plain = told["AUROC of confidence, near miss"].plain
    assert plain is not None
    assert plain.value == 0.5


def test_what_is_not_clear_is_not_judged_by_confidence() -> None:
    unclear = tuple(replace(question, is_clear=False) for question in QUESTIONS.questions)
    found = section(replace(QUESTIONS, questions=unclear))
    assert not [name for name in rows(found) if "confidence" in name]
    assert found.reliability == ()


def test_the_half_that_is_not_measured_sets_the_threshold_and_counts_nowhere_else() -> None:
    questions = replace(
        QUESTIONS,
        questions=(
            answerable("bees?", "hives"),
            near_miss("cows?", "goats"),
            answerable("goats?", "goats", Half.DEVELOPMENT),
            near_miss("cows?", "goats", Half.DEVELOPMENT),
        ),
        halves=(Half.TEST,),
    )
    told = rows(section(questions))
    assert told["R@1"].ours.cases == 1
    assert told["AUROC of confidence, near miss"].ours.cases == 2
    accuracy = told["balanced accuracy, near miss, from the other half's threshold on"].ours
    assert (accuracy.value, accuracy.cases) == (1, 2)


def test_for_the_ranking_alone_nothing_is_asked_twice_and_no_near_miss_at_all() -> None:
    system = Scripted({"bees?": ["hives"], "goats?": ["goats"]})
    questions = (*QUESTIONS.questions, near_miss("cows?", "goats"))
    outcome = ask(system, replace(QUESTIONS, questions=questions, asks_gone=True).for_ranking())
    assert system.asked == [("bees?", frozenset()), ("goats?", frozenset())]
    assert outcome.values[""]["R@1"] == [1, 1]
    assert not outcome.judged[""]


@pytest.mark.parametrize(("must", "is_met"), [(None, True), (0.9, True), (1.0, True), (1.1, False)])
def test_a_must_is_met_from_its_own_value_on(must: float | None, is_met: bool) -> None:
    row = replace(rows(section(QUESTIONS))["R@1"], must=must)
    assert row.is_met is is_met


def bench(questions: QuestionSet) -> Bench:
    def ours() -> System:
        return RIGHT

    return Bench(questions, ours, WRONG)


def section(questions: QuestionSet) -> Section:
    (found,), _ = compare(bench(questions), 0.5, {})
    return found


def rows(found: Section) -> dict[str, Compared]:
    return {row.ours.name: row for row in found.rows}
