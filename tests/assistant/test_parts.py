"""A question that asks several things is taken apart, and no other."""

from __future__ import annotations

import pytest

from assistant.parts import parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "How soon must a referral be decided and where do staff park their cars?",
            ("How soon must a referral be decided", "where do staff park their cars"),
        ),
        (
            "Who chairs a conference? When do parents see the report?",
            ("Who chairs a conference", "When do parents see the report"),
        ),
    ],
)
def test_each_thing_that_is_asked_is_a_part(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who must be told and how?",
        "Who chairs it and how long does it last?",
        "What do the police and the school do?",
        "A boy of nine has a bruise. His mother is afraid. Who must be told about the bruise?",
        "How long does a core group have?",
        "",
    ],
)
def test_what_cannot_be_asked_alone_is_no_part(question: str) -> None:
    assert parts_of(question) == ()
