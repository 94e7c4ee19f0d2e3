"""What a briefing holds for a session, each piece as a span of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.leaning import is_whole
from assistant.quotes import is_lone_lead, quotes_of
from assistant.sessions.sources import Source, Words
from corpus.documents import Part, Section

_BULLET = re.compile(r"[\s•·*▪◦‣–-]+")
_NUMBER = re.compile(r"\s*\d{1,2}[.)]\s+")
_CASE = re.compile(
    r"circumstances|background|what happened|the (?:case|story|incident)|summary|about the ", re.I
)
_ABOUT_REVIEWS = re.compile(r"what .*(?:review|briefing)", re.I)
_CONTACTS = re.compile(r"links|contacts?|further (?:reading|information)|resources", re.I)
_CHAPTER = re.compile(r"\b[Cc]hapters? (\d+\.\d+)|(?<=, )(\d+\.\d+) \(")
_BAR = " | "


@dataclass(frozen=True, slots=True)
class Learning:
    """One point of key learning. `heading` is what was learned, `sentences` what is said of it and
    `paragraphs` the same whole; `passages` are the ids of its passages."""

    number: int
    heading: Words
    sentences: tuple[Words, ...]
    paragraphs: tuple[Words, ...]
    passages: tuple[str, ...]

    @property
    def source(self) -> Source:
        return self.heading.source

    @property
    def key(self) -> tuple[str, int]:
        """Names it in the library."""
        return self.source.id, self.number


class Briefing:
    """A learning briefing by its parts."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @cached_property
    def learning(self) -> tuple[Learning, ...]:
        """The numbered points; where the briefing has none, its headed sections but for the other parts."""
        sections = self.source.part(Part.KEY_LEARNING) or list(self._headed())
        points = (_learning(self.source, number, each) for number, each in enumerate(sections, start=1))
        return tuple(point for point in points if point is not None)

    @cached_property
    def case(self) -> tuple[Words, ...]:
        """The sentences that tell what happened."""
        section = self._case_section()
        return tuple(_sentences(self.source, section)) if section else ()

    @cached_property
    def recommendations(self) -> tuple[tuple[str, Words], ...]:
        """Each with its printed number, its lettered points included."""
        found = []
        for section in self.source.part(Part.RECOMMENDATION):
            starts = [line.start for _, line in self.source.lines(section)]
            if starts:
                found.append((section.number or "", trimmed(self.source, min(starts), section.end)))
        return tuple(found)

    @cached_property
    def discussion(self) -> tuple[Words, ...]:
        """The points for discussion, word for word."""
        spans = (
            trimmed(self.source, each.start, each.end) for each in self.source.part(Part.DISCUSSION_POINT)
        )
        return tuple(words for words in spans if words.text)

    @cached_property
    def contacts(self) -> tuple[Words, ...]:
        """The lines under its useful links and contacts."""
        return tuple(
            self.source.words(line.start, line.end)
            for section in self.source.sections
            if section.heading and _CONTACTS.search(section.heading)
            for _, line in self.source.lines(section)
        )

    @cached_property
    def chapters(self) -> frozenset[str]:
        """Numbers of the procedure chapters that it names."""
        return frozenset(one or other for one, other in _CHAPTER.findall(self.source.version.text))

    def _case_section(self) -> Section | None:
        headed = [each for each in self.source.sections if each.heading and each.part is None]
        told = next((each for each in headed if _CASE.search(each.heading)), None)
        if told:
            return told
        ends = [each.start for each in self.source.part(Part.KEY_LEARNING)]
        end = min(ends, default=len(self.source.version.text))
        before = [
            each
            for each in headed
            if each.end <= end and not _ABOUT_REVIEWS.search(each.heading) and self.source.inside(each)
        ]
        return before[-1] if before else None

    def _headed(self) -> Iterator[Section]:
        case = self._case_section()
        for section in self.source.sections:
            passages = self.source.inside(section)
            own = [each for each in passages if each.trail[-1:] == (section.heading,)]
            if section.heading and own and section is not case and section.part is None:
                others = (_ABOUT_REVIEWS, _CONTACTS)
                if not any(pattern.search(section.heading) for pattern in others):
                    yield section


def trimmed(source: Source, start: int, end: int) -> Words:
    """The span without bullets before it and white space around it."""
    text = source.version.text
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    while end > start and text[end - 1].isspace():
        end -= 1
    return source.words(start, end)


def title_of(source: Source) -> Words | None:
    """The title where the text itself has it as its first heading."""
    first = next((each for each in source.sections if each.heading), None)
    if first is None or not source.version.text.startswith(first.heading, first.start):
        return None
    return source.words(first.start, first.start + len(first.heading))


def _learning(source: Source, number: int, section: Section) -> Learning | None:
    sentences = _sentences(source, section)
    text = source.version.text
    if section.heading and text.startswith(section.heading, section.start):
        printed = _NUMBER.match(section.heading)
        start = section.start + (printed.end() if printed else 0)
        heading = trimmed(source, start, section.start + len(section.heading))
    elif sentences:
        heading, sentences = sentences[0], sentences[1:]
    else:
        return None
    passages = source.inside(section)
    return Learning(
        number=number,
        heading=heading,
        sentences=tuple(sentences),
        paragraphs=tuple(_paragraphs(source, section, heading)),
        passages=tuple(passage.id for passage in passages),
    )


def _paragraphs(source: Source, section: Section, heading: Words) -> Iterator[Words]:
    """What stands in the section below its heading, as it is set."""
    for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", source.version.text[heading.end : section.end]):
        yield source.words(heading.end + match.start(), heading.end + match.end())


def _sentences(source: Source, section: Section) -> list[Words]:
    """Whole ones: a list with its lead-in is one, and so are sentences in one pair of quotation marks. A list
    that is too long to be shown whole is left out."""
    found: dict[int, Words] = {}
    for live, line in source.lines(section):
        spans = quotes_of(live, line)
        if len(spans) == 1 and not is_lone_lead(live, line):
            found.setdefault(spans[0].start, source.words(spans[0].start, spans[0].end))
    return [each for each in _joined(list(found.values())) if _BAR not in each.text]


def _joined(sentences: list[Words]) -> Iterator[Words]:
    """Each with those that follow, up to where its quotation marks close; as it is where they never do."""
    index = 0
    while index < len(sentences):
        words, source = sentences[index], sentences[index].source
        ends = [
            end
            for end in range(index, len(sentences))
            if is_whole(source.words(words.start, sentences[end].end).text)
        ]
        last = ends[0] if ends else index
        yield source.words(words.start, sentences[last].end)
        index = last + 1
