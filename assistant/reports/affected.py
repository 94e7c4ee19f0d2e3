"""Which past answers and packs rest on words that have changed since, or on a withdrawn document."""

from __future__ import annotations

from functools import lru_cache

from assistant.reports.asked import Cited, citations, pack_citations
from assistant.reports.context import ReportContext
from assistant.reports.table import Cell, Column, Report
from corpus.documents import Document
from corpus.errors import NotFound
from corpus.passages import permanent_link
from corpus.register import Register

NAME = "affected-answers"
TITLE = "Answers and packs that rest on changed words"
_ABOUT = (
    "An answer on record, or a session pack, is listed where the words that it cites no longer stand in the "
    "document as it is now, or where the document was withdrawn. The link opens what was cited then."
)
_COLUMNS = (
    Column("made", "Made"),
    Column("sort", "As"),
    Column("question", "Question or title"),
    Column("document", "Document"),
    Column("anchor", "Place", link="url"),
    Column("what", "Since then"),
    Column("quote", "It cited", quote=True),
)


def affected_answers(context: ReportContext) -> Report:
    """One row for each citation, the newest first."""
    engine, since = context.register.engine, _Since(context.register)
    cited = [*citations(engine), *pack_citations(engine)]
    cited.sort(key=lambda each: each.asked.at, reverse=True)
    rows = [row for each in cited if (row := since.row(each)) is not None]
    counts = {sort: len({row["id"] for row in rows if row["sort"] == sort}) for sort in ("answer", "pack")}
    summary = (f"Answers: {counts['answer']}. Packs: {counts['pack']}. Citations: {len(rows)}.",)
    return Report(NAME, TITLE, _ABOUT, _COLUMNS, rows, summary)


class _Since:
    """What has become of cited words."""

    def __init__(self, register: Register) -> None:
        self._documents = {document.id: document for document in register.documents()}
        self._quote = lru_cache(maxsize=4096)(register.quote)
        self._text = lru_cache(maxsize=64)(lambda document_id: register.version(document_id).text)

    def row(self, cited: Cited) -> dict[str, Cell] | None:
        """None where the words still stand."""
        document = self._documents.get(cited.document_id)
        if document is None:
            return None
        try:
            quote = self._quote(cited.document_id, cited.version, cited.start, cited.end)
        except NotFound:
            return None
        what = self._what(document, cited, quote)
        if not what:
            return None
        return {
            "made": cited.asked.at.date(),
            "sort": "pack" if cited.asked.status == "pack" else "answer",
            "question": cited.asked.question,
            "document": document.title,
            "anchor": cited.anchor,
            "what": what,
            "quote": quote,
            "id": cited.asked.id,
            "document_id": document.id,
            "version": cited.version,
            "current_version": document.version,
            "url": permanent_link(document.id, cited.version, cited.start, cited.end),
        }

    def _what(self, document: Document, cited: Cited, quote: str) -> str:
        if document.withdrawn:
            return "withdrawn"
        if cited.version == document.version or quote in self._text(document.id):
            return ""
        return "changed"
