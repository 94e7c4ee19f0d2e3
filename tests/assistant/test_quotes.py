"""A list item is shown with the words that lead in to it, and a lead-in never alone."""

from __future__ import annotations

import pytest

from assistant.quotes import is_lone_lead, quotes_of
from corpus.documents import Kind
from corpus.passages import Line, LivePassage, Passage


def passage(lead: str, *items: str) -> tuple[LivePassage, list[Line]]:
    """A passage of a lead-in and its list, with its lines."""
    text, lines = lead, [Line(0, len(lead))]
    for item in items:
        start = len(text) + 1
        text = f"{text}\n{item}"
        lines.append(Line(start, len(text), 0, len(lead)))
    made = Passage("id", 0, "1.1", "1.1", ("Manual",), text, 0, len(text), None, None, tuple(lines))
    return LivePassage(made, "manual", 1, "Manual", Kind.PROCEDURE, None), lines


def test_a_short_list_is_shown_whole_from_any_of_its_lines() -> None:
    live, lines = passage("The record must show:", "who was there;", "what was said.")
    for line in lines:
        [quote] = quotes_of(live, line)
        assert quote.text == live.passage.text
        assert quote.bound_by == "The record must show:"


def test_an_item_of_a_long_list_comes_after_its_lead_in() -> None:
    live, lines = passage("The record must show:", *(f"item {n} " + "word " * 12 + "end;" for n in range(8)))
    lead, item = quotes_of(live, lines[3])
    assert lead.text == "The record must show:"
    assert item.text.startswith("item 2")
    assert item.bound_by == lead.text
    assert (lead.is_item, item.is_item) == (False, True)


def test_a_lead_in_to_what_is_not_shown_says_nothing() -> None:
    live, lines = passage("The record must show:", *(f"item {n} " + "word " * 12 + "end;" for n in range(8)))
    assert is_lone_lead(live, lines[0])
    alone, [only] = passage("Important considerations include:")
    assert is_lone_lead(alone, only)


@pytest.mark.parametrize(
    ("text", "announces"),
    [
        ("The table gives the time limits for holding a strategy discussion.", True),
        ("2.3.23 The table below sets out who leads.", True),
        ("The following list shows what to bring.", True),
        ("Table 2 shows the levels of need.", True),
        ("The table must be kept in the case record.", False),
        ("The social worker lists who was there.", False),
    ],
)
def test_a_sentence_that_only_announces_a_table_says_nothing(text: str, announces: bool) -> None:
    live, [line] = passage(text)
    assert is_lone_lead(live, line) is announces


def test_a_table_row_stands_alone() -> None:
    live, lines = passage("Event | Limit", "Referral decided | 1 working day")
    assert [quote.text for quote in quotes_of(live, lines[1])] == ["Referral decided | 1 working day"]


def test_a_plain_sentence_is_its_own_quote() -> None:
    live, [line] = passage("The chair should record the reason.")
    [quote] = quotes_of(live, line)
    assert quote.text == quote.bound_by == "The chair should record the reason."
    assert not is_lone_lead(live, line)
