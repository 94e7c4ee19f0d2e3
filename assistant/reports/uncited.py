"""How often each document was cited; those that never were come first."""

from __future__ import annotations

from datetime import datetime

from assistant.reports.asked import citations
from assistant.reports.context import ReportContext
from assistant.reports.table import Cell, Column, Report

NAME = "citations"
TITLE = "Documents that are never cited"
_ABOUT = (
    "Over all answers on record. A document that no answer cites may be about what nobody asks, or may be "
    "written so that it is not found."
)
_COLUMNS = (
    Column("document", "Document", link="url"),
    Column("kind", "Kind"),
    Column("answers", "Answers that cite it"),
    Column("last_cited", "Last cited"),
)


def uncited(context: ReportContext) -> Report:
    """All live documents, the least cited first."""
    citing: dict[str, set[int]] = {}
    last: dict[str, datetime] = {}
    for each in citations(context.register.engine):
        citing.setdefault(each.document_id, set()).add(each.asked.sequence)
        last[each.document_id] = each.asked.at
    rows: list[dict[str, Cell]] = [
        {
            "document": document.title,
            "kind": document.kind.value,
            "answers": len(citing.get(document.id, ())),
            "last_cited": last[document.id].date() if document.id in last else None,
            "document_id": document.id,
            "url": f"/documents/{document.id}",
        }
        for document in context.register.documents()
        if not document.withdrawn
    ]
    rows.sort(key=lambda row: (int(str(row["answers"])), str(row["document"])))
    never = sum(not row["answers"] for row in rows)
    summary = (f"{never} of {len(rows)} documents were never cited.",)
    return Report(NAME, TITLE, _ABOUT, _COLUMNS, rows, summary)
