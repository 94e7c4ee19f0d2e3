"""Lines become paragraphs, also over the ends of columns and pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf_lines import Item, Line
from ingest.readers.pdf_tables import Table

_SIGNS = "•◦▪■◼●○►▶➢➤✓✔❖"
BULLET = re.compile(rf"[{_SIGNS}\u2010-\u2015\u2212·*o-](?=\s+\S)|[{_SIGNS}](?=\S|$)")
NUMBERED = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,3}){1,4}\.?)(?=\s+\S)", re.I)
_SENTENCE_END = re.compile(r"[.:;?!][\u2019\u201d\"')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
SMALL = 0.93
"""Type under this part of the body's size, at the foot of a page, is a note."""


@dataclass(slots=True, eq=False)
class Paragraph:
    lines: list[Line]
    note: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def style(self) -> tuple[float, bool]:
        return self.lines[0].size, all(line.bold for line in self.lines)

    @property
    def marker(self) -> str:
        return marker(self.lines[0].text)


def marker(text: str) -> str:
    """The list marker or paragraph number that the text opens with, or nothing."""
    match = BULLET.match(text) or NUMBERED.match(text)
    return match[0] if match else ""


def paragraphs(pages: Sequence[list[Item]], body: float) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in reading order; a page's notes follow the paragraph open at its end."""
    grouping = _Grouping(_leading(pages), body)
    for items in pages:
        notes = _notes(items, body)
        for item in items:
            if isinstance(item, Table):
                yield from grouping.close()
                yield item
            elif item not in notes:
                yield from grouping.add(item)
        grouping.waiting += _group_notes(notes)
    yield from grouping.close()


def _leading(pages: Sequence[list[Item]]) -> dict[float, float]:
    """The usual distance from baseline to baseline, by type size."""
    steps: dict[float, list[float]] = defaultdict(list)
    for items in pages:
        for a, b in pairwise(items):
            if (
                isinstance(a, Line)
                and isinstance(b, Line)
                and a.size == b.size
                and 0 < b.y - a.y < 3 * a.size
            ):
                steps[a.size].append(b.y - a.y)
    return {size: sorted(found)[len(found) // 4] for size, found in steps.items()}


def _notes(items: list[Item], body: float) -> list[Line]:
    """The run of small lines that ends a page, from its first numbered one."""
    tail: list[Line] = []
    for item in reversed(items):
        if not isinstance(item, Line) or item.size > SMALL * body:
            break
        tail.insert(0, item)
    starts = [i for i, line in enumerate(tail) if re.match(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹*†]", line.text)]
    return tail[starts[0] :] if starts else []


def _group_notes(lines: list[Line]) -> list[Paragraph]:
    notes: list[Paragraph] = []
    for line in lines:
        if notes and not re.match(r"\d{1,3}\b|[⁰¹²³⁴⁵⁶⁷⁸⁹*†]", line.text):
            notes[-1].lines.append(line)
        else:
            notes.append(Paragraph([line], note=True))
    return notes


class _Grouping:
    def __init__(self, leading: dict[float, float], body: float) -> None:
        self._leading = leading
        self._body = body
        self._open: Paragraph | None = None
        self.waiting: list[Paragraph] = []

    def add(self, line: Line) -> Iterator[Paragraph]:
        if self._open and self._belongs(self._open, line):
            self._open.lines.append(line)
        else:
            yield from self.close()
            self._open = Paragraph([line])

    def close(self) -> Iterator[Paragraph]:
        if self._open:
            yield self._open
        yield from self.waiting
        self._open, self.waiting = None, []

    def _belongs(self, paragraph: Paragraph, line: Line) -> bool:
        last = paragraph.lines[-1]
        if (
            last.tabular
            or line.tabular
            or abs(line.size - last.size) > 0.6
            or self._changes_weight(paragraph, line)
        ):
            return False
        if line.page != last.page or line.y < last.y:
            return self._goes_on(paragraph, line)
        leading = self._leading.get(line.size, 1.25 * line.size)
        if line.y - last.y > 1.25 * leading:
            return False
        if marker(line.text) and self._opens_item(paragraph, line):
            return False
        return not (_ends(last) and self._is_set_off(paragraph, line)) and not _stops_early(last, line)

    @staticmethod
    def _changes_weight(paragraph: Paragraph, line: Line) -> bool:
        was_bold = all(other.bold for other in paragraph.lines)
        return (
            was_bold != line.bold and (was_bold or _ends(paragraph.lines[-1])) and not line.text[0].islower()
        )

    def _goes_on(self, paragraph: Paragraph, line: Line) -> bool:
        """Whether a paragraph continues on the next column or page."""
        last = paragraph.lines[-1]
        if marker(line.text) or line.size > 1.1 * self._body:
            return False
        if not _ends(last):
            return line.text[0].islower() or not _is_short(last, line)
        hanging = bool(paragraph.marker) and line.x0 - line.left > 0.8 * line.size
        return hanging and not _is_short(last, line)

    @staticmethod
    def _opens_item(paragraph: Paragraph, line: Line) -> bool:
        """A number at the start of a line may also be one that the text happened to break before."""
        last = paragraph.lines[-1]
        wrapped = not _ends(last) and not _is_short(last, line) and not paragraph.marker
        return bool(BULLET.match(line.text)) or not wrapped

    @staticmethod
    def _is_set_off(paragraph: Paragraph, line: Line) -> bool:
        """Whether the line starts a paragraph by its indent, or by the room left on the line before."""
        last = paragraph.lines[-1]
        step = line.x0 - last.x0
        if len(paragraph.lines) == 1:
            # The first line of a paragraph may stand in, that of a list item stands out.
            moved = step <= 0 if paragraph.marker else step > 0.7 * line.size
        else:
            moved = abs(step) > 0.7 * line.size
        return moved or _is_short(last, line)


def _ends(line: Line) -> bool:
    return bool(_SENTENCE_END.search(line.text))


def _is_short(last: Line, line: Line) -> bool:
    """Whether the next line's first word would have fitted on the last line with room to spare."""
    first = line.words[0]
    return last.x1 + (first.x1 - first.x0) + 1.5 * line.size < last.right


def _stops_early(last: Line, line: Line) -> bool:
    """Lines broken by hand, such as an address: much room left, and a capital follows."""
    room = last.right - last.x1 > 0.45 * (last.right - last.left)
    return room and not line.text[0].islower() and _is_short(last, line)
