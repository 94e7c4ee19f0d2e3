"""The words of a text, each with what speaks for and against its being part of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.name_model import NameScores
from assistant.name_rules import WORD

_JOINT = re.compile(r"\s?[\s'’-]\s?")
_AFTER_INITIAL = re.compile(r"\.?\s?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•\"“(]\s*)$")
_LONGEST_ACRONYM = 5


@dataclass(slots=True)
class Word:
    """`score` is None without a recogniser; `is_covered` by the name of a law, a body, a place, a pseudonym.

    `is_capital` only inside a sentence, where a capital tells something.
    """

    start: int
    end: int
    text: str
    is_capital: bool
    score: float | None
    is_covered: bool = False
    is_ordinary: bool = False
    is_name: bool = False

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def likelihood(self) -> float:
        return self.score or 0.0

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.text.isupper() and self.text not in "AI"

    @property
    def is_acronym(self) -> bool:
        return self.text.isupper() and 1 < len(self.text) <= _LONGEST_ACRONYM

    @property
    def is_sufficient(self) -> bool:
        """To be a name without other words beside it."""
        return not (self.is_covered or self.is_acronym or len(self.text) == 1)


def words_of(text: str, scores: NameScores | None) -> list[Word]:
    """In reading order."""
    spans = [match.span() for match in WORD.finditer(text)]
    told = scores(text, spans) if scores else None
    known: Sequence[float | None] = [None] * len(spans) if told is None else told
    return [
        Word(start, end, text[start:end], _is_capital(text, start), score)
        for (start, end), score in zip(spans, known, strict=True)
    ]


def unshouted(text: str) -> str:
    """In small letters, if it is mostly in capitals, where a capital tells nothing; as long as before."""
    small = text.lower()
    is_shouted = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    return small if is_shouted and len(small) == len(text) else text


def are_joined(text: str, first: Word, second: Word) -> bool:
    """Whether nothing but a space, a hyphen or an apostrophe is between, or the full stop of an initial."""
    joint = _AFTER_INITIAL if first.is_initial else _JOINT
    return joint.fullmatch(text, first.end, second.start) is not None


def differ_in_case(one: Word | None, other: Word) -> bool:
    """The recogniser often takes a verb behind a name for a family name: "Mia shouted"."""
    return one is not None and one.text[0].isupper() != other.text[0].isupper()


def capitalised(name: str) -> str:
    """As the documents would write it."""
    return WORD.sub(lambda word: word[0][0].upper() + word[0][1:], name)


def _is_capital(text: str, start: int) -> bool:
    return text[start].isupper() and not _SENTENCE_START.search(text, max(0, start - 3), start)
