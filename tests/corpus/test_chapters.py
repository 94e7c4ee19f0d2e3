"""A chapter that a text refers to is found by number and title, or not at all."""

from __future__ import annotations

import pytest

import corpus.chapters
from corpus.chapters import Chapter, Chapters
from corpus.procedures import Anchored, ReadProcedure, Reference, ReferenceSort

LIBRARY = [
    Chapter("own", "Making a referral", "2.1"),
    Chapter("strategy", "Strategy discussions", "2.3"),
    Chapter("neglect", "2.4 Neglect & emotional abuse", "2.4"),
    Chapter("other-manual", "Visits", "2.3"),
]
HEADINGS = [("own", "7.1", "7.1 Complaints", "7.1"), ("other-manual", "9.9", "9.9 Appeals", "appeals")]


def target(
    number: str | None, title: str | None, sort: ReferenceSort = ReferenceSort.CHAPTER
) -> tuple[str | None, str | None]:
    reference = Reference(sort, Anchored("own", 1, "a", 0, 3, "See"), number, title)
    read = ReadProcedure("own", 1, "Making a referral", "2.1", "1", references=(reference,))
    (found,) = Chapters(LIBRARY, HEADINGS).resolved(read).references
    return found.document_id, found.target_anchor


@pytest.mark.parametrize(
    ("number", "title", "expected"),
    [
        ("2.3", "Strategy discussions", "strategy"),
        ("2.4", None, "neglect"),
        (None, "Neglect and Emotional Abuse", "neglect"),
        ("8.8", "Strategy Discussions", "strategy"),
        ("2.3", None, None),
        ("8.8", "Nothing", None),
        (None, None, None),
    ],
)
def test_documents(number: str | None, title: str | None, expected: str | None) -> None:
    assert target(number, title) == (expected, None)


def test_a_chapter_inside_the_manual_itself_or_inside_another() -> None:
    assert target("7.1", None) == ("own", "7.1")
    assert target(None, "Appeals") == ("other-manual", "appeals")


def test_guidance_is_found_by_its_title_and_statute_never() -> None:
    assert target(None, "Visits", ReferenceSort.GUIDANCE) == ("other-manual", None)
    assert target(None, "Visits", ReferenceSort.LEGISLATION) == (None, None)


def test_a_reference_costs_no_look_through_all_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    headings = [("own", f"8.{n}", f"8.{n} Heading {n}", f"8.{n}") for n in range(500)]
    chapters = Chapters(LIBRARY, headings)
    compared: list[str] = []
    plain = corpus.chapters._plain
    monkeypatch.setattr(corpus.chapters, "_plain", lambda title: compared.append(title) or plain(title))
    reference = Reference(ReferenceSort.CHAPTER, Anchored("own", 1, "a", 0, 3, "See"), None, "Heading 499")

    read = ReadProcedure("own", 1, "Making a referral", "2.1", "1", references=(reference,))
    assert chapters.resolved(read).references[0].target_anchor == "8.499"
    assert set(compared) == {"Heading 499"}
