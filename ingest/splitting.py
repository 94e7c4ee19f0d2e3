"""A structured document -> passages, which are found, with their lines, which are quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.documents import Part, Section
from corpus.passages import Line, Passage, passage_id
from ingest.blocks import BlockKind
from ingest.furniture import furniture
from ingest.outline import trail_of
from ingest.packing import pack
from ingest.pieces import Piece, pieces_of
from ingest.structure import Element, Structured


def split(document_id: str, doc: Structured, max_words: int = 120) -> tuple[Passage, ...]:
    """The passages of a document, in order.

    A passage is one numbered paragraph with its list, or a few neighbours under one heading; a longer stretch
    is cut between sentences, items or rows. Each character but white space, headings, what must not be quoted
    and what a document says of itself lies in exactly one passage. Where there is nothing else, headings make
    passages.
    """
    quoted = _with_quotable_headings(doc)
    trails = [trail_of(doc.title, quoted, section.ordinal) for section in doc.sections]
    seen: Counter[tuple[str, str]] = Counter()
    passages = []
    for pieces in _passages(doc, max_words):
        section = doc.sections[pieces[0].section]
        text = doc.text[pieces[0].start : pieces[-1].end]
        occurrence = seen[section.anchor, text]
        seen[section.anchor, text] += 1
        passages.append(
            Passage(
                id=passage_id(document_id, section.anchor, trails[section.ordinal], occurrence, text),
                section=section.ordinal,
                anchor=section.anchor,
                number=section.number,
                trail=trails[section.ordinal],
                text=text,
                start=pieces[0].start,
                end=pieces[-1].end,
                page=pieces[0].page,
                part=section.part or doc.sections[_home(doc.sections, section)].part,
                lines=_lines(pieces),
            )
        )
    return tuple(passages)


def _passages(doc: Structured, max_words: int) -> Iterator[list[Piece]]:
    cuts = [section.start for section in doc.sections]
    for group in _groups(doc):
        yield from pack(pieces_of(group, doc.text, cuts, max_words), max_words)


def _groups(doc: Structured) -> Iterator[list[Element]]:
    """Runs of elements that may share a passage: no heading between them, the same numbered paragraph."""
    quotable = [element for element in doc.elements if element.quotable]
    if all(element.kind is BlockKind.HEADING for element in quotable):
        yield from ([element] for element in quotable)
        return
    homes = [_home(doc.sections, section) for section in doc.sections]
    # A heading has a home that nothing else has, so that it parts what stands on its two sides.
    apart = {e.start for e in doc.elements if e.kind is BlockKind.HEADING or not e.quotable}
    apart |= furniture(doc.elements, doc.sections, doc.text)
    keyed = groupby(doc.elements, lambda e: -1 if e.start in apart else homes[e.section])
    yield from (list(group) for home, group in keyed if home != -1)


def _with_quotable_headings(doc: Structured) -> list[Section]:
    """The sections, without the headings that must not be quoted."""
    refused = {element.start for element in doc.elements if not element.quotable}
    return [replace(s, heading="") if s.start in refused else s for s in doc.sections]


def _home(sections: Sequence[Section], section: Section) -> int:
    """The section whose passages hold this one's words: a recommendation keeps its lettered points, and
    points for discussion, one bullet each, share passages."""
    if section.parent is None or section.heading:
        return section.ordinal
    parent = sections[section.parent]
    lettered = parent.part is Part.RECOMMENDATION
    return parent.ordinal if lettered or section.part is Part.DISCUSSION_POINT else section.ordinal


def _lines(pieces: Sequence[Piece]) -> tuple[Line, ...]:
    """A line for each piece but header rows; a table that has only its header row is quoted by that."""
    quoted = [piece for piece in pieces if not piece.header] or pieces
    return tuple(Line(piece.words, piece.end, *piece.lead) for piece in quoted)
