"""Words become lines in reading order, without running headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf_tables import Table, find_tables
from ingest.readers.pdf_words import Page, Word

MARGIN = 0.13
"""The part of a page's height, at its head and at its foot, in which running lines stand."""
MOST_LINES = 600
"""A page with more pieces than this is a sheet of figures, which has no columns of prose."""
LONGEST_MARKER = 8
_PAGES_APART = 2
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[\u2013-]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[\u2013-]?(?:\s*(?:of|/)\s*\d{1,4})?", re.I
)


@dataclass(slots=True, eq=False)
class Line:
    """`left` and `right` are the edges of the column that the line stands in; a `tabular` line has
    wide gaps, as the rows of a table without rules have."""

    words: list[Word]
    page: int
    left: float = 0.0
    right: float = 0.0
    tabular: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def y(self) -> float:
        return self.words[-1].y

    @property
    def top(self) -> float:
        return self.y - self.size

    @property
    def size(self) -> float:
        """That of most of its letters."""
        if len({word.size for word in self.words}) == 1:
            return self.words[0].size
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))


Item = Line | Table
_Place = tuple[str, int, int]
"""A running line's words, the size of its type, and its height."""


def page_items(page: Page) -> list[Item]:
    """The lines and tables of a page in reading order."""
    tables = find_tables(page)
    return _merge_level(_in_order(_runs(page, tables)))


def _runs(page: Page, tables: list[Table]) -> list[Item]:
    """Words that follow one another closely on one baseline; a table where its first word stood."""
    items: list[Item] = []
    for word in page.words:
        table = next((t for t in tables if t.holds(word)), None)
        if table:
            if table not in items:
                items.append(table)
            continue
        last = items[-1] if items else None
        if isinstance(last, Line) and _continues(last.words[-1], word):
            last.words.append(word)
        else:
            items.append(Line([word], page.number))
    return items


def _continues(before: Word, word: Word) -> bool:
    size = max(before.size, word.size)
    return abs(word.y - before.y) < 0.5 * size and -0.3 * size < word.x0 - before.x1 < 1.1 * size


def _in_order(items: list[Item]) -> list[Item]:
    """Column by column where the page has columns of prose, else as the file has it.

    A file's own order is the best guide to a page of one column, unless it jumps about.
    """
    lines = [item for item in items if isinstance(item, Line)]
    gutter = _gutter(lines)
    if gutter is None:
        jumps = sum(b.top < a.top - 2 * a.size for a, b in pairwise(lines))
        if jumps > 2 + len(lines) // 20:
            items = sorted(items, key=lambda item: (round(_foot(item)), item.x0))
        _set_column(lines)
        return items
    ordered: list[Item] = []
    band: list[Item] = []
    for item in sorted(items, key=_foot):
        if item.x0 < gutter < item.x1:
            ordered += [*_columns(band, gutter), item]
            band = []
        else:
            band.append(item)
    _set_column([line for line in ordered if isinstance(line, Line) and line.x0 < gutter < line.x1])
    return ordered + _columns(band, gutter)


def _foot(item: Item) -> float:
    return item.y if isinstance(item, Line) else item.top


def _columns(band: list[Item], gutter: float) -> list[Item]:
    left = [item for item in band if item.x1 <= gutter]
    right = [item for item in band if item.x1 > gutter]
    return _in_order(left) + _in_order(right)


