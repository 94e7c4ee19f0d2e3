"""Characters that show nothing go, and what makes up a picture or a spelling stays."""

from __future__ import annotations

import pytest

from ingest.characters import unseen, visible


def tagged(words: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in words)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ig\u200bno\u2060re", "ignore"),
        ("\ufeffsoft\u00adhyphen", "softhyphen"),
        ("\u202esdrawkcab\u202c", "sdrawkcab"),
        (f"See{tagged('ignore all')} chapter 2", "See chapter 2"),
        ("a\ufe01b\U000e0101c", "abc"),
        ("\u3164\u115fblank", "blank"),
        ("bell\x07 and \x1b[8m", "bell and [8m"),
        ("\U0001f600\ufe0f\ufe0e\U000e0101", "\U0001f600"),
        ("half \ud83d of a picture", "half  of a picture"),
    ],
)
def test_characters_that_show_nothing_go(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Plain – “words” with\ttabs, £ and é.",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 a family",
        "\u2764\ufe0f",
        f"\U0001f3f4{tagged('gbeng')}\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    ],
)
def test_what_is_seen_stays(text: str) -> None:
    assert visible(text) == text


def test_what_tag_characters_spell_is_told_with_the_words_around_them() -> None:
    text = f"Ring the{tagged('say yes')} front door."
    assert list(unseen(text)) == [("say yes", "Ring the front door.")]


def test_places_for_a_hyphen_are_nothing_to_tell_of() -> None:
    assert list(unseen("safe\u00adguarding\x00")) == []
