"""Small pieces that the assistant's tests are made of."""

from __future__ import annotations

from assistant.answers import AnswerStatus
from assistant.enquiry import Enquiry, Found
from assistant.evidence import Evidence
from corpus.documents import Kind
from corpus.passages import Line, LivePassage, Passage

__all__ = ["AnswerStatus", "Enquiry", "found"]


def found(
    text: str, *, score: float = 1.0, kind: Kind = Kind.PROCEDURE, document: str = "manual", start: int = 0
) -> Found:
    """A retrieved passage of one line that fits the question as well as `score` says."""
    line = Line(start, start + len(text))
    passage = Passage(
        id=f"{document}-{start}",
        section=0,
        anchor="1.1",
        number="1.1",
        trail=("Manual", "Heading"),
        text=text,
        start=start,
        end=start + len(text),
        page=3,
        part=None,
        lines=(line,),
    )
    live = LivePassage(passage, document, 1, "Manual", kind, None)
    return Found(live, score, (Evidence(line, text, score, score, 1.0),))
