"""Print how the cost of a question grows from 5,000 to 500,000 passages, as ratios to R, all in one run.

R is the median time to embed one 12-word question, taken between the questions that are measured. The stores
are made by `scripts.scaled_stores`, 500,000 passages in some twenty minutes; `--keep DIR` keeps them for the
next run. Each is measured in a process of its own. Run it as `python -m scripts.measure_scale`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answers import Answer, AnswerStatus
from assistant.assembly import Assistant
from corpus.embedding import Vectors, open_embedder
from corpus.register import Register
from corpus.settings import load_settings
from corpus.store import Store
from scripts.measuring import QUESTION, StopWatch, Took, resident_mb, sample_questions, sample_situations
from scripts.scaled_stores import grow, sample_library

Figures = dict[str, str]

_SIZES = (5_000, 50_000, 500_000)
_FIRST = 50
_WARM_UP = 5
_CHUNK = 16_000_000
_BATCH = 5_000
_EMBEDDING, _RANKING = "embedding", "ranking"


def main() -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        settings = load_settings()
        embedder = open_embedder(settings.embedding)
        library = sample_library(settings, arguments.library or folder / "library", embedder)
        columns = []
        for store in grow(settings, folder, library, arguments.sizes):
            # In a process of its own, so that its memory is that of this store alone.
            with multiprocessing.get_context("spawn").Pool(1) as process:
                columns.append(process.apply(measure, (store,)))
    _print(columns)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the made stores are kept")
    parser.add_argument("--library", type=Path, metavar="DIR", help="a store that holds the sample library")
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="numbers of passages")
    return parser.parse_args()


def measure(folder: Path) -> Figures:
    """All figures of one store, by name."""
    settings = load_settings(folder)
    # Questions meet made text with little confidence; here all are to go the whole way to a verified answer.
    retrieval = settings.retrieval.model_copy(update={"min_confidence": 0.0})
    settings = settings.model_copy(update={"retrieval": retrieval})
    started = time.perf_counter()
    with Store(settings, "measure") as store:
        assistant, watch = Assistant(store, settings), StopWatch()
        assistant.ask(QUESTION)
        opened = time.perf_counter() - started
        _read_through(folder)
        figures = {
            "passages": f"{store.register.live_count():,}",
            "store opened to first answer, s": f"{opened:.1f}",
        }
        watch.watch(store.embedder, ["embed_with_pieces"], _EMBEDDING)
        watch.watch(store.indexes.vectors, ["search"], "vector search")
        watch.watch(store.indexes.keywords, ["search", "rarity"], "keyword search")
        watch.watch(store.register, [name for name in vars(Register) if not name.startswith("_")], "register")
        for kind, texts in (("question", sample_questions()), ("situation", sample_situations())):
            # A text of its own for each, so that neither finds the other's passages in a cache.
            pairs = zip(texts[::2], texts[1::2], strict=False)
            figures |= _latencies(kind, [_take(assistant, store, watch, *pair) for pair in pairs])
        figures["resident memory, MB"] = f"{resident_mb():.0f}"
        figures |= {f"{part} on disk, MB": f"{size:.0f}" for part, size in _sizes(folder)}
        figures[f"vector recall@{_FIRST}"] = f"{_recall(store, sample_questions()):.4f}"
    return figures


@dataclass(frozen=True, slots=True)
class _Sample:
    """What two texts took, the one searched, the other asked; `between` is from the embedded text to the
    ranked passages, `parts` make it up."""

    raw: Took
    between: Took
    ask: Took
    parts: Mapping[str, Took]
    answer: Answer


def _take(assistant: Assistant, store: Store, watch: StopWatch, searched: str, asked: str) -> _Sample:
    raw = Took.by(partial(store.embedder.embed, [QUESTION]))
    watch.parts.clear()
    search = Took.by(partial(assistant.retriever.search, searched))
    parts = dict(watch.parts)
    answers: list[Answer] = []
    ask = Took.by(lambda: answers.append(assistant.ask(asked)))
    between = search - parts.pop(_EMBEDDING)
    parts |= {_RANKING: between - sum(parts.values(), Took())}
    return _Sample(raw, between, ask, parts, answers[0])


def _latencies(kind: str, samples: Sequence[_Sample]) -> Figures:
    samples = samples[_WARM_UP:]
    clock = float(np.median([sample.raw.clock for sample in samples]))
    processor = float(np.median([sample.raw.processor for sample in samples]))
    figures = {f"R, ms / of the processor's time ({kind})": f"{clock:.1f} / {processor:.1f}"}
    for name, of in (("embedded to ranked", _between), ("asked to answered", _ask)):
        figures[f"{kind}, {name}"] = _percentiles([of(sample).clock / clock for sample in samples])
        figures[f"{kind}, {name}, processor's time"] = _percentiles(
            [of(sample).processor / processor for sample in samples]
        )
    for part in samples[0].parts:
        median = np.median([sample.parts.get(part, Took()).processor for sample in samples]) / processor
        figures[f"{kind}: {part}, processor's time"] = f"{median:.2f} R"
    answered = [sample.answer for sample in samples if sample.answer.status is AnswerStatus.ANSWERED]
    figures[f"{kind}: answered"] = f"{len(answered) / len(samples):.0%}"
    for step in dict.fromkeys(step for answer in answered for step in answer.timings):
        median = np.median([answer.timings[step] for answer in answered]) / clock
        figures[f"{kind}: step {step}, where answered"] = f"{median:.2f} R"
    return figures


_between, _ask = attrgetter("between"), attrgetter("ask")


def _percentiles(ratios: Sequence[float]) -> str:
    p50, p95 = np.percentile(ratios, [50, 95])
    return f"{p50:.1f} R / {p95:.1f} R"


def _recall(store: Store, questions: Sequence[str]) -> float:
    """Share of the exactly nearest passages that the vector index finds."""
    queries = store.embedder.embed(questions)
    ids = np.array(sorted(store.register.live_ids()))
    similarities = np.concatenate(list(_similarities(store.register, ids, queries)), axis=1)
    nearest = np.argpartition(-similarities, _FIRST, axis=1)[:, :_FIRST]
    found = 0
    for query, rows in zip(queries, nearest, strict=True):
        held = {passage_id for passage_id, _ in store.indexes.vectors.search(query, _FIRST)}
        found += len(held.intersection(ids[rows]))
    return found / nearest.size


def _similarities(register: Register, ids: NDArray[np.str_], queries: Vectors) -> Iterator[Vectors]:
    for at in range(0, len(ids), _BATCH):
        batch = ids[at : at + _BATCH].tolist()
        vectors = register.vectors(batch)
        yield queries @ np.stack([vectors[passage_id] for passage_id in batch]).T


def _read_through(folder: Path) -> None:
    """Into the operating system's cache, where a service that has been running has its files."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(_CHUNK):
                    pass


def _sizes(folder: Path) -> Iterator[tuple[str, float]]:
    for part in ("register.sqlite", "chroma", "keywords"):
        place = folder / part
        files = place.rglob("*") if place.is_dir() else [place]
        yield part.partition(".")[0], sum(path.stat().st_size for path in files if path.is_file()) / 1e6


def _print(columns: Sequence[Figures]) -> None:
    """A Markdown table, one column a size."""
    for row, name in enumerate(columns[0]):
        print(f"| {name} |", *(f"{column.get(name, '-')} |" for column in columns))
        if not row:
            print("|---" * (1 + len(columns)) + "|")


if __name__ == "__main__":
    main()
