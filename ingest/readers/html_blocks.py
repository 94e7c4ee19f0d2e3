"""The content of a page becomes blocks, in one walk over its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode as Node

from ingest.blocks import Block, BlockKind
from ingest.readers import html_tables
from ingest.readers.html_lists import PRINTED, markers
from ingest.readers.html_words import INLINE, folded, holds_blocks, inline, labelled, raised

DEEPEST = 120
"""Elements nested deeper than this are read as plain text."""
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_NOTES = "ol.references, .footnotes, .footnote, [role='doc-endnotes'], [role='doc-footnote']"


def blocks(root: Node) -> list[Block]:
    notes = {node.mem_id for node in root.css(_NOTES)}
    walk = _Walk(notes)
    return [*walk.flow(root), *walk.flush()]


def shown(node: Node) -> str:
    """All words of an element on one line, as `blocks` would show them."""
    return " ".join(block.text for block in blocks(node))


class _Walk:
    """Gathers text until an element ends the paragraph; `depth` is that of lists."""

    def __init__(self, notes: set[int]) -> None:
        self._notes = notes
        self._text: list[str] = []
        self._anchor: str | None = None
        self._marker = ""
        self._kind = BlockKind.PARAGRAPH
        self._level = 0

    def flush(self) -> Iterator[Block]:
        text = folded("".join(self._text))
        self._text = []
        if not text:
            return
        if self._marker and not PRINTED.match(text):
            text = f"{self._marker} {text}"
        yield Block(self._kind, text, level=self._level, anchor=self._anchor)
        self._anchor, self._marker = None, ""
        if self._kind is BlockKind.LIST_ITEM:
            self._kind = BlockKind.PARAGRAPH  # more of the same item

    def flow(self, parent: Node, lists: int = 0, depth: int = 0) -> Iterator[Block]:
        """The children of an element; `lists` counts the lists around them."""
        if depth > DEEPEST:
            self._text.append(parent.text(separator=" "))
            return
        for node in parent.iter(include_text=True):
            yield from self._node(node, lists, depth + 1)

    def _node(self, node: Node, lists: int, depth: int) -> Iterator[Block]:
        tag = node.tag or ""
        if tag == "-text":
            self._text.append(node.text_content or "")
        elif tag == "br":
            yield from self._line_break()
        elif tag == "sup":
            self._text.append(raised(node.text()))
        elif tag in INLINE:
            self._remember(node)
            yield from self.flow(node, lists, depth)
        elif not tag.startswith(("-", "_", "!")):
            yield from self.flush()
            self._remember(node)
            yield from self._block(node, tag, lists, depth)
            yield from self.flush()

    def _block(self, node: Node, tag: str, lists: int, depth: int) -> Iterator[Block]:
        level = _HEADINGS.get(tag) or _aria_level(node)
        if level:
            yield from self._heading(node, level)
        elif tag in ("ul", "ol", "menu"):
            yield from self._list(node, lists, depth)
        elif tag == "table" and not html_tables.is_layout(node):
            yield from _table(node)
        elif tag == "pre":
            for part in re.split(r"\n\s*\n", node.text()):
                self._text.append(part)
                yield from self.flush()
        elif tag == "dl":
            yield from self._definitions(node, lists, depth)
        elif node.mem_id in self._notes:
            self._kind = BlockKind.FOOTNOTE
            yield from self.flow(node, lists, depth)
            yield from self.flush()
            self._kind = BlockKind.PARAGRAPH
        else:
            yield from self.flow(node, lists, depth)

    def _remember(self, node: Node) -> None:
        """The fragment name nearest before or around the text to come."""
        name = node.id or (node.attributes.get("name") if node.tag == "a" else None)
        if name and not "".join(self._text).strip():
            self._anchor = name

    def _line_break(self) -> Iterator[Block]:
        """Two in a row end a paragraph."""
        if self._text and self._text[-1] == "\n":
            yield from self.flush()
        elif self._text:
            self._text.append("\n")

    def _heading(self, node: Node, level: int) -> Iterator[Block]:
        inside = node.css_first("[id], a[name]")
        if not node.id and inside is not None:
            self._anchor = inside.id or inside.attributes.get("name") or self._anchor
        text = folded("".join(inline(node)))
        if text and self._marker:
            text, self._marker = f"{self._marker} {text}", ""
        if text:
            yield Block(BlockKind.HEADING, text, level=level, anchor=self._anchor)
        self._anchor = None
        self._kind, self._level = BlockKind.PARAGRAPH, 0

    def _list(self, node: Node, lists: int, depth: int) -> Iterator[Block]:
        notes = self._kind is BlockKind.FOOTNOTE or node.mem_id in self._notes
        given = iter(markers(node))
        for item in node.iter():
            if item.tag != "li":
                yield from self._node(item, lists + 1, depth + 1)
                continue
            self._kind = BlockKind.FOOTNOTE if notes else BlockKind.LIST_ITEM
            self._level = 0 if notes else min(lists + 1, 6)
            self._marker = next(given)
            self._anchor = item.id or None
            yield from self._item(item, lists + 1, depth + 1)
            yield from self.flush()
            self._marker = ""
        self._kind = BlockKind.FOOTNOTE if notes else BlockKind.PARAGRAPH
        self._level = 0 if notes else min(lists, 6)

    def _item(self, item: Node, lists: int, depth: int) -> Iterator[Block]:
        """Short paragraphs of one item are one block; lists, headings and tables inside are their own."""
        for node in item.iter(include_text=True):
            if node.tag in ("p", "div") and not holds_blocks(node):
                self._text += [" ", *inline(node), " "]
            else:
                yield from self._node(node, lists, depth)

    def _definitions(self, node: Node, lists: int, depth: int) -> Iterator[Block]:
        """ "Term: meaning" where the meaning is one paragraph, else the term and then its parts."""
        term = ""
        for child in _terms(node):
            self._remember(child)
            if child.tag == "dt":
                yield from self._say(term)
                term = folded(child.text(separator=" ") if holds_blocks(child) else "".join(inline(child)))
                continue
            if holds_blocks(child):
                yield from self._say(term)
                yield from self.flow(child, lists, depth + 1)
                yield from self.flush()
            else:
                yield from self._say(labelled(term, folded("".join(inline(child)))))
            term = ""
        yield from self._say(term)

    def _say(self, text: str) -> Iterator[Block]:
        self._text.append(text)
        yield from self.flush()


def _terms(listing: Node) -> Iterator[Node]:
    """The terms and meanings of this list and no other; they may be grouped in div elements."""
    for child in listing.iter():
        if child.tag == "div":
            yield from (inner for inner in child.iter() if inner.tag in ("dt", "dd"))
        elif child.tag in ("dt", "dd"):
            yield child


def _aria_level(node: Node) -> int:
    if node.attributes.get("role") != "heading":
        return 0
    level = node.attributes.get("aria-level") or "2"
    return min(int(level), 6) if re.fullmatch(r"[1-9]", level) else 2


def _table(node: Node) -> Iterator[Block]:
    caption = node.css_first("caption")
    if caption is not None and (text := shown(caption)):
        yield Block(BlockKind.PARAGRAPH, text)
    found = html_tables.rows(node, shown)
    anchor = node.id or None
    for cells in (found.header, *found.body):
        if len(cells) == 1:
            yield Block(BlockKind.PARAGRAPH, cells[0])
        elif cells:
            text = " | ".join(cells)
            yield Block(BlockKind.TABLE_ROW, text, cells=cells, header=found.header, anchor=anchor)
            anchor = None
