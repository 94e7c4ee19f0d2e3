"""OR-ShARC (Gao et al. 2021): questions about rules, each with the one snippet that holds the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.evaluation.external import read_lines
from assistant.evaluation.measures import Measure, is_within, mean, rank_of, reciprocal_rank
from assistant.evaluation.passage_sets import PassageSearch, as_files
from assistant.retriever import HybridRetriever


def _passages(folder: Path) -> dict[str, str]:
    return {record["id"]: record["text"] for record in read_lines(folder / "passages.jsonl")}


def files(folder: Path) -> Mapping[str, str]:
    return as_files(_passages(folder))


def measure(retriever: HybridRetriever, folder: Path) -> Sequence[Measure]:
    search = PassageSearch(retriever, list(_passages(folder)))
    questions = read_lines(folder / "questions.jsonl")
    ranks = [rank_of(search.ranking(q["question"]), {q["gold"]}) for q in questions]
    return [
        mean("R@1", [is_within(rank, 1) for rank in ranks]),
        mean("R@5", [is_within(rank, 5) for rank in ranks]),
        mean("MRR@10", [reciprocal_rank(rank) for rank in ranks]),
    ]
