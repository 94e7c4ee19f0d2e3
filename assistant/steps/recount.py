"""What one review found, recommended or was about, told by the briefing's own parts and in its own order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answers import Answer, AnswerStatus
from assistant.citing import citation_of, sentence_of
from assistant.enquiry import Enquiry, Found
from assistant.evidence import Evidence, stems_of
from assistant.quotes import Quote
from assistant.reviews import AskedOf, ReviewPart, asked_of
from corpus.documents import Document, Kind, Section, Version
from corpus.passages import Line, LivePassage, Passage
from corpus.register import Register
from corpus.settings import AnswerSettings

# A point of up to so many words is told whole, a longer one by its first sentences of up to so many.
_WHOLE, _OPENING = 120, 60
# A point is about something where it says so many of its words.
_SAID = 0.6
_WORD = re.compile(r"[^\W\d_]{2,}")


class Recount:
    """No search: "What did the review of Child R find?" means all of it, and no paragraph says so. Ends in
    `not_in_corpus` where no briefing knows the child or family; where it is not sure which review is meant,
    or the review has no such part, the question goes on as any other."""

    name = "recount"

    def __init__(self, register: Register, settings: AnswerSettings) -> None:
        self._register = register
        self._most = settings.max_sentences

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
        asked = asked_of(enquiry.standalone, enquiry.latest)
        enquiry = replace(enquiry, of_review=asked)
        # Points for discussion do not say what they are about: the review does.
        if asked is None or not (asked.is_one or asked.parts == (ReviewPart.DISCUSSION_POINT,)):
            return enquiry
        meant = self._meant(asked)
        if asked.pseudonym and not meant:
            # What another review says of another child is no answer.
            return Answer(AnswerStatus.NOT_IN_CORPUS, enquiry.text)
        if len(meant) != 1:
            return enquiry
        review = self._register.version(meant[0].id)
        about = stems_of(asked.subject) if asked.pseudonym else frozenset[str]()
        told = [self._points(review, part, about) for part in asked.parts]
        if not any(told):
            return enquiry
        share = self._most // sum(map(bool, told))
        quotes = [quote for points in told for quote in points[:share]]
        draft = Answer(
            status=AnswerStatus.ANSWERED,
            question=enquiry.text,
            sentences=tuple(sentence_of(number, quote) for number, quote in enumerate(quotes, start=1)),
            citations=tuple(citation_of(number, quote) for number, quote in enumerate(quotes, start=1)),
            confidence=1.0,
        )
        beside = tuple(_beside(quote) for points in told for quote in points[share:])
        return replace(enquiry, draft=draft, found=beside, confidence=1.0)

    def _meant(self, asked: AskedOf) -> list[Document]:
        """The briefings whose title, or else whose text, has the pseudonym; without one, those whose title
        says what it is to be about."""
        briefings = [
            each
            for each in self._register.documents()
            if each.kind is Kind.BRIEFING and not each.withdrawn and each.version
        ]
        if not asked.pseudonym:
            about = stems_of(asked.subject)
            return [each for each in briefings if about and about <= stems_of(each.title)]
        name = re.compile(rf"\b{re.escape(asked.pseudonym)}\b", re.IGNORECASE)
        titled = [each for each in briefings if name.search(each.title)]
        return titled or [each for each in briefings if name.search(self._register.version(each.id).text)]

    def _points(self, review: Version, part: ReviewPart, about: frozenset[str]) -> list[Quote]:
        """What is quoted of each point of the part, in its order; where it is to be about something, of those
        points alone that say it."""
        passages = self._register.passages(review.id)
        live = self._register.live(passage.id for passage in passages)
        lives = [live[passage.id] for passage in passages if passage.id in live]
        points: list[tuple[Quote, str]] = []
        for section in _sections(self._register.sections(review.id), part):
            inside = [each for each in lives if _overlaps(each.passage, section)]
            if part.marked and inside:
                points.append(
                    (_point(section, inside[0], review.text), review.text[section.start : section.end])
                )
            elif not part.marked:
                points += [(_opening(each), each.passage.text) for each in inside]
        return [quote for quote, text in points if len(about & stems_of(text)) >= _SAID * len(about)]


def _sections(sections: Sequence[Section], part: ReviewPart) -> Iterator[Section]:
    for section in sections:
        if section.part is part.marked if part.marked else part.is_headed(section.heading):
            yield section


def _overlaps(passage: Passage, section: Section) -> bool:
    return passage.start < section.end and section.start < passage.end


def _point(section: Section, live: LivePassage, text: str) -> Quote:
    """By its heading where that says something, else whole where it is short, else by its first sentences."""
    end = live.passage.start if section.start < live.passage.start else section.end
    words = text[section.start : end].rstrip()
    is_heading = end < section.end and words == section.heading and len(_WORD.findall(words)) > 1
    if not is_heading:
        words = text[section.start : section.end].rstrip()
        if len(words.split()) > _WHOLE:
            return _opening(live)
    around = replace(
        live.passage, start=section.start, end=section.end, text=text[section.start : section.end]
    )
    return Quote(replace(live, passage=around), section.start, section.start + len(words), words)


def _opening(live: LivePassage) -> Quote:
    """All of it, or its first sentences; never words that only lead in to a list."""
    passage = live.passage
    end = passage.end
    if len(passage.text.split()) > _WHOLE:
        ends = [line.end for line in passage.lines if not passage.words(line).endswith(":")]
        end = max(
            [each for each in ends if _words(passage, each) <= _OPENING], default=min(ends, default=end)
        )
    return Quote(live, passage.start, end, passage.text[: end - passage.start])


def _words(passage: Passage, end: int) -> int:
    return len(passage.text[: end - passage.start].split())


def _beside(quote: Quote) -> Found:
    """For what is named below the answer."""
    passage = quote.live.passage
    line = Line(quote.start, quote.end)
    return Found(quote.live, 1.0, (Evidence(line, passage.words(line), 1.0, 1.0, 1.0),))
