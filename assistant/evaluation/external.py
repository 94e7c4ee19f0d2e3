"""The open question sets, each in a store of its own.

The ordinary ingest makes it and the ordinary retriever searches it, so that what is measured is the product.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.ours import ours_over
from assistant.evaluation.plain import PlainStack
from assistant.evaluation.question_sets import Bench, QuestionSet
from corpus.embedding import Embedder
from corpus.errors import EvaluationError
from corpus.settings import Settings
from corpus.store import Store

TakeIn = Callable[[Store, Path], object]
"""Takes a folder of files into a store. Handed in, for this room does not know how documents come in."""


@dataclass(frozen=True, slots=True)
class OpenSet:
    """All three work from the set's folder. `files` are what is taken in, content by file name; `texts`
    the same for the plain stack, which reads no formats."""

    name: str
    files: Callable[[Path], Mapping[str, str]]
    texts: Callable[[Path], Mapping[str, str]]
    questions: Callable[[Path], QuestionSet]


def open_sets() -> tuple[OpenSet, ...]:
    """All sets that are known, the one that takes longest last."""
    # Each of them imports this module's shared parts.
    from assistant.evaluation import conditionalqa, mtrag_un, or_sharc, squad2

    return (
        OpenSet("conditionalqa", conditionalqa.files, conditionalqa.texts, conditionalqa.question_set),
        *(
            OpenSet(s.__name__.rpartition(".")[2], s.files, s.files, s.question_set)
            for s in (or_sharc, mtrag_un, squad2)
        ),
    )


@contextmanager
def open_bench(
    name: str, folder: Path, settings: Settings, take_in: TakeIn, embedder: Embedder
) -> Iterator[Bench]:
    """The set that lies under `folder`, ready to be asked. What is embedded is kept for the next run.

    Raises EvaluationError for a set that is not known or not there.
    """
    chosen = next((known for known in open_sets() if known.name == name), None)
    if chosen is None or not (folder / name).is_dir():
        known = ", ".join(open_set.name for open_set in open_sets())
        raise EvaluationError(f"There is no open set {name} in {folder}.", f"These are known: {known}.")
    place = place_of(name, settings, embedder)
    files = chosen.files(folder / name)
    _write(place / "documents", files)
    plain = PlainStack(place / "plain", chosen.texts(folder / name), embedder)
    with Store(_settings_in(place / "store", settings), "evaluate", embedder) as store:
        take_in(store, place / "documents")
        names = _names(store)
        if set(names.values()) != set(files):
            raise EvaluationError(
                f"The store of {name} does not hold exactly its documents.",
                f"Delete {place} and run this again.",
            )
        ours = ours_over(store, settings, names)
        yield Bench(chosen.questions(folder / name), ours, plain)


def place_of(name: str, settings: Settings, embedder: Embedder) -> Path:
    """The folder that keeps what this embedder made of a set."""
    make = hashlib.sha256(embedder.fingerprint.encode()).hexdigest()[:12]
    return settings.evaluation.cache_dir / f"{name}-{make}"


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSONL file. Raises EvaluationError."""
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise EvaluationError(
            f"{path} cannot be read.", "Name the folder of the open sets with --open."
        ) from error


def _settings_in(folder: Path, settings: Settings) -> Settings:
    """The settings with a store that nothing else uses."""
    return settings.model_copy(
        update={
            "data_dir": folder,
            "database": settings.database.model_copy(update={"url": None}),
            "vectors": settings.vectors.model_copy(update={"url": None}),
        }
    )


def _write(folder: Path, contents: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in contents:
            path.unlink()
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")


def _names(store: Store) -> dict[str, str]:
    """The name of the file that each document was made from, by its id; without what was withdrawn."""
    live = (document for document in store.register.documents() if not document.withdrawn)
    return {document.id: Path(document.source).name for document in live}
