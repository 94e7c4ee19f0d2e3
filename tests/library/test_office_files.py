"""The chapters kept as Word and PDF files: made of their sources, and read back without a word changed."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn

from corpus.documents import Kind
from ingest.blocks import BlockKind
from ingest.readers import read
from ingest.structure import Structured, structure
from scripts.build_office_library import LIBRARY, built, office_files

FILES = list(office_files())
OFFICE_FILES = pytest.mark.parametrize(("source", "made"), FILES, ids=[made.name for _, made in FILES])
WORD_FILES = pytest.mark.parametrize(
    "made", [m for _, m in FILES if m.suffix == ".docx"], ids=lambda m: m.name
)
PDF_FILES = pytest.mark.parametrize("made", [m for _, m in FILES if m.suffix == ".pdf"], ids=lambda m: m.name)
PARTNERSHIP = "Sample Safeguarding Children Partnership"


def structured(path: Path) -> Structured:
    return structure(read(path.read_bytes(), path.name), path.name)


def words(text: str) -> str:
    return " ".join(text.split())


def numbered_paragraphs(doc: Structured) -> list[tuple[str, str]]:
    """Each with the list or table that belongs to it."""
    return [(s.number, words(doc.text[s.start : s.end])) for s in doc.sections if s.number and not s.heading]


def all_parts(doc: Structured) -> list[tuple[BlockKind, bool, str]]:
    found = [(e.kind, e.header, words(doc.text[e.start : e.end])) for e in doc.elements]
    return [part for part in found if not part[2].startswith(("Last reviewed: ", "Next review: "))]


def test_three_chapters_are_word_files_and_three_are_pdf_files() -> None:
    assert sorted(made.suffix for _, made in FILES) == [".docx"] * 3 + [".pdf"] * 3


def test_every_office_file_has_a_source_and_no_chapter_is_there_twice() -> None:
    chapters = [
        path for path in (LIBRARY / "procedures").glob("*.*") if not path.name.startswith(("~$", "."))
    ]
    assert {path for path in chapters if path.suffix != ".md"} == {made for _, made in FILES}
    numbers = [path.name.partition("-")[0] for path in chapters]
    assert len(numbers) == len(set(numbers))


@OFFICE_FILES
def test_an_office_file_is_what_its_source_makes(source: Path, made: Path) -> None:
    fresh = built(source, made.suffix) == made.read_bytes()
    assert fresh, f"{made.name} is not up to date: run python -m scripts.build_office_library"


@OFFICE_FILES
def test_an_office_file_reads_as_its_source_word_for_word(source: Path, made: Path) -> None:
    expected, found = structured(source), structured(made)
    assert len(numbered_paragraphs(expected)) >= 15
    assert numbered_paragraphs(found) == numbered_paragraphs(expected)
    assert all_parts(found) == all_parts(expected)


@OFFICE_FILES
def test_an_office_file_states_title_kind_and_review_dates(source: Path, made: Path) -> None:
    expected, found = structured(source), structured(made)
    assert (found.title, found.kind) == (expected.title, Kind.PROCEDURE)
    assert (found.last_reviewed, found.next_review) == (expected.last_reviewed, expected.next_review)
    assert found.last_reviewed
    assert found.warnings == ()


@WORD_FILES
def test_a_word_file_is_set_with_styles_and_flagged_header_rows(made: Path) -> None:
    document = docx.Document(io.BytesIO(made.read_bytes()))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "List Bullet"} <= styles
    assert document.tables
    assert all(next(table.rows[0]._tr.iter(qn("w:tblHeader")), None) is not None for table in document.tables)
    assert document.core_properties.author == PARTNERSHIP
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert "PAGE" in [
        field.get(qn("w:instr")) for field in document.sections[0].footer._element.iter(qn("w:fldSimple"))
    ]


@PDF_FILES
def test_a_pdf_file_has_a4_pages_an_outline_and_a_language(made: Path) -> None:
    document = pdfium.PdfDocument(made.read_bytes())
    assert len(document) >= 2
    assert {tuple(map(round, page.get_size())) for page in document} == {(595, 842)}
    headings = [s.heading for s in structured(made).sections if s.heading]
    assert [entry.get_title() for entry in document.get_toc()] == headings
    assert document.get_metadata_value("Author") == PARTNERSHIP
    assert b"/Lang (en-GB)" in made.read_bytes()
    document.close()
