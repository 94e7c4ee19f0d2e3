"""What to do, in order: the duties of several procedures in one list, by time, by verb and by actor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, product

import numpy as np
import yaml

from assistant.applicable.places import Places
from assistant.applicable.reading import Reading
from assistant.applicable.results import Disagreement, LimitShown, Step
from assistant.evidence import stems_of
from corpus.passages import Candidate
from corpus.procedures import Bound, Duty, ReadProcedure, Role, TimeLimit, Unit, Verb

_NEAR = 6
_URGENT_HOURS = 24.0
_HOURS = {
    Unit.MINUTES: 1 / 60,
    Unit.HOURS: 1.0,
    Unit.DAYS: 24.0,
    # Five of seven days are working days.
    Unit.WORKING_DAYS: 24.0 * 7 / 5,
    Unit.SCHOOL_DAYS: 24.0 * 7 / 5,
    Unit.WEEKS: 168.0,
    Unit.MONTHS: 730.5,
    Unit.YEARS: 8766.0,
}
_VERBS = list(Verb)
_SAME_MATTER, _LEAST_SHARED = 0.65, 2
_CELL = " | "
_WORD = re.compile(r"[a-z]+")
_MOST_DISAGREEMENTS = 5


def hours_of(limit: TimeLimit | None) -> float | None:
    """About how long the limit is; 0 for "at once", None where it has no length."""
    if limit is None or limit.bound is Bound.BY_EVENT:
        return None
    if limit.bound is Bound.AT_ONCE:
        return 0.0
    if limit.amount is None or limit.unit is None:
        return None
    return limit.amount * _HOURS[limit.unit]


def steps_of(
    read: ReadProcedure, reading: Reading | None, candidates: Sequence[Candidate], places: Places
) -> tuple[Step, ...]:
    """All duties of one procedure, one for each verb of a sentence. Without a situation none is nearer."""
    near = _nearest(read, reading, candidates) if reading is not None else frozenset[int]()
    first: dict[tuple[int, Verb, str], Duty] = {}
    for duty in read.duties:
        actor = duty.actor.words if duty.actor else ""
        key = duty.line.start, duty.verb, actor.casefold()
        known = first.get(key)
        if known is None or (known.time_limit is None and duty.time_limit is not None):
            first[key] = duty
    return tuple(_step(duty, places, duty.line.start in near, reading is None) for duty in first.values())


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """By time, what has no limit last; must before should before may; then by actor."""
    return tuple(sorted(steps, key=_order))


def for_role(steps: Iterable[Step], role: Role | None) -> tuple[Step, ...]:
    """Those that bind the role's staff; one that names nobody may be anybody's, and stays."""
    return tuple(
        step for step in steps if role is None or not step.roles or {role, Role.ALL} & set(step.roles)
    )


def limits_shown(read: ReadProcedure, places: Places) -> tuple[LimitShown, ...]:
    """Every limit of one procedure that a date can come of, or that is due at once."""
    return tuple(
        LimitShown(read.document_id, read.version, limit, places.cite(limit.line))
        for limit in read.time_limits
        if limit.bound is not Bound.BY_EVENT
    )


def disagreements(shown: Mapping[str, Sequence[LimitShown]]) -> tuple[Disagreement, ...]:
    """Limits of two procedures for the same thing, from the same event, that differ in length. `shown` are
    those of each document, by its id."""
    lengths = {document: _lengths(limits) for document, limits in shown.items()}
    matters = {document: [_matter_of(one.limit) for one in limits] for document, limits in shown.items()}
    found = []
    for one, other in combinations(shown, 2):
        for first, second in product(range(len(shown[one])), range(len(shown[other]))):
            likeness = matters[one][first].likeness(matters[other][second])
            pair = Disagreement(shown[one][first], shown[other][second])
            if (
                likeness >= _SAME_MATTER
                and _differ(pair.one.limit, pair.other.limit)
                and not lengths[one][pair.one.limit.line.start] & lengths[other][pair.other.limit.line.start]
            ):
                found.append((likeness, pair))
    ordered = sorted(found, key=lambda pair: -pair[0])
    return tuple(pair for _, pair in ordered[:_MOST_DISAGREEMENTS])


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a limit is for: the content words of its action and of its event, without who acts; `order` are
    the action's words such as "after": after the first year is not in it."""

    action: frozenset[str]
    order: frozenset[str]
    event: frozenset[str]

    def likeness(self, other: _Matter) -> float:
        """Share of all words of the two actions that both have, 0 to 1; 0 where they are counted from
        different events, or one is after what the other is before. An event that is not stated may be
        any."""
        shared, common = self.action & other.action, self.event & other.event
        is_same_event = common in (self.event, other.event)
        if len(shared) < _LEAST_SHARED or not is_same_event or self.order != other.order:
            return 0.0
        return len(shared) / len(self.action | other.action)


