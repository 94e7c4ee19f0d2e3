"""Abbreviations that a text explains itself: "initial child protection conference (ICPC)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

CONNECTORS = frozenset("a an and by for in of on or the to with".split())
"""Words that an abbreviation may leave out."""

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_EXPLAINED = re.compile(r"\((?P<short>[A-Za-z]{1,7}[A-Za-rt-z])s?\)")
_REACH = 90  # characters before the bracket that can hold the long form


def words_of(text: str) -> list[str]:
    """The words, lower-case; a hyphen parts them."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def initials(words: list[str]) -> set[str]:
    """First letters of all the words, and of those that count."""
    return {
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if word not in CONNECTORS),
    }


def explained_in(text: str) -> Iterator[tuple[str, str]]:
    """(short, long) pairs, both lower-case: a bracket whose letters are the initials of the words before it.

    After Schwartz and Hearst (2003), A simple algorithm for identifying abbreviation definitions, but with
    whole initials only: a manual's abbreviations are made so, and a looser match invents some.
    """
    for match in _EXPLAINED.finditer(text):
        short = match["short"]
        if sum(map(str.isupper, short)) < 2:
            continue
        before = words_of(text[max(0, match.start() - _REACH) : match.start()])
        for length in range(2, min(len(before), 2 * len(short)) + 1):
            words = before[-length:]
            if words[0] not in CONNECTORS and short.lower() in initials(words):
                yield short.lower(), " ".join(words)
                break
