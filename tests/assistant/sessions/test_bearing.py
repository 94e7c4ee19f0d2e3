"""A review bears on a theme by its best points, and by the words of themes that the library lists."""

from __future__ import annotations

from assistant.sessions.bearing import Bearing, Named, Standing, standings
from assistant.sessions.material import Briefing
from assistant.themes import Themes
from corpus.store import Store
from tests.assistant.sessions.reading import source

LIMITS = {
    "above": 6.0,
    "least": 10.0,
    "sure": 30.0,
    "lead": 4.0,
    "near": 3.0,
    "unsaid": 19.0,
    "together": [1.0, 0.5],
    "together_above": 4.0,
    "together_least": 15.0,
}
THEME = "children"
ONE, OTHER = "family-d-long-term-neglect", "child-b-concealed-pregnancy"
EXPLOITED = "child-m-criminal-exploitation"


def _standings(library: Store, theme: str, scores: dict[str, list[float]]) -> dict[str, Standing]:
    briefings = {each: Briefing(source(library, each)) for each in scores}
    found = [
        Bearing(point, score)
        for document, own in scores.items()
        for point, score in zip(briefings[document].learning, own, strict=False)
    ]
    found.sort(key=lambda each: -each.score)
    made = standings(found, Named(theme, Themes.load()), LIMITS, len(found))
    return {each.source.id: each for each in made}


def test_a_point_that_stands_far_above_most_bears(library: Store) -> None:
    found = _standings(library, THEME, {ONE: [20.0, 12.0, 12.0, 12.0], OTHER: [16.5, 12.0, 12.0, 12.0]})

    assert [each.score for each in found[ONE].bears] == [20.0]
    assert not found[OTHER].bears


def test_two_points_that_come_near_tell_as_much_as_one_by_far(library: Store) -> None:
    scores = {ONE: [17.5, 17.0, 12.0, 12.0, 12.0], OTHER: [17.5, 12.0, 12.0, 12.0]}
    found = _standings(library, THEME, scores)

    assert [each.score for each in found[ONE].bears] == [17.5, 17.0]
    assert not found[OTHER].bears


def test_county_lines_brings_in_no_county_boundary(library: Store) -> None:
    low = [6.0, 5.5, 5.5, 5.0, 5.0, 5.0]
    found = _standings(library, "county lines", {OTHER: [19.0, 18.0, 18.0], EXPLOITED: low, ONE: low})

    assert not found[OTHER].bears
    assert not found[ONE].bears


def test_a_review_that_has_the_theme_in_its_title_bears_on_it(library: Store) -> None:
    low = [6.0, 5.5, 5.5, 5.0, 5.0, 5.0]

    assert _standings(library, "county lines", {OTHER: low, EXPLOITED: low})[EXPLOITED].bears
    assert not _standings(library, "county lines in our offices", {OTHER: low, EXPLOITED: low})[
        EXPLOITED
    ].bears


def test_a_theme_that_a_review_does_not_speak_of_brings_in_none_that_only_sounds_like_it(
    library: Store,
) -> None:
    scores = {ONE: [14.5, 8.0, 8.0, 8.0], OTHER: [8.0, 8.0, 8.0, 8.0]}

    assert not _standings(library, "climate change", scores)[ONE].bears
    assert _standings(library, "changes of worker", scores)[ONE].bears
    far = {ONE: [24.0, 8.0, 8.0, 8.0], OTHER: [8.0, 8.0, 8.0, 8.0]}
    assert _standings(library, "rule of optimism", far)[ONE].bears


def test_a_theme_of_which_nothing_is_known_brings_in_none(library: Store) -> None:
    found = _standings(library, "printer toner", {ONE: [9.0, 9.0, 9.0], OTHER: [1.0, 1.0, 1.0]})

    assert not any(each.bears for each in found.values())
