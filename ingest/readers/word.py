"""Word documents (.docx), read part by part; the reasons are in docs/decisions/0004."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from ingest.blocks import Block, BlockKind, Reading
from ingest.hidden import HiddenText, Hiding
from ingest.readers.word_grounds import cell_grounds, page_ground
from ingest.readers.word_looks import Ground
from ingest.readers.word_numbering import Numbering
from ingest.readers.word_package import Element, Package, open_package
from ingest.readers.word_styles import Style, Styles
from ingest.readers.word_tables import rows_of, table_rows
from ingest.readers.word_text import Reader, Words, words_in
from ingest.readers.word_xml import W, value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_MANY_PART_NUMBER = re.compile(r"^\d+(\.\d+)+\.?$")
_NO_TITLE = re.compile(r"^(microsoft word\b.*|document ?\d*|untitled|title|.*\.docx?)$", re.IGNORECASE)
_LONGEST_BOLD_HEADING = 120


def read(data: bytes, name: str) -> Reading:  # noqa: ARG001 - every reader has the same signature
    package = open_package(data)
    walk = _Walk(package)
    body = package.document.find(W + "body")
    found = list(walk.blocks(package.document if body is None else body))
    blocks = tuple(_under_title([each.block for each in _with_bold_headings(found, walk)], walk.title))
    title = walk.title if _NO_TITLE.match(package.title) or not package.title else package.title
    return Reading(blocks, MEDIA_TYPE, {"title": title} if title else {}, None, tuple(walk.warnings()))


@dataclass(frozen=True, slots=True)
class _Found:
    block: Block
    bold: bool = False


class _Walk:
    """One pass over a document's body, in order, since numbers and notes are counted on the way."""

    def __init__(self, package: Package) -> None:
        self._styles = Styles(package.related.get("styles"))
        self._numbering = Numbering(package.related.get("numbering"))
        self._hidden = HiddenText()
        page = page_ground(package.document, package.related.get("settings"))
        self._reader = Reader(package.document, self._styles, page, self._hidden)
        for number, comment in enumerate(package.related.get("comments", ()), start=1):
            self._hidden.add(Hiding.COMMENT, words_in(comment), f"comment {number}")
        self._notes = {
            kind: _by_id(package.related.get(kind + "s"), kind) for kind in ("footnote", "endnote")
        }
        self._kept = ""
        """Words of a paragraph whose end mark was deleted: they belong to the next one."""
        self._contents = 0
        self._grounds: dict[Element, Ground] = {}
        self.styled_headings = False
        self.bold_headings = 0
        self.title = ""

    def warnings(self) -> Iterator[str]:
        yield from self._hidden.warnings()
        if self._contents:
            yield "The table of contents was left out."
        if self.bold_headings:
            yield "The document has no heading styles; short lines in bold were taken as headings."

    def blocks(self, parent: Element) -> Iterator[_Found]:
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag == W + "sdt" and _is_contents(child):
                self._contents += 1
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[_Found]:
        properties = paragraph.find(W + "pPr")
        style_id = value(properties, "pStyle")
        style = self._styles.style(style_id)
        words = self._reader.words(paragraph)
        text = f"{self._kept} {self._hidden.characters(words.text)}".strip()
        self._kept = ""
        if _mark_removed(properties):
            self._kept = text
        elif style.contents:
            self._contents += bool(text)
        else:
            number, depth = self._number(properties, style_id, style)
            if text:
                yield from self._block(
                    text, number, depth, _heading_level(properties, style), style.title, words
                )
        for box, ground in words.boxes:
            with self._on(ground):
                yield from self.blocks(box)
        yield from self._footnotes(words)

    def _block(
        self, text: str, number: str, depth: int, level: int, title: bool, words: Words
    ) -> Iterator[_Found]:
        printed = f"{number} {text}".strip()
        if level:
            self.title = self.title or (text if title else "")
            self.styled_headings = self.styled_headings or not title
            yield _Found(Block(BlockKind.HEADING, printed, min(level, 6)))
        elif not number or _MANY_PART_NUMBER.match(number):
            # "8.3.12" is the number of a paragraph, not the marker of a list item.
            yield _Found(Block(BlockKind.PARAGRAPH, printed), words.all_bold)
        else:
            yield _Found(Block(BlockKind.LIST_ITEM, printed, depth + 1), words.all_bold)

    def _number(self, properties: Element | None, style_id: str | None, style: Style) -> tuple[str, int]:
        """The printed number, and the level of the list."""
        own = None if properties is None else properties.find(W + "numPr")
        list_id, depth = style.numbering or ("0", 0)
        if style.numbering:
            depth = self._numbering.level_of_style(list_id, style_id, depth)
        if own is not None:
            list_id = value(own, "numId") or list_id
            depth = int(value(own, "ilvl") or depth)
        return (self._numbering.next(list_id, depth), depth) if list_id != "0" else ("", 0)

    def _footnotes(self, words: Words) -> Iterator[_Found]:
        for kind, note_id, mark in words.notes:
            note = self._notes[kind].get(note_id)
            if note is None:
                continue
            text = " ".join(found.block.text for found in self.blocks(note))
            yield _Found(Block(BlockKind.FOOTNOTE, f"[{mark}] {text}".strip()))

    def _table(self, table: Element) -> Iterator[_Found]:
        rows = rows_of(table, self._left_out)
        style_id = value(table.find(W + "tblPr"), "tblStyle")
        self._grounds |= cell_grounds(rows, self._reader.ground, self._styles.table_fills(style_id))
        if len(rows) == 1 or all(len(row.cells) == 1 for row in rows):
            # A box drawn round text, or columns side by side, not a table of anything.
            for row in rows:
                for cell in row.cells:
                    with self._on(self._grounds[cell.element]):
                        yield from self.blocks(cell.element)
            return
        notes: list[_Found] = []
        for block in table_rows(rows, lambda cell: self._cell(cell, notes)):
            yield _Found(block)
        yield from notes

    @contextmanager
    def _on(self, ground: Ground) -> Iterator[None]:
        """While the words of a cell or box are read."""
        around, self._reader.ground = self._reader.ground, ground
        yield
        self._reader.ground = around

    def _left_out(self, row: Element) -> None:
        self._hidden.add(Hiding.DELETED, words_in(row), f"after {self._reader.where}")

    def _cell(self, cell: Element, notes: list[_Found]) -> str:
        """A cell on one line; a table inside it reads "a, b; c, d"."""
        lines: list[str] = []
        nested: list[str] = []
        with self._on(self._grounds[cell]):
            inside = list(self.blocks(cell))
        for found in inside:
            if found.block.kind is BlockKind.FOOTNOTE:
                notes.append(found)
            elif found.block.kind is BlockKind.TABLE_ROW:
                nested.append(", ".join(found.block.cells))
            else:
                lines.append(found.block.text)
        return " ".join([*lines, "; ".join(nested)]).strip()


