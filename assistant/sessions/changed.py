"""Whether what a pack cites still stands: "out of date: these cited paragraphs have changed"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from assistant.sessions.pack import Pack
from corpus.documents import Document
from corpus.passages import Citation
from corpus.register import Register

_CHANGES = 1000


@dataclass(frozen=True, slots=True)
class Outdated:
    """A citation whose words do not stand in the current version. `now` is the paragraph that took their
    place, None where it is not known; `current` the version, None where the document was withdrawn."""

    citation: Citation
    current: int | None
    now: str | None


def outdated(pack: Pack, register: Register) -> list[Outdated]:
    """In the order of the citations; empty where the pack is up to date."""
    documents = {document.id: document for document in register.documents()}
    by_document: defaultdict[str, list[Citation]] = defaultdict(list)
    for citation in pack.citations:
        by_document[citation.document_id].append(citation)
    found = [
        each
        for document_id, citations in by_document.items()
        for each in _of_document(documents.get(document_id), document_id, citations, register)
    ]
    return sorted(found, key=lambda each: each.citation.number)


def _of_document(
    document: Document | None, document_id: str, citations: list[Citation], register: Register
) -> list[Outdated]:
    if document is None or document.withdrawn:
        return [Outdated(citation, None, None) for citation in citations]
    older = [citation for citation in citations if citation.version != document.version]
    if not older:
        return []
    text = register.version(document_id, document.version).text
    gone = [citation for citation in older if citation.quote not in text]
    changes = register.changes(document_id, _CHANGES) if gone else []
    replaced = [each for each in changes if each.change.before and each.change.after]
    return [
        Outdated(
            citation,
            document.version,
            next(
                (
                    each.change.after
                    for each in replaced
                    if each.version > citation.version and citation.quote in (each.change.before or "")
                ),
                None,
            ),
        )
        for citation in gone
    ]
