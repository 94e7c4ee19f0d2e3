"""Precision and recall of what is read from procedures, over marked documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.procedures import Bound, Duty, TimeLimit
from scripts.extraction_marks import Marked


@dataclass(slots=True)
class Counts:
    """Marks, what was read, and what is in both. `missed` and `wrong` say where."""

    name: str
    marked: int = 0
    read: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.marked if self.marked else 1.0

    def add(self, other: Counts) -> None:
        self.marked += other.marked
        self.read += other.read
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong


def measure(marked: Marked) -> list[Counts]:
    """Duties found, their verbs and actors right; time limits with their amounts, units, bounds and marked
    events; triggers of their sort."""
    return [*_duties(marked), _limits(marked), _triggers(marked)]


def _duties(marked: Marked) -> Iterator[Counts]:
    read = {_duty_place(duty): duty for duty in marked.read.duties if marked.covers(duty.line)}
    marks = {place[0]: mark for place, mark in marked.places("duties")}
    both = read.keys() & marks.keys()
    words = marked.document.text

    def show(place: int) -> str:
        return f"{marked.name}: {words[place : place + 70]!r}"

    yield Counts(
        "duties",
        len(marks),
        len(read),
        len(both),
        [show(place) for place in sorted(marks.keys() - both)],
        [show(place) for place in sorted(read.keys() - both)],
    )
    yield _agreeing("verbs", marks, read, both, _same_verb, show)
    yield _agreeing("actors", marks, read, both, _same_actor, show)


def _agreeing(
    name: str,
    marks: Mapping[int, Any],
    read: Mapping[int, Duty],
    both: set[int],
    agrees: Callable[[Any, Duty], bool],
    show: Callable[[int], str],
) -> Counts:
    """Precision over the duties found that were marked; recall over all that were marked."""
    right = {place for place in both if agrees(marks[place], read[place])}
    wrong = [f"{show(place)} read {_actor(read[place])}" for place in sorted(both - right)]
    return Counts(name, len(marks), len(both), len(right), [], wrong)


def _duty_place(duty: Duty) -> int:
    return duty.line.start if duty.lead else duty.verb_place.start


def _same_verb(mark: Mapping[str, Any], duty: Duty) -> bool:
    return (mark["verb"], mark.get("negated", False)) == (duty.verb.value, duty.negated)


def _actor(duty: Duty) -> str:
    return f"{duty.verb}{' not' if duty.negated else ''}, {duty.actor.words if duty.actor else None}"


def _same_actor(mark: Mapping[str, Any], duty: Duty) -> bool:
    """The same words, or at least the same beginning: where a noun phrase ends is a matter of taste."""
    given = mark.get("actor")
    if given is None or duty.actor is None:
        return given is None and duty.actor is None
    if isinstance(given, str):
        return duty.actor.words.startswith(given) or given.startswith(duty.actor.words)
    return bool(given["start"] == duty.actor.start)


def _limits(marked: Marked) -> Counts:
    read = [limit for limit in marked.read.time_limits if marked.covers(limit.place)]
    counts = Counts("time limits", len(marked.marks["time_limits"]), len(read))
    for (start, end), mark in marked.places("time_limits"):
        near = [one for one in read if one.place.start < end and start < one.place.end]
        right = next((one for one in near if _same_limit(mark, one)), None)
        if right is None:
            counts.missed.append(
                f"{marked.name}: {marked.document.text[start:end]!r} {mark} read {near!r:.300}"
            )
        else:
            read.remove(right)
            counts.right += 1
    counts.wrong = [f"{marked.name}: {one.place.words!r} in {one.line.words!r:.150}" for one in read]
    return counts


def _same_limit(mark: Mapping[str, Any], limit: TimeLimit) -> bool:
    same = (
        limit.bound is Bound(mark["bound"])
        and limit.amount == mark.get("amount")
        and (limit.unit.value if limit.unit else None) == mark.get("unit")
        and limit.before == mark.get("before", False)
        and limit.recurring == mark.get("recurring", False)
    )
    event = mark.get("event")
    if not same or event is None:
        return same
    if limit.event is None:
        return False
    if isinstance(event, str):
        return limit.event.words.startswith(event)
    return bool(limit.event.start == event["start"])


def _triggers(marked: Marked) -> Counts:
    read = {
        (one.place.start, one.sort.value): one for one in marked.read.triggers if marked.covers(one.place)
    }
    marks = {(place[0], mark["sort"]) for place, mark in marked.places("triggers")}
    both = read.keys() & marks
    words = marked.document.text

    def show(key: tuple[int, str]) -> str:
        return f"{marked.name}: {key[1]} {words[key[0] : key[0] + 80]!r}"

    return Counts(
        "triggers",
        len(marks),
        len(read),
        len(both),
        [show(key) for key in sorted(marks - both)],
        [show(key) for key in sorted(read.keys() - both)],
    )
