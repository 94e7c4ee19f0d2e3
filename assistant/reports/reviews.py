"""Which documents are past the day on which they were to be reviewed, or will be soon."""

from __future__ import annotations

from datetime import timedelta

from assistant.reports.context import ReportContext
from assistant.reports.table import Cell, Column, Report
from corpus.documents import Kind

NAME = "reviews"
TITLE = "Reviews overdue and due"
_ABOUT = (
    "By the dates that the documents print themselves. A procedure or guidance without one is listed, too."
)
_COLUMNS = (
    Column("document", "Document", link="url"),
    Column("kind", "Kind"),
    Column("state", "State"),
    Column("next_review", "Next review"),
    Column("days", "Days"),
    Column("last_reviewed", "Last reviewed"),
)
_ORDER = {"overdue": 0, "due": 1, "no date": 2}


def reviews(context: ReportContext) -> Report:
    """Overdue ones first, the longest overdue before all; `days` are those since or until the review."""
    soon = context.today + timedelta(days=context.settings.due_days)
    rows: list[dict[str, Cell]] = []
    for document in context.register.documents():
        following = document.next_review
        if document.withdrawn or (following is not None and following > soon):
            continue
        if following is None and document.kind is Kind.BRIEFING:
            continue  # it tells of one time, and is not reviewed
        state = "no date" if following is None else "overdue" if following < context.today else "due"
        rows.append(
            {
                "document": document.title,
                "kind": document.kind.value,
                "state": state,
                "next_review": following,
                "days": None if following is None else abs((following - context.today).days),
                "last_reviewed": document.last_reviewed,
                "document_id": document.id,
                "url": f"/documents/{document.id}",
            }
        )
    rows.sort(key=lambda row: (_ORDER[str(row["state"])], str(row["next_review"]), str(row["document"])))
    counts = {state: sum(row["state"] == state for row in rows) for state in _ORDER}
    summary = (
        f"{counts['overdue']} overdue, {counts['due']} due within {context.settings.due_days} days, "
        f"{counts['no date']} without a date.",
    )
    return Report(NAME, TITLE, _ABOUT, _COLUMNS, rows, summary)
