"""Which cross-references lead nowhere, and which web addresses cannot be opened as they are printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from assistant.reports.context import ReportContext
from assistant.reports.library import LiveDocument
from assistant.reports.table import Cell, Column, Report

NAME = "links"
TITLE = "Broken cross-references and links"
_ABOUT = (
    "References to a chapter or paragraph by a number that no live document has, or by a title that is not "
    "that chapter's; and web addresses that are written wrongly. Whether a page on the web still exists is "
    "asked only by `assistant report links --online`."
)
_COLUMNS = (
    Column("document", "Document"),
    Column("place", "Place", link="url"),
    Column("reference", "Reference"),
    Column("fault", "What is wrong"),
    Column("quote", "In these words", quote=True),
)
_NUMBER = r"\d{1,3}(?:\.\d{1,3}){1,3}"
# Of another text: "paragraph 3.2 of Working Together", "section 2.1 of the guidance".
_ELSEWHERE = r"(?!\.?\d)(?! of (?!this|the manual|these procedures))"
_REFERENCE = re.compile(
    rf"\b(?P<what>chapter|paragraph|procedure)s?\s+(?P<number>{_NUMBER}){_ELSEWHERE}"
    r"(?:\s+\((?P<title>[A-Z][^()]{3,90})\)|,\s+(?P<title_after>[A-Z][^(),.;]{3,90})\))?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b(?:https?:/{0,2}|www\.)[^\s<>\"“”|]*", re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+")


class _Numbers:
    """All printed numbers of the library, with the headings that stand beside them."""

    def __init__(self, documents: list[LiveDocument]) -> None:
        self.headings: defaultdict[str, set[str]] = defaultdict(set)
        for live in documents:
            for section in live.sections:
                if section.number:
                    self.headings[section.number].add(_plain(section.heading, section.number))
                    if section.parent is None or section.level == 1:
                        self.headings[section.number].add(_plain(live.document.title, section.number))

    def fault(self, number: str, title: str) -> str:
        """Empty where the reference leads somewhere."""
        if number not in self.headings:
            return "No live document has this number."
        known = {heading for heading in self.headings[number] if heading}
        if title and known and _plain(title, number) not in known:
            return "This number has another title."
        return ""


def links(context: ReportContext) -> Report:
    """One row for each fault. A library whose documents are not numbered has no references to check."""
    numbers = _Numbers(context.documents)
    rows: list[dict[str, Cell]] = []
    for live in context.documents:
        rows += [*_references(live, numbers), *_addresses(live, context.web)]
    documents = len({row["document_id"] for row in rows})
    summary = (f"Faults: {len(rows)}. Documents: {documents}.",)
    return Report(NAME, TITLE, _ABOUT, _COLUMNS, rows, summary)


def _references(live: LiveDocument, numbers: _Numbers) -> Iterator[dict[str, Cell]]:
    for match in _REFERENCE.finditer(live.version.text):
        fault = numbers.fault(match["number"], match["title"] or match["title_after"] or "")
        if fault and numbers.headings:
            yield _row(live, match, fault)


def _addresses(live: LiveDocument, web: Callable[[str], str] | None) -> Iterator[dict[str, Cell]]:
    for match in _ADDRESS.finditer(live.version.text):
        address = match[0].rstrip(".,;:)]’'")
        if not _is_address(address):
            yield _row(live, match, "This is no web address.")
        elif web and (fault := web(address)):
            yield _row(live, match, fault)


def _row(live: LiveDocument, match: re.Match[str], fault: str) -> dict[str, Cell]:
    start, end = live.sentence_at(match.start())
    return {
        "document": live.document.title,
        "place": live.place(match.start()),
        "reference": " ".join(match[0].split()).rstrip(".,;:"),
        "fault": fault,
        "quote": live.version.text[start:end],
        "document_id": live.document.id,
        "url": live.link(start, end),
    }


def _is_address(text: str) -> bool:
    whole = text if "://" in text else f"https://{text}" if text.lower().startswith("www.") else ""
    try:
        host = urlsplit(whole).hostname or ""
    except ValueError:
        return False
    return bool(_HOST.fullmatch(host))


def _plain(title: str, number: str) -> str:
    words = title.removeprefix(number).casefold().replace("&", "and")
    return " ".join(re.findall(r"[a-z0-9]+", words))
