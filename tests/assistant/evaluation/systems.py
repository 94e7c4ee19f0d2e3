"""A system and a question set made by hand, for what is measured of any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evaluation.halves import Half
from assistant.evaluation.passage_sets import scores_of_one
from assistant.evaluation.question_sets import Question, Seen, Shown


class Scripted:
    """Finds what it is told to, with 0.9 confidence where the wanted documents are not hidden, else 0.1."""

    def __init__(self, rankings: Mapping[str, Sequence[str]]) -> None:
        self._rankings = rankings
        self.asked: list[tuple[str, frozenset[str]]] = []

    def search(self, question: str, hidden: frozenset[str] = frozenset()) -> Seen:
        self.asked.append((question, hidden))
        found = [shown(name) for name in self._rankings[question] if name not in hidden]
        return Seen(tuple(found), 0.1 if hidden or not found else 0.9)


def shown(document: str, text: str = "Words.", *headings: str, start: int = 0) -> Shown:
    return Shown(document, start, start + len(text), text, headings)


def answerable(text: str, document: str, half: Half = Half.TEST, form: str = "") -> Question:
    """A question that one document answers."""
    return Question(text, frozenset({document}), lambda found: scores_of_one(document, found), half, form)


def near_miss(text: str, document: str, half: Half = Half.TEST) -> Question:
    return Question(text, frozenset({document}), None, half)
