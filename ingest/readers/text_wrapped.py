"""Hard-wrapped lines joined into paragraphs, list items and headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.text_contents import Contents
from ingest.readers.text_lines import LOST_NOTES, Line, opening_number
from ingest.readers.text_rules import (
    BULLET,
    NUMBERED,
    breaks_off,
    could_be_heading,
    could_be_long_heading,
    ends_sentence,
)

_WRAPPED = 0.15
"""In wrapped prose every second line goes on in lower case; where a line is a paragraph, hardly any does."""
_FULL = 0.9
"""Letters differ in width, so a line that would have come this near to the usual width was full."""
_SURELY_FULL = 0.8
"""The same where neither stop nor capital helps to decide."""
_HEADING_FULL = 0.75
"""The same in headings, whose larger type is wrapped earlier."""
_LONGEST_RUN = 3
_FEW_WORDS = 2
_TELLING = 25
"""Characters. A longer line that repeats an entry of the contents is a heading wherever it stands."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph to be; what is neither heading nor footnote is told apart later."""

    text: str
    page: int | None = None
    heading: bool = False
    level: int = 0
    """Of a heading that the table of contents names."""
    note: bool = False


def is_wrapped(lines: list[Line]) -> bool:
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if a.text and b.text]
    carried = sum(b[0].islower() and not NUMBERED.match(b) and not BULLET.match(b) for _, b in pairs)
    return len(pairs) > 3 and carried > _WRAPPED * len(pairs)


