"""One file read, structured and split, before anything of it is embedded or kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from corpus.documents import Kind
from corpus.errors import UnreadableFile
from corpus.passages import Passage
from corpus.settings import IngestSettings
from ingest.ledger import Ledger
from ingest.readers.sandbox import ReaderProcess
from ingest.report import Outcome, Status
from ingest.sources import Item
from ingest.splitting import split
from ingest.structure import Structured, structure
from ingest.suspicious import trusted_title


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that has to be taken in, read and split but not yet embedded."""

    item: Item
    data: bytes
    sha256: str
    media_type: str
    document_id: str
    moved: bool
    document: Structured
    passages: tuple[Passage, ...]


def prepare(
    item: Item, kind: Kind | None, ledger: Ledger, reader: ReaderProcess, settings: IngestSettings
) -> Prepared | Outcome:
    """The file ready to be taken in, or the outcome where nothing has to be or can be."""
    try:
        data = item.read(settings.max_file_mb)
        sha256 = hashlib.sha256(data).hexdigest()
        settled = ledger.settle(item.source, sha256, is_earlier=item.is_earlier)
        if settled is not None:
            return settled
        moved = ledger.moved_from(item.source, sha256)
        reading = reader.read(data, item.name)
        document = _titled(structure(reading, item.name, kind), item.title)
        document_id = ledger.document_id(item.source, moved)
        passages = split(document_id, document, settings.passage_words)
        if not passages:
            raise _nothing_to_quote(document)
    except UnreadableFile as error:
        return Outcome(item.label, Status.REFUSED, reason=error.message, advice=error.advice)
    return Prepared(
        item, data, sha256, reading.media_type, document_id, moved is not None, document, passages
    )


def _titled(document: Structured, title: str | None) -> Structured:
    """With the title under which the document was found, unless it reads like an instruction to a machine."""
    if title is None:
        return document
    trusted, warnings = trusted_title(title, document.title)
    return replace(document, title=trusted, warnings=(*document.warnings, *warnings))


def _nothing_to_quote(document: Structured) -> UnreadableFile:
    if all(element.quotable for element in document.elements):
        return UnreadableFile("The file holds no text.", "Check that it is the right file.")
    return UnreadableFile(
        "The file holds nothing but words that read like instructions to a machine.",
        "Find out who made it, and do not add it before you know what it is for.",
    )
