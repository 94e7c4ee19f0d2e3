"""What in the whole library bears on a theme or on a point of learning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from assistant.answers import Modality
from assistant.enquiry import Found
from assistant.fitted import fitted
from assistant.retriever import HybridRetriever
from assistant.sessions.bearing import Bearing, Named, Standing, standings
from assistant.sessions.limits import LIMIT
from assistant.sessions.material import Briefing, Learning
from assistant.sessions.rules import Rule, rule_of
from assistant.sessions.sources import Shelf, Source
from assistant.themes import Themes
from corpus.documents import Kind
from corpus.embedding import Vectors
from corpus.settings import RetrievalSettings
from corpus.store import Store

# A review that is about a theme as a whole may come near it by none of its points.
_DEPTH, _USUAL = 400, 60
_RULE_DEPTH = 10
_LINES_OF_ONE = 3
# Beyond that, what is found on a point strays from it.
_TURNS = 3
_OF_ONE_HEADING = 2


class Finder:
    """Over the live documents of one store, for the making of one pack."""

    def __init__(
        self, store: Store, settings: RetrievalSettings, shelf: Shelf, themes: Themes | None = None
    ) -> None:
        self._store = store
        self._themes = themes or Themes.load()
        self.limits: dict[str, Any] = fitted("relevance", store.embedder.fingerprint)
        self._shelf = shelf
        self.briefings = {each: Briefing(shelf.source(each)) for each in shelf.ids(Kind.BRIEFING)}
        self._settings = settings
        self._rule_books = frozenset(shelf.ids(Kind.PROCEDURE, Kind.GUIDANCE))
        self._in_reviews = HybridRetriever(store=store, settings=settings, hidden=self._rule_books)

    def bearing(self, theme: str) -> list[Standing]:
        """The reviews that bear on the theme, that first of which most points do; empty where none does."""
        return [each for each in self.standings(theme) if each.bears]

    def nearest(self, theme: str, count: int) -> list[Source]:
        """The reviews whose learning comes nearest to a theme, whether it bears on it or not."""
        return [each.source for each in self.standings(theme)[:count]]

    def standings(self, theme: str) -> list[Standing]:
        """How near each review comes to the theme, as they are ordered by `bearing`."""
        found = [(self._point(each), each.score) for each in self._in_reviews.search(theme, _DEPTH)]
        points = [Bearing(point, score) for point, score in found if point]
        usual = sum(point is not None for point, _ in found[:_USUAL])
        return standings(points, Named(theme, self._themes), self.limits, usual)

    def rules(self, points: Sequence[str], named: Iterable[str], count: int) -> list[Rule]:
        """What procedures and guidance ask on these points: a rule of each in turn, best first; where there
        are chapters whose number is among `named`, only they are asked."""
        retriever = self._reading_in(frozenset(named))
        queues = [self._rules(text, retriever) for text in points]
        chosen: dict[tuple[str, int], Rule] = {}
        of_heading: Counter[tuple[str, str]] = Counter()
        for _ in range(_TURNS):
            for queue in queues:
                fresh = [
                    each
                    for each in queue
                    if each.place not in chosen and of_heading[each.source.id, each.heading] < _OF_ONE_HEADING
                ]
                if fresh and len(chosen) < count:
                    chosen[fresh[0].place] = fresh[0]
                    of_heading[fresh[0].source.id, fresh[0].heading] += 1
        return list(chosen.values())

    def related(self, point: Learning) -> list[Learning]:
        """Points of other reviews that are near it in heading and in text, nearest first."""
        own = self._vectors.get(point.key)
        if own is None:
            return []
        limits = self.limits
        near = []
        for key, (heading, text) in self._vectors.items():
            likeness = float(own[0] @ heading), float(own[1] @ text)
            is_near = likeness[0] >= limits["related_heading"] and likeness[1] >= limits["related_text"]
            if key[0] != point.source.id and is_near:
                near.append((sum(likeness), key))
        return [self._points[key] for _, key in sorted(near, reverse=True)]

    def ordered(self, texts: Sequence[str], about: str, least: float = 0.0) -> list[int]:
        """Indexes of the texts, nearest to `about` first; without those whose likeness to it is less than the
        share `least` of the nearest one's."""
        if not texts:
            return []
        vectors = self._store.embedder.embed([about, *texts])
        likeness = vectors[1:] @ vectors[0]
        order = np.argsort(-likeness, kind="stable")
        return [int(each) for each in order if not least or likeness[each] >= least * likeness[order[0]]]

    def _reading_in(self, named: frozenset[str]) -> HybridRetriever:
        numbers = tuple(f"{number} " for number in named)
        books = {each: self._shelf.source(each) for each in self._rule_books} if numbers else {}
        chapters = frozenset(each for each, source in books.items() if _heading(source).startswith(numbers))
        hidden = frozenset(self.briefings) | (self._rule_books - chapters if chapters else frozenset())
        return HybridRetriever(store=self._store, settings=self._settings, hidden=hidden)

    def _rules(self, text: str, retriever: HybridRetriever) -> list[Rule]:
        """A line's own score counts, and its passage's place in the ranking (1, 1/2, 1/3, ...)."""
        limits = self.limits
        scored: list[tuple[float, Rule]] = []
        for place, found in enumerate(retriever.search(text, _RULE_DEPTH), start=1):
            source = self._shelf.source(found.live.document_id, found.live.version)
            for evidence in found.lines[:_LINES_OF_ONE]:
                rule = rule_of(source, found.live, evidence.line)
                if rule and evidence.score >= limits["rule"]:
                    duty = limits["duty"] * (rule.modality is not Modality.MAY)
                    timed = limits["timed"] * (LIMIT.search(rule.text) is not None)
                    scored.append((evidence.score + duty + timed + limits["place"] / place, rule))
        return [rule for _, rule in sorted(scored, key=lambda each: -each[0])]

    def _point(self, found: Found) -> Learning | None:
        return self._by_passage.get((found.live.document_id, found.live.passage.id))

    @cached_property
    def _points(self) -> dict[tuple[str, int], Learning]:
        return {point.key: point for briefing in self.briefings.values() for point in briefing.learning}

    @cached_property
    def _by_passage(self) -> dict[tuple[str, str], Learning]:
        return {
            (each.source.id, passage): each for each in self._points.values() for passage in each.passages
        }

    @cached_property
    def _vectors(self) -> dict[tuple[str, int], tuple[Vectors, Vectors]]:
        """Of each point: its heading's vector and its text's, both of length 1."""
        points = [point for point in self._points.values() if point.passages]
        if not points:
            return {}
        headings = self._store.embedder.embed([point.heading.text for point in points])
        stored = self._store.register.vectors([each for point in points for each in point.passages])
        found = {}
        for point, heading in zip(points, headings, strict=True):
            mean = np.mean([stored[each] for each in point.passages if each in stored], axis=0)
            found[point.key] = (heading, mean / np.linalg.norm(mean))
        return found


def _heading(source: Source) -> str:
    return next((each.heading for each in source.sections if each.heading), "")
