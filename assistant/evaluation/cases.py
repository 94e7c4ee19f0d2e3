"""The question cases: what people ask, and where the library answers it, if it does.

They stand as YAML in one folder, a file or several for each sort (`answerable-*.yaml`, `danger*.yaml` ...).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from assistant.evaluation.halves import Half, Halves, document_of
from corpus.errors import EvaluationError


class Style(StrEnum):
    """The manner in which a question was typed."""

    SHORT = "short"
    PLAIN = "plain"
    MISSPELT = "misspelt"
    ABBREVIATED = "abbreviated"
    SITUATION = "situation"


@dataclass(frozen=True, slots=True)
class Answerable:
    """`answers` are references (see `references`) to places each of which answers by itself, best first;
    `paraphrase`: the question shares next to no word with them."""

    id: str
    question: str
    role: str
    style: Style
    paraphrase: bool
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Further:
    """More questions of the same kind, by other authors; those of the development half teach the ranking."""

    id: str
    question: str
    style: Style
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """A near miss: `near` speaks of the neighbourhood and does not answer."""

    id: str
    question: str
    role: str
    why: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Probe:
    """A question by another author, one of a pair of like manner: the one is answered at `place`, to the
    other `place` comes nearest. Those of the development half teach the answerability."""

    id: str
    question: str
    answered: bool
    place: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`answers` are those to the last of `turns`; `standalone` is how a person would understand it."""

    id: str
    turns: tuple[str, ...]
    standalone: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """`applies`, `lookalikes` and `arguable` are chapter numbers: about the arguable ones two careful leads
    could differ, and they count neither way. `why` is, for each that applies, the piece of the situation that
    says so. `unseen`: nobody who wrote the signs had seen it."""

    id: str
    situation: str
    applies: tuple[str, ...]
    lookalikes: tuple[str, ...]
    why: Mapping[str, str] = field(default_factory=dict)
    arguable: tuple[str, ...] = ()
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class DangerText:
    """`unseen`: by other authors, and nobody who made the rules has read it."""

    id: str
    text: str
    danger: bool
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class CaseDataText:
    """`spans` are the very pieces that are case data."""

    id: str
    text: str
    case_data: bool
    spans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """All cases, or those of one half."""

    answerable: tuple[Answerable, ...]
    further: tuple[Further, ...]
    unanswerable: tuple[Unanswerable, ...]
    probes: tuple[Probe, ...]
    follow_ups: tuple[FollowUp, ...]
    situations: tuple[Situation, ...]
    danger: tuple[DangerText, ...]
    case_data: tuple[CaseDataText, ...]


# A folder of cases need not hold any.
_FURTHER, _PROBES = "further-*.yaml", "probes-*.yaml"

_Case = TypeVar(
    "_Case", Answerable, Further, Unanswerable, Probe, FollowUp, Situation, DangerText, CaseDataText
)


def load_cases(folder: Path, half: Half | None = None) -> Cases:
    """The cases of one half, or all. Raises EvaluationError for a folder or an entry that does not fit."""
    halves = Halves.load(folder)

    def load(pattern: str, make: type[_Case], place: Callable[[_Case], str] | None) -> tuple[_Case, ...]:
        found = []
        for entry in _entries(folder, pattern):
            case = _made(make, entry)
            if place is None or "half" in entry:
                own = Half(entry["half"])
            else:
                own = halves.of(document_of(place(case)))
            if half in (None, own):
                found.append(case)
        return tuple(found)

    return Cases(
        answerable=load("answerable-*.yaml", Answerable, lambda case: case.answers[0]),
        further=load(_FURTHER, Further, lambda case: case.answers[0]),
        unanswerable=load("unanswerable.yaml", Unanswerable, lambda case: case.near[0]),
        probes=load(_PROBES, Probe, lambda case: case.place),
        follow_ups=load("followups.yaml", FollowUp, lambda case: case.answers[0]),
        situations=load("situations*.yaml", Situation, lambda case: case.applies[0]),
        danger=load("danger*.yaml", DangerText, None),
        case_data=load("case_data.yaml", CaseDataText, None),
    )


def _entries(folder: Path, pattern: str) -> Iterator[dict[str, Any]]:
    paths = sorted(folder.glob(pattern))
    if not paths and pattern not in (_FURTHER, _PROBES):
        raise EvaluationError(
            f"There is no {pattern} in {folder}.", "Name the folder of the cases with --cases."
        )
    for path in paths:
        try:
            yield from yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, TypeError) as error:
            raise EvaluationError(f"{path} is no list of cases.", "Correct its YAML.") from error


def _made(make: type[_Case], entry: dict[str, Any]) -> _Case:
    every = fields(make)
    needed = [one.name for one in every if one.default is MISSING and one.default_factory is MISSING]
    lacking = [name for name in needed if name not in entry]
    if lacking:
        raise EvaluationError(f"The case {entry.get('id')} lacks {', '.join(lacking)}.", "Add it.")
    values: dict[str, Any] = {one.name: entry[one.name] for one in every if one.name in entry}
    if "style" in values:
        values["style"] = Style(values["style"])
    made: Any = make
    case: _Case = made(**{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()})
    return case
