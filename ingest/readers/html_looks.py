"""Whether the words of an element are seen, from what is declared for it and for the elements around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode as Node

from ingest.colours import BLACK, WHITE, Colour, can_be_seen, colour, is_transparent
from ingest.hidden import Hiding
from ingest.readers.html_styles import Declared

_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|ex|ch|%|vw|vh|in|cm|mm)?")
_RELATIVE = re.compile(r"[\d.](?:em|ex|ch|%)")
_PIXELS = {
    "px": 1,
    "pt": 4 / 3,
    "em": 16,
    "rem": 16,
    "ex": 8,
    "ch": 8,
    "%": 0.16,
    "in": 96,
    "cm": 38,
    "mm": 3.8,
}
_SMALLEST = 2.0
"""Pixels; smaller type is a line of dust."""
_FAR = -400.0
"""Pixels to the left of the page, or above it."""
_LEAST_OPACITY = 0.1
_CLIPPED = re.compile(
    r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]|inset\(\s*(?:50|100)%|circle\(\s*0|polygon\(\s*0\D*0\D*\)"
)
_SHRUNK = re.compile(r"scale[xy]?\(\s*0(?:\.0\d*)?\s*[,)]|translate[xy]?\(\s*-\s*(?:\d{4,}px|[1-9]\d{2,}%)")
_PAINTED = re.compile(r"url\(|gradient\(|image-set\(")
_VARIABLE = re.compile(r"var\(\s*--[\w-]+\s*(?:,\s*([^()]*(?:\([^()]*\))?[^()]*))?\)")
_COLOURS = {"color", "background", "background-color", "background-image"}
PAGE = ("html", "body")
"""Their size and visibility count for nothing: a page that hides itself is shown by a script once loaded."""
_NOT_SAID = {"inherit", "unset", "currentcolor", "revert"}


@dataclass(frozen=True, slots=True)
class Look:
    """What an element's own words look like. A colour is None where nobody can tell it."""

    unseen: bool = False
    tiny: bool = False
    clear: bool = False
    ink: Colour | None = BLACK
    ground: Colour | None = WHITE

    @property
    def hiding(self) -> Hiding | None:
        if self.unseen:
            return Hiding.NOT_SHOWN
        if self.tiny:
            return Hiding.SIZE
        if self.clear:
            return Hiding.TRANSPARENT
        same = self.ink is not None and self.ground is not None and not can_be_seen(self.ink, self.ground)
        return Hiding.COLOUR if same else None


class Looks:
    """The looks of the elements of one page, by `mem_id`."""

    def __init__(self, found: Sequence[tuple[Node, Declared]]) -> None:
        self._declared = {
            node.mem_id: own if node.tag not in PAGE else {k: v for k, v in own.items() if k in _COLOURS}
            for node, own in found
        }
        self._looks: dict[int, Look] = {}
        self.not_plain = [node for node, _ in found if not _is_plain(self._declared[node.mem_id])]
        """Only in these can words be unseen."""

    def of(self, node: Node) -> Look:
        """The look of what stands directly in this element."""
        path: list[Node] = []
        place: Node | None = node
        while place is not None and place.mem_id not in self._looks:
            path.append(place)
            place = place.parent
        look = self._looks[place.mem_id] if place is not None else Look()
        for element in reversed(path):
            look = inherited(look, self._declared.get(element.mem_id, {}))
            self._looks[element.mem_id] = look
        return look


def around(node: Node) -> Iterator[Node]:
    """The elements around it, from the nearest to the body."""
    place = node.parent
    while place is not None and place.tag not in PAGE:
        yield place
        place = place.parent


def _is_plain(own: Declared) -> bool:
    look = inherited(Look(), own)
    return look.ground == WHITE and look.hiding is None


def inherited(outer: Look, own: Declared) -> Look:
    """The look of an element inside another, from what is declared for itself."""
    look = outer
    if visibility := own.get("visibility"):
        look = replace(look, unseen=visibility in ("hidden", "collapse"))
    written = own.get("font-size", own.get("font", ""))
    if (size := _pixels(written)) is not None:
        look = replace(look, tiny=size < _SMALLEST or (look.tiny and bool(_RELATIVE.search(written))))
    written = _resolved(own.get("-webkit-text-fill-color") or own.get("color") or "")
    if written and written not in _NOT_SAID:
        clipped = "text" in own.get("background-clip", own.get("-webkit-background-clip", ""))
        look = replace(look, ink=colour(written), clear=is_transparent(written) and not clipped)
    for name in ("background", "background-color", "background-image"):
        if (painted := _resolved(own.get(name, ""))) and not is_transparent(painted):
            look = replace(look, ground=_ground(painted, look.ground))
    return look


def hides_all(own: Declared) -> Hiding | None:
    """How an element is hidden with everything in it, if it is."""
    if own.get("display") == "none" or own.get("content-visibility") == "hidden":
        return Hiding.NOT_SHOWN
    opacity = _LENGTH.fullmatch(own.get("opacity", ""))
    if opacity and float(opacity[1]) / (100 if opacity[2] else 1) < _LEAST_OPACITY:
        return Hiding.TRANSPARENT
    if _CLIPPED.search(own.get("clip", "") + own.get("clip-path", "")) or _SHRUNK.search(
        own.get("transform", "")
    ):
        return Hiding.NOT_SHOWN
    if own.get("overflow", "").startswith(("hidden", "clip")) and _is_flat(own):
        return Hiding.NOT_SHOWN
    return Hiding.OUTSIDE if _is_outside(own) else None


def _is_flat(own: Declared) -> bool:
    sizes = [_pixels(own.get(name, "")) for name in ("height", "max-height", "width", "max-width")]
    return any(size is not None and 0 <= size <= 1 for size in sizes)


def _is_outside(own: Declared) -> bool:
    names = ["text-indent", "margin-left", "margin-top"]
    if own.get("position") in ("absolute", "fixed", "relative"):
        names += ["left", "top", "right", "bottom"]
    return any((shift := _pixels(own.get(name, ""))) is not None and shift <= _FAR for name in names)


def _pixels(written: str) -> float | None:
    """The first length in a value; a size without a unit is in pixels."""
    length = next(
        (found for word in written.split() if (found := _LENGTH.fullmatch(word.split("/")[0]))), None
    )
    return float(length[1]) * _PIXELS.get(length[2] or "px", 16) if length else None


def _resolved(written: str) -> str:
    """With the fallbacks of its variables in their place."""
    return _VARIABLE.sub(lambda variable: variable[1] or "unknown", written)


def _ground(painted: str, around: Colour | None) -> Colour | None:
    if _PAINTED.search(painted) or "unknown" in painted:
        return None
    found = colour(painted) or next(
        filter(None, map(colour, re.findall(r"\w+\([^)]*\)|[#\w]+", painted))), None
    )
    return around if painted in ("none", "initial", *_NOT_SAID) else found
