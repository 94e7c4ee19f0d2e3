"""Paragraphs and tables become blocks: which are headings, list items, notes and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.blocks import Block, BlockKind
from ingest.readers.pdf_hyphens import Hyphens
from ingest.readers.pdf_lines import Item, Line, body_size
from ingest.readers.pdf_paragraphs import BULLET, Paragraph, paragraphs
from ingest.readers.pdf_rows import Rows
from ingest.readers.pdf_tables import Table

LONGEST_HEADING = 200
SIZE_SLACK = 0.95
"""Bold words this much smaller than the body can still be a heading."""
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\w{1,5}$")
_CONTENTS = re.compile(r"(?:table of )?contents:?", re.IGNORECASE)
_ENTRY = re.compile(r"\s\d{1,3}$")
_NUMBER = re.compile(r"^\d+(?:\.\d+)*\.?\s+")
_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]$", re.IGNORECASE)
Style = tuple[float, bool]


def blocks(pages: Sequence[list[Item]], outline: Mapping[str, int]) -> list[Block]:
    """`outline` gives the level, from 1, of the titles in the file's own table of contents."""
    body = body_size(pages)
    lines = [item.text for items in pages for item in items if isinstance(item, Line)]
    maker = _Maker(Hyphens(lines), body, outline)
    found = list(_without_contents(list(paragraphs(pages, body))))
    maker.rank(part for part in found if isinstance(part, Paragraph))
    return list(maker.make(found))


def _without_contents(found: Sequence[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """Leaves out the lines of a printed table of contents: they name pages and say nothing."""
    inside = False
    for part in found:
        if isinstance(part, Table):
            yield part
        elif _CONTENTS.fullmatch(part.text):
            inside = True
        elif not _LEADERS.search(part.text) and not (inside and _ENTRY.search(part.text)):
            inside = False
            yield part


def title_key(text: str) -> str:
    """Letters and figures only: outlines and pages differ in spaces and punctuation."""
    return re.sub(r"[\W_]+", "", text).casefold()


class _Maker:
    def __init__(self, hyphens: Hyphens, body: float, outline: Mapping[str, int]) -> None:
        self._hyphens = hyphens
        self._body = body
        self._outline = outline
        self._levels: dict[Style, int] = {}
        self._indents: list[float] = []
        self._rows = Rows(hyphens)

    def rank(self, found: Iterable[Paragraph]) -> None:
        """Numbers the heading styles: the larger the type the higher, bold before plain."""
        styles = {part.style for part in found if self._is_heading(part)}
        self._levels = {style: min(n, 6) for n, style in enumerate(sorted(styles, reverse=True), start=1)}

    def make(self, found: Sequence[Paragraph | Table]) -> Iterator[Block]:
        for part in found:
            if isinstance(part, Table):
                yield from self._rows.blocks(part)
                continue
            text = self._hyphens.join(line.text for line in part.lines)
            self._rows.interrupt()
            yield self._block(part, text)

    def _block(self, part: Paragraph, text: str) -> Block:
        page = part.lines[0].page
        if part.note:
            return Block(BlockKind.FOOTNOTE, text, page=page)
        if self._is_heading(part):
            self._indents = []
            level = self._listed(text) or self._levels[part.style]
            return Block(BlockKind.HEADING, text, level=min(level, 6), page=page)
        if BULLET.match(text) or _ITEM.match(part.marker):
            return Block(BlockKind.LIST_ITEM, _spaced(text), level=self._depth(part.lines[0]), page=page)
        self._indents = []
        return Block(BlockKind.PARAGRAPH, text, page=page)

    def _listed(self, text: str) -> int | None:
        """The level that the outline gives this title, with or without its printed number."""
        return self._outline.get(title_key(text)) or self._outline.get(title_key(_NUMBER.sub("", text)))

    def _is_heading(self, part: Paragraph) -> bool:
        text = part.text
        if part.note or len(text) > LONGEST_HEADING or len(part.lines) > 4 or BULLET.match(text):
            return False
        if not any(map(str.isalpha, text)):
            return False
        if self._listed(text):
            return True
        size, bold = part.style
        larger = size >= 1.1 * self._body
        if text[-1] in ".,;" and not (larger and len(text) < 80):
            return False
        shouted = text.isupper() and len(re.findall(r"[A-Z]{3,}", text)) > 1
        return larger or (size >= SIZE_SLACK * self._body and (bold or shouted))

    def _depth(self, line: Line) -> int:
        while self._indents and line.x0 < self._indents[-1] - 3:
            self._indents.pop()
        if not self._indents or line.x0 > self._indents[-1] + 3:
            self._indents.append(line.x0)
        return min(len(self._indents), 6)


def _spaced(item: str) -> str:
    """A space after a bullet that the page sets by a tab."""
    return BULLET.sub(r"\g<0> ", item, count=1).replace("  ", " ") if BULLET.match(item) else item
