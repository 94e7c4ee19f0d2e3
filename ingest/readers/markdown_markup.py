"""The HTML that stands in a Markdown document, piece by piece: what of it, and between it, is shown."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from ingest.hidden import HiddenText, Hiding
from ingest.readers.html_looks import Look, hides_all, inherited
from ingest.readers.html_styles import Declared, inline, simple_rules
from ingest.readers.html_words import INLINE, raised

_PIECE = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<(?P<code>script|style|template)\b[^>]*>(?P<inside>.*?)(?:</(?P=code)\s*>|\Z)"
    r"|<(?P<closing>/)?(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    look: Look
    hiding: Hiding | None


class Markup:
    """Follows the tags of one document; of what they hide `hidden` is told."""

    def __init__(self, hidden: HiddenText) -> None:
        self._hidden = hidden
        self._open: list[_Open] = []
        self._rules: dict[str, Declared] = {}
        self.where = "at the top"

    def words(self, words: str) -> str:
        """Words between tags, if they are shown."""
        around = self._open[-1] if self._open else None
        hiding = around and (around.hiding or around.look.hiding)
        if not hiding:
            return raised(words) if around and around.tag == "sup" else words
        self._hidden.add(hiding, words, self.where)
        return " "

    def shown(self, markup: str) -> str:
        """The words of a piece of HTML."""
        parts, start = [], 0
        for piece in _PIECE.finditer(markup):
            parts.append(self.words(html.unescape(markup[start : piece.start()])))
            parts.append(" " if piece["tag"] and piece["tag"].lower() not in INLINE else "")
            self._follow(piece)
            start = piece.end()
        return "".join([*parts, self.words(html.unescape(markup[start:]))])

    def begin_block(self) -> None:
        """A paragraph ends where another block begins, whether its tag is closed or not."""
        if self._open and self._open[-1].tag == "p":
            self._open.pop()

    def _follow(self, piece: re.Match[str]) -> None:
        if piece["comment"] is not None:
            self._hidden.add(Hiding.COMMENT, piece["comment"], self.where)
        elif piece["code"]:
            if piece["code"].lower() == "style":
                self._rules |= simple_rules(piece["inside"])
        elif piece["closing"]:
            self._close(piece["tag"].lower())
        elif piece["tag"].lower() not in _EMPTY and not piece["attributes"].rstrip().endswith("/"):
            self._open.append(self._opened(piece["tag"].lower(), piece["attributes"]))

    def _opened(self, tag: str, written: str) -> _Open:
        attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(written)}
        names = [tag, *(f".{name}" for name in attributes.get("class", "").split())]
        own: Declared = {}
        for name in (*names, f"#{attributes.get('id', '')}"):
            own |= self._rules.get(name, {})
        own |= inline(attributes)
        around = self._open[-1] if self._open else _Open("", Look(), None)
        hiding = Hiding.NOT_SHOWN if "hidden" in attributes else hides_all(own)
        return _Open(tag, inherited(around.look, own), around.hiding or hiding)

    def _close(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return
