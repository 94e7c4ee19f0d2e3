"""Versions and filled stores made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from corpus.changes import Change
from corpus.documents import Kind, Section
from corpus.embedding import Embedder, PassageVectors, Vectors
from corpus.passages import Line, Passage, digest, passage_id
from corpus.recording import NewVersion, Recorder
from corpus.store import Store
from tests.stand_ins import WordsEmbedder

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def passages_of(document_id: str, *paragraphs: str) -> list[Passage]:
    """One passage a paragraph, one line a passage, as they stand with a blank line between them."""
    passages, start = [], 0
    for text in paragraphs:
        passages.append(
            Passage(
                id=passage_id(document_id, "visits", ("Visits",), 0, text),
                section=0,
                anchor="visits",
                number="1.1",
                trail=("Visits",),
                text=text,
                start=start,
                end=start + len(text),
                page=1,
                part=None,
                lines=(Line(start, start + len(text)),),
            )
        )
        start += len(text) + 2
    return passages


def new_version(
    document_id: str, *paragraphs: str, source: str = "", changes: Sequence[Change] = ()
) -> NewVersion:
    text = "\n\n".join(paragraphs)
    return NewVersion(
        document_id=document_id,
        source=source or f"/files/{document_id}.md",
        title=f"On {document_id}",
        kind=Kind.PROCEDURE,
        text=text,
        original_sha256=digest(f"file of {text}"),
        original_name=f"{document_id}.md",
        media_type="text/markdown",
        recipe="1",
        last_reviewed=date(2026, 1, 31),
        next_review=None,
        sections=[Section(0, None, 1, "1.1", "Visits", "visits", 0, len(text), page=1)],
        passages=passages_of(document_id, *paragraphs),
        embeddings=[digest(paragraph) for paragraph in paragraphs],
        changes=changes,
        warnings=["made by hand"],
    )


def keep_embeddings(recorder: Recorder, new: NewVersion, embedder: Embedder) -> Vectors:
    """Embed a version's passages where that is not done yet; returns shape (passages, dimensions)."""
    known = recorder.known_embeddings(new.embeddings)
    vectors, pieces = embedder.embed_with_pieces([passage.text for passage in new.passages])
    fresh = {
        key: PassageVectors(vector, vector[None], own.signs)
        for key, vector, own in zip(new.embeddings, vectors, pieces, strict=True)
        if key not in known
    }
    recorder.store_embeddings(embedder.fingerprint, fresh)
    return vectors


def record(recorder: Recorder, new: NewVersion, at: datetime = NOON) -> int:
    """Take a version in as an ingest does; returns its number."""
    keep_embeddings(recorder, new, WordsEmbedder())
    return recorder.record(recorder.begin_run(["/files"], at), new, at)


def fill(store: Store, *new: NewVersion) -> None:
    """Take versions into a whole store, in the order in which an ingest does it."""
    with store.writing():
        for version in new:
            vectors = keep_embeddings(store.recorder, version, WordsEmbedder())
            store.indexes.add(version.passages, vectors)
            store.recorder.record(store.recorder.begin_run(["/files"], NOON), version, NOON)
