"""The statements of a document: sentences, list items and table rows, each with what introduces it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from corpus.documents import Section
from corpus.passages import Line, Passage
from corpus.sentences import sentence_spans

Span = tuple[int, int]
_CELLS = " | "
_LONGEST = 5_000
"""Characters. What is longer is no sentence and no row that somebody wrote, and would take long to read."""
_ABOUT_ITSELF = re.compile(
    r"amendments?|(?:change|version|document|review|revision) (?:history|control|record|log)|"
    r"(?:table of )?contents|references|further (?:reading|information)|bibliography",
    re.IGNORECASE,
)


class Form(Enum):
    SENTENCE = auto()
    ITEM = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Statement:
    """Spans are offsets into the canonical text.

    `lead` is the lead-in of an item or the header of a row; `items` are the spans of the items that this
    statement introduces; `section` is an ordinal, `headings` the trail below the title.
    """

    form: Form
    start: int
    end: int
    section: int
    headings: tuple[str, ...]
    lead: Span | None = None
    items: tuple[Span, ...] = ()

    def cells(self, text: str) -> list[Span]:
        """The spans of a row's cells, without the space around them."""
        return cells_of(text, self.start, self.end)


def cells_of(text: str, start: int, end: int) -> list[Span]:
    """The spans of the cells between two offsets."""
    spans: list[Span] = []
    for cell in text[start:end].split(_CELLS):
        left = start + len(cell) - len(cell.lstrip())
        spans.append((left, max(left, start + len(cell.rstrip()))))
        start += len(cell) + len(_CELLS)
    return spans


def statements_of(text: str, sections: Sequence[Section], passages: Sequence[Passage]) -> list[Statement]:
    """In reading order; what a document says of itself (contents, amendments) is left out, and so is what is
    too long for a statement."""
    lines = [(passage, line) for passage in passages for line in passage.lines]
    introduced: dict[int, list[Span]] = defaultdict(list)
    for _, line in lines:
        if line.lead_start < line.lead_end and _CELLS not in text[line.lead_start : line.lead_end]:
            introduced[line.lead_end].append((line.start, line.end))
    found: list[Statement] = []
    for passage, line in lines:
        headings = _headings(sections, passage.section)
        if not any(_ABOUT_ITSELF.fullmatch(heading.strip(" :")) for heading in headings):
            found.extend(_of_line(text, passage, line, headings, introduced))
    return [statement for statement in found if statement.end - statement.start <= _LONGEST]


def heading_words(section: Section) -> str:
    """The heading without its printed number; "Stage 1" is no such number but says something."""
    number = section.number if section.number and section.number[0].isdigit() else ""
    return section.heading.removeprefix(number).strip(" .:)\u2013-")


def _headings(sections: Sequence[Section], ordinal: int | None) -> tuple[str, ...]:
    found: list[str] = []
    while ordinal is not None:
        section = sections[ordinal]
        if section.heading:
            found.insert(0, heading_words(section))
        ordinal = section.parent
    return tuple(found)


def _of_line(
    text: str,
    passage: Passage,
    line: Line,
    headings: tuple[str, ...],
    introduced: dict[int, list[Span]],
) -> Iterator[Statement]:
    words = text[line.start : line.end]
    lead = (line.lead_start, line.lead_end) if line.lead_start < line.lead_end else None
    in_table = lead is None or _CELLS in text[lead[0] : lead[1]]
    if _CELLS in words and in_table:
        yield Statement(Form.ROW, line.start, line.end, passage.section, headings, lead)
        return
    for count, (start, end) in enumerate(sentence_spans(words)):
        own = lead if count == 0 and not in_table else None
        yield Statement(
            Form.ITEM if own else Form.SENTENCE,
            line.start + start,
            line.start + end,
            passage.section,
            headings,
            own,
            tuple(introduced.get(line.start + end, ())),
        )
