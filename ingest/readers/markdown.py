"""Markdown: CommonMark with tables, front matter and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.blocks import Block, BlockKind, Reading
from ingest.hidden import HiddenText, Hiding, excerpt
from ingest.readers.decoding import decode
from ingest.readers.front_matter import split_front_matter
from ingest.readers.markdown_markup import Markup

_ANCHOR = re.compile(r"\s*\{#([\w.:-]+)\}$")
_NOTE = re.compile(r"\[\^([\w-]+)\]")
_NOTE_START = re.compile(r"^\[\^([\w-]+)\]:\s*")
_LONG_TITLE = 5
"""Words; fewer say what a link leads to."""
_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table", "strikethrough"])


def read(data: bytes, name: str) -> Reading:  # noqa: ARG001 - every reader has the same signature
    text, warning = decode(data)
    hidden = HiddenText()
    text = hidden.characters(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    metadata, body, broken = split_front_matter(text)
    # A footnote's text would pass for the definition of a link; the escape keeps it a paragraph.
    body = re.sub(r"^\[\^([\w-]+)\]:", r"\n\\[^\1]:", body, flags=re.MULTILINE)
    walk = _Walk(hidden, Markup(hidden))
    environment: dict[str, Any] = {}
    blocks = tuple(walk.blocks(_PARSER.parse(body, environment)))
    for reference in environment.get("references", {}).values():
        walk.tell_title(reference.get("title"))
    if "title" not in metadata and blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        metadata["title"] = blocks[0].text
    warnings = tuple(note for note in (warning, broken, *hidden.warnings()) if note)
    return Reading(blocks, "text/markdown", metadata, None, warnings)


@dataclass
class _List:
    ordered: bool
    markers: list[str]
    next: int = 0

    def marker(self) -> str:
        self.next += 1
        return self.markers[self.next - 1] if self.ordered else "•"


@dataclass
class _Walk:
    """One pass over the tokens of a document."""

    hidden: HiddenText
    markup: Markup
    lists: list[_List] = field(default_factory=list)
    marker: str = ""
    """The marker of a list item whose first words are still to come."""

    def blocks(self, tokens: list[Token]) -> Iterator[Block]:
        header: tuple[str, ...] = ()
        cells: list[str] = []
        level = 0
        for place, token in enumerate(tokens):
            match token.type:
                case "heading_open":
                    level = int(token.tag[1])
                case "heading_close":
                    level = 0
                case "bullet_list_open" | "ordered_list_open":
                    self.lists.append(_list_at(tokens, place))
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "list_item_close":
                    self.marker = ""
                case "list_item_open":
                    self.marker = self.lists[-1].marker()
                case "table_open":
                    header = ()
                case "tr_open":
                    cells = []
                case "tr_close":
                    header = header or tuple(cells)
                    yield Block(BlockKind.TABLE_ROW, " | ".join(cells), cells=tuple(cells), header=header)
                case "inline" if token.level and tokens[place - 1].type in {"th_open", "td_open"}:
                    cells.append(self._words(token))
                case "inline":
                    yield from self._block(self._words(token), level)
                case "fence" | "code_block":
                    yield from self._block(self.markup.words(token.content), 0)
                case "html_block":
                    yield from self._block(self.markup.shown(token.content), 0)

    def _block(self, text: str, level: int) -> Iterator[Block]:
        text = self.hidden.characters(" ".join(text.split())).strip()
        if not text:
            return
        if level:
            anchor = _ANCHOR.search(text)
            self.markup.where = f"under {excerpt(text)}"
            yield Block(BlockKind.HEADING, _ANCHOR.sub("", text), level, anchor=anchor and anchor[1])
            return
        note = bool(_NOTE_START.match(text))
        text = _NOTE.sub(r"[\1]", _NOTE_START.sub(r"[\1] ", text))
        if note:
            yield Block(BlockKind.FOOTNOTE, text)
        elif self.marker:
            text, self.marker = f"{self.marker} {text}", ""
            yield Block(BlockKind.LIST_ITEM, text, len(self.lists))
        else:
            yield Block(BlockKind.PARAGRAPH, text, len(self.lists))

    def _words(self, token: Token) -> str:
        """The inline text without its marks; a picture shows no words."""
        words: list[str] = []
        self.markup.begin_block()
        for child in token.children or ():
            if child.type in {"text", "code_inline", "text_special"}:
                words.append(self.markup.words(child.content))
            elif child.type in {"softbreak", "hardbreak"}:
                words.append(" ")
            elif child.type == "html_inline":
                words.append(self.markup.shown(child.content))
            else:
                self.tell_title(child.attrGet("title"))
        return self.hidden.characters(" ".join("".join(words).split()))

    def tell_title(self, title: object) -> None:
        """The title of a link or a picture, which a page shows to the mouse alone."""
        if isinstance(title, str) and len(title.split()) >= _LONG_TITLE:
            self.hidden.add(Hiding.LINK_TITLE, title, self.markup.where)


def _list_at(tokens: list[Token], place: int) -> _List:
    """The list opened at `place`, with its items' markers as a reader of the page sees them.

    Items that all carry the same number are counted from it, as every renderer does; numbers that an author
    wrote one by one are kept.
    """
    opened = tokens[place]
    if opened.type == "bullet_list_open":
        return _List(ordered=False, markers=[])
    items = _items(tokens, place)
    numbers = [int(item.info) for item in items]
    if len(set(numbers)) == 1:
        numbers = list(range(numbers[0], numbers[0] + len(numbers)))
    return _List(ordered=True, markers=[f"{number}{items[0].markup}" for number in numbers])


def _items(tokens: list[Token], place: int) -> list[Token]:
    level, items = tokens[place].level, []
    for token in tokens[place + 1 :]:
        if token.level == level and token.type == "ordered_list_close":
            break
        if token.type == "list_item_open" and token.level == level + 1:
            items.append(token)
    return items
