"""How the rules of danger read words, and what the elements of a pattern match."""

from __future__ import annotations

import pytest

from assistant.danger.cascade import Cascade, Words
from assistant.danger.chart import Chart
from assistant.danger.grammar import patterns
from assistant.danger.lexicon import frame_rules, harm_rules, inflected, reader
from assistant.danger.spelling import Spelling


def found(pattern: str, text: str) -> list[tuple[int, int]]:
    words = Words({"dog": ["<pet>"], "cat": ["<pet>"]}, {})
    cascade = Cascade(words, {"<found>": [pattern], "<big>": ["big <pet>"]})
    tags = {**words.tags, **cascade.classes}
    chart = Chart([(word,) for word in text.split()], tags)
    cascade.run(chart)
    return chart.found("<found>")


@pytest.mark.parametrize(
    ("pattern", "text", "spans"),
    [
        ("the <pet>", "see the dog and the cat", [(1, 3), (4, 6)]),
        ("the <big>", "the big dog", [(0, 3)]),
        ("the|a fox", "a fox", [(0, 2)]),
        ("the very? big", "the big and the very big", [(0, 2), (3, 6)]),
        ("the very* big", "the very very very big", [(0, 5)]),
        ("the ..2 dog", "the one two dog", [(0, 4)]),
        ("the ..2 dog", "the one . dog", []),
        ("the ..1 dog", "the one two dog", []),
        ("the !dog", "the dog the cat", [(2, 3)]),
        ("-the <pet>", "the dog a cat", [(3, 4)]),
        ("^ the", "the dog . the cat the", [(0, 1), (3, 4)]),
        ("dog $", "dog , dog cat", [(0, 1)]),
        ("a big_dog|cat", "a big dog a cat", [(0, 3), (3, 5)]),
    ],
)
def test_an_element_matches_what_its_notation_says(
    pattern: str, text: str, spans: list[tuple[int, int]]
) -> None:
    assert found(pattern, text) == spans


@pytest.mark.parametrize("pattern", ["..3 dog", "dog? ..2", "dog?"])
def test_a_pattern_without_a_beginning_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="no beginning"):
        patterns("<tag>", [pattern])


def test_a_tag_that_nothing_defines_is_refused() -> None:
    with pytest.raises(ValueError, match="<nothing>"):
        Cascade(Words({}, {}), {"<tag>": ["a <nothing>"]})


def test_every_word_of_the_rules_is_a_word_as_it_is_read() -> None:
    symbols = harm_rules().symbols | frame_rules().symbols
    words = {symbol for symbol in symbols if symbol[0].isalnum() and "_" not in symbol}
    assert [word for word in sorted(words) if not any(word in read for read in reader().read(word))] == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("hes", ["he", "'s"]),
        ("she's", ["she", "'s"]),
        ("can’t", ["can", "not"]),
        ("2nite", ["tonight"]),
        ("screamin", ["screaming"]),
        ("stranglin", ["strangling"]),
        ("bleding", ["bleeding"]),
        ("unconsious", ["unconscious"]),
        ("heeelp", ["help"]),
        ("yr9", ["yr", "9"]),
        ("meeting", ["meeting"]),
        ("parental", ["parental"]),
    ],
)
def test_what_is_typed_is_read_as_what_is_meant(typed: str, read: list[str]) -> None:
    assert [readings[0] for readings in reader().read(typed)] == read


def test_a_wrong_consonant_is_no_misspelling() -> None:
    spelling = Spelling(["hitting", "threatening"], ["hitting", "threatening"])
    assert spelling.right("hiting") == "hitting"
    assert spelling.right("thretening") == "threatening"
    assert spelling.right("healing") == "healing"


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("stab", ("stab", "stabs", "stabbing", "stabbed", "stabbed")),
        ("choke", ("choke", "chokes", "choking", "choked", "choked")),
        ("punch", ("punch", "punches", "punching", "punched", "punched")),
        ("batter", ("batter", "batters", "battering", "battered", "battered")),
        ("beat", ("beat", "beats", "beating", "beat", "beaten")),
    ],
)
def test_a_verb_has_its_five_forms(verb: str, forms: tuple[str, ...]) -> None:
    assert inflected(verb, {"beat": "beats beating beat beaten"}) == forms
