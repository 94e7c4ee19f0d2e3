"""Questions as the documents would word them."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.wording import Wording
from corpus.vocabulary import Terms

TERMS = Terms(
    words=Counter(
        dict.fromkeys(
            "permanently exclude asked assessment conference allegation headteacher icpc".split(), 3
        )
    ),
    phrases=Counter({"working days": 5}),
    abbreviations=Counter({("icpc", "initial child protection conference"): 1}),
)


class StandingVocabulary:
    """Always the same terms."""

    terms = TERMS


@pytest.fixture
def wording() -> Wording:
    return Wording(StandingVocabulary())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ICPC when?", "initial child protection conference (ICPC) when?"),
        ("icpc when", "initial child protection conference (icpc) when"),
        ("how many WDs", "how many working days (WDs)"),
        ("an alegation against the head", "an allegation against the head"),
        ("perminantly exclud him", "permanently exclude him"),
        ("is it b4 the asessment", "is it before the assessment"),
        ("ref t/scale", "referral timescale"),
        ("timscale for an asessment", "timescale for an assessment"),  # no document has it
        ("is he unconcious", "is he unconscious"),
        ("whose fone number", "whose phone number"),
        (
            "Who chairs the initial child protection conference?",
            "Who chairs the initial child protection conference? (ICPC)",
        ),
    ],
)
def test_it_is_reworded(wording: Wording, typed: str, meant: str) -> None:
    assert wording.of(typed).text == meant


@pytest.mark.parametrize(
    "typed",
    [
        "parking permit for the kitchen",  # English, though no document has it
        "Ask Fairweather about it",  # a name inside a sentence
        "We're skint, who helps?",
        "someone claming to be a worker",  # clamming is an everyday word, and claiming as near
        "help with maths",  # near to an everyday word, and too short to be one misspelt
        "what if they assess",  # another form of a word that is known
    ],
)
def test_words_that_are_right_stay_as_they_are(wording: Wording, typed: str) -> None:
    assert wording.of(typed).text == typed


def test_capitals_throughout_are_not_abbreviations(wording: Wording) -> None:
    assert wording.of("WHAT IS AN ALEGATION").text == "WHAT IS AN allegation"
