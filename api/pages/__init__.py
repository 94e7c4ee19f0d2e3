"""The pages, and how they are rendered: plain HTML that works without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.answers import Group, Sentence
from assistant.figures import highlights
from corpus.documents import Kind
from corpus.file_names import shown

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

_NUMBER = re.compile(r"\b999\b|(?:\+44|\b0)[\d ]{8,13}\d\b")
_KINDS = {Kind.PROCEDURE: "Procedures", Kind.GUIDANCE: "Guidance", Kind.BRIEFING: "Learning briefings"}


class Pages:
    """Renders the templates of this folder. `signpost` stands above every page; `most` is the longest
    question, in characters."""

    def __init__(self, signpost: str, most: int) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"day": _day, "dialled": dialled, "pieces": _pieces, "shown": shown}
        self._environment.globals |= {
            "signpost": signpost,
            "most": most,
            "groups": {group: group.heading for group in Group},
            "kinds": _KINDS,
        }

    def render(self, template: str, status: int = HTTPStatus.OK, **context: Any) -> HTMLResponse:
        """The page as a response; all that is put in is escaped."""
        return HTMLResponse(self._environment.get_template(template).render(context), status)


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _pieces(sentence: Sentence, question: str) -> Iterator[tuple[str, bool]]:
    """The sentence in pieces, each with whether it is what the question asks for."""
    at = 0
    for start, end in highlights(question, sentence.text):
        yield sentence.text[at:start], False
        yield sentence.text[start:end], True
        at = end
    yield sentence.text[at:], False


def dialled(text: str) -> Iterator[tuple[str, str | None]]:
    """The text in pieces, each with the number to dial, or None for the words between numbers."""
    at = 0
    for match in _NUMBER.finditer(text):
        yield text[at : match.start()], None
        yield match[0], match[0].replace(" ", "")
        at = match.end()
    yield text[at:], None
