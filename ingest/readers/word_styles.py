"""What a paragraph's style says: heading level, numbering, hidden text, bold; with inheritance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.colours import Colour
from ingest.readers.word_looks import NOTHING_SAID, Look, fill_of, look_of
from ingest.readers.word_package import Element
from ingest.readers.word_xml import W, switched, value

# Word writes its built-in names in English whatever its language; other programs and converters do not.
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|rubrik|overskrift|kop|nagłówek|otsikko|nadpis|pennawd)"
    r" ?([1-9])$",
    re.IGNORECASE,
)
_TITLE = {"title", "titel", "titre", "título", "titolo", "teitl", "tytuł", "otsikko"}
_CONTENTS = re.compile(r"(?:toc|contents|verzeichnis|inhaltsverzeichnis) ?(?:[1-9]|heading)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """`level` is 1 to 9 for headings, 1 for a title, 0 for all else."""

    level: int = 0
    title: bool = False
    contents: bool = False
    numbering: tuple[str, int] | None = None
    """Number list id and level."""
    bold: bool = False
    look: Look = NOTHING_SAID


class Styles:
    """The style sheet of one document."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else root.findall(W + "style")
        self._by_id = {style.get(W + "styleId", ""): style for style in styles}
        self._default = next(
            (
                s.get(W + "styleId", "")
                for s in styles
                if s.get(W + "default") and s.get(W + "type") == "paragraph"
            ),
            "",
        )
        run = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.default_look = look_of(run)
        self.style = cache(self._style)

    def _style(self, style_id: str | None) -> Style:
        """The style with what it inherits; an unknown id counts as the default style."""
        level, title, contents = 0, False, False
        numbering: tuple[str, int] | None = None
        look = NOTHING_SAID
        bold: bool | None = None
        list_id, depth = None, None
        for style in self._chain(style_id or self._default):
            name = value(style, "name") or ""
            properties, run = style.find(W + "pPr"), style.find(W + "rPr")
            title = title or (not level and name.lower() in _TITLE)
            contents = contents or bool(_CONTENTS.match(name))
            level = level or _level(name, properties)
            numbered = None if properties is None else properties.find(W + "numPr")
            list_id = list_id or value(numbered, "numId")
            depth = depth or value(numbered, "ilvl")
            look = look.over(look_of(run)).over(Look(fill=fill_of(properties)))
            bold = switched(run, "b") if bold is None else bold
        if list_id:
            numbering = (list_id, int(depth or 0))
        return Style(1 if title else level, title, contents, numbering, bool(bold), look)

    def table_fills(self, style_id: str | None) -> dict[str, Colour]:
        """The shading that a table style gives to its parts: "whole", "firstRow", "band1Horz" ..."""
        fills: dict[str, Colour] = {}
        for style in self._chain(style_id or ""):
            parts = [("whole", style), *((s.get(W + "type", ""), s) for s in style.findall(W + "tblStylePr"))]
            for name, part in parts:
                fill = fill_of(part.find(W + "tcPr"))
                if fill and name not in fills:
                    fills[name] = fill
        return fills

    def _chain(self, style_id: str) -> list[Element]:
        """The style and its ancestors; a style that inherits from itself ends the chain."""
        chain: list[Element] = []
        while (style := self._by_id.get(style_id)) is not None and style not in chain:
            chain.append(style)
            style_id = value(style, "basedOn") or ""
        return chain


def _level(name: str, properties: Element | None) -> int:
    outline = value(properties, "outlineLvl")
    if outline is not None and outline.isdigit():
        return int(outline) + 1 if int(outline) < 9 else 0
    named = _HEADING.match(name)
    return int(named[1]) if named else 0
