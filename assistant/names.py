"""Which words are a real person's name: by how names are used, and by a recogniser's scores if there is one.

The patterns, the thresholds and the lists stand in `names.yaml` and `common_names.yaml`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.details import NAME, Detail, IsPublished, without_overlaps
from assistant.name_model import NameScores, Span
from assistant.name_ordinary import is_ordinary
from assistant.name_rules import NameRules, Patterns, name_rules
from assistant.name_words import Word, are_joined, capitalised, differ_in_case, unshouted, words_of
from assistant.slips import meant_words

_SHORT = 3


def find_names(text: str, is_published: IsPublished, scores: NameScores | None = None) -> list[Detail]:
    """In order. A name that is published as a name by itself is left out."""
    reading = _Reading(unshouted(text), name_rules(), is_published, scores)
    reading.mark_by_patterns()
    reading.mark_by_words()
    reading.extend()
    names = without_overlaps(Detail(*span, NAME) for span in (*reading.runs(), *reading.initials()))
    return [name for name in names if not is_published(capitalised(text[name.start : name.end]))]


class _Reading:
    """A text whose words are marked as names step by step."""

    def __init__(
        self, text: str, rules: NameRules, is_published: IsPublished, scores: NameScores | None
    ) -> None:
        self._text = text
        self._rules = rules
        self._is_published = is_published
        self._words = words_of(text, scores)
        self._has_scores = any(word.score is not None for word in self._words)
        for span in (*_matches(rules.not_people, text), *self._known()):
            for word in self._within(span):
                word.is_covered = True
        self._mark_ordinary()

    def mark_by_patterns(self) -> None:
        """Words that stand where names stand."""
        limits = self._rules.thresholds
        for span in _matches(self._rules.certain, self._text):
            self._mark(self._within(span))
        for span in _matches(self._rules.likely, self._text):
            words = [word for word in self._within(span) if not self._is_ordinary(word)]
            if all(map(self._is_plain, words)):
                continue
            if not self._has_scores:
                unusual = [word for word in words if self._is_unusual(word) and not word.is_acronym]
                if len(unusual) == len(words) or any(map(self._is_listed, unusual)):
                    self._mark(unusual)
            elif any(word.likelihood >= limits.supported for word in words):
                self._mark(words)
        for span in _matches(self._rules.expected, self._text):
            seen = (word for word in self._within(span) if word.likelihood >= limits.context)
            self._mark([word for word in seen if not self._is_plain(word)])

    def mark_by_words(self) -> None:
        """Words that are names wherever they stand."""
        around: list[Word | None] = [None, *self._words, None]
        for before, word, after in zip(around, self._words, around[2:], strict=False):
            if word.is_name or self._is_ordinary(word):
                continue
            # Whether a word is plain takes the longest to tell, and is asked last.
            word.is_name = self._is_name(before, word, after) and not self._is_plain(word)

    def _is_name(self, before: Word | None, word: Word, after: Word | None) -> bool:
        limits = self._rules.thresholds
        if word.is_acronym and not (self._is_listed(word) and word.likelihood >= limits.context):
            return False
        # "Grace" may be a girl, "Grace Period" is none.
        is_titled = after is not None and after.is_capital
        if self._is_listed(word) or (self._is_both(word) and not is_titled):
            return True
        if word.likelihood >= limits.certain:
            return not differ_in_case(before, word) or self._is_unusual(word)
        if word.likelihood >= (limits.capital if word.is_capital else limits.alone):
            return word.is_capital or self._is_unusual(word)
        return False

    def extend(self) -> None:
        """To the words beside a name that belong to it, an initial or "van" or "bin" among them."""
        for first, second in pairwise(self._words):
            if first.is_name and not second.is_name and are_joined(self._text, first, second):
                second.is_name = self._belongs_to(first, second)
        for first, second in pairwise(reversed(self._words)):
            if first.is_name and not second.is_name and are_joined(self._text, second, first):
                second.is_name = self._belongs_to(first, second)
        for one, particle, other in zip(self._words, self._words[1:], self._words[2:], strict=False):
            if one.is_name and other.is_name and particle.lower in self._rules.particles:
                particle.is_name = are_joined(self._text, one, particle) and are_joined(
                    self._text, particle, other
                )

    def runs(self) -> Iterator[Span]:
        """Names of one or more words, unless nothing in them is a name by itself."""
        run: list[Word] = []
        for word in [*self._words, None]:
            if run and not (word and word.is_name and are_joined(self._text, run[-1], word)):
                if any(part.is_sufficient for part in run):
                    yield run[0].start, run[-1].end
                run = []
            if word and word.is_name:
                run.append(word)

    def initials(self) -> Iterator[Span]:
        """Letters that stand for a name."""
        return _matches(self._rules.initials, self._text)

    def _known(self) -> Iterator[Span]:
        words = [word.lower for word in self._words]
        for at in range(len(words)):
            for length in range(1, min(self._rules.longest_known, len(words) - at) + 1):
                if tuple(words[at : at + length]) in self._rules.known:
                    yield self._words[at].start, self._words[at + length - 1].end

    def _belongs_to(self, name: Word, beside: Word) -> bool:
        limits, is_ordinary = self._rules.thresholds, self._is_ordinary(beside)
        if beside.is_covered or (is_ordinary and not beside.is_capital):
            return False
        if differ_in_case(name, beside):
            return beside.is_initial or (beside.likelihood >= limits.alone and self._is_unusual(beside))
        least = limits.beside if beside.is_capital else limits.context
        return beside.is_initial or beside.likelihood >= (limits.capital if is_ordinary else least)

    def _mark_ordinary(self) -> None:
        rules = self._rules
        for word, after in pairwise([*self._words, None]):
            if word and not (word.lower in rules.listed or word.lower in rules.also_words):
                behind = after.lower if after and are_joined(self._text, word, after) else ""
                word.is_ordinary = word.text in rules.past_tenses or is_ordinary(
                    word.text, behind, rules.objects, rules.determiners
                )

    def _is_ordinary(self, word: Word) -> bool:
        return word.is_ordinary or word.lower in self._rules.not_names

    def _is_plain(self, word: Word) -> bool:
        """Not known as a name, and a word of the documents in a hurry, or one that begins a sentence and ends
        as adjectives do: the recogniser is wont to take both for names."""
        if word.is_capital or word.lower in self._rules.listed or word.lower in self._rules.also_words:
            return False
        if word.text.islower():
            return any(map(self._is_published, meant_words(word.text)))
        return word.lower.endswith(self._rules.adjective_endings)

    def _is_unusual(self, word: Word) -> bool:
        """Not so if the documents write it in small letters."""
        return self._is_listed(word) or not self._is_published(word.lower)

    def _is_listed(self, word: Word) -> bool:
        # Short ones are also what hurried fingers make of other words.
        is_sure = (
            len(word.text) > _SHORT or word.score is None or word.score >= self._rules.thresholds.supported
        )
        return is_sure and word.lower in self._rules.listed

    def _is_both(self, word: Word) -> bool:
        return word.is_capital and word.lower in self._rules.also_words

    def _mark(self, words: Sequence[Word]) -> None:
        for word in words:
            word.is_name = word.is_name or not self._is_ordinary(word)

    def _within(self, span: Span) -> list[Word]:
        first = bisect_left(self._words, span[0], key=lambda word: word.start)
        last = bisect_right(self._words, span[1], lo=first, key=lambda word: word.end)
        return self._words[first:last]


def _matches(patterns: Patterns, text: str) -> Iterator[Span]:
    for pattern in patterns:
        group = "detail" if "detail" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            yield match.span(group)
