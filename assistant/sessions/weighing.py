"""Which duties of a procedure a session is about: those that matter most, from all of its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

from assistant.sessions.rules import Rule
from corpus.procedures import Bound


def weightiest(rules: Sequence[Rule], count: int) -> list[Rule]:
    """At most `count`, in the order in which they were given; the first of equals."""
    worths = _worths()
    own = [worth_of(rule) for rule in rules]
    left, taken, parts = set(range(len(rules))), set[int](), Counter[tuple[str, str]]()
    while left and len(taken) < count:
        best = max(left, key=lambda each: (own[each] - worths["again"] * parts[_part(rules[each])], -each))
        left.remove(best)
        taken.add(best)
        parts[_part(rules[best])] += 1
    return [rules[each] for each in sorted(taken)]


def worth_of(rule: Rule) -> float:
    """By `worths.yaml`."""
    worths, duties = _worths(), rule.duties
    bounds = {limit.bound for duty in duties for limit in duty.time_limits}
    worth = worths[rule.modality.value]
    if bounds - {Bound.BY_EVENT}:
        worth += worths["limit"]
    elif bounds:
        worth += worths["event"]
    worth += worths["actor"] * any(duty.actor or duty.antecedent for duty in duties)
    worth += worths["forbidden"] * any(duty.negated for duty in duties)
    return worth - worths["length"] * max(0.0, len(rule.text.split()) - worths["words"]) / 10


def _part(rule: Rule) -> tuple[str, str]:
    return rule.source.id, rule.heading


@cache
def _worths() -> dict[str, float]:
    text = files("assistant.sessions").joinpath("worths.yaml").read_text(encoding="utf-8")
    worths: dict[str, float] = yaml.safe_load(text)
    return worths
