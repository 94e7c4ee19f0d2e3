"""OR-ShARC (Gao et al. 2021): questions about rules, each with the one snippet that holds the rule."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from assistant.evaluation.external import read_lines
from assistant.evaluation.passage_sets import as_files, file_names, scores_of_one
from assistant.evaluation.question_sets import Question, QuestionSet, half_of_each


def files(folder: Path) -> dict[str, str]:
    """The snippets, a file each."""
    return as_files(_passages(folder))


def question_set(folder: Path) -> QuestionSet:
    """No confidence is judged: every question has an answer, of which near-duplicates may be there."""
    names = file_names(_passages(folder))
    halves = half_of_each(names.values())
    questions = []
    for record in read_lines(folder / "questions.jsonl"):
        gold = names[record["gold"]]
        scoring = partial(scores_of_one, gold)
        questions.append(
            Question(record["question"], frozenset({gold}), scoring, halves[gold], is_clear=False)
        )
    return QuestionSet("or_sharc", tuple(questions))


def _passages(folder: Path) -> dict[str, str]:
    return {record["id"]: record["text"] for record in read_lines(folder / "passages.jsonl")}