def _with_bold_headings(found: list[_Found], walk: _Walk) -> Iterator[_Found]:
    """Where no style marks headings, a short paragraph all in bold is what its author meant as one."""
    for each in found:
        block = each.block
        short = len(block.text) <= _LONGEST_BOLD_HEADING and not block.text.endswith((".", ";", ","))
        if walk.styled_headings or not (each.bold and short) or block.text.startswith("•"):
            yield each
        else:
            walk.bold_headings += 1
            yield _Found(replace(block, kind=BlockKind.HEADING, level=2))


def _under_title(blocks: list[Block], title: str) -> Iterator[Block]:
    """Word gives a title and its first headings the same rank; where both are there, headings stand below."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    below = bool(title and headings and headings[0].text == title)
    for block in blocks:
        lowered = below and block.kind is BlockKind.HEADING and block is not headings[0]
        yield replace(block, level=min(block.level + 1, 6)) if lowered else block


def _heading_level(properties: Element | None, style: Style) -> int:
    outline = value(properties, "outlineLvl")
    if outline is None or not outline.isdigit():
        return style.level
    return int(outline) + 1 if int(outline) < 9 else 0


def _mark_removed(properties: Element | None) -> bool:
    mark = None if properties is None else properties.find(W + "rPr")
    return mark is not None and any(mark.find(W + tag) is not None for tag in ("del", "moveFrom"))


def _is_contents(sdt: Element) -> bool:
    gallery = next(sdt.iter(W + "docPartGallery"), None)
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def _by_id(root: Element | None, kind: str) -> dict[str, Element]:
    return {} if root is None else {note.get(W + "id", ""): note for note in root.findall(W + kind)}
