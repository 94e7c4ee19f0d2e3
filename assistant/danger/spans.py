"""Where phrases stand in a text, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from assistant.danger.chart import Chart, each


class Spans:
    """Of a chart to which nothing more is added. Places are words, counted from 0."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._stops = list(each(chart.stops))
        self._starts: dict[str, list[int]] = {}
        self._sentences: dict[str, set[int]] = {}

    def found(self, tag: str) -> list[tuple[int, int]]:
        return self._chart.found(tag)

    def starts(self, tag: str) -> list[int]:
        if tag not in self._starts:
            self._starts[tag] = [start for start, _ in self._chart.found(tag)]
        return self._starts[tag]

    def any(self, tags: Iterable[str]) -> bool:
        return any(tag in self._chart.spans for tag in tags)

    def sentence(self, place: int) -> int:
        """The number of the sentence; a full stop belongs to the one after it."""
        return bisect_right(self._stops, place)

    def sentences(self, tag: str) -> set[int]:
        if tag not in self._sentences:
            self._sentences[tag] = {self.sentence(start) for start in self.starts(tag)}
        return self._sentences[tag]

    def ends_at(self, tag: str, place: int) -> bool:
        """Whether one ends before the place, of whatever length."""
        return bool(self._chart.ends(tag) >> place & 1)

    def together(self, one: int, other: int) -> bool:
        return self.sentence(one) == self.sentence(other)

    def between(self, tag: str, first: int, before: int) -> bool:
        """Whether one begins at `first` or later, and before `before`."""
        starts = self.starts(tag)
        at = bisect_left(starts, first)
        return at < len(starts) and starts[at] < before

    def near(self, tag: str, place: int, first: int, before: int) -> bool:
        """As `between`, in the sentence of the place."""
        begin, end = self._bounds(place)
        return self.between(tag, max(first, begin), min(before, end))

    def since(self, tag: str, place: int) -> bool:
        """Whether one begins in the sentence of the place, or in an earlier one."""
        starts = self.starts(tag)
        return bool(starts) and starts[0] < self._bounds(place)[1]

    def latest(self, tag: str, place: int) -> int | None:
        """Where the last one begins that begins in the same sentence, before the place."""
        starts = self.starts(tag)
        at = bisect_left(starts, place) - 1
        return starts[at] if at >= 0 and starts[at] >= self._bounds(place)[0] else None

    def _bounds(self, place: int) -> tuple[int, int]:
        """The first word of the sentence, and the one after its last."""
        number = self.sentence(place)
        begin = self._stops[number - 1] if number else 0
        return begin, self._stops[number] if number < len(self._stops) else self._chart.size + 1
