"""A list item is shown with the words that lead in to it, and a sentence with those that it leans on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.quotes import is_lone_lead, joined, quotes_of, quotes_with_needed, says_something
from corpus.documents import Kind, Part
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


def paragraph(*sentences: str) -> tuple[LivePassage, list[Line]]:
    """A passage of one paragraph, with its lines."""
    text, lines = "", []
    for sentence in sentences:
        start = len(text) + 1 if text else 0
        text = f"{text} {sentence}" if text else sentence
        lines.append(Line(start, len(text)))
    made = Passage("id", 0, "1.1", "1.1", ("Manual",), text, 0, len(text), None, None, tuple(lines))
    return LivePassage(made, "manual", 1, "Manual", Kind.PROCEDURE, None), lines


def shown(live: LivePassage, line: Line) -> list[str]:
    return [quote.text for quote in joined(quotes_with_needed(live, line))]


def test_a_sentence_that_leans_on_the_one_before_is_shown_with_it() -> None:
    first, then = "The order lasts 8 days.", "It must be served in person."
    live, lines = paragraph(first, then, "A court may end the protection.")
    [quote] = joined(quotes_with_needed(live, lines[1]))
    assert quote.text == f"{first} {then}"
    assert quote.bound_by == then
    assert shown(live, lines[0]) == [first]


def test_two_sentences_that_bind_by_different_verbs_are_two_quotes() -> None:
    first, then = "The police may take a child to a safe place.", "They must tell the parents."
    live, lines = paragraph(first, then, "A court may end the protection.")
    quotes = joined(quotes_with_needed(live, lines[1]))
    assert [(quote.text, quote.bound_by) for quote in quotes] == [(first, first), (then, then)]


def test_what_leans_on_another_paragraph_is_shown_by_itself() -> None:
    live, lines = paragraph("In these cases the manager must decide.", "It is urgent.")
    assert shown(live, lines[0]) == ["In these cases the manager must decide."]
    assert shown(live, lines[1]) == ["It is urgent."]


def test_words_that_are_spoken_are_shown_from_the_first_quotation_mark_to_the_last() -> None:
    spoken = ['A worker may say: "I am worried.', "I have to tell somebody.", 'I will come back."']
    live, lines = paragraph(*spoken, "Practitioners should write down the answer.")
    assert [shown(live, line) for line in lines[:3]] == [[" ".join(spoken)]] * 3
    assert shown(live, lines[3]) == ["Practitioners should write down the answer."]


def test_a_longer_list_is_shown_whole_where_more_words_are_allowed() -> None:
    live, lines = passage("The record must show:", *(f"item {n} " + "word " * 12 + "end;" for n in range(8)))
    for line in lines:
        [quote] = quotes_of(live, line, 150)
        assert quote.text == live.passage.text
    assert says_something(live, lines[0], 150)
    assert not says_something(live, lines[0])


def test_a_table_is_shown_whole_with_its_header_where_more_words_are_allowed() -> None:
    live, lines = passage("Event | Limit", "Referral decided | 1 day", "Outcome told | 3 days")
    [quote] = quotes_of(live, lines[2], 150)
    assert quote.text == live.passage.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("See also chapter 4.4 (Families who do not engage).", False),
        ("See chapter 5.1 (Exploitation) and chapter 5.4 (Online harm).", False),
        ("Read it with chapter 2.5 (Initial conferences).", False),
        ("For moves between areas see chapter 4.7 (Moving across boundaries).", False),
        ("1.3.1 This chapter says when and how people may share information.", False),
        ("See the child alone.", True),
        ("This chapter covers every child under 18.", True),
        ("Parents must see the report; see chapter 2.5 (Conferences).", True),
    ],
)
def test_what_only_says_where_something_stands_is_not_shown(text: str, says: bool) -> None:
    live, [line] = paragraph(text)
    assert says_something(live, line) is says


def test_a_point_for_discussion_is_no_answer() -> None:
    live, [line] = paragraph("Whom do you ring about a bruise on a Friday?")
    assert says_something(live, line)
    point = replace(live, passage=replace(live.passage, part=Part.DISCUSSION_POINT))
    assert not says_something(point, line)
