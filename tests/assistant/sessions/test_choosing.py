"""What bears out a message says by itself what it says, and all of it."""

from __future__ import annotations

from assistant.sessions.choosing import chosen
from assistant.sessions.material import Briefing, Learning
from assistant.sessions.pack import PartName, SessionRequest
from corpus.store import Store
from tests.assistant.sessions.making import plan
from tests.assistant.sessions.reading import source


def _point(library: Store, document: str, number: int) -> Learning:
    return Briefing(source(library, document)).learning[number - 1]


def _chosen(library: Store, document: str, number: int, count: int) -> list[str]:
    point = _point(library, document, number)
    return [words.text for words in chosen(point.sentences, count, point.heading.text)]


def test_a_sentence_that_the_next_one_turns_round_does_not_stand_alone(library: Store) -> None:
    [alone] = _chosen(library, "child-r-unseen-men", 4, 1)
    assert alone == "No one noted that the household itself had altered."

    said = _chosen(library, "child-t-harmful-sexual-behaviour", 2, 2)
    assert not [text for text in said if "each proportionately handled" in text]


def test_a_sentence_that_turns_round_by_itself_is_whole(library: Store) -> None:
    [alone] = _chosen(library, "child-m-criminal-exploitation", 2, 1)

    assert alone.endswith("but seven episodes were never read together.")


def test_a_lesson_comes_before_what_happened_in_one_family(library: Store) -> None:
    said = _chosen(library, "child-m-criminal-exploitation", 6, 1)

    assert said == ["Protecting one child while the place stays the same moves the harm to the next."]


def test_what_leans_is_told_with_the_sentence_that_it_leans_on(library: Store) -> None:
    point = _point(library, "child-r-unseen-men", 5)

    for count in (1, 2, 3):
        taken = [point.sentences.index(words) for words in chosen(point.sentences, count, point.heading.text)]
        assert taken == list(range(len(taken)))


def test_a_case_tells_what_happened_and_not_how_it_is_now(library: Store) -> None:
    chosen_reviews = ("child-r-unseen-men", "family-d-long-term-neglect")
    pack = plan(library, SessionRequest(30, documents=chosen_reviews))

    part = pack.part(PartName.CASE)
    assert part is not None
    told = " ".join(item.quote for item in part.items)
    assert "R was taken to hospital" in told
    assert "R now lives" not in told
