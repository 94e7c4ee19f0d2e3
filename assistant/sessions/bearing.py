"""Which reviews bear on a theme, and which of their points.

Those points bear on it that come far nearer to it than most do; so does a review whose best points come near
together. A point may come near by one word alone ("county boundary" to "county lines"): where the library's
list of themes knows what is meant, its words decide. Otherwise a review that does not use every word of the
theme ("parking permits", "climate change") has to come nearer to it than one that does.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evidence import stems_of as content_of
from assistant.sessions.material import Learning
from assistant.sessions.sources import Source
from assistant.themes import Theme, Themes, stems_of


@dataclass(frozen=True, slots=True)
class Bearing:
    """A point of learning that bears on a theme; `score` orders those of one theme."""

    learning: Learning
    score: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A review with its points, best first; `bears`: those of them that bear on the theme."""

    source: Source
    points: tuple[Bearing, ...]
    bears: tuple[Bearing, ...]


def standings(found: Sequence[Bearing], named: Named, limits: dict[str, Any], usual: int) -> list[Standing]:
    """Of the reviews of which a point was found; that first of which most points bear on the theme. `found`
    is best first, and may hold a point several times; by its first `usual` is told how near most points come.
    """
    best: dict[tuple[str, int], Bearing] = {}
    for each in found:
        best.setdefault(each.learning.key, each)
    of_review: defaultdict[str, list[Bearing]] = defaultdict(list)
    for each in best.values():
        of_review[each.learning.source.id].append(each)
    meant = [each for each in found if not named.is_missed_by(each.learning.source)]
    clear = _clear(found[:usual], meant, limits)
    scores = [each.score for each in best.values()]
    made = []
    for points in of_review.values():
        source, own = points[0].learning.source, [each.score for each in points]
        least = clear
        if named.is_missed_by(source):
            least = math.inf
        elif named.is_in_title_of(source) or _are_near(own, scores, limits):
            least = min(clear, own[0] - limits["near"])
        elif not named.is_wholly_said_in(source):
            least = max(clear, limits["unsaid"])
        bears = tuple(each for each in points if each.score >= least)
        made.append(Standing(source, tuple(points), bears))
    return sorted(made, key=lambda each: (-len(each.bears), -each.points[0].score))


def together(own: Sequence[float], scores: Sequence[float], limits: dict[str, Any]) -> float:
    """How far the best of a review's `own` points, weighed together, stand above the middle of all `scores`;
    where there are fewer, the lowest of all fills their places. Nothing where not even the best one is near,
    or nothing was set for the embedder."""
    weights: list[float] = limits["together"]
    if not weights or own[0] < limits["together_least"]:
        return -math.inf
    filled = [*own, *(min(scores) for _ in weights)][: len(weights)]
    mean = sum(a * b for a, b in zip(filled, weights, strict=True)) / sum(weights)
    return mean - statistics.median(scores)


def _are_near(own: Sequence[float], scores: Sequence[float], limits: dict[str, Any]) -> bool:
    return together(own, scores, limits) >= float(limits["together_above"])


def _clear(usual: Sequence[Bearing], meant: Sequence[Bearing], limits: dict[str, Any]) -> float:
    """The score from which on a point bears on the theme by itself."""
    if not usual or not meant:
        return math.inf
    middle = statistics.median(each.score for each in usual)
    apart: float = max(limits["least"], middle + limits["above"])
    clear: float = max(min(limits["sure"], apart), meant[0].score - limits["lead"])
    return clear


class Named:
    """A theme as the library's own list of themes knows it ("county lines" is one of exploitation's words).

    A review that never uses a word of it has no learning on it, however near it comes otherwise; one that has
    it in its title has, where the theme is about nothing else.
    """

    def __init__(self, theme: str, themes: Themes) -> None:
        stems = stems_of(theme)
        self._asked = content_of(theme)
        self._themes = [each for each in themes.by_name.values() if each.is_in(stems)]
        self._held = {
            stem for each in self._themes for phrase in _said(each, stems) for stem in phrase.split()
        }

    def is_missed_by(self, source: Source) -> bool:
        """False where the list does not know the theme."""
        return bool(self._themes) and not self._is_in(source.version.text)

    def is_in_title_of(self, source: Source) -> bool:
        """Whether the title is about it, and the theme about nothing besides."""
        is_whole = self._asked <= self._held | content_of(source.title)
        return is_whole and self._is_in(source.title)

    def is_wholly_said_in(self, source: Source) -> bool:
        """Whether the review uses each word of the theme that means something."""
        return self._asked <= content_of(source.version.text)

    def _is_in(self, text: str) -> bool:
        stems = stems_of(text)
        return any(each.is_in(stems) for each in self._themes)


def _said(theme: Theme, stems: str) -> list[str]:
    return [phrase for phrase in theme.phrases if phrase in stems]
