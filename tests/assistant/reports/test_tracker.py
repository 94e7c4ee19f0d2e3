"""What briefings recommend beside what procedures say, and what was recorded of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.reports.context import ReportContext
from assistant.reports.notes import Note, Notes, Progress
from assistant.reports.recommendations import recommendations_of
from assistant.reports.tracker import Tracked, one_tracked, recommendations, tracked
from corpus.embedding import Embedder, open_embedder
from corpus.errors import NotFound
from corpus.passages import digest
from corpus.settings import EmbeddingSettings
from tests.assistant.reports.making import TODAY, briefing, chapter, context_of
from tests.quick_library import QuickLibrary

MET = (
    "The partnership should make sure that a strategy meeting is held when a child has been missing for more "
    "than 48 hours."
)
HALF = (
    "Schools should tell the social worker before a child who is exploited is excluded, and should offer the "
    "child a mentor, a bus pass and a meal every day."
)
UNMET = (
    "The council should require that interpreters for interviews about sexual harm are trained, briefed "
    "beforehand and debriefed afterwards."
)
FILES = {
    "briefing.md": briefing("Learning from Child Z", MET, HALF, UNMET),
    "5.2.md": chapter(
        "5.2",
        "Missing children",
        "The manager must call a strategy meeting when a child has been missing for more than 48 hours.",
        "The police must be told at once when a child cannot be found.",
    ),
    "5.1.md": chapter(
        "5.1",
        "Exploitation",
        "A headteacher should tell the social worker before a child who is exploited is excluded.",
        "Debt keeps children in a group.",
    ),
}


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    """The real one: likeness of meaning is what the tracker rests on."""
    return open_embedder(EmbeddingSettings())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[QuickLibrary]:
    made = QuickLibrary(tmp_path_factory.mktemp("tracker"), FILES, embedder)
    yield made
    made.close()


@pytest.fixture(scope="module")
def context(library: QuickLibrary, embedder: Embedder) -> ReportContext:
    return context_of(library, embedder)


@pytest.fixture(scope="module")
def by_anchor(context: ReportContext) -> dict[str, Tracked]:
    return {each.recommendation.anchor: each for each in tracked(context)}


@pytest.mark.parametrize(
    ("anchor", "verdict", "place"),
    [
        ("recommendation-1", "meets", "5.2.1"),
        ("recommendation-2", "partly", "5.1.1"),
        ("recommendation-3", "nothing found", None),
    ],
)
def test_what_was_planted_is_told_apart(
    anchor: str, verdict: str, place: str | None, by_anchor: dict[str, Tracked]
) -> None:
    found = by_anchor[anchor]
    assert found.match.verdict.value == verdict
    assert [cited.anchor for cited in found.citations][:1] == ([place] if place else [])


def test_both_sides_are_quoted_exactly(by_anchor: dict[str, Tracked], library: QuickLibrary) -> None:
    found = by_anchor["recommendation-1"]
    own = found.recommendation
    assert own.body == "the partnership"
    assert library.register.quote(own.document_id, own.version, own.start, own.end) == own.text
    for cited in found.citations:
        words = library.register.quote(cited.document_id, cited.version, cited.start, cited.end)
        assert words == cited.quote
        assert digest(words) == cited.sha256


def test_what_is_asked_is_told_from_whom_it_is_asked_of(context: ReportContext) -> None:
    asked = [each.asked for each in recommendations_of(context.documents)]
    assert asked[0] == "a strategy meeting is held when a child has been missing for more than 48 hours"
    assert asked[2].startswith("require that interpreters")


def test_lettered_points_are_tracked_one_by_one(tmp_path: Path) -> None:
    whole = "Schools should tell the police."
    parted = "The council should ensure that:\n\n- a) every child is seen; and\n- b) every record is dated."
    library = QuickLibrary(tmp_path, {"briefing.md": briefing("Learning", whole, parted)})
    found = tracked(context_of(library))
    library.close()
    assert [(each.recommendation.anchor, each.recommendation.asked) for each in found] == [
        ("recommendation-1", "tell the police"),
        ("recommendation-2-a", "every child is seen; and"),
        ("recommendation-2-b", "every record is dated"),
    ]
    assert {each.match.verdict.value for each in found} == {"nothing found"}


def test_what_is_recorded_stands_beside_it_until_it_is_emptied(
    context: ReportContext, library: QuickLibrary
) -> None:
    own = one_tracked(context, "briefing", "recommendation-2").recommendation
    notes = Notes(library.engine)
    note = Note(
        "briefing", own.anchor, Progress.UNDER_WAY, "Head of education", TODAY, "Audit", digest(own.text)
    )
    notes.put(note)
    row = recommendations(context).rows[1]
    assert (row["progress"], row["owner"], row["due"], row["evidence"]) == (
        "under way",
        "Head of education",
        date(2026, 3, 2),
        "Audit",
    )
    assert not one_tracked(context, "briefing", own.anchor).is_stale

    notes.put(Note("briefing", own.anchor, Progress.OPEN, "", None, "", digest("other words")))
    assert notes.all() == {}


def test_a_note_on_other_words_says_so(context: ReportContext, library: QuickLibrary) -> None:
    notes = Notes(library.engine)
    notes.put(Note("briefing", "recommendation-3", Progress.DONE, "", None, "Audit", digest("before")))
    assert one_tracked(context, "briefing", "recommendation-3").is_stale


def test_a_recommendation_that_is_not_there_is_not_found(context: ReportContext) -> None:
    with pytest.raises(NotFound):
        one_tracked(context, "briefing", "recommendation-9")
