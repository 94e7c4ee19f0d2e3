"""How sure the assistant is: surer of what is more alike, and of nothing where nothing was found."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.confidence import confidence_of
from assistant.enquiry import Found
from tests.assistant.making import found


def sure(passages: Sequence[Found]) -> float:
    return confidence_of(passages, "words@1")


def test_nothing_found_is_no_confidence_at_all() -> None:
    assert sure([]) == 0


def test_a_line_more_alike_makes_surer() -> None:
    scores = [sure([found("It must be done.", score=score)]) for score in (0.1, 0.4, 0.7)]
    assert scores == sorted(scores)
    assert 0 < scores[0] < scores[-1] < 1


def test_passages_of_one_document_make_surer_than_those_of_many() -> None:
    one = [found("It must be done.", score=0.5, document="manual", start=at) for at in (0, 50)]
    many = [found("It must be done.", score=0.5, document=name) for name in ("manual", "other")]
    assert sure(one) > sure(many)


def test_only_the_first_passages_count() -> None:
    weak = [found("It may.", score=0.2, start=at) for at in range(0, 100, 10)]
    late = found("It must be done.", score=0.9, start=110)
    assert sure([*weak, late]) == sure([*weak, found("It may.", score=0.2, start=110)])
