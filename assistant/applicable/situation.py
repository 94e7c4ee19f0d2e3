"""A situation in its aspects: its sentences, each with what it says is *not* so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from corpus.sentences import sentence_spans

_CLAUSE_END = re.compile(r"[;:.!?]|,? but\b|,? although\b|,? though\b")
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Aspect:
    """One sentence: `text == situation[start:end]`. `told` is what it says to be so: the words by which
    something is denied ("there is no sign that he ...") are blanked, and `denied` are those words."""

    text: str
    start: int
    end: int
    told: str
    denied: str

    @property
    def is_denial(self) -> bool:
        """Whether it mainly says that something is not so."""
        return len(self.denied) > _MOSTLY * len(self.text)


def aspects_of(situation: str) -> tuple[Aspect, ...]:
    """In order. `situation` is as the screen let it through."""
    return tuple(_aspect(situation[start:end], start, end) for start, end in sentence_spans(situation))


def _aspect(text: str, start: int, end: int) -> Aspect:
    told, denied = text, []
    for match in _denials().finditer(text):
        stop = _CLAUSE_END.search(text, match.end())
        last = stop.start() if stop else len(text)
        denied.append(text[match.start() : last])
        told = told[: match.start()] + " " * (last - match.start()) + told[last:]
    return Aspect(text, start, end, told, " ".join(denied))


@cache
def _denials() -> re.Pattern[str]:
    text = files("assistant.applicable").joinpath("denials.yaml").read_text(encoding="utf-8")
    return re.compile("|".join(f"(?:{pattern})" for pattern in yaml.safe_load(text)), re.IGNORECASE)
