"""How much of the evidence a reader has seen after so many words."""

from __future__ import annotations

from assistant.evaluation.conditionalqa import scores, words_shown
from tests.assistant.evaluation.systems import shown


def within(words: int, evidence: list[str], *texts: str) -> float:
    return scores(evidence, "page", [shown("page", text) for text in texts])[f"evidence within {words} words"]


def test_evidence_counts_by_its_text_whatever_its_white_space_and_case() -> None:
    assert within(300, ["Tag every goat.", "Feed it."], "You must  TAG\nevery goat. Now.") == 0.5


def test_evidence_counts_from_whichever_page_it_is_shown() -> None:
    told = scores(["tag every goat"], "page", [shown("sibling", "Tag every goat.")])
    assert told["evidence within 300 words"] == 1
    assert told["first passage from the right page"] == 0


def test_evidence_that_ends_after_the_last_word_does_not_count() -> None:
    filler = "word " * 297
    assert within(300, ["tag every goat"], filler, "tag every goat") == 1
    assert within(300, ["tag every goat"], filler, "please tag every goat") == 0
    assert within(600, ["tag every goat"], filler, "please tag every goat") == 1


def test_headings_are_words_that_are_shown_once_for_a_run_of_one_section() -> None:
    passages = [
        shown("page", "one two", "Goats", "Tags"),
        shown("page", "three", "Goats", "Tags"),
        shown("page", "four", "Goats", "Food"),
        shown("other", "five", "Goats", "Food"),
        shown("page", "six", "Goats", "Tags"),
    ]
    words = "Goats Tags one two three Goats Food four Goats Food five Goats Tags six"
    assert list(words_shown(passages)) == words.split()


def test_a_heading_can_be_evidence() -> None:
    told = scores(["who can apply"], "page", [shown("page", "Anybody.", "Goats", "Who can apply")])
    assert told["evidence within 300 words"] == 1


def test_nothing_found_is_worth_nothing() -> None:
    assert set(scores(["tag every goat"], "page", []).values()) == {0}
