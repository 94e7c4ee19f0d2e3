"""Readers: bytes of one file -> its blocks. What it holds decides which reader takes it, not its name."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import cast

from corpus.errors import UnreadableFile
from ingest.blocks import Reading
from ingest.characters import visible
from ingest.readers.sniffing import Content, content_of

SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt"})
"""Suffixes that a folder walk takes."""

_AS_DOCX = "Open it in the program it was made with and save it as .docx."
REFUSED: Mapping[str, str] = {
    ".doc": "Save it as .docx in Word.",
    ".docm": "Save it as .docx in Word.",
    ".dot": "Save it as .docx in Word.",
    ".odt": _AS_DOCX,
    ".rtf": _AS_DOCX,
    ".pages": _AS_DOCX,
    ".xls": "Put the table into a Word document or a web page.",
    ".xlsx": "Put the table into a Word document or a web page.",
    ".csv": "Put the table into a Word document or a web page.",
    ".ppt": "Save it as .pdf in PowerPoint.",
    ".pptx": "Save it as .pdf in PowerPoint.",
    ".msg": "Save the message as .txt.",
    ".eml": "Save the message as .txt.",
    ".zip": "Unpack it and add the files one by one.",
}
"""Suffixes that a folder walk reports as refused, with what to do about each."""

_READERS = {
    Content.PDF: "pdf",
    Content.WORD: "word",
    Content.HTML: "html",
    Content.MARKDOWN: "markdown",
    Content.TEXT: "text",
}
_EXPECTED = {
    ".pdf": {Content.PDF},
    ".docx": {Content.WORD},
    ".html": {Content.HTML},
    ".htm": {Content.HTML},
    ".md": {Content.MARKDOWN},
    ".markdown": {Content.MARKDOWN},
    ".txt": {Content.TEXT, Content.MARKDOWN},
}


def read(data: bytes, name: str) -> Reading:
    """The file as blocks; raises UnreadableFile for anything that cannot be taken.

    A file whose name and content disagree is read as what it is, and the reading says so.
    """
    suffix = PurePath(name).suffix.lower()
    content = content_of(data, suffix, REFUSED.get(suffix, ""))
    reading = _read_as(content, data, name)
    metadata = {key: visible(value) for key, value in reading.metadata.items()}
    reading = replace(reading, metadata=metadata)
    if not any(block.text for block in reading.blocks):
        raise UnreadableFile("The file holds no text.", "Check that it is the right file.")
    expected = _EXPECTED.get(suffix)
    if expected is None or content in expected:
        return reading
    warning = f"The name ends in {suffix}, but the file is {content.value}; it was read as such."
    return replace(reading, warnings=(warning, *reading.warnings))


def _read_as(content: Content, data: bytes, name: str) -> Reading:
    # Imported here because the PDF and HTML readers take longer to load than most files take to read.
    reader = importlib.import_module(f"ingest.readers.{_READERS[content]}")
    try:
        return cast(Reading, reader.read(data, name))
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:
        # Damaged files fail in ways no parser documents; one of them must not end a whole ingest.
        fault = type(error).__name__
        raise UnreadableFile(
            f"The file seems to be damaged: it could not be read as {content.value} ({fault}).",
            "Open it in the program it was made with, save it again, and add the new copy.",
        ) from error
