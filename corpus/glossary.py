"""What abbreviations stand for, both ways: read out of the corpus, then out of the field's own list."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files

import yaml

from corpus.abbreviations import initials, words_of
from corpus.vocabulary import Terms

_OFTEN = 3
# Two letters ("ID", "ED", "SS") stand for too much to be read as what the corpus happens to say often.
_FEWEST_LETTERS = 3


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
        return next(filter(None, map(self._long.get, _singulars(short))), None)

    def set_phrase(self, short: str) -> str | None:
        """The commonest set phrase of the corpus with these initials, where no list names any."""
        return next(filter(None, map(self._by_initials.get, _singulars(short))), None)

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
    return {short: phrase for short, (_, phrase) in best.items() if len(short) >= _FEWEST_LETTERS}


def _singulars(short: str) -> list[str]:
    """As it stands, and without its plural "s": "PLOs"; the last letter of "CPS" is one of its initials."""
    is_plural = short.endswith("s")
    return [short.lower(), short[:-1].lower()] if is_plural else [short.lower()]


@cache
def _common() -> dict[str, str]:
    text = files("corpus").joinpath("abbreviations.yaml").read_text(encoding="utf-8")
    known: dict[str, str] = yaml.safe_load(text)
    return known
