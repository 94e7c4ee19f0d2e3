"""How often the tracker is right on the sample library: `python -m scripts.measure_reports DATA`.

DATA is a store that has taken in `corpus/library`. Each proposal is held against what was judged by hand in
`tests/assistant/reports/recommendations_judged.yaml`.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from assistant.reports.context import ReportContext
from assistant.reports.recommendations import rules
from assistant.reports.tracker import Tracked, tracked
from corpus.database import open_database
from corpus.embedding import open_embedder
from corpus.register import Register
from corpus.settings import DatabaseSettings, ReportSettings, load_settings

_JUDGED = Path(__file__).parents[1] / "tests" / "assistant" / "reports" / "recommendations_judged.yaml"
_VERDICTS = ("meets", "partly", "nothing found")
_STEPS = [step / 20 for step in range(20, 72)]


def main(data: Path) -> None:
    """Print the counts, how often each verdict is right, and what thresholds of the other half would give."""
    engine = open_database(DatabaseSettings(), data)
    embedder = open_embedder(load_settings().embedding)
    context = ReportContext(Register(engine), ReportSettings(), date.today(), lambda: embedder)
    judged: dict[str, Any] = yaml.safe_load(_JUDGED.read_text(encoding="utf-8"))
    found = [(each, _judgement(judged, each)) for each in tracked(context)]
    pairs = [(each.match.verdict.value, truth["verdict"]) for each, truth in found]
    _print_counts(pairs)
    with_place = [(each, truth) for each, truth in found if truth.get("by")]
    right = sum(_quotes_one(each, truth["by"]) for each, truth in with_place)
    print(f"A paragraph that was judged by is among the quotes: {right} of {len(with_place)}.")
    _print_halves(found)


def _judgement(judged: dict[str, Any], each: Tracked) -> dict[str, Any]:
    truth: dict[str, Any] = judged[each.recommendation.document_id][each.recommendation.anchor]
    return truth | {"verdict": "nothing found" if truth["verdict"] == "nothing" else truth["verdict"]}


def _quotes_one(each: Tracked, by: list[Any]) -> bool:
    return any(cited.anchor in map(str, by) for cited in each.citations)


def _print_counts(pairs: list[tuple[str, str]]) -> None:
    counts = Counter(pairs)
    print("proposed \\ judged".ljust(20), *(verdict.ljust(14) for verdict in _VERDICTS))
    for proposed in _VERDICTS:
        print(proposed.ljust(20), *(str(counts[proposed, truth]).ljust(14) for truth in _VERDICTS))
    for verdict in _VERDICTS:
        said = [truth for proposed, truth in pairs if proposed == verdict]
        true = [proposed for proposed, truth in pairs if truth == verdict]
        right, hit = said.count(verdict), true.count(verdict)
        print(f"{verdict}: right {right} of {len(said)}, found {hit} of {len(true)}")


def _print_halves(found: list[tuple[Tracked, dict[str, Any]]]) -> None:
    """Thresholds chosen on every other briefing, and what they give on the rest."""
    documents = sorted({each.recommendation.document_id for each, _ in found})
    for half in (0, 1):
        own = set(documents[half::2])
        chosen = [pair for pair in found if pair[0].recommendation.document_id in own]
        rest = [pair for pair in found if pair[0].recommendation.document_id not in own]
        best = max(product(_STEPS, _STEPS), key=lambda limits: _right(chosen, *limits))
        print(
            f"Thresholds of half {half + 1} (partly {best[0]}, meets {best[1]}): right there "
            f"{_right(chosen, *best)} of {len(chosen)}, elsewhere {_right(rest, *best)} of {len(rest)}"
        )
    limits = rules()["partly"], rules()["meets"]
    print(f"Those of the settings {limits}: right {_right(found, *limits)} of {len(found)}")


def _right(found: list[tuple[Tracked, dict[str, Any]]], partly: float, meets: float) -> int:
    def said(score: float) -> str:
        return "nothing found" if score < partly else "partly" if score < meets else "meets"

    return sum(said(each.match.score) == truth["verdict"] for each, truth in found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
