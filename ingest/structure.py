"""Blocks -> canonical text, section tree and elements."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.documents import Kind, Section
from ingest.blocks import Reading
from ingest.briefings import with_headings, with_parts
from ingest.layout import Element, lay_out
from ingest.metadata import facts_of, title_from_name
from ingest.numbering import printed_numbers
from ingest.outline import openings_of, sections_of
from ingest.suspicious import trusted_title, with_suspicious_marked

__all__ = ["Element", "Structured", "structure"]


@dataclass(frozen=True, slots=True)
class Structured:
    """A document as the register keeps it, and the elements that it is split by.

    `text` is the canonical text: every offset of a section or element counts characters in it.
    """

    title: str
    kind: Kind
    text: str
    sections: tuple[Section, ...]
    elements: tuple[Element, ...]
    last_reviewed: date | None
    next_review: date | None
    warnings: tuple[str, ...]
    effective_from: date | None = None


def structure(reading: Reading, name: str, kind: Kind | None = None) -> Structured:
    """The structure of a file as read; `name` is the file's, `kind` what the person adding it says it is."""
    facts = facts_of(reading, name, kind)
    blocks = [block for block in reading.blocks if block.text.strip()]
    if facts.kind is Kind.BRIEFING:
        blocks = with_headings(blocks)
    text, laid_out = lay_out(blocks, printed_numbers(blocks))
    elements, suspicious = with_suspicious_marked(laid_out, text)
    title, untrusted = trusted_title(facts.title, title_from_name(name))
    openings = openings_of(blocks, elements, text)
    if facts.kind is Kind.BRIEFING:
        openings = with_parts(openings, [e for e in elements if e.quotable], text)
    sections = sections_of(openings, text)
    return Structured(
        title=title,
        kind=facts.kind,
        text=text,
        sections=sections,
        elements=_placed(elements, sections),
        last_reviewed=facts.last_reviewed,
        next_review=facts.next_review,
        warnings=(*reading.warnings, *facts.warnings, *untrusted, *suspicious),
        effective_from=facts.effective_from,
    )


def _placed(elements: Sequence[Element], sections: Sequence[Section]) -> tuple[Element, ...]:
    starts = [section.start for section in sections]
    return tuple(replace(e, section=bisect_right(starts, e.start) - 1) for e in elements)
