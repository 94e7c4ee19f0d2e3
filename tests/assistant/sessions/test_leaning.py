"""A line of a pack says by itself what it says in its document, or the sentence before goes with it."""

from __future__ import annotations

import pytest

from assistant.leaning import is_whole
from assistant.sessions.leaning import leans, with_needed
from assistant.sessions.material import Briefing
from assistant.sessions.rules import Chapter
from corpus.documents import Kind
from corpus.store import Store
from tests.assistant.sessions.reading import source, words

STRATEGY, ABUSE, NEGLECT = "2-3-strategy-discussions", "4-1-domestic-abuse", "4-2-neglect"


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (ABUSE, "They must then telephone the front door"),
        (ABUSE, "A practitioner who is told of either"),
        (ABUSE, "The practitioner must see them alone"),
        (NEGLECT, "If the help is given"),
        (NEGLECT, "The discussion and its outcome must be recorded"),
        (STRATEGY, "Where the child is at immediate risk it must"),
        (STRATEGY, "If the manager declines"),
        (STRATEGY, "The person may use chapter 6.2"),
        ("two-families", "This family too was well known"),
        ("child-r-unseen-men", "In a neighbouring area he had been"),
        ("family-c-bruising-in-an-infant", "Eleven days later the father brought"),
    ],
)
def test_what_points_to_the_sentence_before_leans(library: Store, document: str, text: str) -> None:
    assert leans(words(library, document, text))


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (ABUSE, "Where risk is high the practitioner must refer"),
        (ABUSE, "The social worker must see the child alone where"),
        (STRATEGY, "A person who takes part must have read"),
        (STRATEGY, "The chair must agree who will tell the parents"),
        (STRATEGY, "Every action must have a named person"),
        ("two-families", "In Family B the mother was violently"),
        ("child-t-harmful-sexual-behaviour", "At 12, T had twice"),
    ],
)
def test_what_names_what_it_speaks_of_stands(library: Store, document: str, text: str) -> None:
    assert not leans(words(library, document, text))


def test_no_rule_of_any_chapter_stands_without_what_it_leans_on(library: Store) -> None:
    for document in library.register.documents():
        if document.kind is Kind.BRIEFING:
            continue
        for rule in Chapter(source(library, document.id)).rules:
            first = rule.words.sentences()[0]
            assert not leans(first) or "\n" in rule.text, rule.text
            assert is_whole(rule.text), rule.text


def test_a_duty_that_leans_is_shown_with_the_sentence_that_it_leans_on(library: Store) -> None:
    rules = [rule.text for rule in Chapter(source(library, ABUSE)).rules]

    [joined] = [text for text in rules if "see them alone" in text]
    assert joined.startswith("A young person of 16 or 17 who is abused by a partner")


def test_a_duty_in_these_cases_is_shown_with_the_cases(library: Store) -> None:
    rules = [rule.text for rule in Chapter(source(library, "3-3-fabricated-or-induced-illness")).rules]

    [joined] = [text for text in rules if "In these cases" in text]
    assert joined.startswith("If there is reason to think that a parent is causing illness")


def test_a_question_that_is_to_be_asked_is_no_duty(library: Store) -> None:
    rules = [
        rule.text for rule in Chapter(source(library, "2-7-core-groups-and-child-protection-plans")).rules
    ]

    assert rules
    assert not [text for text in rules if text.startswith("What should I tell")]


def test_words_in_quotation_marks_stay_together(library: Store) -> None:
    point = Briefing(source(library, "child-b-concealed-pregnancy")).learning[1]

    [asked] = [each.text for each in point.sentences if "Is there any chance" in each.text]
    assert asked.endswith('whatever the answer."')


def test_a_paragraph_that_begins_with_she_is_not_told_alone(library: Store) -> None:
    told = Briefing(source(library, "child-b-concealed-pregnancy")).case
    index = next(n for n, each in enumerate(told) if each.text.startswith("She had been in care"))

    assert not with_needed(told, index)


def test_a_sentence_is_not_told_after_another_than_it_follows(library: Store) -> None:
    told = Briefing(source(library, "family-c-bruising-in-an-infant")).case
    index = next(n for n, each in enumerate(told) if each.text.startswith("The health visitor thought this"))

    assert list(with_needed(told, index)) == [index - 1, index]
    assert not with_needed([*told[: index - 1], *told[index:]], index - 1)
