"""How Word sets words, and what makes them unseen: run properties (ECMA-376 part 1, 17.3) and shading."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.colours import BLACK, WHITE, Colour, can_be_seen, colour
from ingest.hidden import Hiding
from ingest.readers.word_package import Element
from ingest.readers.word_xml import W, switched, value

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SMALLEST = 2.0
"""Points; smaller type is a line of dust."""
_THEME = {"background1": WHITE, "light1": WHITE, "text1": BLACK, "dark1": BLACK}
_NEARLY_TRANSPARENT = 90_000
"""Thousandths of a per cent."""

Ground = frozenset[Colour]
"""The colours that may lie behind words; empty where nobody can tell."""
PAPER: Ground = frozenset({WHITE})
UNKNOWN: Ground = frozenset()


@dataclass(frozen=True, slots=True)
class Look:
    """None where nothing is said. `size` is in points; `fill` is the shading behind the words."""

    vanish: bool | None = None
    colour: Colour | None = None
    size: float | None = None
    fill: Colour | None = None
    transparent: bool | None = None

    def over(self, other: Look) -> Look:
        """This look, and the other where this one says nothing."""
        return Look(
            other.vanish if self.vanish is None else self.vanish,
            other.colour if self.colour is None else self.colour,
            other.size if self.size is None else self.size,
            other.fill if self.fill is None else self.fill,
            other.transparent if self.transparent is None else self.transparent,
        )

    def hiding(self, ground: Ground) -> Hiding | None:
        """How words that look so, on that ground, are hidden, if they are."""
        if self.vanish:
            return Hiding.NOT_SHOWN
        if self.transparent:
            return Hiding.TRANSPARENT
        if self.size is not None and self.size < _SMALLEST:
            return Hiding.SIZE
        return Hiding.COLOUR if self.is_unseen_on(ground) else None

    def is_unseen_on(self, ground: Ground) -> bool:
        """Whether the words have the colour of everything that may lie behind them."""
        behind = frozenset({self.fill}) if self.fill else ground
        ink = self.colour
        return ink is not None and bool(behind) and not any(can_be_seen(ink, shade) for shade in behind)


NOTHING_SAID = Look()


def look_of(properties: Element | None) -> Look:
    """What run properties say."""
    if properties is None or not len(properties):
        return NOTHING_SAID
    size = value(properties, "sz")
    return Look(
        vanish=switched(properties, "vanish"),
        colour=_shade(properties.find(W + "color"), "val", "themeColor"),
        size=float(size) / 2 if size and size.isdigit() else None,
        fill=fill_of(properties) or _highlight(properties),
        transparent=_is_transparent(properties.find(_W14 + "textFill")),
    )


def fill_of(properties: Element | None) -> Colour | None:
    """The shading that properties of a run, paragraph or cell give."""
    shading = None if properties is None else properties.find(W + "shd")
    if shading is not None and shading.get(W + "val") == "solid":
        return _shade(shading, "color", "themeColor")
    return _shade(shading, "fill", "themeFill")


def _highlight(properties: Element) -> Colour | None:
    name = value(properties, "highlight")
    return colour(name) if name else None


def _shade(element: Element | None, plain: str, theme: str) -> Colour | None:
    """Where a theme colour is named it counts, and the plain value is what it was when the file was saved."""
    if element is None:
        return None
    named = element.get(W + theme, "")
    tinted = element.get(W + theme + "Shade") or element.get(W + theme + "Tint")
    if named in _THEME and not tinted:
        return _THEME[named]
    return colour(element.get(W + plain, ""))


def _is_transparent(fill: Element | None) -> bool | None:
    if fill is None:
        return None
    lost = [alpha.get(_W14 + "val", "") for alpha in fill.iter(_W14 + "alpha")]
    clear = any(share.isdigit() and int(share) >= _NEARLY_TRANSPARENT for share in lost)
    return clear or fill.find(_W14 + "noFill") is not None
