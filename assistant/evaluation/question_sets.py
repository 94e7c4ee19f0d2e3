"""What is measured in retrieval: a set of questions, put to systems that search the same texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self

from assistant.evaluation.halves import Half, alternately

DEPTH = 100
"""Passages that every system is asked for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as a reader sees it.

    `document` is the name that the question set knows the document by; `start` and `end` are offsets into the
    text that the system was given of it.
    """

    document: str
    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a system found, best first, and how sure it is, the higher the surer, that it found the answer."""

    passages: tuple[Shown, ...]
    confidence: float


class System(Protocol):
    """Anything that searches the texts of one question set."""

    def search(self, question: str, hidden: frozenset[str] = frozenset()) -> Seen:
        """At most DEPTH passages, none of them from a hidden document."""
        ...


Scoring = Callable[[Sequence[Shown]], Mapping[str, float]]
"""What passages, best first, are worth to one question: a value, 0 to 1, for each measure by name."""


@dataclass(frozen=True, slots=True)
class Question:
    """`documents` hold the answer, or what is nearest to one; `scoring` is None where nothing answers.

    `form` names the manner of asking that is measured by itself. `is_clear` is whether people agreed that the
    texts answer it or do not: confidence is judged by those alone.
    """

    text: str
    documents: frozenset[str]
    scoring: Scoring | None
    half: Half
    form: str = ""
    is_clear: bool = True


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Measured are the questions of `halves`; the others set the thresholds that these are judged at.

    Where `asks_gone`, each answerable question is asked again with its documents hidden.
    """

    name: str
    questions: tuple[Question, ...]
    halves: Collection[Half] = tuple(Half)
    asks_gone: bool = False

    def for_ranking(self) -> Self:
        """Without what is asked for the sake of confidence alone."""
        scored = (question for question in self.questions if question.scoring is not None)
        questions = tuple(replace(question, is_clear=False) for question in scored)
        return replace(self, questions=questions, asks_gone=False)


@dataclass(frozen=True, slots=True)
class Bench:
    """A question set with the systems over its texts: `ours` makes the product's own search, with any changes
    to what its retriever is made with; `plain` is what it is compared with."""

    questions: QuestionSet
    ours: Callable[..., System]
    plain: System


def half_of_each(documents: Collection[str]) -> dict[str, Half]:
    """The documents of a set that has no split of its own, dealt out by name."""
    return {name: half for half, names in alternately(sorted(documents)).items() for name in names}
