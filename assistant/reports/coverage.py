"""Which themes the procedures cover, and where: a paragraph counts that holds one of the theme's words."""

from __future__ import annotations

import re
from collections import Counter

from assistant.reports.context import ReportContext
from assistant.reports.library import LiveDocument
from assistant.reports.table import Cell, Column, Report
from assistant.themes import stems_of
from corpus.documents import Kind

NAME = "coverage"
TITLE = "Themes by procedure"
_ABOUT = (
    "How many paragraphs of each procedure speak of each theme, by the words in themes.yaml. A theme that "
    "briefings speak of and no procedure does may be a gap."
)
# So many paragraphs of the briefings say that a theme matters here.
_MATTERS = 3


def coverage(context: ReportContext) -> Report:
    """A row for each theme, a column for each procedure or guidance."""
    procedures = [live for live in context.documents if live.document.kind is not Kind.BRIEFING]
    briefings = [live for live in context.documents if live.document.kind is Kind.BRIEFING]
    counts = {live.document.id: _counts(live, context) for live in context.documents}
    labels = _labels(procedures)
    procedures.sort(key=lambda live: _in_order(labels[live.document.id]))
    columns = (
        Column("theme", "Theme"),
        Column("gap", "Gap"),
        Column("briefings", "In briefings"),
        Column("procedures", "In procedures"),
        *(Column(live.document.id, labels[live.document.id]) for live in procedures),
    )
    rows: list[dict[str, Cell]] = []
    for theme in context.themes.by_name:
        learned = sum(counts[live.document.id][theme] for live in briefings)
        by_procedure = {live.document.id: counts[live.document.id][theme] for live in procedures}
        ruled = sum(by_procedure.values())
        rows.append(
            {
                "theme": theme,
                "gap": "yes" if learned >= _MATTERS and not ruled else "",
                "briefings": learned,
                "procedures": ruled,
                **{key: count or None for key, count in by_procedure.items()},
            }
        )
    gaps = sum(bool(row["gap"]) for row in rows)
    summary = (f"Themes: {len(rows)}. Procedures: {len(procedures)}. Gaps: {gaps}.",)
    return Report(NAME, TITLE, _ABOUT, columns, rows, summary)


def _counts(live: LiveDocument, context: ReportContext) -> Counter[str]:
    counts: Counter[str] = Counter()
    for passage in live.passages:
        stems = stems_of(" . ".join((*passage.trail, passage.text)))
        counts.update(name for name, theme in context.themes.by_name.items() if theme.is_in(stems))
    return counts


def _labels(documents: list[LiveDocument]) -> dict[str, str]:
    """The chapter's number with its title; a title alone where there is no number."""
    found = {}
    for live in documents:
        number = live.sections[0].number if live.sections else None
        title = live.document.title
        found[live.document.id] = f"{number} {title}" if number and not title.startswith(number) else title
    return found


def _in_order(label: str) -> tuple[list[int], str]:
    """Chapters by number, then what has none by title."""
    number = re.match(r"\d+(?:\.\d+)*", label)
    return ([int(part) for part in number[0].split(".")] if number else [10_000], label)
