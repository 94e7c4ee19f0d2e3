"""How long each part takes; the running order always adds up to the session's length."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.sessions.pack import Part, PartName, SessionFormat, Voice

_FRAME = (PartName.PURPOSE, PartName.ACTIONS)


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of each kind a session of one length holds."""

    case: int
    support: int
    rules: int
    formed: int
    quiz: int
    messages: int
    points: int
    of_each: int
    reviews: int
    recommendations: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A timed part in the running order; `start` and `end` are minutes from the beginning."""

    part: Part
    start: int
    end: int


def amounts(minutes: int) -> list[Amounts]:
    """What such a session holds; where that may be too much for its page, then less and less."""
    listed = _lengths()["amounts"][minutes]
    first, *smaller = listed if isinstance(listed, list) else [listed]
    return [Amounts(**first), *(Amounts(**(first | each)) for each in smaller)]


def planned(format_: SessionFormat, minutes: int) -> dict[PartName, int]:
    """The minutes of each part that such a session has."""
    row: Mapping[str, int] = _lengths()["minutes"][format_.value][minutes]
    return {PartName(name): share for name, share in row.items()}


def timed(
    parts: Sequence[Part], format_: SessionFormat, minutes: int, *, on_procedure: bool = False
) -> tuple[Part, ...]:
    """The parts with whole minutes that add up: those of parts that are missing, or hold too little for
    theirs, go to the others, to the longest most, and each keeps at least one. What opens and closes a
    session takes no longer for it. Where a procedure is what it is about, the learning has the time that is
    else the procedures', and they have its.
    """
    plan = planned(format_, minutes)
    if on_procedure:
        learning, rules = PartName.MESSAGES, PartName.PROCEDURES
        plan = plan | {learning: plan[rules], rules: plan[learning]}
    shares = {each.name: plan[each.name] for each in parts if plan.get(each.name)}
    growing = {name: share for name, share in shares.items() if name not in _FRAME} or shares
    most = {each.name: _most(each) for each in parts}
    whole = shares | _shared_out(growing, minutes - _sum_beside(growing, shares))
    while over := {name: int(most[name]) for name in growing if whole[name] > most[name]}:
        if len(over) == len(growing):
            break
        growing = {name: share for name, share in growing.items() if name not in over}
        whole |= over
        whole |= _shared_out(growing, minutes - _sum_beside(growing, whole))
    return tuple(replace(part, minutes=whole.get(part.name, 0)) for part in parts)


def _sum_beside(growing: Mapping[PartName, int], whole: Mapping[PartName, int]) -> int:
    return sum(minutes for name, minutes in whole.items() if name not in growing)


def _most(part: Part) -> float:
    """The minutes for which it holds enough; how often a message was found is no message."""
    of_one: int | None = _lengths()["most_of_one"].get(part.name.value)
    lines = sum(
        bool(item.quote or item.answer or item.voice is Voice.TRAINER) and not item.depth
        for item in part.items
    )
    return of_one * lines if of_one and lines else math.inf


def _shared_out(shares: Mapping[PartName, int], minutes: int) -> dict[PartName, int]:
    """By largest remainder."""
    total = sum(shares.values())
    exact = {name: share * minutes / total for name, share in shares.items()}
    whole = {name: max(1, int(value)) for name, value in exact.items()}
    by_remainder = sorted(exact, key=lambda name: (int(exact[name]) - exact[name], -exact[name]))
    for name in by_remainder[: max(0, minutes - sum(whole.values()))]:
        whole[name] += 1
    return whole


def running_order(parts: Sequence[Part]) -> list[Slot]:
    """The timed parts, one after another."""
    slots: list[Slot] = []
    at = 0
    for part in parts:
        if part.minutes:
            slots.append(Slot(part, at, at + part.minutes))
            at += part.minutes
    return slots


@cache
def _lengths() -> dict[str, Any]:
    text = files("assistant.sessions").joinpath("lengths.yaml").read_text(encoding="utf-8")
    lengths: dict[str, Any] = yaml.safe_load(text)
    return lengths
