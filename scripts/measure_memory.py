"""What the service's memory grows by, for each kind of request apart, and whether it levels off.

    python -m scripts.measure_memory STORE [--requests 1000] [--people 4] [--kinds questions,pdf]

Each kind has a service of its own, on a copy of STORE, a store of the sample library. Its resident memory is
told before the first request, after as many as are wanted (fewer of what takes long), and after as many
again. `--kinds` takes those whose name holds one of the words.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from scripts.kinds_of_request import kinds
from scripts.measuring import resident_mb
from scripts.served import served

_SETTLED_SECONDS = 8
"""Until what is learned in the background has been read."""

_ROW = "{:<30} {:>8} {:>8} {:>8} {:>8} {:>12}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--kinds", default="")
    given = parser.parse_args()
    with _on_a_copy(given.store) as (client, _):
        names = [kind.name for kind in kinds(client)]
    words = given.kinds.split(",")
    print(_ROW.format("MB", "N", "before", "after N", "after 2N", "ms each"), flush=True)
    for name in names:
        if any(word in name for word in words):
            print(_ROW.format(name, *_measured(given.store, name, given.requests, given.people)), flush=True)


def _measured(store: Path, name: str, requests: int, people: int) -> Sequence[str]:
    """N, memory before, after N and after 2N, and how long a request took."""
    with _on_a_copy(store) as (client, process), ThreadPoolExecutor(people) as pool:
        kind = next(each for each in kinds(client) if each.name == name)
        time.sleep(_SETTLED_SECONDS)
        kind.prepare()
        count = max(1, round(requests * kind.share))
        held = [resident_mb(process)]
        started = time.perf_counter()
        for half in (range(count), range(count, 2 * count)):
            for _ in pool.map(kind.send, half):
                pass
            held.append(resident_mb(process))
        each = (time.perf_counter() - started) * 1000 / (2 * count)
    return [str(count), *(f"{megabytes:.0f}" for megabytes in held), f"{each:.0f}"]


@contextmanager
def _on_a_copy(store: Path) -> Iterator[tuple[httpx.Client, int]]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(store, copy, ignore=shutil.ignore_patterns("*.lock"))
        with served(copy) as (url, process), httpx.Client(base_url=url, timeout=120) as client:
            yield client, process


if __name__ == "__main__":
    main()
