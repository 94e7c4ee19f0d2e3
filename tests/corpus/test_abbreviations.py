"""Abbreviations that a text explains itself, and only those."""

from __future__ import annotations

import pytest

from corpus.abbreviations import explained_in


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (
            "An initial child protection conference (ICPC) must be held.",
            ("icpc", "initial child protection conference"),
        ),
        ("See the Public Law Outline (PLO).", ("plo", "public law outline")),
        (
            "Fabricated or induced illness (FII) is rare.",
            ("fii", "fabricated or induced illness"),
        ),
        (
            "refer to the multi-agency risk assessment conference (MARAC)",
            ("marac", "multi agency risk assessment conference"),
        ),
        ("Emergency protection orders (EPOs) end after 8 days.", ("epo", "emergency protection orders")),
    ],
)
def test_initials_in_brackets_are_explained_by_the_words_before_them(
    text: str, pair: tuple[str, str]
) -> None:
    assert list(explained_in(text)) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "Ring the front door (on 01632 960100) first.",
        "The child (aged four) was seen.",
        "The plan must be kept (see LADO) and read.",
        "The police (and health) were told.",
    ],
)
def test_other_brackets_explain_nothing(text: str) -> None:
    assert list(explained_in(text)) == []
