"""What procedures state of time limits and duties, in a form in which two statements can be compared."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.reports.matching import stems_of
from assistant.support.wording import has_kin
from corpus.procedures import Anchored, Duty, ReadProcedure, TimeLimit, Unit

# Working days are of their own kind: how many of them are so many days depends on the calendar.
_MEASURES = {
    Unit.MINUTES: ("hours", 1 / 60),
    Unit.HOURS: ("hours", 1.0),
    Unit.DAYS: ("days", 1.0),
    Unit.WEEKS: ("days", 7.0),
    Unit.MONTHS: ("months", 1.0),
    Unit.YEARS: ("months", 12.0),
    Unit.WORKING_DAYS: ("working days", 1.0),
    Unit.SCHOOL_DAYS: ("school days", 1.0),
}
# A whole bracket: "the LADO (local authority designated officer)".
_ASIDE = re.compile(r"\s*\([^()]*\)")
# Where a sentence goes on to something else.
_CUT = re.compile(
    r";|\.\s|:\s|\(|\)|\s+\|\s+"
    r"|,?\s+(?:and|but|or)\s+(?=(?:the|an?|each|they|it|he|she|must|should|may|send|tell|confirm|record|"
    r"\w+ (?:must|should|may))\b)"
    r"|,\s+(?:otherwise|unless|except|so that|where|when|if|which|who|because|and|but)\b"
)

Amount = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Statement:
    """`about` are the stems of what it is about, `subject` those words; `line` the sentence or row around it.

    `amounts` are all that the line gives: a line may give one for each of several cases.
    """

    document_id: str
    title: str
    line: Anchored
    subject: str
    about: frozenset[str]
    value: str
    amount: Amount | None = None
    amounts: frozenset[Amount] = frozenset()
    repeats: bool = False
    before: bool = False


def limits_of(procedures: Iterable[ReadProcedure]) -> Iterator[Statement]:
    """Every time limit that has an amount."""
    for read in procedures:
        by_line: defaultdict[int, list[TimeLimit]] = defaultdict(list)
        for limit in read.time_limits:
            if limit.amount is not None and limit.unit is not None:
                by_line[limit.line.start].append(limit)
        for limits in by_line.values():
            amounts = frozenset(_amount(limit) for limit in limits)
            for limit in limits:
                subject = _subject(limit)
                yield Statement(
                    document_id=read.document_id,
                    title=read.title,
                    line=limit.line,
                    subject=subject,
                    about=frozenset(stems_of(subject)),
                    value=limit.place.words,
                    amount=_amount(limit),
                    amounts=amounts,
                    repeats=limit.recurring,
                    before=limit.before,
                )


def duties_of(procedures: Iterable[ReadProcedure]) -> Iterator[Statement]:
    """Every duty to do something in particular; its value is the verb, with "not" where it is denied."""
    for read in procedures:
        for duty in read.duties:
            if len(stems_of(duty.action.words)) < rules()["fewest_words_of_deed"]:
                continue
            subject = _deed(duty)
            # By when it is to be done is compared by itself.
            timed = {stem for limit in duty.time_limits for stem in stems_of(limit.place.words)}
            yield Statement(
                document_id=read.document_id,
                title=read.title,
                line=duty.line,
                subject=subject,
                about=frozenset(stems_of(subject)) - timed,
                value=f"{duty.verb.value} not" if duty.negated else duty.verb.value,
            )


class Likeness:
    """How much two statements are about the same, among all of them: what many say tells little."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        counts = Counter(stem for statement in statements for stem in statement.about)
        total = len(statements)
        self._weights = {stem: math.log1p(total / count) for stem, count in counts.items()}

    def of(self, one: Statement, other: Statement) -> float:
        """0 to 1; 0 where a word of `contradictions.yaml` tells them apart."""
        if _marks(one.subject) != _marks(other.subject):
            return 0.0
        shared = self.weight(stem for stem in one.about if has_kin(stem, other.about))
        shared += self.weight(stem for stem in other.about if has_kin(stem, one.about))
        total = self.weight(one.about) + self.weight(other.about)
        return shared / total if total else 0.0

    def weight(self, stems: Iterable[str]) -> float:
        """Of all these words together."""
        return sum(self._weights.get(stem, 0.0) for stem in stems)


@cache
def rules() -> dict[str, Any]:
    """As `contradictions.yaml` has them."""
    text = files("assistant.reports").joinpath("contradictions.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _amount(limit: TimeLimit) -> Amount:
    assert limit.amount is not None
    assert limit.unit is not None
    kind, factor = _MEASURES[limit.unit]
    return kind, round(limit.amount * factor, 4)


def _subject(limit: TimeLimit) -> str:
    """What the limit is for: the row's own words, or the clause around it without the limit itself."""
    event = limit.event.words if limit.event else ""
    if limit.what is not None:
        return f"{limit.what.words} {event}".strip()
    line = limit.line.words
    before = _ASIDE.sub(" ", line[: limit.place.start - limit.line.start])
    after = _ASIDE.sub(" ", line[limit.place.end - limit.line.start :])
    cuts = list(_CUT.finditer(before))
    before = before[cuts[-1].end() :] if cuts else before
    cut = _CUT.search(after)
    after = after[: cut.start()] if cut else after
    return " ".join(f"{before} {after} {event}".split())


def _deed(duty: Duty) -> str:
    """Who does what, and in which case: what is due in one case only says nothing of another."""
    actor, action = duty.antecedent or duty.actor, duty.action.words
    cut = _CUT.search(action)
    parts = [actor.words if actor else "", action[: cut.start()] if cut else action]
    return " ".join([*parts, duty.condition.words if duty.condition else ""]).strip()


@lru_cache(maxsize=20_000)
def _marks(subject: str) -> tuple[bool, ...]:
    """Which of the distinctions it makes."""
    return tuple(bool(row.search(subject)) for row in _distinctions())


@cache
def _distinctions() -> list[re.Pattern[str]]:
    rows = rules()["distinctions"]
    return [re.compile(rf"\b(?:{'|'.join(map(re.escape, row))})", re.IGNORECASE) for row in rows]
