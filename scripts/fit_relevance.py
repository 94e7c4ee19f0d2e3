"""Set when a review bears on a theme by its best points together, by the development half of the themes.

    python -m scripts.fit_relevance --data DIR [--cases tests/cases/themes.yaml]

DIR holds a store over the sample library; what is set is for its embedder. Printed is, for each way to weigh
the points, how many relevant reviews are found besides those that one point brings in, before the first wrong
one, the second and so on; then what `relevance.yaml` holds of it, for the way that finds most with no wrong
one: `together_above` halfway between the last review that is taken and the first wrong one, `together_least`
just below the best point of all that are relevant and taken, so that a theme of which the library knows
nothing brings in none.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from assistant.sessions.bearing import Named, together
from assistant.sessions.finder import Finder
from assistant.sessions.sources import Shelf
from assistant.themes import Themes
from corpus.settings import Settings
from corpus.store import Store

WAYS = ((1.0,), (1.0, 0.5), (1.0, 1.0), (1.0, 0.5, 0.25), (1.0, 1.0, 0.5), (1.0, 1.0, 1.0))
SHOWN_WRONG = 5


class Judged(NamedTuple):
    """A review and one theme that no single point of it brings it in for."""

    own: tuple[float, ...]
    scores: tuple[float, ...]
    is_relevant: bool

    def together(self, way: Sequence[float]) -> float:
        return together(self.own, self.scores, {"together": way, "together_least": -math.inf})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cases", type=Path, default=Path("tests/cases/themes.yaml"))
    given = parser.parse_args()
    cases = yaml.safe_load(given.cases.read_text(encoding="utf-8"))["themes"]
    settings = Settings(data_dir=given.data)
    with Store(settings, "fit") as store:
        finder = Finder(store, settings.retrieval, Shelf(store.register))
        finder.limits = finder.limits | {"together": []}
        judged = [each for case in cases if case["half"] == "dev" for each in _judged(finder, case)]
    found = {way: _found(judged, way) for way in WAYS}
    for way, counts in found.items():
        print(way, "found besides before each wrong one:", *counts)
    best = max(WAYS, key=lambda way: (found[way][0], sum(found[way])))
    count = found[best][0]
    if not count:
        print("together: none, for a wrong one comes first")
        return
    ordered = sorted(judged, key=lambda each: -each.together(best))
    above = (ordered[count - 1].together(best) + ordered[count].together(best)) / 2
    least = math.floor(min(each.own[0] for each in ordered[:count]))
    print(f"together: {list(best)}", f"together_above: {above:.2f}", f"together_least: {least}", sep="\n")


def _judged(finder: Finder, case: dict[str, Any]) -> Iterator[Judged]:
    """Those that touch the theme in passing count neither way, nor do those of which the list of themes
    decides."""
    found = finder.standings(case["theme"])
    scores = tuple(point.score for each in found for point in each.points)
    named = Named(case["theme"], Themes.load())
    for each in found:
        is_settled = bool(each.bears) or named.is_missed_by(each.source)
        if not is_settled and each.source.id not in case.get("arguable", ()):
            own = tuple(point.score for point in each.points)
            yield Judged(own, scores, each.source.id in case["relevant"])


def _found(judged: Sequence[Judged], way: Sequence[float]) -> list[int]:
    """How many relevant ones stand before the first wrong one, before the second, and so on."""
    counts, found = [], 0
    for each in sorted(judged, key=lambda each: -each.together(way)):
        found += each.is_relevant
        if not each.is_relevant:
            counts.append(found)
    return counts[:SHOWN_WRONG]


if __name__ == "__main__":
    main()
