"""Greetings, thanks, questions about the assistant, abuse, idle chat, other alphabets: what no document
answers."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from assistant.letters import is_in_other_letters

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ANY = "*"
# Anything longer may hold a question.
_MOST_WORDS = 14


class SmallTalk(StrEnum):
    """In the order in which a message is held against them."""

    OTHER_LETTERS = "other_letters"
    ABUSE = "abuse"
    ABOUT = "about"
    ELSEWHERE = "elsewhere"
    UNHELPFUL = "unhelpful"
    FAREWELL = "farewell"
    THANKS = "thanks"
    GREETING = "greeting"


def small_talk_of(text: str) -> SmallTalk | None:
    """What kind of small talk the whole message is, or None where any of it might be a question."""
    if is_in_other_letters(text):
        return SmallTalk.OTHER_LETTERS
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if not words or len(words) > _MOST_WORDS:
        return None
    message = f"{' '.join(words)} "
    return next((kind for kind, pattern in _patterns().items() if pattern.fullmatch(message)), None)


@cache
def _patterns() -> dict[SmallTalk, re.Pattern[str]]:
    """Each kind may be led by a greeting and followed by thanks: "hi, who are you", "useless, bye"."""
    lists = yaml.safe_load(files("assistant").joinpath("small_talk.yaml").read_text(encoding="utf-8"))
    kinds: dict[str, list[str]] = lists["kinds"]
    around = _one_of([*lists["filler"], *kinds["greeting"], *kinds["thanks"], *kinds["farewell"]])
    return {
        kind: re.compile(f"{around}*{_one_of(kinds[kind])}{around}*") for kind in SmallTalk if kind in kinds
    }


def _one_of(phrases: list[str]) -> str:
    # Words are followed by one space each, so that a phrase cannot end inside a word. A phrase of two lists
    # would be tried twice at each of its places, which doubles the time with each.
    return f"(?:{'|'.join(map(_pattern, sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))))})"


def _pattern(phrase: str) -> str:
    return "".join(r"(?:\S+ ){0,6}" if word == _ANY else re.escape(f"{word} ") for word in phrase.split())
