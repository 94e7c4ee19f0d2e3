"""MTRAG-UN (IBM 2025): conversations of many turns, with the passages that the last question needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.external import read_lines
from assistant.evaluation.measures import Measure, mean, share_held
from assistant.evaluation.passage_sets import PassageSearch, as_files
from assistant.retriever import HybridRetriever

_FIRST = 5


def _passages(folder: Path) -> dict[str, str]:
    shown = {}
    for record in read_lines(folder / "passages.jsonl"):
        title = f"# {record['title']}\n\n" if record["title"] else ""
        shown[record["id"]] = f"{title}{record['text']}"
    return shown


def files(folder: Path) -> Mapping[str, str]:
    return as_files(_passages(folder))


def measure(retriever: HybridRetriever, folder: Path) -> Sequence[Measure]:
    search = PassageSearch(retriever, list(_passages(folder)))
    tasks = [task for task in read_lines(folder / "tasks.jsonl") if task["contexts"]]
    measures = []
    for name, turns in (("last turn", 1), ("last two turns", 2)):
        rankings = [search.ranking(" ".join(_turns(task)[-turns:])) for task in tasks]
        held = [
            share_held(task["contexts"], ranking, _FIRST)
            for task, ranking in zip(tasks, rankings, strict=True)
        ]
        measures.append(mean(f"R@{_FIRST}, {name}", held))
    return measures


def _turns(task: dict[str, Any]) -> list[str]:
    earlier = [turn["text"] for turn in task["history"] if turn["speaker"] == "user"]
    return [*earlier, str(task["question"])]
