"""Print the figures of speed and memory as ratios to what the machine itself allows, all taken in one run.

R is the median time to embed one 12-word question; B the time to embed, in batches and with nothing else
running, the very texts that an ingest embeds. Run it as `make measure`; it needs several minutes, fewer with
`--without-ingest`.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import httpx
import numpy as np

from assistant.assembly import Assistant
from corpus.embedding import Embedder, open_embedder
from corpus.settings import Settings, load_settings
from corpus.store import Store
from ingest.embeddings import embedding_inputs
from ingest.pipeline import IngestPipeline
from scripts.measuring import LIBRARY, QUESTION, milliseconds, resident_mb, sample_questions, say
from scripts.scaled_stores import grow, sample_library

PASSAGES = 5_000


def main() -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings()
        embedder = open_embedder(settings.embedding)
        embedder.embed([QUESTION])
        if "--without-ingest" not in sys.argv:
            _ingest(Path(folder) / "ingest", settings, embedder)
        library = sample_library(settings, Path(folder) / "ingest" / "data", embedder)
        [store_folder] = grow(settings, Path(folder), library, [PASSAGES])
        # Made passages fit no question well: the usual threshold would leave nothing to compose and verify.
        retrieval = settings.retrieval.model_copy(update={"min_confidence": 0.0})
        big = settings.model_copy(update={"data_dir": store_folder, "retrieval": retrieval})
        questions = sample_questions()
        with Store(big, "measure", embedder) as store:
            _queries(Assistant(store, big), embedder, questions)
        _service(big, questions)


def _ingest(folder: Path, settings: Settings, embedder: Embedder) -> None:
    files = [path for root in LIBRARY for path in sorted(root.glob("*.*"))]
    whole = raw = 0.0
    passages = 0
    # In four parts, each followed by its own raw embedding, since the machine's speed drifts.
    texts = folder / "texts"
    texts.mkdir(parents=True)
    own = settings.model_copy(update={"data_dir": folder / "data"})
    with Store(own, "measure", embedder) as store:
        pipeline = IngestPipeline(store, settings.ingest)
        for part in range(4):
            for path in files[part::4]:
                shutil.copy(path, texts)
            before = {document.id for document in store.register.documents()}
            started = time.perf_counter()
            pipeline.run([texts])
            whole += time.perf_counter() - started
            inputs = list(_inputs(store, before))
            started = time.perf_counter()
            embedder.embed(inputs)
            raw += time.perf_counter() - started
        passages = store.register.live_count()
        started = time.perf_counter()
        report = pipeline.run([texts])
        again = time.perf_counter() - started
    say(f"ingest of {passages} passages / B", f"{whole / raw:.2f}", f"{whole:.0f} s, B = {raw:.0f} s")
    say("unchanged re-ingest / first", f"1/{whole / again:.0f}", f"{report.embedded} embedded, {again:.2f} s")


def _inputs(store: Store, but: set[str]) -> Iterator[str]:
    for document in store.register.documents():
        if document.id not in but:
            version = store.register.version(document.id)
            for passage in store.register.passages(version.id):
                yield from embedding_inputs(passage, version.text)


def _queries(assistant: Assistant, embedder: Embedder, questions: Sequence[str]) -> None:
    for question in questions[:10]:
        assistant.ask(question)
    ask, raw = [], []
    for question in questions:
        raw.append(milliseconds(partial(embedder.embed, [QUESTION])))
        ask.append(milliseconds(partial(assistant.ask, question)))
    r = float(statistics.median(raw))
    p50, p95 = np.percentile(ask, [50, 95])
    figure = f"question in, answer out, p50 / p95, {PASSAGES} passages"
    say(figure, f"{p50 / r:.1f} R / {p95 / r:.1f} R", f"R = {r:.1f} ms")


def _service(settings: Settings, questions: Sequence[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/v1/questions"
    started = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "api.cli",
        "serve",
        "--data",
        str(settings.data_dir),
        "--port",
        str(port),
    ]
    answer_all = os.environ | {"ASSISTANT_RETRIEVAL__MIN_CONFIDENCE": "0"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=answer_all)
    try:
        with httpx.Client(timeout=30) as client:
            _first_answer(client, url)
            cold = time.perf_counter() - started
            overhead = [_overhead(client, url, question) for question in [*questions[:10], *questions]]
        resident = resident_mb(process.pid)
    finally:
        process.terminate()
        process.wait()
    say("HTTP on loopback on top, p50", f"{statistics.median(overhead[10:]):.1f} ms")
    say("process start to first answer", f"{cold:.1f} s")
    say("resident memory of the service", f"{resident:.0f} MB", f"{PASSAGES} passages")


def _overhead(client: httpx.Client, url: str, question: str) -> float:
    """Milliseconds that an answer took beyond the pipeline's own steps."""
    started = time.perf_counter()
    answer = client.post(url, json={"question": question}).json()
    return (time.perf_counter() - started) * 1000 - float(sum(answer["timings"].values()))


def _first_answer(client: httpx.Client, url: str) -> None:
    while True:
        try:
            answer = client.post(url, json={"question": QUESTION}).json()
        except httpx.TransportError:
            time.sleep(0.02)
            continue
        if answer["status"] != "answered":
            raise RuntimeError(f"The service answered {answer['status']}.")
        return


if __name__ == "__main__":
    main()
