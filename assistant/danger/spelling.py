"""Misspelt words that say danger: frightened people type by ear, and leave letters out.

Two words are near when they have the same consonants by ear, in the same order, and differ in one letter.
Long words may differ in two, and lack a consonant. A wrong consonant is no misspelling: "healing" is not
"hitting".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

_BY_EAR = (
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("ch", "C"),
    ("ce", "s"),
    ("ci", "s"),
    ("cy", "s"),
    ("c", "k"),
    ("z", "s"),
)
_SILENT_FIRST = (("kn", "n"), ("wr", "r"))
_SOFT = str.maketrans("", "", "aeiouhwy")
_SHORTEST, _LONG = 4, 8
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


class Spelling:
    """`correctable`: what misspellings are put right to. `known` words are never misspellings."""

    def __init__(self, correctable: Iterable[str], known: Iterable[str]) -> None:
        self.known = frozenset(known)
        self._sounds: dict[str, set[str]] = {}
        for word in correctable:
            sound = _sound(word)
            self._sounds.setdefault(sound, set()).add(word)
            if len(word) >= _LONG:
                for shorter in _one_less(sound):
                    self._sounds.setdefault(shorter, set()).add(word)

    def knows(self, word: str) -> bool:
        return word in self.known

    def right(self, word: str) -> str:
        """The word that was meant; the same word where none is near."""
        if word in self.known:
            return word
        if _DRAWN_OUT.search(word):
            for typed in (_DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word)):
                if typed in self.known:
                    return typed
        if word.endswith("in"):
            word_in_full = f"{word}g"
            return word_in_full if word_in_full in self.known else self._near(word_in_full) or word
        return self._near(word) or word

    def _near(self, word: str) -> str | None:
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        near = [(OSA.distance(word, meant), meant) for meant in self._sounds.get(_sound(word), ())]
        distance, meant = min(near, default=(len(word), ""))
        return meant if distance <= (2 if len(word) >= _LONG else 1) else None


def _sound(word: str) -> str:
    """The consonants by ear; "A" for any vowel that begins the word."""
    for written, sound in _SILENT_FIRST:
        if word.startswith(written):
            word = sound + word[len(written) :]
    for written, sound in _BY_EAR:
        word = word.replace(written, sound)
    first = "A" if word[0] in "aeiou" else word[0]
    consonants = first + word[1:].translate(_SOFT)
    return "".join(
        letter for letter, before in zip(consonants, " " + consonants, strict=False) if letter != before
    )


def _one_less(sound: str) -> set[str]:
    return {sound[:at] + sound[at + 1 :] for at in range(1, len(sound))}
