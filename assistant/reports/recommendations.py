"""The recommendations of the live briefings, each with what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.reports.library import LiveDocument
from corpus.documents import Kind, Part, Section

_PRINTED = re.compile(
    r"^[^\w(\"“]*(?:Recommendation\s+\w+\s*[:.–-]\s*)?(?:\(?(?:[a-z]|\d{1,2})[.)]\s+)?", re.IGNORECASE
)
_DUTY = re.compile(
    r"^.{0,200}?\b(?:should|must|asks?|checks?|presses|shares?|(?:is|are) asked to|needs? to)\b\s+", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation, or one lettered point of it. `start` and `end` span its words in the briefing's text.

    `body` is whom it is addressed to, `asked` what it asks for without the words that lead in to it; `lead`
    are those of the recommendation that a point belongs to.
    """

    document_id: str
    title: str
    version: int
    anchor: str
    number: str
    body: str
    text: str
    start: int
    end: int
    url: str
    asked: str
    lead: str = ""


def recommendations_of(documents: Iterable[LiveDocument]) -> Iterator[Recommendation]:
    """In reading order; one with lettered points is given point by point."""
    for live in documents:
        if live.document.kind is Kind.BRIEFING:
            for section in live.sections:
                if section.part is Part.RECOMMENDATION:
                    yield from _points(live, section)


def _points(live: LiveDocument, whole: Section) -> Iterator[Recommendation]:
    points = [s for s in live.sections if s.parent == whole.ordinal and s.body]
    if not points:
        yield _made(live, whole, _asked(_words(live, whole.start, whole.end)))
        return
    lead = _asked(_words(live, whole.start, points[0].start))
    for point in points:
        yield _made(live, point, _without_opening(_words(live, point.start, point.end)), lead)


def _made(live: LiveDocument, section: Section, asked: str, lead: str = "") -> Recommendation:
    text = live.version.text[section.start : section.end].rstrip()
    end = section.start + len(text)
    return Recommendation(
        document_id=live.document.id,
        title=live.document.title,
        version=live.version.number,
        anchor=section.anchor,
        number=section.number or section.heading,
        body=section.body or "",
        text=text,
        start=section.start,
        end=end,
        url=live.link(section.start, end),
        asked=asked or text,
        lead=lead,
    )


def _words(live: LiveDocument, start: int, end: int) -> str:
    """Without what is printed before them: a bullet, a letter, "Recommendation 2:"."""
    return _PRINTED.sub("", live.version.text[start:end].strip(), count=1)


def _asked(words: str) -> str:
    """Without whom it is addressed to."""
    return _without_opening(_DUTY.sub("", words, count=1))


def _without_opening(words: str) -> str:
    return _opening().sub("", words, count=1).strip(" ,;:.\n")


@cache
def rules() -> dict[str, Any]:
    """As `recommendations.yaml` has them."""
    text = files("assistant.reports").joinpath("recommendations.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"^(?:also |then )?(?:{'|'.join(rules()['openings'])})\s*[:,]?\s*", re.IGNORECASE)
