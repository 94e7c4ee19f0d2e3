"""The marker that a browser prints before a list item."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode as Node

_STYLES = {"decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"}
_STYLES |= {"lower-roman": "i", "upper-roman": "I", "none": "none"}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
PRINTED = re.compile(
    r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s|\d+(?:\.\d+)+\.?\s|[•◦▪■◼●○►▶➢➤✓✔❖\u2010-\u2015\u2212·*-]\s", re.I
)
"""A marker that the page's own text already gives."""


def markers(listing: Node) -> list[str]:
    """One for each item of the list, empty where the list prints none."""
    items = [child for child in listing.iter() if child.tag == "li"]
    kind = _kind(listing)
    if kind in ("none", "•"):
        return ["" if kind == "none" else "•"] * len(items)
    backwards = "reversed" in listing.attributes
    number = _whole(listing.attributes.get("start"), len(items) if backwards else 1)
    found: list[str] = []
    for item in items:
        number = _whole(item.attributes.get("value"), number)
        found.append(f"{_printed(number, kind)}.")
        number += -1 if backwards else 1
    return found


def _kind(listing: Node) -> str:
    style = _STYLE.search(listing.attributes.get("style") or "")
    styled = _STYLES.get(style[1].lower(), "") if style else ""
    if listing.tag != "ol":
        return styled or "•"
    return styled or (listing.attributes.get("type") or "1")


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*-?\d{1,6}\s*", value) else otherwise


def _printed(number: int, kind: str) -> str:
    if kind in "aA" and number > 0:
        letters = _letters(number)
        return letters if kind == "a" else letters.upper()
    if kind in "iI" and 0 < number < 400:
        roman = _roman(number)
        return roman if kind == "i" else roman.upper()
    return str(number)


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(number: int) -> str:
    roman = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        roman += sign * times
    return roman
