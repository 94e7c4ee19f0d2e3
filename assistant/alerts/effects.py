"""What a change does to those who are bound by it: another verb, another time limit, another contact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.modality import modality_of
from assistant.support.clauses import sentences_of
from assistant.support.facts import FactFinder, Quantity
from assistant.support.wording import wording
from corpus.changes import Change

_TIMES = frozenset({"minute", "hour", "day", "week", "month", "year"})
_CONTACT = re.compile(
    r"https?://[^\s<>()]+|www\.[^\s<>()]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\+44[\s(]?|\b0)\d[\d\s()-]{5,}\d\b"
    r"|\b(?:999|101|111|112)\b|\b116[\s-]?\d{3}\b"
)


@dataclass(frozen=True, slots=True)
class Effect:
    """What is no longer said, and what is said instead, in the texts' own order; either may be empty."""

    anchor: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """Of many changes: which binding verbs, time limits and contacts they touch."""

    verbs: tuple[Effect, ...]
    limits: tuple[Effect, ...]
    contacts: tuple[Effect, ...]


def effects_of(changes: Iterable[Change]) -> Effects:
    """Each change for itself, in order."""
    listed = list(changes)
    return Effects(
        verbs=tuple(_effects(listed, _verbs)),
        limits=tuple(_effects(listed, _limits)),
        contacts=tuple(_effects(listed, _contacts)),
    )


def _effects(changes: Sequence[Change], read: Callable[[str], list[str]]) -> Iterator[Effect]:
    for change in changes:
        before, after = read(change.before or ""), read(change.after or "")
        gone, come = _less(before, after), _less(after, before)
        if gone or come:
            yield Effect(change.anchor, gone, come)


def _less(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Those of `some` that `others` does not hold, as often as it does not hold them."""
    left = Counter(some) - Counter(others)
    return tuple(dict.fromkeys(each for each in some if left[each] > 0))


def _verbs(text: str) -> list[str]:
    verbs = (modality_of(sentence) for sentence in sentences_of(text))
    return [verb.value for verb in verbs if verb]


def _limits(text: str) -> list[str]:
    quantities = _finder().facts_of(text).quantities
    return [_printed(quantity) for quantity in quantities if quantity.unit in _TIMES]


def _printed(quantity: Quantity) -> str:
    plural = "" if quantity.amount == "1" else "s"
    bound = "at least " if quantity.bound == "least" else ""
    kind = f"{quantity.days} " if quantity.days else ""
    side = f" {quantity.side}" if quantity.side else ""
    return f"{bound}{quantity.amount} {kind}{quantity.unit}{plural}{side}"


def _contacts(text: str) -> list[str]:
    return [" ".join(match[0].rstrip(".,;:)").split()) for match in _CONTACT.finditer(text)]


@cache
def _finder() -> FactFinder:
    return FactFinder(wording())
