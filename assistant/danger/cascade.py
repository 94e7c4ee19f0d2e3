"""The rules in the order of their use: a phrase after those that it is made of, and only where it can match.

Each pattern waits for its rarest word or phrase, so that a text is read past nearly all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from assistant.danger.chart import GIVEN, Chart
from assistant.danger.grammar import Pattern, Step, patterns

_SELDOM = 1.0

Tags = Mapping[str, Iterable[str]]
"""The tags of each word."""


@dataclass(frozen=True, slots=True)
class Words:
    """`often`: how often a word stands in a thousand, if it is a common one."""

    tags: Tags
    often: Mapping[str, float]


class Cascade:
    """`phrases`: the patterns behind each tag. `given`: the tags that another cascade has found before.

    Raises ValueError for a tag that nothing defines.
    """

    def __init__(self, words: Words, phrases: Mapping[str, Sequence[str]], given: Iterable[str] = ()) -> None:
        compiled = {tag: patterns(tag, sources) for tag, sources in phrases.items()}
        self.classes = _single_words(compiled)
        for joined in sorted(symbol for symbol in _symbols(compiled) if "_" in symbol):
            compiled[joined] = patterns(joined, [joined.replace("_", " ")])
        self.tags = frozenset(compiled)
        self.symbols = _symbols(compiled) | self.classes.keys()
        of_words = {tag for tags in words.tags.values() for tag in tags}
        lacking = {s for s in self.symbols if s.startswith("<")} - self.tags - of_words - GIVEN - set(given)
        if lacking:
            raise ValueError(f"No phrase and no class is called {', '.join(sorted(lacking))}.")
        self._patterns = _in_order(compiled)
        self._waiting = _waiting(self._patterns, _weights(words, self.classes, self._patterns))

    def run(self, chart: Chart) -> None:
        """Adds the phrases that are found to the chart."""
        waiting = self._waiting
        due = sorted({number for symbol in chart.spans.keys() & waiting.keys() for number in waiting[symbol]})
        queued = set(due)
        while due:
            pattern = self._patterns[heappop(due)]
            for length, places in pattern.matches(chart):
                if chart.add(pattern.tag, places, length):
                    for number in waiting.get(pattern.tag, ()):
                        if number not in queued:
                            queued.add(number)
                            heappush(due, number)


def _symbols(compiled: Mapping[str, Iterable[Pattern]]) -> set[str]:
    return {symbol for each in compiled.values() for pattern in each for symbol in pattern.symbols}


def _single_words(compiled: Mapping[str, list[Pattern]]) -> dict[str, set[str]]:
    """Takes patterns of one word out of the rules: such a tag is a class of words.

    Gives the tags of each word.
    """
    classes: dict[str, set[str]] = {}
    for tag, each in compiled.items():
        for pattern in list(each):
            options = pattern.needed[0].options
            if len(pattern.elements) == 1 and all(map(_is_word, options)):
                each.remove(pattern)
                for word in options:
                    classes.setdefault(word, set()).add(tag)
    return classes


def _is_word(symbol: str) -> bool:
    return not symbol.startswith("<") and "_" not in symbol and symbol not in GIVEN


def _in_order(compiled: Mapping[str, Sequence[Pattern]]) -> list[Pattern]:
    used = {
        tag: {symbol for pattern in each for symbol in pattern.symbols} & compiled.keys()
        for tag, each in compiled.items()
    }
    return [pattern for tag in TopologicalSorter(used).static_order() for pattern in compiled[tag]]


def _weights(words: Words, classes: Tags, ordered: Iterable[Pattern]) -> dict[str, float]:
    """How often each symbol is to be expected, roughly."""
    weights = dict(words.often)
    for tags_of in (words.tags, classes):
        for word, tags in tags_of.items():
            for tag in tags:
                weights[tag] = weights.get(tag, 0.0) + weights.get(word, _SELDOM)
    for pattern in ordered:
        rarest = min(_weight(step, weights) for step in pattern.needed)
        weights[pattern.tag] = weights.get(pattern.tag, 0.0) + rarest
    return weights


def _weight(step: Step, weights: Mapping[str, float]) -> float:
    return sum(weights.get(option, _SELDOM) for option in step.options)


def _waiting(ordered: Sequence[Pattern], weights: Mapping[str, float]) -> dict[str, list[int]]:
    """The numbers of the patterns that wait for each symbol."""
    waiting: dict[str, list[int]] = {}
    for number, pattern in enumerate(ordered):
        rarest = min(pattern.needed, key=lambda step: _weight(step, weights))
        for option in rarest.options:
            waiting.setdefault(option, []).append(number)
    return waiting
