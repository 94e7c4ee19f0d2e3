"""The table of contents of a plain text: left out of its blocks, but the best witness of its headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ingest.readers.text_lines import Line
from ingest.readers.text_rules import without_number

_OPENS = re.compile(r"(?:table of )?contents(?: page)?:?", re.IGNORECASE)
_ENTRY = re.compile(r"(.*?)[\s.·…_]*\s(\d{1,3})|()(\d{1,3})")
_LEADER = re.compile(r".*\S\s?[.·…_]{4,}\s*\d{1,3}")
_FEWEST_ENTRIES = 3
_LONGEST_ENTRY = 3
"""Lines that one entry may be wrapped over."""
_LABEL = re.compile(r"([^\W\d_]+)(?: [\w.]+)?:")
_TOP = re.compile(r"(?:part|annex|appendix|chapter|schedule) [\w.]+\s*(?:[:.–—]|$)", re.IGNORECASE)
_TOP_WORDS = {
    "introduction",
    "summary",
    "executive summary",
    "foreword",
    "glossary",
    "glossary of terms",
    "conclusion",
}
_MOST_SKIPPED = 5
_SECTION = re.compile(r"section [\w.]+\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    page: int


class Contents:
    """The headings that a document's tables of contents name, found again in its text in the same order."""

    def __init__(self, entries: list[Entry]) -> None:
        # A part's own table of contents comes later in the text than the main one: by page, they interleave.
        self.titles = [entry.title for entry in sorted(entries, key=lambda entry: entry.page)]
        self._keys = [key(title) for title in self.titles]
        self._longest = max((len(title) for title in self.titles), default=0)
        labels = Counter(label[1].lower() for title in self.titles if (label := _LABEL.match(title)))
        self._labels = {label for label, count in labels.items() if count > 1 and label != "section"}
        self._next = 0

    def find(self, text: str) -> int | None:
        """The place of the entry that a heading at this point of the text would be; None if there is none.

        Entries are found in order, few skipped: many a heading of an annex has a namesake in the chapters.
        """
        if len(text) > 1.5 * self._longest or text.endswith((".", ";", ",")):
            return None
        wanted, far = key(text), self._next + 1 + _MOST_SKIPPED
        for place in range(self._next, len(self._keys) if self.is_part(text) else min(far, len(self._keys))):
            if self._keys[place] == wanted and _opens_alike(text, self.titles[place]):
                return place
        return None

    def could_open(self, text: str) -> bool:
        """A heading that the contents name may begin with this line."""
        opened = key(text)
        return self.is_part(text) or any(
            title.startswith(opened) for title in self._keys[self._next : self._next + 1 + _MOST_SKIPPED]
        )

    def take(self, place: int) -> int:
        """Go on from this entry; its level: 1 for a part, else 2."""
        self._next = place + 1
        return 1 if place == 0 or self.is_part(self.titles[place]) or is_top(self.titles[place]) else 2

    def is_part(self, text: str) -> bool:
        """A heading by its label: "Annex F: ...", or a label that entries share: "Outcome 1: ..."."""
        label = _LABEL.match(text)
        return label is not None and (label[1].lower() in self._labels or is_top(text))

    def level(self, text: str) -> int:
        """Of a heading that the contents do not name."""
        if self.is_part(text):
            return 1
        return 3 if self.titles and not _SECTION.match(text) else 2


def _opens_alike(text: str, title: str) -> bool:
    """Both in capitals or neither: a list in running text repeats titles in small letters."""
    return _first_letter(text).isupper() == _first_letter(title).isupper()


def _first_letter(text: str) -> str:
    return without_number(text).lstrip("‘“\"'(")[:1]


def key(text: str) -> str:
    """A heading for comparison: case, punctuation and kinds of quotation mark do not count."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def is_top(text: str) -> bool:
    """A part, annex or chapter by name, or a heading such as Introduction."""
    return bool(_TOP.match(text)) or key(text) in _TOP_WORDS


def take_contents(lines: list[Line]) -> tuple[list[Line], list[Entry], int]:
    """The lines without tables of contents, the entries of these, and the place of the first one."""
    kept: list[Line] = []
    found: list[Entry] = []
    place, first = 0, 0
    while place < len(lines):
        text = lines[place].text
        if _OPENS.fullmatch(text) or _LEADER.fullmatch(text):
            entries, end = _entries(lines, place + bool(_OPENS.fullmatch(text)))
            if len(entries) >= _FEWEST_ENTRIES:
                first = first if found else len(kept)
                found += entries
                place = end
                continue
        kept.append(lines[place])
        place += 1
    return kept, found, first


def _entries(lines: list[Line], start: int) -> tuple[list[Entry], int]:
    """Entries whose page numbers do not fall, and the place after the last of them."""
    entries: list[Entry] = []
    pending: list[str] = []
    last, end = 0, start
    for place in range(start, len(lines)):
        text = lines[place].text
        entry = _ENTRY.fullmatch(text)
        number = int(entry[2] or entry[4]) if entry else 0
        if entry and number >= last:
            entries.append(Entry(" ".join([*pending, entry[1] or ""]).strip(), number))
            pending, last, end = [], number, place + 1
        elif text:
            pending.append(text)
        if len(pending) >= _LONGEST_ENTRY:
            break
    return entries, end
