"""Does the text say that somebody is in danger at this moment? Rules only: they work when all else is down.

A rule is a present-tense statement, not a topic word: "he is hitting her" is one, "what if a child is
hit" is a question about procedure. A missed danger is worse than a needless signpost, so a doubt counts
as one. The patterns stand in `danger.yaml`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from assistant.patterns import compile_pattern

_WORD = re.compile(r"[A-Za-z]{5,}")
_SPELLING_SCORE = 84


def is_immediate_danger(text: str) -> bool:
    """Whether any sentence states, in the present and at first hand, that somebody is being hurt or may be at
    any moment."""
    rules = _rules()
    return any(rules.match(sentence) for sentence in _sentences(rules.spelt(_plain(text))))


class _Rules:
    def __init__(self, source: dict[str, Any]) -> None:
        parts: dict[str, str] = source["parts"]
        self._danger = [compile_pattern(pattern, parts, re.IGNORECASE) for pattern in source["danger"]]
        self._now = compile_pattern(source["now"], parts, re.IGNORECASE)
        self._asked = compile_pattern(source["asked"], parts, re.IGNORECASE)
        self._imagined = compile_pattern(source["imagined"], parts, re.IGNORECASE)
        self._past = compile_pattern(source["past"], parts, re.IGNORECASE)
        self._words: list[str] = source["spelling"]

    def match(self, sentence: str) -> bool:
        if not any(pattern.search(sentence) for pattern in self._danger):
            return False
        if self._imagined.search(sentence) or self._past.search(sentence):
            return False
        return not self._asked.search(sentence) or bool(self._now.search(sentence))

    def spelt(self, text: str) -> str:
        """The text with near misspellings of words that say danger put right; frightened people mistype."""
        return _WORD.sub(self._corrected, text)

    def _corrected(self, word: re.Match[str]) -> str:
        found = process.extractOne(
            word[0].lower(), self._words, scorer=fuzz.ratio, score_cutoff=_SPELLING_SCORE
        )
        return found[0] if found and found[0][0] == word[0][0].lower() else word[0]


@cache
def _rules() -> _Rules:
    return _Rules(yaml.safe_load(files("assistant").joinpath("danger.yaml").read_text(encoding="utf-8")))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'"))


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part.strip()]
