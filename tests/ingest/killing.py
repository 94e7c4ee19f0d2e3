"""An ingest in a process that can be killed, a reader in another, and all that a store says at the end."""

from __future__ import annotations

import json
import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from corpus.errors import NotFound
from corpus.register import Register
from corpus.settings import Settings
from corpus.store import Store
from corpus.tables import documents, embeddings, passages, versions
from ingest.pipeline import IngestPipeline
from tests.stand_ins import UnwillingEmbedder, WordsEmbedder

DOCUMENTS = 30
_ALL = 1_000
_TOPICS = "visit police school health housing contact review conference strategy court".split()
QUERIES = [f"{_TOPICS[n % 10]} {_TOPICS[(3 * n + 1) % 10]} file{n:02}" for n in range(20)]

# Forked from a server that has imported all this once: a kill must cost no second of imports.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


def paragraphs(number: int, state: int) -> list[str]:
    """A document's paragraphs before (1) and after (2) somebody worked on the folder."""
    rng = random.Random(number)
    texts = [f"{' '.join(rng.sample(_TOPICS, 5))} in file{number:02}" for _ in range(4)]
    if state == 2 and number < 12:
        texts[number % 4] = f"somebody wrote other words on {_TOPICS[number % 10]} in file{number:02}"
        texts.append(f"a further {_TOPICS[number % 7]} in file{number:02}")
    return [f"1.{place} The {text}." for place, text in enumerate(texts, start=1)]


def write_files(folder: Path, state: int) -> None:
    """Bring the folder into a state: in the second, 12 files have changed, 3 are gone, 3 moved, 3 new."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for number in range(DOCUMENTS + 3 * (state - 1)):
        if state == 2 and 12 <= number < 15:
            continue
        name = f"moved-{number:02}" if state == 2 and 15 <= number < 18 else f"file-{number:02}"
        text = "\n\n".join((f"# File {number:02}", *paragraphs(number, state)))
        (folder / f"{name}.md").write_text(text)


def start(work: Callable[..., None], *arguments: Any) -> Any:
    """`work` in a process of its own."""
    process = _processes.Process(target=work, args=arguments, daemon=False)
    process.start()
    return process


def ingest(settings: Settings, folder: Path) -> None:
    with Store(settings, "ingest", WordsEmbedder()) as store:
        IngestPipeline(store, settings.ingest).run([folder])


def ask_throughout(settings: Settings, ready: Path, stop: Path, findings: Path) -> None:
    """Ask until the file `stop` is there; leaves in `findings` how often, and every half document seen."""
    rng, looks, faults = random.Random(5), 0, []
    with Store(settings, "ask", UnwillingEmbedder()) as store:
        ready.touch()
        while not stop.exists():
            faults += look(store, rng.randrange(DOCUMENTS + 3))
            looks += 1
            time.sleep(0.01)  # leaves the ingest some of the processor
    findings.write_text(json.dumps({"looks": looks, "faults": faults}))


def look(store: Store, number: int) -> Iterator[str]:
    """What is wrong with one document as the register shows it and as the indexes find it."""
    expected = [paragraphs(number, 1), paragraphs(number, 2)]
    document_id = f"file-{number:02}"
    shown = _shown(store.register.engine, document_id)
    if shown is not None and shown not in expected:
        yield f"{document_id} shows {shown}"
    before = _live_version(store.register, document_id)
    for index, ids in _found(store, number):
        live = store.register.live(ids).values()
        seen = [found for found in live if found.document_id == document_id]
        if len({found.version for found in seen}) > 1:
            yield f"{document_id}: {index} shows two versions at once"
        # Complete, unless the version was switched between the search and the question what is live.
        unmoved = before is not None and before == _live_version(store.register, document_id)
        if unmoved and sorted(found.passage.text for found in seen) not in map(sorted, expected):
            yield f"{document_id}: {index} found {len(seen)} passages of version {before}"


def _found(store: Store, number: int) -> Iterator[tuple[str, list[str]]]:
    yield "keywords", [found for found, _ in store.indexes.keywords.search(f"file{number:02}", _ALL)]
    vector = WordsEmbedder().embed([f"file{number:02}"])[0]
    yield "vectors", [found for found, _ in store.indexes.vectors.search(vector, _ALL)]


def _live_version(register: Register, document_id: str) -> int | None:
    try:
        document = register.document(document_id)
    except NotFound:
        return None
    return None if document.withdrawn else document.version


def _shown(engine: Engine, document_id: str) -> list[str] | None:
    """A document's passages, read with its text in one transaction."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")  # the driver begins at the first write only
        current = select(documents.c.current).where(documents.c.id == document_id)
        version = connection.execute(current).scalar()
        if version is None:
            return None
        text = connection.execute(select(versions.c.text).where(versions.c.id == version)).scalar_one()
        spans = select(passages.c.start, passages.c.end).where(passages.c.version_id == version)
        return [text[start:end] for start, end in connection.execute(spans.order_by(passages.c.ordinal))]


def all_of(settings: Settings, folder: Path) -> dict[str, Any]:
    """Everything that a store says, without times and without the runs themselves."""
    with Store(settings, "ask", UnwillingEmbedder()) as store:
        register, indexes = store.register, store.indexes
        embedder = WordsEmbedder()
        with register.engine.connect() as connection:
            keys = set(connection.execute(select(embeddings.c.digest)).scalars())
        return {
            "documents": [
                (document.id, Path(document.source).relative_to(folder), document.version, document.withdrawn)
                for document in sorted(register.documents(), key=lambda each: each.id)
            ],
            "versions": {
                (document.id, number): _version(register, document.id, number)
                for document in register.documents()
                for number in register.version_numbers(document.id)
            },
            "changes": {(each.document_id, each.version, each.change) for each in register.changes()},
            "embeddings": keys,
            "live": register.live_ids(),
            "vector ids": indexes.vectors.ids(),
            "keyword ids": indexes.keywords.ids(),
            "vector searches": [
                _ranked(indexes.vectors.search(vector, _ALL)) for vector in embedder.embed(QUERIES)
            ],
            "keyword searches": [dict(indexes.keywords.search(query, _ALL)) for query in QUERIES],
            "originals": sorted(path.name for path in store.originals.iterdir()),
        }


def _version(register: Register, document_id: str, number: int) -> tuple[Any, ...]:
    version = register.version(document_id, number)
    return (
        version.text,
        version.original_sha256,
        version.original_name,
        register.sections(version.id),
        register.passages(version.id),
    )


def assert_same(found: dict[str, Any], expected: dict[str, Any]) -> None:
    """Equal in all, but for keyword scores: BM25 counts removed passages until segments are merged."""
    for part, wanted in expected.items():
        if part == "keyword searches":
            wanted = [pytest.approx(scores, rel=0.1) for scores in wanted]
        assert found[part] == wanted, part


def _ranked(found: list[tuple[str, float]]) -> list[tuple[float, str]]:
    """Best first; of equal ones in the order of their ids, since theirs says nothing."""
    return sorted((-round(score, 4), passage_id) for passage_id, score in found)


def wait_for(path: Path, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < deadline, f"waited in vain for {path.name}"
        time.sleep(0.01)
