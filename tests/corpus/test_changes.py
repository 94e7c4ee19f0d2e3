"""Two versions of a document are told apart paragraph by paragraph."""

from __future__ import annotations

import random
import time
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.changes import Change, ChangeKind, changes_between
from tests.corpus.making import passages_of

SEE = "The social worker must see the child alone."
SEE_SOON = "The social worker must see the child alone within a day."
TELL = "Parents should be told."
WRITE = "Everything is written down by the end of the week."


def changes(old: list[str], new: list[str]) -> list[Change]:
    return changes_between(passages_of("visits", *old), passages_of("visits", *new))


def test_the_same_text_has_no_changes() -> None:
    assert changes([SEE, TELL], [SEE, TELL]) == []
    assert changes([], []) == []


def test_a_new_paragraph_is_added() -> None:
    assert changes([SEE, WRITE], [SEE, TELL, WRITE]) == [Change(ChangeKind.ADDED, "visits", None, TELL)]


def test_a_paragraph_that_is_gone_is_removed() -> None:
    assert changes([SEE, TELL, WRITE], [SEE, WRITE]) == [Change(ChangeKind.REMOVED, "visits", TELL, None)]


def test_a_paragraph_with_most_words_in_common_is_reworded() -> None:
    assert changes([SEE, TELL], [SEE_SOON, TELL]) == [Change(ChangeKind.REWORDED, "visits", SEE, SEE_SOON)]


def test_a_paragraph_with_other_words_in_the_same_place_is_not_reworded() -> None:
    assert changes([TELL], [WRITE]) == [
        Change(ChangeKind.REMOVED, "visits", TELL, None),
        Change(ChangeKind.ADDED, "visits", None, WRITE),
    ]


def test_the_likest_paragraphs_are_partners_whatever_their_order() -> None:
    found = changes([TELL, SEE], ["Parents should always be told.", SEE_SOON])

    assert [(change.before, change.after) for change in found] == [
        (TELL, "Parents should always be told."),
        (SEE, SEE_SOON),
    ]


words = st.sampled_from("child parent must should see tell visit day".split())
paragraphs = st.lists(st.lists(words, min_size=1, max_size=5).map(" ".join), max_size=8)


@settings(deadline=None)
@given(old=paragraphs, new=paragraphs)
def test_the_changes_explain_the_new_text(old: list[str], new: list[str]) -> None:
    found = changes(old, new)

    text = Counter(old)
    text.subtract(change.before for change in found if change.before is not None)
    text.update(change.after for change in found if change.after is not None)
    assert +text == Counter(new)
    assert not -text
    assert all(change.moved or change.before != change.after for change in found)


@settings(deadline=None)
@given(old=paragraphs, new=paragraphs)
def test_each_change_is_of_the_kind_that_its_two_sides_tell(old: list[str], new: list[str]) -> None:
    for change in changes(old, new):
        if change.before is None:
            assert change.kind is ChangeKind.ADDED
        elif change.after is None:
            assert change.kind is ChangeKind.REMOVED
        elif change.before == change.after:
            assert (change.kind, change.moved) == (ChangeKind.MOVED, True)
        else:
            assert change.kind is ChangeKind.REWORDED


def test_a_document_all_of_whose_words_are_new_is_told_apart_in_time() -> None:
    def edition(year: int) -> list[str]:
        drawn = random.Random(year)
        return [" ".join(f"w{drawn.randrange(5000)}" for _ in range(45)) for _ in range(800)]

    old, new = passages_of("guide", *edition(2023)), passages_of("guide", *edition(2026))
    before = time.process_time()
    assert len(changes_between(old, new)) == 1600
    assert time.process_time() - before < 2.5