class Joiner:
    """One pass over the lines of a wrapped text."""

    def __init__(self, lines: list[Line], contents: Contents) -> None:
        self._lines = [line for line in lines if not line.note]
        self._contents = contents
        self._notes = _notes_by_place(lines)
        lengths = sorted(len(line.text) for line in self._lines if line.text)
        self._width = lengths[int(len(lengths) * 0.95)] if lengths else 0
        self._open: list[Line] = []
        self._waiting: list[Draft] = []
        self._named: set[int] = set()
        """Places of the lines that headings named in the contents take up."""

    def drafts(self) -> Iterator[Draft]:
        place = 0
        while place < len(self._lines):
            self._waiting += self._notes.get(place, [])
            run = self._heading_run(place)
            line = self._lines[place]
            if run:
                yield from self._close()
                yield self._heading(place, run)
            elif not line.text:
                yield from self._close()
            else:
                if self._opens_paragraph(place):
                    yield from self._close()
                self._open.append(line)
            place += max(run, 1)
        self._waiting += self._notes.get(place, [])
        yield from self._close()

    def _heading(self, place: int, run: int) -> Draft:
        text, page = self._joined(place, run), self._lines[place].page
        entry = self._contents.find(text)
        if entry is None:
            return Draft(text, page, heading=True)
        self._named.update(range(place, place + run))
        return Draft(text, page, heading=True, level=self._contents.take(entry))

    def _close(self) -> Iterator[Draft]:
        if self._open:
            yield Draft(_join([line.text for line in self._open]), self._open[0].page)
        self._open = []
        yield from self._waiting
        self._waiting = []

    def _joined(self, place: int, run: int) -> str:
        return _join([line.text for line in self._lines[place : place + run]])

    def _opens_paragraph(self, place: int) -> bool:
        text = self._lines[place].text
        if not self._open or BULLET.match(text):
            return True
        before = self._open[-1].text
        if NUMBERED.match(text):
            return ends_sentence(before) or self._has_room(before, text)
        if text[0].islower():
            return False
        return self._has_room(before, text, _FULL if ends_sentence(before) else _SURELY_FULL)

    def _has_room(self, before: str, text: str, full: float = _FULL) -> bool:
        """The first word of `text` would have fitted on the line before: that line ended on purpose."""
        return len(before) + 1 + len(text.split(" ", 1)[0]) <= full * self._width

    def _heading_run(self, place: int) -> int:
        """How many lines from here make a heading; 0 for none."""
        text = self._lines[place].text
        if not text:
            return 0
        longest = min(_LONGEST_RUN, len(self._lines) - place) if self._contents.could_open(text) else 0
        for run in range(longest, 0, -1):
            joined = self._joined(place, run)
            if self._contents.find(joined) is not None and (
                len(joined) > _TELLING or self._ended(place, _FULL)
            ):
                return run
        if not self._ended(place):
            return 0
        if self._contents.is_part(self._lines[place].text):
            return self._part_run(place)
        return self._plain_run(place)

    def _ended(self, place: int, full: float = _SURELY_FULL) -> bool:
        """Nothing before this line is waiting for it."""
        if not self._open:
            return True
        before = self._open[-1].text
        return ends_sentence(before) or self._has_room(before, self._lines[place].text, full)

    def _part_run(self, place: int) -> int:
        """How many lines a heading with a label takes."""
        run = 1
        while run < _LONGEST_RUN and self._goes_on(place, run):
            run += 1
        return run

    def _goes_on(self, place: int, run: int) -> bool:
        """The next line is more of a heading that has this many lines."""
        follows = self._follows(place + run)
        if follows != "text" or not self._lines[place + run].text:
            return follows == "more"
        last, text = self._lines[place + run - 1].text, self._lines[place + run].text
        if ends_sentence(text):
            return False
        wanted = breaks_off(last) or len(text.split()) <= _FEW_WORDS
        return not text[0].isalpha() or (wanted and not self._has_room(last, text, _HEADING_FULL))

    def _plain_run(self, place: int) -> int:
        """A title-like line, or a few of which only the first begins like one, before text of some kind."""
        run = self._part_run(place)
        text, last = self._joined(place, run), self._lines[place + run - 1].text
        if not (could_be_heading(text) if run == 1 else could_be_long_heading(text)) or text.endswith(":"):
            return 0
        follows = self._follows(place + run)
        if follows == "number":
            return run
        if follows == "bullet":
            return 0 if self._in_list() and not ends_sentence(self._open[-1].text) else run
        if follows != "text" or not self._has_room(last, self._lines[place + run].text):
            return 0
        return 0 if self._in_listing(place) else run

    def _in_listing(self, place: int) -> bool:
        """Three title-like lines in a row are a list without bullets; only the first can be a heading."""
        before, after = self._is_title_like(place - 1), self._is_title_like(place + 1)
        return before and (after or self._is_title_like(place - 2))

    def _is_title_like(self, place: int) -> bool:
        inside = 0 <= place < len(self._lines) and place not in self._named
        return inside and could_be_heading(self._lines[place].text)

    def _in_list(self) -> bool:
        return bool(self._open) and bool(BULLET.match(self._open[0].text))

    def _follows(self, place: int) -> str:
        if place >= len(self._lines) or not self._lines[place].text:
            return "text" if place < len(self._lines) else "end"
        text = self._lines[place].text
        if BULLET.match(text):
            return "bullet"
        if NUMBERED.match(text):
            return "number"
        return "more" if text[0].islower() else "text"


def _join(texts: list[str]) -> str:
    """Lines as one; a hyphen at a line's end stays, since these texts break only words that have one."""
    joined = texts[0]
    for text in texts[1:]:
        tight = (
            joined.endswith("-") and joined[-2:-1].isalnum() and (text[:1].islower() or text[:1].isdigit())
        )
        joined += text if tight else f" {text}"
    return joined


def _notes_by_place(lines: list[Line]) -> dict[int, list[Draft]]:
    """Footnotes by the number of body lines before them."""
    notes: dict[int, list[Draft]] = {}
    body, last = 0, 0
    for line in lines:
        if not line.note:
            body += 1
            continue
        here = notes.setdefault(body, [])
        number = opening_number(line.text)
        if not here or (number is not None and last < number <= last + LOST_NOTES):
            here.append(Draft(line.text, line.page, note=True))
            last = number or last
        elif line.text:
            here[-1] = replace(here[-1], text=_join([here[-1].text, line.text]))
    return notes
