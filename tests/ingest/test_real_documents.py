"""Structure and passages of real guidance, briefings and inspection reports, read by the real readers."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.documents import Kind, Part
from ingest.blocks import BlockKind, Reading
from ingest.readers import markdown, pdf, text
from ingest.splitting import split
from ingest.structure import Structured, structure

KCSIE = "guidance/Keeping_children_safe_in_education_2025.txt"
FRAMEWORK = "guidance/Childrens_Social_Care_National_Framework_Dec_2023.txt"
SHARING = "guidance/Info_sharing_advice_content_May_2024.txt"
BRIEFING = "briefings/esscp-thematic-lcspr-learning-briefing.txt"
INSPECTION = "inspections/east-sussex-2024.pdf"
LIBRARY = Path(__file__).resolve().parents[2] / "corpus" / "library"


def read(path: Path) -> Reading:
    reader = {".txt": text.read, ".pdf": pdf.read, ".md": markdown.read}[path.suffix]
    return reader(path.read_bytes(), path.name)


def structured(path: Path) -> Structured:
    return structure(read(path), path.name)


def numbers(doc: Structured) -> set[str | None]:
    return {section.number for section in doc.sections}


def count(doc: Structured, part: Part) -> int:
    return sum(section.part is part for section in doc.sections)


def test_the_briefing_gives_its_learning_its_recommendations_and_its_questions(shared_data: Path) -> None:
    doc = structured(shared_data / BRIEFING)
    learning = [s for s in doc.sections if s.part is Part.KEY_LEARNING]
    recommended = [s for s in doc.sections if s.part is Part.RECOMMENDATION]
    assert doc.kind is Kind.BRIEFING
    assert doc.last_reviewed is None
    assert [s.number for s in learning] == list("1234567")
    assert all(s.heading.startswith(f"{s.number}) ") for s in learning)
    assert [s.number for s in recommended] == [f"Recommendation {n}" for n in range(1, 7)]
    assert [s.body for s in recommended] == [
        "ESSCP",
        "ESCC Children’s Social Care and Legal Services",
        "the Partnership",
        "the Partnership",
        "SPFT",
        "the Partnership",
    ]
    assert count(doc, Part.DISCUSSION_POINT) == 7
    lettered = sorted(n for n in numbers(doc) if n and n.endswith(")"))
    assert lettered == [f"Recommendation {n})" for n in ("2 a", "2 b", "2 c", "4 a", "4 b")]


def test_schools_guidance_gives_its_parts_annexes_and_paragraph_numbers(shared_data: Path) -> None:
    reading = read(shared_data / KCSIE)
    before = time.perf_counter()
    doc = structure(reading, "kcsie.txt")
    passages = split("kcsie", doc)
    assert time.perf_counter() - before < 1.5
    assert doc.kind is Kind.GUIDANCE
    found = numbers(doc)
    assert {f"Part {word}" for word in ("one", "two", "three", "four", "five")} <= found
    assert {f"Annex {letter}" for letter in "ABDEF"} <= found
    printed = {str(n) for n in range(1, 563)}
    assert len(printed - found) <= 5
    by_number = {p.number: p for p in passages}
    assert by_number["25"].text.startswith("25. Physical abuse: a form of abuse")


def test_advice_kept_as_one_long_line_is_usable(shared_data: Path) -> None:
    doc = structured(shared_data / SHARING)
    assert doc.kind is Kind.GUIDANCE
    assert {"1", "2", "3", "4", "5", "6", "7", "Annex A", "Annex B"} <= numbers(doc)
    assert len(split("sharing", doc)) > 60


def test_the_national_framework_gives_its_outcomes(shared_data: Path) -> None:
    doc = structured(shared_data / FRAMEWORK)
    assert doc.kind is Kind.GUIDANCE
    assert {f"Outcome {n}" for n in range(1, 5)} <= numbers(doc)


def test_an_inspection_report_is_a_briefing_with_its_paragraph_numbers_and_pages(shared_data: Path) -> None:
    doc = structured(shared_data / INSPECTION)
    assert doc.kind is Kind.BRIEFING
    run = [int(s.number) for s in doc.sections if s.number and s.number.isdigit()]
    assert run == list(range(1, len(run) + 1))
    assert len(run) > 50
    assert all(passage.page for passage in split("inspection", doc))


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("procedures/*.md")), ids=lambda p: p.stem)
def test_a_chapter_of_the_library_is_numbered_straight_through(path: Path) -> None:
    doc = structured(path)
    chapter = doc.sections[0].number
    assert doc.kind is Kind.PROCEDURE
    assert doc.last_reviewed
    assert doc.next_review
    run = [s.number for s in doc.sections if s.number and s.number.count(".") == 2]
    assert run == [f"{chapter}.{n}" for n in range(1, len(run) + 1)]
    assert len(run) >= 15


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("briefings/*.md")), ids=lambda p: p.stem)
def test_a_briefing_of_the_library_gives_all_its_points(path: Path) -> None:
    lines = path.read_text().splitlines()
    doc = structured(path)
    recommended = [s for s in doc.sections if s.part is Part.RECOMMENDATION]
    asked = [e for e in doc.elements if e.kind is BlockKind.LIST_ITEM and doc.text[e.end - 1] == "?"]
    assert count(doc, Part.KEY_LEARNING) == sum(line.startswith("### ") for line in lines)
    assert len(recommended) == sum(line.startswith("Recommendation ") for line in lines)
    assert all(s.body for s in recommended)
    assert count(doc, Part.DISCUSSION_POINT) >= len(asked) > 0
