"""A version's text as the paragraphs that changes are told by.

Passages are packed to an even length, so that one new paragraph may shift all behind it into other passages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.documents import Section
from corpus.passages import Passage

_GROUP = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_BAR = " | "
_BULLET = re.compile(r"[•·◼▪■●○◦‣∙✓➢*\uf0b7\uf0a7–—-]\s|\(?(?:[a-z]|[ivx]{1,5})[.)]\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading, a paragraph with the list that it introduces, a list item that stands alone, or a table row.

    `text == canonical[start:end]`; `number` is the number that is printed at its beginning, if there is one;
    `anchor` is that of the section it stands in, `trail` the headings above it.
    """

    anchor: str
    number: str | None
    text: str
    start: int
    end: int
    trail: tuple[str, ...]
    is_heading: bool = False
    is_quoted: bool = True
    """Whether a passage holds it or it is a heading; what reads like an instruction is never shown."""


def paragraphs_of(text: str, sections: Sequence[Section], passages: Sequence[Passage]) -> list[Paragraph]:
    """In reading order."""
    headings = {section.start: section for section in sections if section.heading}
    starts = [section.start for section in sections]
    quoted = _Quoted(passages)
    found = []
    for start, end in _spans(text, set(starts), headings):
        is_heading = start in headings and text[start:end] == headings[start].heading
        home = _home(sections, bisect_right(starts, start) - 1)
        opens = home is not None and home.start == start
        found.append(
            Paragraph(
                anchor=home.anchor if home else "",
                number=home.number if home and opens else None,
                text=text[start:end],
                start=start,
                end=end,
                trail=_trail(sections, home),
                is_heading=is_heading,
                is_quoted=is_heading or quoted.holds(start, end),
            )
        )
    return found


class _Quoted:
    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = sorted(passages, key=lambda passage: passage.start)
        self._starts = [passage.start for passage in self._passages]

    def holds(self, start: int, end: int) -> bool:
        """Whether a passage overlaps these offsets."""
        at = bisect_right(self._starts, start) - 1
        near = self._passages[max(at, 0) : at + 2]
        return any(passage.start < end and passage.end > start for passage in near)


def _spans(text: str, openings: set[int], headings: dict[int, Section]) -> Iterator[tuple[int, int]]:
    """Where paragraphs begin and end. A list goes with the paragraph that ends in a colon before it."""
    waiting: tuple[int, int] | None = None
    for group in _GROUP.finditer(text):
        start, end = group.span()
        lines = [(start + line.start(), start + line.end()) for line in _LINE.finditer(group.group())]
        opens = start in openings
        if waiting and _is_list(text, lines) and not opens:
            yield waiting[0], end
            waiting = None
            continue
        if waiting:
            yield waiting
            waiting = None
        if len(lines) > 1:
            yield from lines
        elif start not in headings and text[start:end].rstrip().endswith(":"):
            waiting = start, end
        else:
            yield start, end
    if waiting:
        yield waiting


def _is_list(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    first = text[lines[0][0] : lines[0][1]]
    if _BAR in first:
        return False
    return len(lines) > 1 or bool(_BULLET.match(first))


def _home(sections: Sequence[Section], ordinal: int) -> Section | None:
    return sections[ordinal] if ordinal >= 0 else None


def _trail(sections: Sequence[Section], home: Section | None) -> tuple[str, ...]:
    trail: list[str] = []
    while home is not None:
        if home.heading:
            trail.insert(0, home.heading)
        home = sections[home.parent] if home.parent is not None else None
    return tuple(trail)