def _set_column(lines: Sequence[Line]) -> None:
    left = min((line.x0 for line in lines), default=0.0)
    right = max((line.x1 for line in lines), default=0.0)
    for line in lines:
        line.left, line.right = left, right


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the space between two columns is: five lines or more of prose stand on each side."""
    if not 10 <= len(lines) <= MOST_LINES:
        return None
    start, end = min(line.x0 for line in lines), max(line.x1 for line in lines)
    best: tuple[int, float] | None = None
    for x in sorted({line.x0 - 1 for line in lines if start + 0.15 * (end - start) < line.x0}):
        left = [line for line in lines if line.x1 <= x]
        right = [line for line in lines if line.x0 >= x]
        if _is_prose(left, end - start) and _is_prose(right, end - start) and _side_by_side(left, right):
            aside = len(left) + len(right)
            best = max(best or (0, 0.0), (aside, -x))
    return -best[1] if best else None


def _is_prose(lines: list[Line], width: float) -> bool:
    """Columns of prose have many lines of nearly their full width; columns of figures have not."""
    if len(lines) < 5:
        return False
    widths = sorted(line.x1 - line.x0 for line in lines)
    return widths[len(widths) // 2] > max(0.12 * width, 0.6 * widths[-1])


def _side_by_side(left: list[Line], right: list[Line]) -> bool:
    top = max(min(line.y for line in left), min(line.y for line in right))
    bottom = min(max(line.y for line in left), max(line.y for line in right))
    beside = sum(top <= line.y <= bottom for line in (*left, *right))
    return beside >= min(len(left), len(right))


def _merge_level(items: list[Item]) -> list[Item]:
    """Joins what stands on one baseline: a list marker and its text, a label and its value."""
    merged: list[Item] = []
    for item in items:
        last = merged[-1] if merged else None
        if (
            isinstance(item, Line)
            and isinstance(last, Line)
            and abs(item.y - last.y) < 0.4 * item.size
            and item.x0 >= last.x1 - 1
        ):
            gap = item.x0 - last.x1
            last.tabular = last.tabular or (gap > 2 * item.size and len(last.text) > LONGEST_MARKER)
            last.words += item.words
        else:
            merged.append(item)
    return merged


def body_size(pages: Sequence[list[Item]]) -> float:
    """The size of most characters."""
    sizes: Counter[float] = Counter()
    for items in pages:
        for item in items:
            for word in item.words if isinstance(item, Line) else ():
                sizes[word.size] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def without_running_lines(pages: Sequence[tuple[Page, list[Item]]]) -> list[list[Item]]:
    """Takes out page numbers, and lines that stand in the margins of several pages: of a good part of all,
    or, as the name of a chapter does, at one height of pages that follow one another."""
    body = body_size([items for _, items in pages])
    seen: Counter[tuple[str, int]] = Counter()
    for page, items in pages:
        seen.update({_running_key(line, body) for line in _margin(page, items)})
    often = max(2, len(pages) // 4)
    named = _of_chapters(pages, body)
    kept: list[list[Item]] = []
    for page, items in pages:
        running = [
            line
            for line in _margin(page, items)
            if seen[_running_key(line, body)] >= often or _place(line, body) in named
        ]
        running += [line for line in _outermost(items) if _PAGE_NUMBER.fullmatch(line.text)]
        kept.append([item for item in items if item not in running])
    return kept


def _of_chapters(pages: Sequence[tuple[Page, list[Item]]], body: float) -> set[_Place]:
    """Left and right pages may have heads of their own."""
    last: dict[_Place, int] = {}
    found: set[_Place] = set()
    for page, items in pages:
        for line in _margin(page, items):
            place = _place(line, body)
            if 0 < page.number - last.get(place, page.number) <= _PAGES_APART and not line.tabular:
                found.add(place)
            last[place] = page.number
    return {place for place in found if re.search(r"[^\W\d_]{3}", place[0])}


def _place(line: Line, body: float) -> _Place:
    return (*_running_key(line, body), round(line.y))


def _margin(page: Page, items: Iterable[Item]) -> list[Line]:
    head, foot = MARGIN * page.height, (1 - MARGIN) * page.height
    return [item for item in items if isinstance(item, Line) and not head < item.y < foot]


def _outermost(items: Iterable[Item]) -> list[Line]:
    lines = sorted((item for item in items if isinstance(item, Line)), key=lambda line: line.y)
    return [lines[0], lines[-1]] if lines else []


def _running_key(line: Line, body: float) -> tuple[str, int]:
    """What repeats. Numbers may differ from page to page, save in large type: "Chapter 1", "Chapter 2"."""
    text = line.text if line.size > 1.1 * body else re.sub(r"\d+", "#", line.text)
    return text, round(line.size)
