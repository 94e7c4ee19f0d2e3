"""Colours as documents write them, and whether words in one can be seen on another."""

from __future__ import annotations

import re
from functools import lru_cache

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
_LEAST_CONTRAST = 1.2
"""By the formula of WCAG 2; the palest grey that web sites print notes in has about 1.6 on white."""
_LEAST_OPACITY = 0.1
_NAMED = {
    "white": WHITE, "black": BLACK, "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255), "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240),
    "mintcream": (245, 255, 250), "azure": (240, 255, 255), "aliceblue": (240, 248, 255),
    "honeydew": (240, 255, 240), "seashell": (255, 245, 238), "lavenderblush": (255, 240, 245),
    "oldlace": (253, 245, 230), "linen": (250, 240, 230), "lightyellow": (255, 255, 224),
    "lightcyan": (224, 255, 255), "cornsilk": (255, 248, 220), "gainsboro": (220, 220, 220),
    "yellow": (255, 255, 0), "cyan": (0, 255, 255), "magenta": (255, 0, 255), "lime": (0, 255, 0),
    "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "navy": (0, 0, 128),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "darkblue": (0, 0, 128), "darkred": (128, 0, 0), "darkgreen": (0, 100, 0), "darkcyan": (0, 139, 139),
    "darkgray": (169, 169, 169), "darkgrey": (169, 169, 169), "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})")
_RGB = re.compile(r"rgba?\(\s*(\d+)(%?)[\s,]+(\d+)%?[\s,]+(\d+)%?(?:[\s,/]+(\d+\.?\d*|\.\d+)(%?))?\s*\)")
_HSL_LIGHT = re.compile(r"hsla?\(\s*[\d.]+(?:deg)?[\s,]+[\d.]+%[\s,]+(100|9[5-9](?:\.\d+)?)%")


def colour(written: str) -> Colour | None:
    """As CSS and Word write it; None for what is no colour, or one of those that are never near white."""
    words = written.strip().lower()
    if found := _HEX.fullmatch(words):
        digits = found[1]
        pairs = [d * 2 for d in digits[:3]] if len(digits) < 6 else re.findall("..", digits)
        return int(pairs[0], 16), int(pairs[1], 16), int(pairs[2], 16)
    if found := _RGB.match(words):
        scale = 2.55 if found[2] else 1
        return _byte(found[1], scale), _byte(found[3], scale), _byte(found[4], scale)
    return WHITE if _HSL_LIGHT.match(words) else _NAMED.get(words)


def is_transparent(written: str) -> bool:
    """Whether nothing is seen of a colour as CSS writes it."""
    words = written.strip().lower()
    if words == "transparent":
        return True
    if (found := _HEX.fullmatch(words)) and len(found[1]) in (4, 8):
        alpha = found[1][3] * 2 if len(found[1]) == 4 else found[1][6:]
        return int(alpha, 16) / 255 < _LEAST_OPACITY
    found = _RGB.match(words)
    if not found or not found[5]:
        return False
    return float(found[5]) / (100 if found[6] else 1) < _LEAST_OPACITY


@lru_cache(maxsize=1024)
def can_be_seen(ink: Colour, ground: Colour) -> bool:
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05) >= _LEAST_CONTRAST


def _byte(digits: str, scale: float) -> int:
    return min(round(int(digits) * scale), 255)


def _luminance(rgb: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
