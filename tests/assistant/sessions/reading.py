"""Words of the sample library, found by what they say."""

from __future__ import annotations

from assistant.sessions.sources import Shelf, Source, Words
from corpus.store import Store


def source(library: Store, document: str) -> Source:
    return Shelf(library.register).source(document)


def words(library: Store, document: str, text: str) -> Words:
    """The sentence of the document that begins with these words, to its full stop or colon."""
    found = source(library, document)
    start = found.version.text.index(text)
    spans = [(line.start, line.end) for passage in found.passages for line in passage.lines]
    return next(found.words(*span) for span in spans if span[0] == start)
