"""What a paragraph's style says: heading level, numbering, hidden text, bold; with inheritance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from ingest.readers.word_package import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

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
    hidden: bool = False
    bold: bool = False


def value(parent: Element | None, tag: str) -> str | None:
    """The `w:val` of a child; None where the child or the value is missing."""
    child = None if parent is None else parent.find(W + tag)
    return None if child is None else child.get(W + "val")


def switched(properties: Element | None, tag: str) -> bool | None:
    """A toggle such as `w:b`: on, off, or None where nothing is said."""
    child = None if properties is None else properties.find(W + tag)
    if child is None:
        return None
    return child.get(W + "val", "true") not in {"0", "false", "off"}


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
        self.style = cache(self._style)

    def _style(self, style_id: str | None) -> Style:
        """The style with what it inherits; an unknown id counts as the default style."""
        level, title, contents = 0, False, False
        numbering: tuple[str, int] | None = None
        hidden: bool | None = None
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
            hidden = switched(run, "vanish") if hidden is None else hidden
            bold = switched(run, "b") if bold is None else bold
        if list_id:
            numbering = (list_id, int(depth or 0))
        return Style(1 if title else level, title, contents, numbering, bool(hidden), bool(bold))

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
