"""Passages -> vectors, of the passage, its word pieces and each of its lines; nothing is embedded twice.

A line is embedded with its nearest heading and lead-in, for a list item or a table row says little alone.
A paragraph's printed number is left out of what is embedded, so that renumbering paragraphs costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.embedding import Embedder, PassageVectors, Vectors
from corpus.passages import Passage, digest
from corpus.recording import Recorder
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class Embedded:
    """`keys[i]` names the stored vectors of passage i; `vectors` has shape (passages, dimensions);
    `new` is how many passages were not known before."""

    keys: tuple[str, ...]
    vectors: Vectors
    new: int


def embed_passages(
    passages: Sequence[Passage], text: str, embedder: Embedder, recorder: Recorder
) -> Embedded:
    """Embed what the register does not hold yet and keep it there; `text` is the canonical text."""
    inputs = [embedding_inputs(passage, text) for passage in passages]
    keys = [digest("\0".join((embedder.fingerprint, *texts))) for texts in inputs]
    known = recorder.known_embeddings(sorted(set(keys)))
    wanted = {key: texts for key, texts in zip(keys, inputs, strict=True) if key not in known}
    fresh = _embed(wanted, embedder)
    recorder.store_embeddings(embedder.fingerprint, fresh)
    known |= {key: made.passage for key, made in fresh.items()}
    vectors = np.stack([known[key] for key in keys]) if keys else np.empty((0, 0), dtype=np.float32)
    return Embedded(tuple(keys), vectors, len(wanted))


def re_embed_all(store: Store) -> int:
    """Embed all that is current with the store's embedder; returns how many passages.

    The register changes over in one commit at the end: a kill before it leaves the old vectors in force.
    The indexes must be rebuilt afterwards.
    """
    keys: dict[tuple[int, str], str] = {}
    with store.writing():
        for document in store.register.documents():
            version = store.register.version(document.id)
            passages = store.register.passages(version.id)
            embedded = embed_passages(passages, version.text, store.embedder, store.recorder)
            for passage, key in zip(passages, embedded.keys, strict=True):
                keys[version.id, passage.id] = key
        store.recorder.switch_embeddings(keys, store.embedder.fingerprint)
    return len(keys)


def embedding_inputs(passage: Passage, text: str) -> list[str]:
    """What is embedded: the passage first, then each line."""
    trail = "\n".join(passage.trail)
    first = passage.lines[0].start - passage.start if passage.lines else 0
    inputs = [f"{trail}\n{passage.text[first:]}"]
    heading = passage.trail[-1] if passage.trail else ""
    for line in passage.lines:
        lead = text[line.lead_start : line.lead_end]
        inputs.append("\n".join(part for part in (heading, lead, text[line.start : line.end]) if part))
    return inputs


def _embed(wanted: dict[str, list[str]], embedder: Embedder) -> dict[str, PassageVectors]:
    if not wanted:
        return {}
    vectors, pieces = embedder.embed_with_pieces([texts[0] for texts in wanted.values()])
    lines = embedder.embed([line for texts in wanted.values() for line in texts[1:]])
    fresh: dict[str, PassageVectors] = {}
    at = 0
    for (key, texts), vector, own in zip(wanted.items(), vectors, pieces, strict=True):
        end = at + len(texts) - 1
        fresh[key] = PassageVectors(vector, lines[at:end], own.signs)
        at = end
    return fresh
