"""The question cases as a set to measure retrieval by."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.halves import Half
from assistant.evaluation.own_cases import FURTHER, question_set, scores
from assistant.evaluation.references import Outline, Place, References
from corpus.documents import Section
from tests.assistant.evaluation.systems import shown

PLACE = Place("2-1-referral", 10, 20, frozenset())
CASE = "{{id: {id}, question: {question}, role: teacher, style: plain, paraphrase: false, answers: ['{at}']}}"
NEAR = "{{id: {id}, question: {question}, role: teacher, why: other, near: ['{at}']}}"


def test_a_passage_answers_where_it_holds_any_of_the_place() -> None:
    other, before, inside = (
        shown("2-2-other", "x" * 30),
        shown("2-1-referral", "x" * 10),
        shown("2-1-referral", "xx", start=19),
    )
    told = scores([PLACE], [other, before, inside])
    assert (told["R@1"], told["R@5"], told["MRR@10"]) == (0, 1, pytest.approx(1 / 3))


def test_any_of_the_places_is_enough_for_recall() -> None:
    elsewhere = Place("2-2-other", 0, 5, frozenset())
    told = scores([PLACE, elsewhere], [shown("2-2-other", "x" * 5)])
    assert told["R@1"] == 1
    assert told["nDCG@10"] < 1


def test_both_halves_are_asked_and_one_is_measured(tmp_path: Path) -> None:
    lines = {
        "split.yaml": 'development: ["2.1"]\ntest: ["2.2"]',
        "answerable-1.yaml": "\n".join(
            f"- {CASE.format(id=i, question=q, at=at)}"
            for i, q, at in (("a-1", "one", "2.1.1"), ("a-2", "two", "2.2.1"))
        ),
        "further-1.yaml": "- {id: f-1, question: four, style: plain, answers: ['2.2.1']}",
        "unanswerable.yaml": f"- {NEAR.format(id='n-1', question='three', at='2.2.1')}",
        **dict.fromkeys(("followups.yaml", "situations.yaml", "danger.yaml", "case_data.yaml"), "[]"),
    }
    for name, text in lines.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    outlines = [Outline(f"2-{n}-x", (section(f"2.{n}.1"),), ()) for n in (1, 2)]
    made = question_set(References(outlines), tmp_path, Half.TEST)
    assert made.halves == (Half.TEST,)
    assert {question.text: question.half for question in made.questions} == {
        "one": Half.DEVELOPMENT,
        "two": Half.TEST,
        "three": Half.TEST,
        "four": Half.TEST,
    }
    assert [question.text for question in made.questions if question.form == FURTHER] == ["four"]
    assert [question.text for question in made.questions if question.scoring is None] == ["three"]


def section(number: str) -> Section:
    return Section(0, None, 1, number, "", number, 0, 10)
