"""What one review says is told by its own parts, without a search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answers import Answer, AnswerStatus
from assistant.enquiry import Enquiry
from assistant.steps.recount import Recount
from assistant.steps.verify import Verify
from corpus.settings import AnswerSettings
from corpus.store import Store
from tests.api.making import open_store, settings_for, write_library
from tests.assistant.sessions.small import REVIEW
from tests.stand_ins import UnwillingEmbedder, WordsEmbedder

OTHER = REVIEW.replace("Child K, a tenancy nobody asked about", "the boy on the bus").replace(
    "Child K", "Child L"
)
LEARNING = ["1) Housing saw what nobody else saw", "2) A tired child is telling us something"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    files = {"k.md": REVIEW, "bus.md": OTHER}
    library = write_library(tmp_path / "library", files)
    with open_store(settings_for(tmp_path / "data"), library, WordsEmbedder()) as store:
        store.embedder = UnwillingEmbedder()
        yield store


def told(store: Store, question: str, most: int = 6) -> Enquiry | Answer:
    step = Recount(store.register, AnswerSettings(max_sentences=most))
    return step(Enquiry(question, standalone=question))


def said(store: Store, question: str, most: int = 6) -> list[str]:
    """As it is after every quote was compared with the register."""
    enquiry = told(store, question, most)
    assert isinstance(enquiry, Enquiry)
    if enquiry.draft is None:
        return []
    answer = Verify(store.register)(enquiry)
    assert answer.status is AnswerStatus.ANSWERED
    return [sentence.text for sentence in answer.sentences]


def test_findings_are_told_by_their_headings_in_their_order(store: Store) -> None:
    assert said(store, "What did the review of Child K find?") == LEARNING
    assert said(store, "What are the key messages of the tenancy briefing?") == LEARNING


def test_a_child_that_only_the_text_names_is_known(store: Store) -> None:
    assert said(store, "What did the review of Child L find?") == LEARNING


def test_recommendations_and_points_are_told_whole(store: Store) -> None:
    [words] = said(store, "What did the review of Child K recommend?")
    assert words.startswith("Recommendation 1: The partnership should make sure")
    assert words.endswith("ring the front door.")
    assert [text.strip("-• ") for text in said(store, "Discussion points from the Child K review")] == [
        "Who in your area goes into homes and is never asked?",
        "What does tired mean in your records?",
    ]


def test_the_circumstances_are_told_from_their_beginning(store: Store) -> None:
    [words] = said(store, "What happened to Child K?")
    assert words.startswith("Child K, aged six, lived in a flat")


def test_only_what_is_about_something_is_told_where_that_is_asked(store: Store) -> None:
    assert said(store, "What did the Child K review find about tiredness?") == LEARNING[1:]
    assert said(store, "What did the Child K review find about swimming?") == []


def test_what_does_not_fit_is_named_below(store: Store) -> None:
    enquiry = told(store, "What did the review of Child K find?", most=1)
    assert isinstance(enquiry, Enquiry)
    assert enquiry.draft is not None
    assert [sentence.text for sentence in enquiry.draft.sentences] == LEARNING[:1]
    assert [found.lines[0].text for found in enquiry.found] == LEARNING[1:]


def test_a_child_that_no_briefing_knows_is_not_in_the_library(store: Store) -> None:
    answer = told(store, "What did the review of Child Q find?")
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.NOT_IN_CORPUS


def test_any_other_question_goes_on(store: Store) -> None:
    for question in (
        "Who rings the front door?",
        "What have reviews taught us about tenancies?",
        "What has changed since the review of Child K?",
    ):
        assert said(store, question) == []
