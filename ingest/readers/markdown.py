"""Markdown: CommonMark with tables, front matter and footnotes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.blocks import Block, BlockKind, Reading
from ingest.readers.decoding import decode
from ingest.readers.front_matter import split_front_matter

_ANCHOR = re.compile(r"\s*\{#([\w.:-]+)\}$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_NOTE = re.compile(r"\[\^([\w-]+)\]")
_NOTE_START = re.compile(r"^\[\^([\w-]+)\]:\s*")
_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table", "strikethrough"])


def read(data: bytes, name: str) -> Reading:  # noqa: ARG001 - every reader has the same signature
    text, warning = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    metadata, body, broken = split_front_matter(text)
    # A footnote's text would pass for the definition of a link; the escape keeps it a paragraph.
    body = re.sub(r"^\[\^([\w-]+)\]:", r"\n\\[^\1]:", body, flags=re.MULTILINE)
    walk = _Walk()
    blocks = tuple(walk.blocks(_PARSER.parse(body)))
    if "title" not in metadata and blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        metadata["title"] = blocks[0].text
    comments = f"Comments left out: {walk.comments}." if walk.comments else ""
    warnings = tuple(note for note in (warning, broken, comments) if note)
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

    comments: int = 0
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
                    yield from self._block(token.content, 0)
                case "html_block":
                    yield from self._block(self._without_tags(token.content), 0)

    def _block(self, text: str, level: int) -> Iterator[Block]:
        text = " ".join(text.split())
        if not text:
            return
        if level:
            anchor = _ANCHOR.search(text)
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
            yield Block(BlockKind.PARAGRAPH, text)

    def _words(self, token: Token) -> str:
        """The inline text without its marks; a picture shows no words."""
        words: list[str] = []
        for child in token.children or ():
            if child.type in {"text", "code_inline", "text_special"}:
                words.append(child.content)
            elif child.type in {"softbreak", "hardbreak"}:
                words.append(" ")
            elif child.type == "html_inline":
                words.append(self._without_tags(child.content))
        return " ".join("".join(words).split())

    def _without_tags(self, markup: str) -> str:
        self.comments += markup.count("<!--")
        shown = _UNSEEN.sub(" ", _COMMENT.sub(" ", markup))
        return html.unescape(_TAG.sub(" ", shown))


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
