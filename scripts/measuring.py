"""What the measuring scripts share: the sample library, its questions, clocks, how a figure is printed."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = [ROOT / "corpus/library/procedures", ROOT / "corpus/library/briefings"]
QUESTION = "How soon must the front door decide what happens to a referral?"
"""Twelve words: R is the median time to embed them."""

_MOST_QUESTIONS = 120


def sample_questions() -> list[str]:
    """Every other question that the sample library answers, at most 120."""
    found = [
        case["question"]
        for path in sorted((ROOT / "tests/cases").glob("answerable-*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    return found[::2][:_MOST_QUESTIONS]


def sample_situations() -> list[str]:
    """Long ones, of some 130 words: each is told together with the next; at most 120."""
    cases = yaml.safe_load((ROOT / "tests/cases/situations.yaml").read_text(encoding="utf-8"))
    told = [case["situation"] for case in cases][: _MOST_QUESTIONS + 1]
    return [f"{one} {other}" for one, other in pairwise(told)]


def milliseconds(work: Callable[[], object]) -> float:
    """How long the call took."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds on the clock, and of the processor's time: a machine may be shared."""

    clock: float = 0.0
    processor: float = 0.0

    @classmethod
    def by(cls, work: Callable[[], object]) -> Took:
        clock, processor = time.perf_counter(), time.process_time()
        work()
        return cls((time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000)

    def __add__(self, other: Took) -> Took:
        return Took(self.clock + other.clock, self.processor + other.processor)

    def __sub__(self, other: Took) -> Took:
        return Took(self.clock - other.clock, self.processor - other.processor)


class StopWatch:
    """What took how long, by part, summed over the calls of whatever methods are watched."""

    def __init__(self) -> None:
        self.parts: defaultdict[str, Took] = defaultdict(Took)

    def watch(self, owner: object, methods: Sequence[str], part: str) -> None:
        for name in methods:
            setattr(owner, name, self._watched(getattr(owner, name), part))

    def _watched(self, method: Callable[..., Any], part: str) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            results: list[Any] = []
            self.parts[part] += Took.by(lambda: results.append(method(*given, **named)))
            return results[0]

        return watched


def resident_mb(process: int | str = "self") -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def say(figure: str, value: str, note: str = "") -> None:
    print(f"{figure:<58} {value:<18} {note}", flush=True)
