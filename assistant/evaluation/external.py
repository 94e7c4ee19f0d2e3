"""The open question sets, each in a store of its own.

The ordinary ingest makes it and the ordinary retriever searches it, so that what is measured is the product.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.measures import Measure
from assistant.retriever import HybridRetriever
from corpus.embedding import Embedder, open_embedder
from corpus.errors import EvaluationError
from corpus.settings import Settings
from corpus.store import Store

TakeIn = Callable[[Store, Path], object]
"""Takes a folder of files into a store. Handed in, for this room does not know how documents come in."""


@dataclass(frozen=True, slots=True)
class OpenSet:
    """`files` gives, from the set's folder, what is to be taken in: content by file name; `measure` asks the
    set's questions."""

    name: str
    files: Callable[[Path], Mapping[str, str]]
    measure: Callable[[HybridRetriever, Path], Sequence[Measure]]


def open_sets() -> tuple[OpenSet, ...]:
    """All sets that are known, the one that takes longest last."""
    # Each of them imports this module's shared parts.
    from assistant.evaluation import conditionalqa, mtrag_un, or_sharc, squad2

    return (
        OpenSet("conditionalqa", conditionalqa.files, conditionalqa.measure),
        OpenSet("or_sharc", or_sharc.files, or_sharc.measure),
        OpenSet("mtrag_un", mtrag_un.files, mtrag_un.measure),
        OpenSet("squad2", squad2.files, squad2.measure),
    )


def run_open_set(
    name: str, folder: Path, settings: Settings, take_in: TakeIn, embedder: Embedder | None = None
) -> Sequence[Measure]:
    """The measures of the set that lies under `folder`. What is embedded is kept for the next run.

    Raises EvaluationError for a set that is not known or not there.
    """
    chosen = next((known for known in open_sets() if known.name == name), None)
    if chosen is None or not (folder / name).is_dir():
        known = ", ".join(open_set.name for open_set in open_sets())
        raise EvaluationError(f"There is no open set {name} in {folder}.", f"These are known: {known}.")
    with _store(chosen, folder / name, settings, take_in, embedder) as store:
        retriever = HybridRetriever(store=store, settings=settings.retrieval)
        return chosen.measure(retriever, folder / name)


@contextmanager
def _store(
    chosen: OpenSet, folder: Path, settings: Settings, take_in: TakeIn, embedder: Embedder | None
) -> Iterator[Store]:
    embedder = embedder or open_embedder(settings.embedding)
    make = hashlib.sha256(embedder.fingerprint.encode()).hexdigest()[:12]
    place = settings.evaluation.cache_dir / f"{chosen.name}-{make}"
    documents = place / "documents"
    _write(documents, chosen.files(folder))
    own = settings.model_copy(
        update={
            "data_dir": place / "store",
            "database": settings.database.model_copy(update={"url": None}),
            "vectors": settings.vectors.model_copy(update={"url": None}),
        }
    )
    with Store(own, "evaluate", embedder) as store:
        take_in(store, documents)
        yield store


def _write(folder: Path, contents: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in contents:
            path.unlink()
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSONL file. Raises EvaluationError."""
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise EvaluationError(
            f"{path} cannot be read.", "Name the folder of the open sets with --open."
        ) from error


def document_ids(store: Store) -> dict[str, str]:
    """Document id by the name of the file that it was made from."""
    return {Path(document.source).name: document.id for document in store.register.documents()}
