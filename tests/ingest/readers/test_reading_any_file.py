from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from ingest.readers import REFUSED, SUFFIXES, read
from ingest.readers.decoding import decode
from tests.ingest.readers.word_maker import docx, p

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "empty"),
        (b"\xef\xbb\xbf \n\0", "a.txt", "empty"),
        (OLE + bytes(600), "a.doc", "old Word"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"{\\rtf1 words}", "a.rtf", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.docx", "picture"),
        (archive("xl/workbook.xml", "[Content_Types].xml"), "a.xlsx", "spreadsheet"),
        (archive("content.xml", "mimetype"), "a.odt", "archive"),
        (b"PK\x03\x04 and no more", "a.docx", "damaged"),
        (bytes(range(256)) * 20, "a.txt", "unknown kind"),
        (bytes(range(256)) * 20, "a.html", "damaged"),
        (b"---\ntitle: only this\n---\n", "a.md", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words_with_advice(
    data: bytes, name: str, words: str
) -> None:
    with pytest.raises(UnreadableFile, match=words) as refusal:
        read(data, name)
    assert refusal.value.advice


def test_a_file_is_read_as_what_it_is_and_says_so() -> None:
    reading = read(docx(p("Words")), "a.pdf")
    assert reading.blocks[0].text == "Words"
    assert reading.warnings == (
        "The name ends in .pdf, but the file is a Word document; it was read as such.",
    )


@pytest.mark.parametrize("words", ["PKU is looked for on day five.", "MZ twins are seen together."])
def test_words_that_begin_like_an_archive_or_a_program_are_text(words: str) -> None:
    assert read(words.encode(), "a.txt").blocks[0].text == words


def test_markdown_in_a_text_file_is_read_as_markdown_without_complaint() -> None:
    reading = read(b"# One\n\nWords.\n\n# Two\n", "a.txt")
    assert (reading.media_type, reading.warnings) == ("text/markdown", ())


def test_suffixes_taken_and_refused_do_not_overlap() -> None:
    assert not SUFFIXES & REFUSED.keys()
    assert all(REFUSED.values())


def test_other_scripts_are_guessed_with_a_warning() -> None:
    words = "Охрана детей является обязанностью каждого взрослого человека. " * 20
    text, warning = decode(words.encode("cp1251"))
    assert "детей" in text
    assert "guessed" in warning


def test_nearly_whole_utf8_stays_utf8() -> None:
    text, warning = decode("“The child’s view – always.”".encode() + b"\xff")
    assert text.startswith("“The child’s view")
    assert warning.endswith(": 1.")


def test_the_hard_office_and_text_files_are_read_or_refused(shared_data: Path) -> None:
    refused = set()
    for path in sorted(
        [*(shared_data / "stress" / "docx").iterdir(), *(shared_data / "stress" / "text").iterdir()]
    ):
        try:
            assert read(path.read_bytes(), path.name).blocks
        except UnreadableFile:
            refused.add(path.name)
    assert refused == {
        "dtd_entities.docx",
        "legacy_word97.doc",
        "zip_bomb_like_200MB_member.docx",
        "empty.txt",
    }
