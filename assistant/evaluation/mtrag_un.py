"""MTRAG-UN (IBM 2025): conversations, each with the passages that its last question needs, if any."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from assistant.evaluation.external import read_lines
from assistant.evaluation.passage_sets import as_files, file_names, scores_of_several
from assistant.evaluation.question_sets import Question, QuestionSet, half_of_each

_CLEAR = ("ANSWERABLE", "UNANSWERABLE")
_FORMS = {"last turn": 1, "last two turns": 2}


def files(folder: Path) -> dict[str, str]:
    """The passages, a file each."""
    return as_files(_passages(folder))


def question_set(folder: Path) -> QuestionSet:
    """All tasks. Confidence is judged by those that are either answerable or unanswerable, not in part."""
    names = file_names(_passages(folder))
    tasks = read_lines(folder / "tasks.jsonl")
    halves = half_of_each({_conversation(task) for task in tasks})
    questions = []
    for form, turns in _FORMS.items():
        for task in tasks:
            gold = frozenset(names[context] for context in task["contexts"])
            questions.append(
                Question(
                    text=" ".join(_turns(task)[-turns:]),
                    documents=gold,
                    scoring=partial(scores_of_several, gold) if gold else None,
                    half=halves[_conversation(task)],
                    form=form,
                    is_clear=task["answerability"] in _CLEAR,
                )
            )
    return QuestionSet("mtrag_un", tuple(questions))


def _passages(folder: Path) -> dict[str, str]:
    shown = {}
    for record in read_lines(folder / "passages.jsonl"):
        title = f"# {record['title']}\n\n" if record["title"] else ""
        shown[record["id"]] = f"{title}{record['text']}"
    return shown


def _conversation(task: dict[str, Any]) -> str:
    """A task's id names its conversation, then the turn."""
    return str(task["id"]).partition("<::>")[0]


def _turns(task: dict[str, Any]) -> list[str]:
    earlier = [turn["text"] for turn in task["history"] if turn["speaker"] == "user"]
    return [*earlier, str(task["question"])]
