"""What a file holds, told from its bytes; its suffix only settles what bytes cannot."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

from corpus.errors import UnreadableFile
from ingest.readers.decoding import decode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:[\w -]+:.*\n)+", re.MULTILINE)
_ATX_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHER_MAGIC = {
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"\x1f\x8b": "a compressed archive",
    b"7z\xbc\xaf": "a compressed archive",
    b"Rar!": "a compressed archive",
    b"MZ\x90\x00": "a program",
    b"\x7fELF": "a program",
}
_NOT_TAKEN = "The assistant reads .pdf, .docx, .html, .md and .txt files."


class Content(Enum):
    """What a file is, in the words shown to a person."""

    PDF = "a PDF"
    WORD = "a Word document"
    HTML = "a web page"
    MARKDOWN = "Markdown text"
    TEXT = "plain text"


def content_of(data: bytes, suffix: str, advice: str = "") -> Content:
    """Raises UnreadableFile for what no reader takes; `advice` is used where the bytes suggest none."""
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("The file is empty.", "Check that it was saved or copied whole.")
    if b"%PDF-" in data[:1024]:
        return Content.PDF
    if data.startswith(_ZIP):
        return _archive(data, advice)
    if data.startswith(_OLE):
        raise _ole(data)
    for magic, what in _OTHER_MAGIC.items():
        if data.startswith(magic):
            raise UnreadableFile(f"The file is {what}.", advice or _NOT_TAKEN)
    return _textual(data, suffix, advice)


def _archive(data: bytes, advice: str) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(
            "The file is damaged or was not copied whole.", "Get a new copy from where it came from."
        ) from error
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return Content.WORD
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise UnreadableFile("The file is a spreadsheet or a slide show.", "Save it as .pdf.")
    raise UnreadableFile("The file is an archive, not a document.", advice or _NOT_TAKEN)


def _ole(data: bytes) -> UnreadableFile:
    if _ENCRYPTED in data:
        return UnreadableFile(
            "The file is protected by a password.", "Open it, remove the password, and save it again."
        )
    return UnreadableFile("The file is in the old Word, Excel or PowerPoint format.", "Save it as .docx.")


def _textual(data: bytes, suffix: str, advice: str) -> Content:
    text, _ = decode(data)
    _refuse_binary(text, suffix, advice)
    if suffix in {".html", ".htm"} or _HTML.search(data[:2048].replace(b"\0", b"")):
        return Content.HTML
    if suffix in {".md", ".markdown"} or _is_markdown(text):
        return Content.MARKDOWN
    return Content.TEXT


def _refuse_binary(text: str, suffix: str, advice: str) -> None:
    """Text has next to no control characters; noise has about one in ten."""
    sample = text[:100_000]
    if len(_CONTROL.findall(sample)) <= 0.02 * len(sample) + 1:
        return
    if suffix in {".pdf", ".docx", ".html", ".htm"}:
        raise UnreadableFile("The file is damaged.", "Get a new copy from where it came from.")
    raise UnreadableFile("The file is of an unknown kind and holds no text.", advice or _NOT_TAKEN)


def _is_markdown(text: str) -> bool:
    text = text.replace("\r\n", "\n")
    return bool(_FRONT_MATTER.match(text)) or len(_ATX_HEADING.findall(text)) >= 2
