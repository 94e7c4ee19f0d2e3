"""How many of the relevant reviews theme packs find, and how long packs and their files take.

    python -m scripts.measure_sessions --data DIR [--cases tests/cases/themes.yaml]

DIR holds a store over the sample library.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.sessions.exports.files import FileKind, as_file
from assistant.sessions.exports.sheet import Look
from assistant.sessions.pack import LENGTHS, Pack, SessionFormat, SessionRequest
from assistant.sessions.planner import Planner
from corpus.documents import Kind
from corpus.errors import NoMaterial
from corpus.settings import Settings
from corpus.store import Store

LOOK = Look("http://127.0.0.1:8321")
SIGNPOST = "If a child is in immediate danger, ring 999 now."


@dataclass(frozen=True, slots=True)
class Judged:
    """A theme's reviews: found and relevant, relevant and missed, found and wrong."""

    theme: str
    half: str
    right: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cases", type=Path, default=Path("tests/cases/themes.yaml"))
    given = parser.parse_args()
    settings = Settings(data_dir=given.data)
    with Store(settings, "measure") as store:
        planner = Planner(store, settings.retrieval, SIGNPOST)
        cases = yaml.safe_load(given.cases.read_text(encoding="utf-8"))["themes"]
        judged = [_judged(planner, case) for case in cases]
        for half in ("dev", "test"):
            _print_half(half, [each for each in judged if each.half == half])
        _print_times(planner, store)


def _judged(planner: Planner, case: dict[str, Any]) -> Judged:
    relevant, arguable = set(case["relevant"]), set(case.get("arguable", ()))
    try:
        pack = planner.plan(SessionRequest(90, SessionFormat.TRAINING, theme=case["theme"]))
        found = set(_reviews(pack))
    except NoMaterial:
        found = set()
    missed, wrong = relevant - found, found - relevant - arguable
    return Judged(case["theme"], case["half"], len(relevant & found), tuple(missed), tuple(wrong))


def _reviews(pack: Pack) -> Iterator[str]:
    """Those that the pack counts under its key messages: the first line rests on a point of each."""
    by_number = {each.number: each for each in pack.citations}
    for part in pack.parts:
        if part.name.value == "messages":
            for number in part.items[0].citations:
                yield by_number[number].document_id


def _print_half(half: str, judged: list[Judged]) -> None:
    right = sum(each.right for each in judged)
    missed = sum(len(each.missed) for each in judged)
    wrong = sum(len(each.wrong) for each in judged)
    print(f"{half}: {len(judged)} themes, {right} of {right + missed} relevant reviews found, {wrong} wrong")
    for each in judged:
        if each.missed or each.wrong:
            missing, strays = ", ".join(each.missed) or "-", ", ".join(each.wrong) or "-"
            print(f"  {each.theme}: missed {missing}; wrong {strays}")


def _print_times(planner: Planner, store: Store) -> None:
    """Of every briefing of the library, at each length; then of the files of one of an hour."""
    briefings = [each.id for each in store.register.documents() if each.kind is Kind.BRIEFING]
    for minutes in LENGTHS:
        taken = []
        for document in briefings:
            start = time.perf_counter()
            pack = planner.plan(SessionRequest(minutes, SessionFormat.TRAINING, documents=(document,)))
            taken.append(time.perf_counter() - start)
        middle, longest = statistics.median(taken), max(taken)
        print(f"{minutes} minutes: made in {middle:.2f} s (longest {longest:.2f} s)")
        for kind in FileKind:
            start = time.perf_counter()
            size = len(as_file(pack, kind, LOOK))
            print(f"  {kind.value}: {time.perf_counter() - start:.2f} s, {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
