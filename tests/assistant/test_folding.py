"""The same paragraph twice is shown once; another number makes another paragraph."""

from __future__ import annotations

from assistant.folding import folded
from tests.assistant.making import found


def test_the_better_of_two_like_paragraphs_is_kept() -> None:
    better = found("The chair must send the record to the family.", score=2.0, document="a")
    worse = found("The chair must send the record to the family!", score=1.0, document="b")
    assert folded([better, worse], 8) == [better]


def test_another_time_limit_is_another_paragraph() -> None:
    ten = found("The group must meet within 10 working days of it.", score=2.0, document="a")
    fifteen = found("The group must meet within 15 working days of it.", score=1.0, document="b")
    assert folded([ten, fifteen], 8) == [ten, fifteen]


def test_no_more_than_are_wanted_are_looked_at() -> None:
    others = [
        found(f"Paragraph {number} says something.", score=-number, document="a") for number in range(4)
    ]
    ahead = iter(others)
    assert folded(ahead, 2) == others[:2]
    assert len(list(ahead)) >= 1
