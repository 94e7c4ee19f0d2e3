"""PDF files. Scanned ones, locked ones and damaged ones are refused with the reason."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.errors import UnreadableFile
from ingest.blocks import Reading
from ingest.hidden import HiddenText
from ingest.readers.pdf_blocks import blocks, title_key
from ingest.readers.pdf_lines import page_items, without_running_lines
from ingest.readers.pdf_words import Page, read_page

MEDIA_TYPE = "application/pdf"
LONGEST_SECONDS = 20.0
MOST_PAGES = 3000
UNMAPPED_SHARE = 0.05
"""With more letters than this unknown, no sentence of the file can be trusted."""

_PDFIUM = threading.Lock()  # PDFium is not safe to use from two threads
_FILE_NAME_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|pdf|pptx?|xlsx?|indd|rtf|odt)|untitled.*|"
    r"(?:word )?document\s?\d*|slide \d+|powerpoint presentation|template)$",
    re.IGNORECASE,
)
_AGAIN = "Get the file again from where it was published, check that it opens, and add it once more."


def read(data: bytes, name: str) -> Reading:  # noqa: ARG001 - every reader takes a name
    """Blocks with page numbers. Raises UnreadableFile."""
    _check_bytes(data)
    with _PDFIUM:
        document = _open(data)
        try:
            return _read(document)
        finally:
            document.close()


def _check_bytes(data: bytes) -> None:
    if not data:
        raise UnreadableFile("The file is empty.", _AGAIN)
    if b"%PDF-" in data[:1024]:
        return
    if b"startxref" in data:
        raise UnreadableFile("The file is damaged: the beginning of the PDF is missing.", _AGAIN)
    raise UnreadableFile(
        "The file is not a PDF, although its name says so.",
        "Save it again as a PDF, or give it its true suffix.",
    )


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as fault:
        if fault.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile(
                "The file is locked with a password.", "Save a copy without the password and add that."
            ) from fault
        raise UnreadableFile("The file is damaged and cannot be opened as a PDF.", _AGAIN) from fault
    if not 0 < pages <= MOST_PAGES:
        document.close()
        raise UnreadableFile(f"The file has {pages} pages; 1 to {MOST_PAGES} can be read.", "Split the file.")
    return document


def _read(document: pdfium.PdfDocument) -> Reading:
    hidden = HiddenText()
    pages, damaged = _pages(document, hidden)
    _check_text(pages, len(document), hidden)
    items = without_running_lines([(page, page_items(page)) for page in pages])
    found = blocks(items, _outline(document))
    empty = [page.number for page in pages if not page.words]
    warnings = (
        *_about(damaged, "damaged and could not be read"),
        *_about(empty, "without text, perhaps scanned, and could not be read"),
        *hidden.warnings(),
    )
    return Reading(tuple(found), MEDIA_TYPE, _metadata(document), len(document), warnings)


def _pages(document: pdfium.PdfDocument, hidden: HiddenText) -> tuple[list[Page], list[int]]:
    """The pages that can be read, and the numbers of those that cannot."""
    latest = time.monotonic() + LONGEST_SECONDS
    pages: list[Page] = []
    damaged: list[int] = []
    for index in range(len(document)):
        try:
            pages.append(read_page(document, index, hidden))
        except pdfium.PdfiumError:
            damaged.append(index + 1)
        if time.monotonic() > latest:
            raise UnreadableFile(
                f"The file takes too long to read ({index + 1} of {len(document)} pages done).",
                "Split the file.",
            )
    return pages, damaged


def _check_text(pages: list[Page], total: int, hidden: HiddenText) -> None:
    if len(pages) <= total / 2:
        raise UnreadableFile(
            f"The file is damaged: {total - len(pages)} of {total} pages cannot be read.", _AGAIN
        )
    letters = sum(len(word.text) for page in pages for word in page.words)
    if not letters and hidden:
        raise UnreadableFile(
            "The file holds words, but none that can be seen on its pages.",
            "Ask whoever published it for another copy.",
        )
    if not letters:
        raise UnreadableFile(
            f"The file looks like a scan: {total} page{'s' * (total > 1)}, no text.",
            "Run text recognition (OCR) over it, or ask the publisher for the original, and add that.",
        )
    if sum(page.unmapped for page in pages) > UNMAPPED_SHARE * letters:
        raise UnreadableFile(
            "The file does not say which letters its signs stand for, so its words cannot be read.",
            "Save it again as a PDF from the original, or run text recognition (OCR) over it.",
        )


def _outline(document: pdfium.PdfDocument) -> dict[str, int]:
    """Level by title; a title that stands in the outline twice keeps its higher place."""
    levels: dict[str, int] = {}
    for entry in document.get_toc(max_depth=6):
        key = title_key(entry.get_title() or "")
        if key:
            levels[key] = min(levels.get(key, 6), entry.level + 1)
    return levels


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    title = " ".join(document.get_metadata_value("Title").split()).strip("\x00")
    return {"title": title} if len(title) > 3 and not _FILE_NAME_TITLE.match(title) else {}


def _about(numbers: list[int], what: str) -> Iterator[str]:
    if numbers:
        listed = ", ".join(map(str, numbers[:20])) + (" ..." if len(numbers) > 20 else "")
        yield f"Page{'s' * (len(numbers) > 1)} {listed}: {what}."
