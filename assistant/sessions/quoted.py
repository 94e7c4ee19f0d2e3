"""The words that a pack quotes, as the support checker reads them: on no others may a sentence rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.sessions.sources import Shelf
from assistant.sessions.sources import Source as Read
from assistant.support.sources import Source, SourceLine, source_of
from corpus.embedding import Embedder
from corpus.passages import Citation, Line, Passage
from corpus.register import Register


class QuotedWords:
    """Of the documents that are live when it is made."""

    def __init__(self, register: Register, embedder: Embedder) -> None:
        self._register = register
        self._embedder = embedder
        self._shelf = Shelf(register)

    def source(self, quoted: Sequence[Citation]) -> Source:
        """Of quotes of one version. A line counts where all that governs it is quoted, too. Raises NotFound
        where the document was withdrawn."""
        read = self._shelf.source(quoted[0].document_id, quoted[0].version)
        headings = [each for each in quoted if not any(overlap(each, passage) for passage in read.passages)]
        lines = [*(self._heading(read, each) for each in headings), *self._lines(read, quoted)]
        usable = [each.quote for each in quoted if any(_holds(each, line) for line in lines)]
        return Source("\n".join(usable), tuple(lines))

    def _lines(self, read: Read, quoted: Sequence[Citation]) -> Iterator[SourceLine]:
        near = [passage.id for passage in read.passages if any(overlap(each, passage) for each in quoted)]
        for candidate in self._register.candidates(near):
            for line in source_of(candidate).lines:
                if all(any(_is_in(span, each) for each in quoted) for span in _needed(line)):
                    # What the heading says is a line of its own, where it is quoted.
                    yield replace(line, heading="")

    def _heading(self, read: Read, quoted: Citation) -> SourceLine:
        """No passage holds a heading; here it is one, of one line."""
        line = Line(quoted.start, quoted.end)
        passage = Passage(
            id="",
            section=0,
            anchor=quoted.anchor,
            number=None,
            trail=quoted.heading_trail,
            text=quoted.quote,
            start=quoted.start,
            end=quoted.end,
            page=quoted.page,
            part=None,
            lines=(line,),
        )
        [vector] = self._embedder.embed([quoted.quote])
        return SourceLine(quoted.quote, "", "", "", vector, read.live(passage), (line,))


def overlap(one: Citation, other: Citation | Passage) -> bool:
    """Whether two spans of one text have a character in common."""
    return one.start < other.end and other.start < one.end


def _needed(line: SourceLine) -> Iterator[tuple[int, int]]:
    """The spans of the line, of what it points back to, and of the lead-ins that govern them."""
    for place in line.places:
        yield place.start, place.end
        if place.lead_start < place.lead_end:
            yield place.lead_start, place.lead_end


def _is_in(span: tuple[int, int], quoted: Citation) -> bool:
    return quoted.start <= span[0] and span[1] <= quoted.end


def _holds(quoted: Citation, line: SourceLine) -> bool:
    return any(_is_in((place.start, place.end), quoted) for place in line.places)
