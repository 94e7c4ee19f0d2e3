"""Many people asking at once over HTTP: errors, and how long they wait.

`python -m scripts.measure_load STORE [PEOPLE] [SECONDS]`, on a store of the sample library that nothing else
uses. Each person asks, reads for some seconds (five on average, exponentially distributed) and asks again;
then once more with nobody reading at all, which tells what the service can take. R is the median time to
embed one 12-word question, with nothing else running.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import time
from functools import partial
from pathlib import Path

import httpx
import numpy as np

from corpus.embedding import open_embedder
from corpus.settings import load_settings
from scripts.measuring import QUESTION, milliseconds, resident_mb, sample_questions, say
from scripts.served import served

_READING_SECONDS = 5.0


def main() -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    store = Path(sys.argv[1])
    people, seconds = (int(given) for given in [*sys.argv[2:4], "50", "60"][:2])
    embedder = open_embedder(load_settings().embedding)
    embedder.embed([QUESTION])
    r = statistics.median(milliseconds(partial(embedder.embed, [QUESTION])) for _ in range(50))
    with served(store) as (url, process):
        for name, reading in (("who read in between", _READING_SECONDS), ("who never stop asking", 0.0)):
            took, errors = asyncio.run(_asked(url, people, seconds, reading))
            p50, p95 = np.percentile(took, [50, 95])
            say(f"{people} people {name}, p50 / p95", f"{p50 / r:.0f} R / {p95 / r:.0f} R", f"R = {r:.1f} ms")
            say("answers a second; errors", f"{len(took) / seconds:.1f}; {errors}", f"{len(took)} answers")
        say("resident memory of the service", f"{resident_mb(process):.0f} MB")


async def _asked(url: str, people: int, seconds: float, reading: float) -> tuple[list[float], int]:
    """Milliseconds that each answer took, and how many requests failed."""
    took: list[float] = []
    failed: list[str] = []
    questions = sample_questions()
    end = time.perf_counter() + seconds

    async def person(number: int) -> None:
        chosen = random.Random(number)
        async with httpx.AsyncClient(timeout=60, base_url=url) as client:
            await asyncio.sleep(chosen.random() * reading)
            while time.perf_counter() < end:
                started = time.perf_counter()
                try:
                    response = await client.post("/v1/questions", json={"question": chosen.choice(questions)})
                    response.raise_for_status()
                    took.append((time.perf_counter() - started) * 1000)
                except httpx.HTTPError as error:
                    failed.append(type(error).__name__)
                if reading:
                    await asyncio.sleep(chosen.expovariate(1 / reading))

    await asyncio.gather(*(person(number) for number in range(people)))
    return took, len(failed)


if __name__ == "__main__":
    main()
