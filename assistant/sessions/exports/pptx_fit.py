"""How much text a slide holds: nothing is set smaller than it can be read from the back row."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

SIZES = (30, 26, 24, 22, 20, 18)
"""Points, the largest that fits first; never below the last."""

# Of the em: the mean width of a letter, generous for Arial (0.50) so that a wider substitute fits, too.
_LETTER = 0.56
_LEADING = 1.22
_AFTER = 0.5


def size_for(texts: Sequence[str], width: float, height: float) -> int | None:
    """The largest size at which these paragraphs fit into a box of so many inches; None where none does."""
    return next((size for size in SIZES if needed(texts, width, size) <= height), None)


def needed(texts: Sequence[str], width: float, size: int) -> float:
    """Inches in height that the paragraphs take at this size."""
    letters = max(width * 72 / (size * _LETTER), 1)
    rows = sum(math.ceil(max(len(line), 1) / letters) for text in texts for line in text.split("\n"))
    return (rows * _LEADING + len(texts) * _AFTER) * size / 72


def packed(texts: Sequence[str], width: float, height: float, size: int, most: int) -> Iterator[list[int]]:
    """Indexes of the texts, as many together as fit at this size, `most` at the most."""
    group: list[int] = []
    for index in range(len(texts)):
        tried = [*group, index]
        if group and (len(tried) > most or needed([texts[each] for each in tried], width, size) > height):
            yield group
            group = [index]
        else:
            group = tried
    if group:
        yield group


def pieces(text: str, width: float, height: float) -> list[str]:
    """The text in as few pieces as fit at the smallest size, parted between its lines or words."""
    if needed([text], width, SIZES[-1]) <= height:
        return [text]
    parts = text.split("\n") if "\n" in text else text.split(" ")
    joint = "\n" if "\n" in text else " "
    found: list[str] = []
    for part in parts:
        if found and needed([found[-1] + joint + part], width, SIZES[-1]) <= height:
            found[-1] += joint + part
        else:
            found.append(part)
    return found
