"""Lines of a plain text, rid of what belongs to its pages: page numbers, running heads, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?(?:[-–]\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–])?", re.IGNORECASE
)
_FEWEST_PAGES = 3
LOST_NOTES = 3
"""So many footnotes may be missing before the count of them is taken to be lost."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, spaces folded. `page` is known only where form feeds mark the pages."""

    text: str
    page: int | None = None
    note: bool = False
    """The start of a footnote, or more of it."""


class Run:
    """Places of figures that count up by one, each knowing the one before, so that runs share beginnings."""

    def __init__(self, place: int, before: Run | None) -> None:
        self.place = place
        self.before = before
        self.length: int = 1 + (before.length if before else 0)

    def places(self) -> list[int]:
        """From the first to the last."""
        places: list[int] = []
        run: Run | None = self
        while run:
            places.append(run.place)
            run = run.before
        return places[::-1]


def lines_of(text: str) -> list[Line]:
    """Every line, blank ones too; form feeds count the pages."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    pages = text.split("\f")
    numbered = len(pages) > 1
    return [
        Line(" ".join(line.split()), number if numbered else None)
        for number, page in enumerate(pages, 1)
        for line in page.split("\n")
    ]


def without_page_furniture(lines: list[Line]) -> list[Line]:
    """The lines in reading order, each page's footnotes marked and put after its text."""
    breaks = _page_breaks(lines)
    if not breaks:
        return lines
    pages = [
        lines[start:end]
        for start, end in zip([0, *[b + 1 for b in breaks]], [*breaks, len(lines)], strict=True)
    ]
    repeated = _repeated([page for page in pages if page])
    kept: list[Line] = []
    expected = 1
    before = ""
    for page in pages:
        body = [
            line for i, line in enumerate(page) if not (i in {0, len(page) - 1} and line.text in repeated)
        ]
        body, expected = _mark_notes(body, before, expected)
        before = " ".join(line.text for line in body)
        kept += body
    return kept


def _page_breaks(lines: list[Line]) -> list[int]:
    """Places of the lines that hold only a page number: the longest run that counts up by one."""
    runs: dict[int, Run] = {}
    longest: Run | None = None
    for place, line in enumerate(lines):
        if found := _PAGE_NUMBER.fullmatch(line.text):
            number = int(found[1])
            run = Run(place, runs.get(number - 1))
            if number not in runs or run.length >= runs[number].length:
                runs[number] = run
            if longest is None or run.length > longest.length:
                longest = run
    return longest.places() if longest and longest.length >= _FEWEST_PAGES else []


def _repeated(pages: list[list[Line]]) -> set[str]:
    """Running heads and feet: lines that open or close more than half of the pages."""
    counts = Counter(text for page in pages for text in {page[0].text, page[-1].text} if text)
    return {text for text, count in counts.items() if count > max(len(pages) / 2, _FEWEST_PAGES)}


def _mark_notes(page: list[Line], before: str, expected: int) -> tuple[list[Line], int]:
    """The page with its footnotes marked, and the number of the next page's first one.

    A footnote opens with the next number in the document's count, whose mark stands in the text before it,
    stuck to a word. All that follows on the page are footnotes.
    """
    for place, line in enumerate(page):
        number = opening_number(line.text)
        if number is None or not expected <= number <= expected + LOST_NOTES:
            continue
        above = " ".join(other.text for other in page[:place])
        if has_mark(f"{before} {above}", number):
            notes = [replace(other, note=True) for other in page[place:]]
            numbers = [opening_number(note.text) for note in notes]
            return page[:place] + notes, _last_in_count(numbers, number) + 1
    return page, expected


def opening_number(text: str) -> int | None:
    """The number that a footnote with these words would have."""
    found = re.match(r"(\d{1,3}) \S", text)
    return int(found[1]) if found else None


def _last_in_count(numbers: list[int | None], first: int) -> int:
    last = first
    for number in numbers:
        last = last + 1 if number == last + 1 else last
    return last


def has_mark(text: str, number: int) -> bool:
    """The number stands in the text, stuck to the word before it."""
    return re.search(rf"[^\s(]{number}(?!\d)", text) is not None


def note_numbers(words: str, first: int) -> tuple[list[str], int]:
    """Footnotes that stand on one line, apart, and the number after the last."""
    notes: list[str] = []
    number = first
    while following := re.search(rf"(?<= ){number + 1} (?=[A-Za-z‘“])", words):
        notes.append(words[: following.start()].strip())
        words, number = words[following.start() :], number + 1
    return [*notes, words.strip()], number + 1
