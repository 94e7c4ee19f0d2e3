"""The zip archive that a .docx is: only the parts needed, and never more than is safe to unpack."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as SafeTree
from defusedxml.common import DefusedXmlException

from corpus.errors import UnreadableFile

_MB = 1024 * 1024
_PART_LIMIT = 40 * _MB
"""The largest part that is parsed; 1,000 pages stay under it. Parsed, it takes 8 times as much memory."""
_TOTAL_LIMIT = 512 * _MB
_MEMBER_LIMIT = 10_000
_RATIO_LIMIT = 150
"""Word's own XML shrinks 5 to 20 times, runs of zeros 1,000 times. Checked above 10 MB only."""

# The Strict variant of the format differs in its namespaces alone, as far as text goes.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}

__all__ = ["Element", "Package", "open_package"]


# RuntimeError is what zipfile raises for a member under a password.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ParseError)


@dataclass(frozen=True, slots=True)
class Package:
    """The parsed parts. `related` holds the document's helpers by type: styles, numbering, footnotes ..."""

    document: Element
    related: dict[str, Element] = field(default_factory=dict)
    title: str = ""


def open_package(data: bytes) -> Package:
    """Raises UnreadableFile where the archive is damaged, hostile or no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive.infolist())
            return _package(archive)
    except _DAMAGE as error:
        raise UnreadableFile(
            "The file is not a whole Word document.",
            "Open it in Word, save it again as .docx, and add the new copy.",
        ) from error


def _package(archive: zipfile.ZipFile) -> Package:
    roots = _relations(archive, "")
    main = roots.get("officeDocument", "word/document.xml")
    document = _part(archive, main)
    wanted = ("styles", "numbering", "settings", "footnotes", "endnotes", "comments")
    relations = _relations(archive, main)
    names = set(archive.namelist())
    related = {kind: _part(archive, relations[kind]) for kind in wanted if relations.get(kind) in names}
    properties = roots.get("core-properties", "docProps/core.xml")
    title = ""
    if properties in names:
        title = _part(archive, properties).findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    return Package(document, related, " ".join(title.split()))


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The last word of each relation's type -> the part that it leads to; the first of a type counts."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in archive.namelist():
        return {}
    found: dict[str, str] = {}
    for relation in _part(archive, rels):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        found.setdefault(relation.get("Type", "").rpartition("/")[2], posixpath.normpath(path))
    return found


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    """Judged by the sizes that the archive declares; zipfile never unpacks more than those."""
    total = sum(member.file_size for member in members)
    steep = any(
        member.file_size > 10 * _MB and member.file_size > _RATIO_LIMIT * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > _MEMBER_LIMIT or total > _TOTAL_LIMIT or steep:
        raise UnreadableFile(
            f"The file would unpack to {total // _MB} MB, in the manner of a zip bomb.",
            "Copy its text into a new Word document and add that.",
        )


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    member = archive.getinfo(name)
    if member.file_size > _PART_LIMIT:
        raise UnreadableFile(
            f"The text of the document is larger than {_PART_LIMIT // _MB} MB.",
            "Split it into smaller files.",
        )
    xml = archive.read(member)
    for strict, usual in _STRICT.items():
        xml = xml.replace(strict, usual)
    return _parse(xml)


def _parse(xml: bytes) -> Element:
    try:
        return SafeTree.fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableFile(
            "The file declares XML entities, which Word never does and which can be an attack.",
            "Open it in Word and save it again as .docx.",
        ) from error
