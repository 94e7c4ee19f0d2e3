"""All reports, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.reports import (
    affected,
    contradictions,
    coverage,
    links,
    opinions,
    reviews,
    stale,
    tracker,
    unanswered,
    uncited,
)
from assistant.reports.context import ReportContext
from assistant.reports.table import Report
from corpus.errors import NotFound

Make = Callable[[ReportContext], Report]


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that can be had; `group` is what it is about, `says` what it answers in a line."""

    name: str
    title: str
    group: str
    says: str
    make: Make


_CURRENT, _TRUE, _LEARNED, _USED = (
    "Is it current?",
    "Does it hold together?",
    "Was it learned?",
    "Is it used?",
)

CATALOGUE: dict[str, Kept] = {
    each.name: each
    for each in (
        Kept(reviews.NAME, reviews.TITLE, _CURRENT, "What is past its review date.", reviews.reviews),
        Kept(
            stale.NAME,
            stale.TITLE,
            _CURRENT,
            "Where text cites a replaced edition or a body that is no more.",
            stale.stale_references,
        ),
        Kept(
            affected.NAME,
            affected.TITLE,
            _CURRENT,
            "Which past answers and packs cite words that have changed since.",
            affected.affected_answers,
        ),
        Kept(
            contradictions.NAME,
            contradictions.TITLE,
            _TRUE,
            "Where two documents give another time limit or duty for the same.",
            contradictions.contradictions,
        ),
        Kept(links.NAME, links.TITLE, _TRUE, "Which references lead nowhere.", links.links),
        Kept(
            tracker.NAME,
            tracker.TITLE,
            _LEARNED,
            "Whether procedures say what briefings recommend, and who sees to it.",
            tracker.recommendations,
        ),
        Kept(
            coverage.NAME,
            coverage.TITLE,
            _LEARNED,
            "Which procedures speak of which theme.",
            coverage.coverage,
        ),
        Kept(
            unanswered.NAME,
            unanswered.TITLE,
            _USED,
            "What people asked in vain, by theme.",
            unanswered.unanswered,
        ),
        Kept(opinions.NAME, opinions.TITLE, _USED, "Which answers were of use.", opinions.feedback),
        Kept(uncited.NAME, uncited.TITLE, _USED, "Which documents no answer quotes.", uncited.uncited),
    )
}


def report(name: str, context: ReportContext) -> Report:
    """Make the report of this name. Raises NotFound."""
    if name not in CATALOGUE:
        raise NotFound(f"There is no report {name}.", f"There are: {', '.join(CATALOGUE)}.")
    return CATALOGUE[name].make(context)
