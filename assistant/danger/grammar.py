"""A small cascade of finite-state rules over words (Abney 1996, "Partial parsing via finite-state cascades").

A phrase is a list of patterns, a pattern a row of elements, divided by spaces:

    word   a word as it is read      <tag>  a phrase, or a class of words
    a|<b>  either                    a_b    a, then b, as one choice of several
    x?     x or nothing              x*     up to six of x
    ..3    up to three words of any sort, none of them a full stop
    !x     what follows is not x     -x     what went before is not x
    ^      a sentence begins here    $      a clause may end here

All ways in which a pattern can match are followed at once: the time taken never grows with their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.danger.chart import Chart, Places, each

_ELEMENT = re.compile(r"\.\.(?P<width>\d+)|(?P<sign>[!-]?)(?P<options>[^\s?*]+)(?P<times>[?*]?)")
_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One or more words: any of these symbols, once, at most once, or up to six times."""

    options: tuple[str, ...]
    optional: bool
    repeated: bool

    def __call__(self, chart: Chart, reached: Places) -> Places:
        stepped = fresh = self._once(chart.spans, reached)
        if self.repeated:
            for _ in range(_REPEATS):
                if not fresh:
                    break
                fresh = self._once(chart.spans, fresh)
                stepped |= fresh
        return stepped | reached if self.optional else stepped

    def _once(self, spans: Mapping[str, Mapping[int, Places]], reached: Places) -> Places:
        ends = 0
        for option in self.options:
            if option in spans:
                for length, starts in spans[option].items():
                    ends |= (reached & starts) << length
        return ends


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `width` words, none of them a full stop."""

    width: int

    def __call__(self, chart: Chart, reached: Places) -> Places:
        crossed = fresh = reached
        for _ in range(self.width):
            fresh = (fresh & ~chart.stops) << 1
            crossed |= fresh
        return crossed


@dataclass(frozen=True, slots=True)
class NotNext:
    options: tuple[str, ...]

    def __call__(self, chart: Chart, reached: Places) -> Places:
        for option in self.options:
            reached &= ~chart.starts(option)
        return reached


@dataclass(frozen=True, slots=True)
class NotBefore:
    options: tuple[str, ...]

    def __call__(self, chart: Chart, reached: Places) -> Places:
        for option in self.options:
            reached &= ~chart.ends(option)
        return reached


Element = Step | Gap | NotNext | NotBefore


@dataclass(frozen=True, slots=True)
class Pattern:
    """`needed` are the steps that no match is without, `openers` the symbols with which one may begin."""

    tag: str
    elements: tuple[Element, ...]
    needed: tuple[Step, ...]
    openers: tuple[str, ...]

    @property
    def symbols(self) -> set[str]:
        return {
            option for element in self.elements if not isinstance(element, Gap) for option in element.options
        }

    def matches(self, chart: Chart) -> Iterator[tuple[int, Places]]:
        """Each length of a match, with places where one so long begins."""
        spans = chart.spans
        symbols = spans.keys()
        for step in self.needed:
            if symbols.isdisjoint(step.options):
                return
        if len(self.elements) == 1:
            for option in self.openers:
                yield from list(spans.get(option, {}).items())
            return
        starts = 0
        for option in self.openers:
            if option in spans:
                for places in spans[option].values():
                    starts |= places
        for start, ends in self._ends_by_start(chart, starts):
            for end in each(ends):
                yield end - start, 1 << start

    def _ends_by_start(self, chart: Chart, starts: Places) -> Iterator[tuple[int, Places]]:
        """Halves the starts until each stands alone, and leaves out at once the halves that lead nowhere."""
        ends = self._ends(chart, starts)
        if not ends:
            return
        if starts & (starts - 1) == 0:
            yield starts.bit_length() - 1, ends
            return
        half = (starts.bit_length() + (starts & -starts).bit_length()) // 2
        lower = starts & ((1 << half) - 1)
        yield from self._ends_by_start(chart, lower)
        yield from self._ends_by_start(chart, starts ^ lower)

    def _ends(self, chart: Chart, reached: Places) -> Places:
        for element in self.elements:
            reached = element(chart, reached)
            if not reached:
                break
        return reached


def patterns(tag: str, sources: Sequence[str]) -> list[Pattern]:
    """Raises ValueError for a pattern that begins with a gap or needs no word at all."""
    return [_pattern(tag, source) for source in sources]


def _pattern(tag: str, source: str) -> Pattern:
    elements = tuple(_element(match) for match in _ELEMENT.finditer(source))
    steps = [element for element in elements if isinstance(element, Step)]
    needed = tuple(step for step in steps if not step.optional)
    if not needed or isinstance(elements[0], Gap):
        raise ValueError(f"The pattern {source!r} of {tag} has no beginning of its own.")
    first = steps[: steps.index(needed[0]) + 1]
    return Pattern(tag, elements, needed, tuple(option for step in first for option in step.options))


def _element(match: re.Match[str]) -> Element:
    if match["width"]:
        return Gap(int(match["width"]))
    options = tuple(match["options"].split("|"))
    if match["sign"]:
        return NotNext(options) if match["sign"] == "!" else NotBefore(options)
    return Step(options, optional=match["times"] in ("?", "*"), repeated=match["times"] == "*")
