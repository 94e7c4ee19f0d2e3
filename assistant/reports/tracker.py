"""The recommendations of all briefings: what procedures say to each, and what was recorded of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.citing import citation_of
from assistant.reports.context import ReportContext
from assistant.reports.matching import Match, Matcher
from assistant.reports.notes import Note, Notes
from assistant.reports.recommendations import Recommendation, recommendations_of
from assistant.reports.table import Cell, Column, Report
from corpus.documents import Kind
from corpus.errors import NotFound
from corpus.passages import Candidate, Citation, digest

NAME = "recommendations"
TITLE = "Recommendations tracker"
_ABOUT = (
    "What each briefing recommends, to whom, and what the procedures say to it. “Meets”, “partly” and "
    "“nothing found” are proposals by the likeness of words: read both quotes before you rely on one. A "
    "lettered point is tracked by itself. Owner, date and evidence are what you record."
)
_COLUMNS = (
    Column("briefing", "Briefing"),
    Column("number", "Recommendation", link="url"),
    Column("body", "Addressed to"),
    Column("quote", "It recommends", quote=True),
    Column("verdict", "Procedures"),
    Column("procedure", "Where", link="procedure_url"),
    Column("procedure_quote", "In these words", quote=True),
    Column("progress", "Progress"),
    Column("owner", "Owner"),
    Column("due", "By"),
    Column("evidence", "Evidence"),
)


@dataclass(frozen=True, slots=True)
class Tracked:
    """A recommendation, what was found and what was noted. `is_stale`: the note was made on other words."""

    recommendation: Recommendation
    match: Match
    citations: tuple[Citation, ...]
    note: Note | None

    @property
    def is_stale(self) -> bool:
        return self.note is not None and self.note.text_sha256 != digest(self.recommendation.text)


def tracked(context: ReportContext) -> list[Tracked]:
    """By briefing, in reading order."""
    found = list(recommendations_of(context.documents))
    if not found:
        return []
    matches = context.memory.of(context.register.live_versions(), lambda: _matches(context, found))
    notes = Notes(context.register.engine).all()
    return [
        Tracked(each, match, _cited(match), notes.get((each.document_id, each.anchor)))
        for each, match in zip(found, matches, strict=True)
    ]


def _matches(context: ReportContext, found: list[Recommendation]) -> list[Match]:
    passages = (passage for live in context.documents for passage in live.passages)
    return Matcher(context.embedder(), passages).match(found, _procedures(context))


def one_tracked(context: ReportContext, document_id: str, anchor: str) -> Tracked:
    """Raises NotFound."""
    for each in tracked(context):
        if (each.recommendation.document_id, each.recommendation.anchor) == (document_id, anchor):
            return each
    raise NotFound(f"There is no recommendation {anchor} in {document_id}.")


def recommendations(context: ReportContext) -> Report:
    """One row for each recommendation or lettered point."""
    rows = [_row(each) for each in tracked(context)]
    counts = Counter(str(row["verdict"]) for row in rows)
    counted = ", ".join(f"{verdict} {count}" for verdict, count in counts.most_common())
    summary = (f"{len(rows)} recommendations and points: {counted}." if rows else "No recommendations.",)
    return Report(NAME, TITLE, _ABOUT, _COLUMNS, rows, summary)


def _procedures(context: ReportContext) -> Iterator[list[Candidate]]:
    for live in context.documents:
        if live.document.kind is not Kind.BRIEFING:
            ids = context.register.live_ids_of([live.document.id])
            yield sorted(context.register.candidates(ids), key=lambda each: each.live.passage.start)


def _cited(match: Match) -> tuple[Citation, ...]:
    return tuple(citation_of(number, quote) for number, quote in enumerate(match.quotes, start=1))


def _row(each: Tracked) -> dict[str, Cell]:
    recommendation, note = each.recommendation, each.note
    first = each.citations[0] if each.citations else None
    others = each.citations[1:]
    return {
        "briefing": recommendation.title,
        "number": recommendation.number,
        "body": recommendation.body,
        "quote": recommendation.text,
        "verdict": each.match.verdict.value,
        "procedure": f"{first.title}, {first.anchor}" if first else "",
        "procedure_quote": first.quote if first else "",
        "progress": note.progress.value if note else "",
        "owner": note.owner if note else "",
        "due": note.due if note else None,
        "evidence": note.evidence if note else "",
        "score": round(each.match.score, 2),
        "further": " | ".join(f"{cited.anchor}: {cited.quote}" for cited in others),
        "document_id": recommendation.document_id,
        "anchor": recommendation.anchor,
        "url": recommendation.url,
        "procedure_url": first.url if first else "",
    }
