"""What people thought of answers."""

from __future__ import annotations

from collections import Counter

from assistant.reports.asked import opinions
from assistant.reports.context import ReportContext
from assistant.reports.table import Cell, Column, Report

NAME = "feedback"
TITLE = "What people thought of answers"
_ABOUT = (
    "Comments and questions are kept for as many days as your settings say; details of real people were put "
    "out of them before."
)
_COLUMNS = (
    Column("at", "When"),
    Column("useful", "Useful"),
    Column("reason", "Why not"),
    Column("comment", "Comment"),
    Column("question", "Question"),
    Column("status", "The answer was"),
)


def feedback(context: ReportContext) -> Report:
    """Newest first."""
    given = opinions(context.register.engine)
    rows: list[dict[str, Cell]] = [
        {
            "at": each.at.date(),
            "useful": "yes" if each.useful else "no",
            "reason": each.reason.replace("_", " "),
            "comment": each.comment,
            "question": each.asked.question,
            "status": each.asked.status.replace("_", " "),
            "answer_id": each.asked.id,
        }
        for each in given
    ]
    useful = sum(each.useful for each in given)
    reasons = Counter(each.reason.replace("_", " ") for each in given if each.reason)
    counted = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
    summary = [f"{useful} of {len(given)} answers were useful."]
    if counted:
        summary.append(f"Why not: {counted}.")
    return Report(NAME, TITLE, _ABOUT, _COLUMNS, rows, tuple(summary))
