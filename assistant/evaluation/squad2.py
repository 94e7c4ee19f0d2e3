"""SQuAD 2.0 (Rajpurkar, Jia and Liang 2018): half of its questions are near misses, which nothing answers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from assistant.evaluation.external import read_lines
from assistant.evaluation.passage_sets import as_files, file_names, scores_of_one
from assistant.evaluation.question_sets import Question, QuestionSet, half_of_each


def files(folder: Path) -> dict[str, str]:
    """The paragraphs, a file each."""
    return as_files(_passages(folder))


def question_set(folder: Path) -> QuestionSet:
    """Halves go by article, so that nothing learned about one helps on the other half."""
    passages = _passages(folder)
    names = file_names(passages)
    halves = half_of_each({_article(passage) for passage in passages})
    questions = []
    for record in read_lines(folder / "questions.jsonl"):
        gold = names[record["gold"]]
        scoring = partial(scores_of_one, gold) if record["answerable"] else None
        half = halves[_article(record["gold"])]
        questions.append(Question(record["question"], frozenset({gold}), scoring, half))
    return QuestionSet("squad2", tuple(questions))


def _passages(folder: Path) -> dict[str, str]:
    return {
        record["id"]: f"# {_article(record['id']).replace('_', ' ')}\n\n{record['text']}"
        for record in read_lines(folder / "paragraphs.jsonl")
    }


def _article(passage: str) -> str:
    return passage.partition("#")[0]
