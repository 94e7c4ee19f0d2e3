"""What abbreviations stand for, both ways: read out of the corpus, then out of the field's own list."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files

import yaml

from corpus.abbreviations import initials, words_of
from corpus.vocabulary import Terms

_OFTEN = 3


class Glossary:
    """Over one state of the vocabulary. Short and long forms are lower-case."""

    def __init__(self, terms: Terms) -> None:
        explained = sorted(terms.abbreviations.items(), key=lambda item: item[1])
        # Later entries win: what is explained most often stands before what is explained once.
        self._long = _common() | {short: long for (short, long), _ in explained}
        self._short = {long: short for short, long in self._long.items() if short in terms.words}
        self._by_initials = _by_initials(terms)

    def long_form(self, short: str) -> str | None:
        """The words that an abbreviation stands for; a plural's are those of its singular."""
        short = short.lower()
        return self._long.get(short) or (self._long.get(short[:-1]) if short.endswith("s") else None)

    def set_phrase(self, short: str) -> str | None:
        """The commonest set phrase of the corpus with these initials, where no list names any."""
        short = short.lower()
        return self._by_initials.get(short) or (
            self._by_initials.get(short[:-1]) if short.endswith("s") and len(short) > 2 else None
        )

    def short_forms(self, text: str) -> list[str]:
        """Abbreviations, used in the corpus, of phrases that stand in the text."""
        words = f" {' '.join(words_of(text))} "
        return [short for long, short in self._short.items() if f" {long} " in words]


def _by_initials(terms: Terms) -> dict[str, str]:
    best: defaultdict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
    for phrase, count in terms.phrases.items():
        if count >= _OFTEN:
            for short in initials(phrase.split()):
                best[short] = max(best[short], (count, phrase))
    return {short: phrase for short, (_, phrase) in best.items() if len(short) > 1}


@cache
def _common() -> dict[str, str]:
    text = files("corpus").joinpath("abbreviations.yaml").read_text(encoding="utf-8")
    known: dict[str, str] = yaml.safe_load(text)
    return known
