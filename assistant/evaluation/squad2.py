"""SQuAD 2.0 (Rajpurkar, Jia and Liang 2018): can the confidence tell a question from its near miss?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.evaluation.external import read_lines
from assistant.evaluation.measures import Measure, auroc
from assistant.evaluation.passage_sets import PassageSearch, as_files
from assistant.retriever import HybridRetriever
from assistant.steps.retrieve import confidence_of


def _passages(folder: Path) -> dict[str, str]:
    return {
        record["id"]: f"# {record['id'].partition('#')[0].replace('_', ' ')}\n\n{record['text']}"
        for record in read_lines(folder / "paragraphs.jsonl")
    }


def files(folder: Path) -> Mapping[str, str]:
    return as_files(_passages(folder))


def measure(retriever: HybridRetriever, folder: Path) -> Sequence[Measure]:
    search = PassageSearch(retriever, list(_passages(folder)))
    scores: dict[bool, list[float]] = {True: [], False: []}
    for question in read_lines(folder / "questions.jsonl"):
        scores[question["answerable"]].append(confidence_of(search.found(question["question"])))
    return [auroc("AUROC of confidence, answerable from near miss", scores[True], scores[False])]
