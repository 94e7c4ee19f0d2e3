"""The lines that a sentence may rest on, each with the words it is read with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from corpus.embedding import Embedder, Vectors
from corpus.passages import Candidate, Line, LivePassage
from corpus.sentences import sentence_spans

# Such a line speaks of what the one before it named.
_POINTS_BACK = re.compile(r"(?:they|it|this|these|those|that|he|she|such|both|their|its)\b", re.IGNORECASE)
_TABLE_CELLS = " | "


@dataclass(frozen=True, slots=True, eq=False)
class SourceLine:
    """`lead` is what governs the line: a list's lead-in, a table's header. `before` is the line before one
    that begins with "They". `heading` says what it is about. `vector` has shape (dimensions,). `places` are
    what has to be quoted of the passage `live`."""

    text: str
    lead: str
    before: str
    heading: str
    vector: Vectors
    live: LivePassage | None = None
    places: tuple[Line, ...] = ()

    @property
    def read(self) -> str:
        """The line with all that is needed to understand it."""
        return "\n".join(filter(None, (self.lead or self.before, self.text)))

    @property
    def own(self) -> str:
        """The line with what governs it."""
        return "\n".join(filter(None, (self.lead, self.text)))

    def overlaps(self, other: SourceLine) -> bool:
        """Whether both stand for the same line of a passage, alone or in a list."""
        return self is other or (
            self.live is not None and self.live == other.live and not {*self.places}.isdisjoint(other.places)
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that a sentence cites: `text` is all of it, character for character."""

    text: str
    lines: tuple[SourceLine, ...]


def source_of(candidate: Candidate) -> Source:
    """The passage's lines with their stored vectors; a list counts once more as a whole."""
    live = candidate.live
    heading = " ".join((live.title, *live.passage.trail, live.passage.number or ""))
    singles: list[SourceLine] = []
    for line, vector in zip(live.passage.lines, candidate.lines, strict=True):
        text, lead = _text(live, line.start, line.end), _lead(live, line)
        places: tuple[Line, ...] = (line,)
        before = ""
        if not lead and singles and _POINTS_BACK.match(text):
            before, places = singles[-1].text, (singles[-1].places[-1], line)
        singles.append(SourceLine(text, lead, before, heading, vector, live, places))
    return Source(live.passage.text, (*singles, *_lists(singles)))


def source_of_text(text: str, embedder: Embedder) -> Source:
    """A text that no register holds, sentence by sentence."""
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    lines = []
    for said, before, vector in zip(sentences, ["", *sentences], embedder.embed(sentences), strict=False):
        lines.append(SourceLine(said, "", before if _POINTS_BACK.match(said) else "", "", vector))
    return Source(text, tuple(lines))


def _lead(live: LivePassage, line: Line) -> str:
    within = live.passage.start <= line.lead_start < line.lead_end <= live.passage.end
    return _text(live, line.lead_start, line.lead_end) if within else ""


def _lists(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    for lead, items in groupby(
        lines, key=lambda line: (line.places[-1].lead_start, line.places[-1].lead_end)
    ):
        whole = tuple(items)
        if lead[0] < lead[1] and len(whole) > 1 and _TABLE_CELLS not in whole[0].text:
            yield _as_one(whole)


def _as_one(items: Sequence[SourceLine]) -> SourceLine:
    mean = np.mean([item.vector for item in items], axis=0)
    unit: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-9)
    places = tuple(place for item in items for place in item.places)
    text = "\n".join(item.text for item in items)
    return SourceLine(text, items[0].lead, "", items[0].heading, unit, items[0].live, places)


def _text(live: LivePassage, start: int, end: int) -> str:
    return live.passage.text[start - live.passage.start : end - live.passage.start]