def _matter_of(limit: TimeLimit) -> _Matter:
    action = _action(limit)
    event = stems_of(limit.event.words) if limit.event else frozenset[str]()
    actors, order = _words()
    return _Matter(stems_of(action) - actors, order & set(_WORD.findall(action.lower())), event - actors)


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Stems that say little of what is done, and words of order."""
    text = files("assistant.applicable").joinpath("limit_words.yaml").read_text(encoding="utf-8")
    entry = yaml.safe_load(text)
    return stems_of(entry["little"]), frozenset(entry["order"].split())


def _action(limit: TimeLimit) -> str:
    """The first cell of a table's row; else the line without the limit's own words, which differ."""
    if limit.what is not None:
        return limit.what.words
    start, end = limit.place.start - limit.line.start, limit.place.end - limit.line.start
    words = limit.line.words
    first, _, others = words.partition(_CELL)
    if others:
        return first
    return f"{words[:start]} {words[end:]}" if 0 <= start < end else words


def _lengths(limits: Sequence[LimitShown]) -> dict[int, set[float | None]]:
    """Of all limits that stand in one line, by where it begins: lines that share one agree on it."""
    found: dict[int, set[float | None]] = {}
    for shown in limits:
        found.setdefault(shown.limit.line.start, set()).add(hours_of(shown.limit))
    return found


def _differ(one: TimeLimit, other: TimeLimit) -> bool:
    lengths = hours_of(one), hours_of(other)
    if None in lengths or lengths[0] == lengths[1] or one.bound is not other.bound:
        return False
    return one.recurring == other.recurring and one.before == other.before


def _nearest(read: ReadProcedure, reading: Reading, candidates: Sequence[Candidate]) -> frozenset[int]:
    """Starts of the duties' lines that are nearest to what the situation tells."""
    starts = [line.start for one in candidates for line in one.live.passage.lines]
    if not starts:
        return frozenset()
    vectors = np.vstack([one.lines for one in candidates if len(one.live.passage.lines)])
    told = np.vstack([reading.vectors[:1], reading.vectors[1:][reading.told]])
    likeness = dict(zip(starts, (vectors @ told.T).max(axis=1).tolist(), strict=True))
    duties = {duty.line.start for duty in read.duties}
    return frozenset(sorted(duties, key=lambda start: -likeness.get(start, 0.0))[:_NEAR])


def _step(duty: Duty, places: Places, is_near: bool, is_bare: bool) -> Step:
    """What is due within a day is near in any situation."""
    limit = duty.time_limit
    hours = hours_of(limit)
    is_urgent = hours is not None and hours <= _URGENT_HOURS and not is_bare
    return Step(
        document_id=duty.line.document_id,
        verb=duty.verb,
        negated=duty.negated,
        actor=duty.actor.words if duty.actor else "",
        roles=duty.roles,
        text=duty.line.words,
        lead=duty.lead.words if duty.lead else "",
        details=tuple(one.words for one in duty.details),
        limit=limit.place.words if limit else "",
        hours=hours,
        citation=places.cite(duty.line),
        is_near=is_near or is_urgent,
    )


def _order(step: Step) -> tuple[float, int, str, int]:
    hours = float("inf") if step.hours is None else step.hours
    return hours, _VERBS.index(step.verb), step.actor.casefold().removeprefix("the "), step.citation
