"""Stores of several sizes, filled with made documents through the product's own recorder and indexes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.embedding import Embedder, PassageVectors
from corpus.settings import Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from scripts.measuring import LIBRARY, say
from scripts.scaled_library import PASSAGES, MadeDocument, ScaledLibrary

_AT = datetime(2026, 11, 24, tzinfo=UTC)
_BATCH = 50
"""Documents that are written together: 2,000 passages."""


def sample_library(settings: Settings, folder: Path, embedder: Embedder) -> ScaledLibrary:
    """What documents are made from; the sample library is taken in where `folder` does not hold it yet."""
    own = settings.model_copy(update={"data_dir": folder})
    with Store(own, "measure", embedder) as store:
        if not store.register.live_count():
            IngestPipeline(store, settings.ingest).run(LIBRARY)
        return ScaledLibrary(store.register)


def grow(settings: Settings, folder: Path, library: ScaledLibrary, sizes: Sequence[int]) -> Iterator[Path]:
    """Stores of these sizes, smallest first, each made from the one before; what is there is kept."""
    before: Path | None = None
    for size in sorted(sizes):
        kept = folder / str(size)
        if not kept.exists():
            partial = folder / f"{size}.partial"
            if before is not None and not partial.exists():
                shutil.copytree(before, partial)
            own = settings.model_copy(update={"data_dir": partial})
            started = time.perf_counter()
            with Store(own, "measure") as store:
                added = _fill(store, library, size)
            say(f"adding {added:,} passages", f"{time.perf_counter() - started:.0f} s")
            partial.rename(kept)
        yield kept
        before = kept


def _fill(store: Store, library: ScaledLibrary, size: int) -> int:
    """Up to `size` live passages; returns how many were added."""
    recorder = store.recorder
    recorder.remove_unused_embeddings()  # of a run that was cut off
    first, last = len(recorder.sources()), size // PASSAGES
    batches = [range(at, min(at + _BATCH, last)) for at in range(first, last, _BATCH)]
    with store.writing(), ThreadPoolExecutor(max_workers=1) as ahead:
        run = recorder.begin_run(["/made"], _AT)
        waiting = [ahead.submit(_make, library, batch) for batch in batches[:1]]
        for index in range(len(batches)):
            documents = waiting.pop().result()
            waiting = [ahead.submit(_make, library, batch) for batch in batches[index + 1 : index + 2]]
            _write(store, run, documents)
    return (last - first) * PASSAGES


def _make(library: ScaledLibrary, numbers: range) -> list[MadeDocument]:
    return [library.document(number) for number in numbers]


def _write(store: Store, run: int, documents: Sequence[MadeDocument]) -> None:
    stored = {
        key: PassageVectors(vector, lines, pieces)
        for made in documents
        for key, vector, lines, pieces in zip(
            made.version.embeddings, made.vectors, made.lines, made.pieces, strict=True
        )
    }
    store.recorder.store_embeddings(store.embedder.fingerprint, stored)
    passages = [passage for made in documents for passage in made.version.passages]
    store.indexes.add(passages, np.concatenate([made.vectors for made in documents]))
    for made in documents:
        store.recorder.record(run, made.version, _AT)
