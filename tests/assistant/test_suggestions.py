from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.suggestions import Suggestions
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from tests.api.making import BRIEFING, open_store, settings_for, write_library
from tests.stand_ins import WordsEmbedder

DAY = date(2026, 11, 26)


def chapter(number: int, *headings: str) -> str:
    parts = [f"---\ntitle: Chapter {number}\nkind: procedure\n---\n# {number} Chapter {number}"]
    for at, heading in enumerate(headings, 1):
        parts += [f"## {heading}", f"{number}.{at} Somebody must act."]
    return "\n\n".join(parts)


FILES = {
    "1.md": chapter(1, "When a child must be seen", "Records of the meeting held", "Scope"),
    "2.md": chapter(2, "Records of the meeting held", "Section 47 enquiries and the police"),
    "3.md": chapter(3, "FGM: what to look for", "Is it private, or should the child be looked after?"),
    "family.md": BRIEFING,
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    library = write_library(tmp_path / "library", FILES)
    return open_store(settings_for(tmp_path / "data"), library, WordsEmbedder())


def questions(store: Store, limit: int = 3) -> set[str]:
    suggestions = Suggestions(store.register)
    return {each.question for day in range(6) for each in suggestions.on(DAY + timedelta(day), limit)}


def test_questions_are_made_of_headings_that_say_enough(store: Store) -> None:
    with store:
        assert questions(store) == {
            "What does “Chapter 1” say about when a child must be seen?",
            "What does “Chapter 2” say about Section 47 enquiries and the police?",
            "What does “Chapter 3” say about FGM: what to look for?",
            "Chapter 3: is it private, or should the child be looked after?",
        }


def test_each_of_a_day_comes_from_another_document_and_days_differ(store: Store) -> None:
    with store:
        suggestions = Suggestions(store.register)
        today = suggestions.on(DAY, 3)
        assert len({each.document_id for each in today}) == 3
        assert today == Suggestions(store.register).on(DAY, 3)
        assert today != suggestions.on(DAY + timedelta(1), 3)


def test_a_changed_library_is_looked_at_anew(store: Store, tmp_path: Path) -> None:
    with store:
        suggestions = Suggestions(store.register)
        before = suggestions.on(DAY, 3)
        (tmp_path / "library" / "1.md").unlink()
        IngestPipeline(store, settings_for(tmp_path / "data").ingest).run([tmp_path / "library"])
        assert {each.title for each in before} == {"Chapter 1", "Chapter 2", "Chapter 3"}
        assert {each.title for each in suggestions.on(DAY, 3)} == {"Chapter 2", "Chapter 3"}


def test_an_empty_library_suggests_nothing(tmp_path: Path) -> None:
    with Store(settings_for(tmp_path), "test", WordsEmbedder()) as empty:
        assert Suggestions(empty.register).on(DAY, 3) == []
