"""Which words are a real person's name: by how names are used, and by a recogniser's scores if there is one.

The patterns, the thresholds and the lists stand in `names.yaml` and `common_names.yaml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.details import NAME, Detail, IsPublished, without_overlaps
from assistant.name_model import NameScores, Span
from assistant.name_rules import WORD, NameRules, Patterns, name_rules

_JOINT = re.compile(r"\s?[\s'’-]\s?")
_AFTER_INITIAL = re.compile(r"\.?\s?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•\"“(]\s*)$")
_LONGEST_ACRONYM = 5
_SHORT = 3


@dataclass(slots=True)
class _Word:
    """`score` is None without a recogniser; `is_covered` by the name of a law, a body, a place, a pseudonym.

    `is_capital` only inside a sentence, where a capital tells something.
    """

    start: int
    end: int
    text: str
    is_capital: bool
    score: float | None
    is_covered: bool = False
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
    def is_sufficient(self) -> bool:
        """To be a name without other words beside it."""
        return not (self.is_covered or self.is_acronym or len(self.text) == 1)

    @property
    def is_acronym(self) -> bool:
        return self.text.isupper() and 1 < len(self.text) <= _LONGEST_ACRONYM


def find_names(text: str, is_published: IsPublished, scores: NameScores | None = None) -> list[Detail]:
    """In order. A name that is published as a name by itself is left out."""
    reading = _Reading(text, name_rules(), is_published, scores)
    reading.mark_by_patterns()
    reading.mark_by_words()
    reading.extend()
    names = without_overlaps(Detail(*span, NAME) for span in (*reading.runs(), *reading.initials()))
    return [name for name in names if not is_published(_capitalised(text[name.start : name.end]))]


class _Reading:
    """A text whose words are marked as names step by step."""

    def __init__(
        self, text: str, rules: NameRules, is_published: IsPublished, scores: NameScores | None
    ) -> None:
        # In capitals throughout, a capital tells nothing.
        self._text = text.lower() if _is_shouted(text) and len(text.lower()) == len(text) else text
        self._rules = rules
        self._is_published = is_published
        spans = [match.span() for match in WORD.finditer(text)]
        told = scores(text, spans) if scores else None
        self._has_scores = told is not None
        known: Sequence[float | None] = [None] * len(spans) if told is None else told
        self._words = [self._word(span, score) for span, score in zip(spans, known, strict=True)]
        for span in (*_matches(rules.not_people, self._text), *self._known()):
            for word in self._within(span):
                word.is_covered = True

    def mark_by_patterns(self) -> None:
        """Words that stand where names stand."""
        limits = self._rules.thresholds
        for span in _matches(self._rules.certain, self._text):
            self._mark(self._within(span))
        for span in _matches(self._rules.likely, self._text):
            words = [word for word in self._within(span) if not self._is_ordinary(word)]
            if not self._has_scores:
                unusual = [word for word in words if self._is_unusual(word) and not word.is_acronym]
                if len(unusual) == len(words) or any(map(self._is_listed, unusual)):
                    self._mark(unusual)
            elif any(word.likelihood >= limits.supported for word in words):
                self._mark(words)
        for span in _matches(self._rules.expected, self._text):
            self._mark([word for word in self._within(span) if word.likelihood >= limits.context])

    def mark_by_words(self) -> None:
        """Words that are names wherever they stand."""
        limits = self._rules.thresholds
        around: list[_Word | None] = [None, *self._words, None]
        for before, word, after in zip(around, self._words, around[2:], strict=False):
            if word.is_name or self._is_ordinary(word):
                continue
            if word.is_acronym and not (self._is_listed(word) and word.likelihood >= limits.context):
                continue
            # "Grace" may be a girl, "Grace Period" is none.
            is_titled = after is not None and after.is_capital
            if self._is_listed(word) or (self._is_both(word) and not is_titled):
                word.is_name = True
            elif word.likelihood >= limits.certain:
                word.is_name = not _differ_in_case(before, word) or self._is_unusual(word)
            elif word.likelihood >= (limits.capital if word.is_capital else limits.alone):
                word.is_name = word.is_capital or self._is_unusual(word)

    def extend(self) -> None:
        """To the words beside a name that belong to it, an initial or "van" or "bin" among them."""
        limits = self._rules.thresholds
        for words in (self._words, self._words[::-1]):
            for word, beside in pairwise(words):
                if not word.is_name or beside.is_name or not self._is_joined(word, beside):
                    continue
                if beside.is_covered or (self._is_ordinary(beside) and not beside.is_capital):
                    continue
                is_likely = beside.likelihood >= (
                    limits.capital
                    if self._is_ordinary(beside)
                    else limits.beside
                    if beside.is_capital
                    else limits.context
                )
                if _differ_in_case(word, beside):
                    is_likely = beside.likelihood >= limits.alone and self._is_unusual(beside)
                beside.is_name = is_likely or beside.is_initial
        for one, particle, other in zip(self._words, self._words[1:], self._words[2:], strict=False):
            if one.is_name and other.is_name and particle.lower in self._rules.particles:
                particle.is_name = self._is_joined(one, particle) and self._is_joined(particle, other)

    def runs(self) -> Iterator[Span]:
        """Names of one or more words, unless nothing in them is a name by itself."""
        run: list[_Word] = []
        for word in [*self._words, None]:
            if run and not (word and word.is_name and self._is_joined(run[-1], word)):
                if any(part.is_sufficient for part in run):
                    yield run[0].start, run[-1].end
                run = []
            if word and word.is_name:
                run.append(word)

    def initials(self) -> Iterator[Span]:
        """Letters that stand for a name."""
        return _matches(self._rules.initials, self._text)

    def _word(self, span: Span, score: float | None) -> _Word:
        start, end = span
        is_capital = self._text[start].isupper() and not _begins_sentence(self._text, start)
        return _Word(start, end, self._text[start:end], is_capital, score)

    def _known(self) -> Iterator[Span]:
        words = [word.lower for word in self._words]
        for at in range(len(words)):
            for length in range(1, min(self._rules.longest_known, len(words) - at) + 1):
                if tuple(words[at : at + length]) in self._rules.known:
                    yield self._words[at].start, self._words[at + length - 1].end

    def _is_ordinary(self, word: _Word) -> bool:
        return word.lower in self._rules.not_names

    def _is_unusual(self, word: _Word) -> bool:
        """Not so if the documents write it in small letters."""
        return self._is_listed(word) or not self._is_published(word.lower)

    def _is_listed(self, word: _Word) -> bool:
        # Short ones are also what hurried fingers make of other words.
        is_sure = (
            len(word.text) > _SHORT or word.score is None or word.score >= self._rules.thresholds.supported
        )
        return is_sure and word.lower in self._rules.listed

    def _is_both(self, word: _Word) -> bool:
        return word.is_capital and word.lower in self._rules.also_words

    def _mark(self, words: Sequence[_Word]) -> None:
        for word in words:
            word.is_name = word.is_name or not self._is_ordinary(word)

    def _within(self, span: Span) -> list[_Word]:
        first = bisect_left(self._words, span[0], key=lambda word: word.start)
        last = bisect_right(self._words, span[1], lo=first, key=lambda word: word.end)
        return self._words[first:last]

    def _is_joined(self, one: _Word, other: _Word) -> bool:
        first, second = (one, other) if one.start < other.start else (other, one)
        joint = _AFTER_INITIAL if first.is_initial else _JOINT
        return joint.fullmatch(self._text, first.end, second.start) is not None


def _matches(patterns: Patterns, text: str) -> Iterator[Span]:
    for pattern in patterns:
        group = "detail" if "detail" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            yield match.span(group)


def _differ_in_case(one: _Word | None, other: _Word) -> bool:
    """The recogniser often takes a verb behind a name for a family name: "Mia shouted"."""
    return one is not None and one.text[0].isupper() != other.text[0].isupper()


def _is_shouted(text: str) -> bool:
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


def _begins_sentence(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text, max(0, start - 3), start) is not None


def _capitalised(name: str) -> str:
    return WORD.sub(lambda word: word[0][0].upper() + word[0][1:], name)
