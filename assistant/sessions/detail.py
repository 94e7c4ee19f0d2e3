"""Without graphic detail: lines that tell of injuries or acts in detail are left out, never altered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import yaml

from assistant.sessions.sources import Words

_PRONOUN = re.compile(r"\b(?:she|her|he|him|his|they|them|their|it)\b", re.IGNORECASE)


def is_graphic(text: str) -> bool:
    return _pattern().search(text) is not None


class DetailFilter:
    """Passes everything where `keep` is true; counts what it left out."""

    def __init__(self, keep: bool) -> None:
        self._keep = keep
        self._left_out: set[tuple[str, int, int, int]] = set()

    @property
    def left_out(self) -> int:
        return len(self._left_out)

    def passes(self, words: Words) -> bool:
        if self._keep or not is_graphic(words.text):
            return True
        self._left_out.add(words.place)
        return False

    def standing(self, sentences: Sequence[Words]) -> list[Words]:
        """Without those that are left out, and those that speak of somebody named only there."""
        kept: list[Words] = []
        is_gap = False
        for words in sentences:
            if not self.passes(words):
                is_gap = True
            elif not (is_gap and _PRONOUN.search(words.text)):
                kept.append(words)
                is_gap = False
        return kept

    def __call__(self, words: Iterable[Words]) -> list[Words]:
        return [each for each in words if self.passes(each)]


@cache
def _pattern() -> re.Pattern[str]:
    listed = yaml.safe_load(files("assistant.sessions").joinpath("detail.yaml").read_text(encoding="utf-8"))
    return re.compile(rf"\b(?:{'|'.join(listed)})\b", re.IGNORECASE)
