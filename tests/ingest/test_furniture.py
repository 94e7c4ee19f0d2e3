"""What a document says of itself stays in its text, and no question finds it."""

from __future__ import annotations

import pytest

from corpus.documents import Kind
from ingest.splitting import split
from ingest.structure import structure
from tests.ingest.making import heading, paragraph, reading, table

DUTY = "9.9.1 A keeper must look at each hive every 9 days."
ROW = "Paragraph 9.9.1 now says how often each hive is looked at."


def passages_of(title: str, dates: str = "Last reviewed: 9 March 2026") -> tuple[str, list[str]]:
    blocks = [
        heading("9.9 Keeping bees", 1),
        paragraph(dates),
        paragraph(DUTY),
        heading(title),
        *table(("Date", "Change"), ("9 March 2026", ROW)),
    ]
    document = structure(reading(*blocks), "9.9.md", Kind.PROCEDURE)
    return document.text, [passage.text for passage in split("bees", document)]


@pytest.mark.parametrize(
    "title",
    ["Amendments", "Amendment history", "Version control", "9.9.4 Document history", "List of changes"],
)
def test_a_list_of_amendments_makes_no_passage(title: str) -> None:
    text, passages = passages_of(title)
    assert ROW in text
    assert passages == [DUTY]


@pytest.mark.parametrize(
    "dates",
    [
        "Next review: March 2027",
        "Reviewed 9/3/2026",
        "Last reviewed: 9 March 2026 | Next review due: 9 March 2027",
    ],
)
def test_review_dates_make_no_passage(dates: str) -> None:
    assert passages_of("Amendments", dates)[1] == [DUTY]


@pytest.mark.parametrize("title", ["Changes in the colony", "Review", "Recording"])
def test_a_heading_that_only_sounds_like_it_keeps_its_words(title: str) -> None:
    assert any(ROW in passage for passage in passages_of(title)[1])


def test_a_sentence_with_a_date_is_no_review_date() -> None:
    sentence = "Reviewed cases from March 2026 must be kept for 9 years."
    assert sentence in passages_of("Amendments", sentence)[1]
