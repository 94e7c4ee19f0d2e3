"""Procedures that a review names and the library lacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answers import AnswerStatus, Replies
from assistant.applicable.finder import Finder
from assistant.applicable.naming import named_in
from corpus.settings import AnswerSettings
from corpus.store import Store
from tests.api.making import open_store, settings_for


@pytest.fixture(scope="module")
def briefing(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The real briefing alone."""
    settings = settings_for(tmp_path_factory.mktemp("briefing"))
    with open_store(settings, shared_data / "briefings") as store:
        yield store


def test_the_real_briefing_leads_to_the_two_procedures_that_it_names(briefing: Store) -> None:
    finder = Finder(briefing, Replies(AnswerSettings()))

    found = finder.find(
        "The parents keep the health visitor out. At the last visit the father raised his fist at her."
    )

    assert found.status is AnswerStatus.NOT_IN_CORPUS
    assert {one.title for one in found.named} == {
        "Working with Families who are Uncooperative and or Not Engaging with Professionals",
        "Violence Towards Staff",
    }
    citations = {citation.number: citation for citation in found.citations}
    for one in found.named:
        assert one.title in citations[one.citation].quote


def test_a_situation_of_another_kind_leads_to_neither(briefing: Store) -> None:
    finder = Finder(briefing, Replies(AnswerSettings()))
    assert finder.find("A girl of 15 is 20 weeks pregnant and has told only a friend.").named == ()


def test_a_title_is_known_by_its_words_and_not_by_its_number(manual: Store) -> None:
    document = manual.register.document("family-z")
    ids = [p.id for p in manual.register.passages(manual.register.version(document.id).id)]

    named = list(named_in(manual.register.candidates(ids)))

    assert [one.title for one in named] == ["Working with Dangerous Dogs in Family Homes"]
    assert named[0].is_called("7.3 Working with dangerous dogs in family homes")
    assert not named[0].is_called("Threats and violence towards staff")
