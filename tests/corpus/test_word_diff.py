"""A reworded paragraph is shown word by word, and nothing of either wording is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.word_diff import Fate, Words, word_diff

SAME, GONE, NEW = Fate


def test_a_verb_and_a_time_limit_stand_out() -> None:
    assert word_diff(
        "The chair should invite the school within 5 days.", "The chair must invite the school within 3 days."
    ) == [
        Words(SAME, "The chair "),
        Words(GONE, "should"),
        Words(NEW, "must"),
        Words(SAME, " invite the school within "),
        Words(GONE, "5"),
        Words(NEW, "3"),
        Words(SAME, " days."),
    ]


def test_one_word_that_stayed_by_chance_does_not_break_up_a_rewriting() -> None:
    found = word_diff("Tell the parents soon.", "Ask the child first.")
    assert [words.fate for words in found] == [GONE, NEW, SAME]


def test_the_same_words_are_one_run_and_no_words_none() -> None:
    assert word_diff("See the child.", "See the child.") == [Words(SAME, "See the child.")]
    assert word_diff("", "") == []
    assert word_diff("", "See.") == [Words(NEW, "See.")]


texts = st.lists(st.sampled_from(["see", "the", "child", "must", ",", " ", "\n", "2.1", "’"])).map("".join)


@given(before=texts, after=texts)
def test_both_wordings_can_be_read_from_it(before: str, after: str) -> None:
    found = word_diff(before, after)
    assert "".join(words.text for words in found if words.fate is not NEW) == before
    assert "".join(words.text for words in found if words.fate is not GONE) == after
    assert all(words.text for words in found)
