"""Time limits: how long something may take, and from when that is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.procedure_rows import Places
from corpus.procedures import Bound, TimeLimit, Unit
from ingest.procedures.lexicon import any_of, loaded, plain
from ingest.procedures.statements import Statement

_LONGEST_EVENT = 25  # words


@dataclass(frozen=True, slots=True)
class LimitWords:
    """What `limits.yaml` says, as patterns."""

    amount: re.Pattern[str]
    at_once: re.Pattern[str]
    same_day: re.Pattern[str]
    next_day: re.Pattern[str]
    by_event: re.Pattern[str]
    not_event: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    event: re.Pattern[str]
    counted_back: re.Pattern[str]
    stop: re.Pattern[str]


@cache
def limit_words() -> LimitWords:
    source = loaded("limits.yaml")
    number = rf"(?P<number>\d{{1,3}}|{any_of(source['numbers'])})"
    unit = rf"(?P<unit>{any_of(source['units'])})"
    bounds = "|".join(rf"(?P<{name}>{any_of(source[name])})" for name in ("recurring", "at_least", "at_most"))
    gestation = r"(?P<by>by|from)(?= \d{1,2} weeks' gestation)"
    return LimitWords(
        amount=re.compile(
            rf"\b(?:(?:{bounds}|{gestation})\s*)?(?:(?<=\w)\s)?(?<![\w.,/-]){number}(?:\s*\([\w-]+\))?[\s-]+{unit}s?"
            rf"(?![\w-])'?"
        ),
        at_once=re.compile(rf"\b{any_of(source['at_once'])}\b"),
        same_day=re.compile(rf"\b{any_of(source['same_day'])}\b"),
        next_day=re.compile(rf"\b{any_of(source['next_day'])}\b"),
        by_event=re.compile(rf"\b{any_of(source['by_event'])}\b"),
        not_event=re.compile(source["not_events"]),
        not_before=re.compile(rf"\b{source['not_limits']['before']}"),
        not_after=re.compile(source["not_limits"]["after"]),
        event=re.compile(rf"\s*(?:the )?(?P<word>{source['event_words']})\s+|\s+(?=gestation)"),
        counted_back=re.compile(source["counted_back"]),
        stop=re.compile(source["event_stops"]),
    )


def limits_in(
    text: str,
    start: int,
    end: int,
    line: Statement,
    places: Places,
    subjects: Sequence[int] = (),
    *,
    in_column: bool = False,
) -> list[TimeLimit]:
    """The limits between two offsets.

    `in_column`: a cell that holds a limit and nothing else, where an amount needs no "within" and any
    other words name an event. `subjects` are the offsets, from `start`, at which the subject of a duty
    begins: no event reaches into it.
    """
    reader = _Reader(text, start, end, line, places, subjects)
    found = [*reader.amounts(bare=in_column), *reader.others()]
    found = _without_overlaps(found)
    if in_column and not found and text[start:end].strip(" -\u2013\u2014"):
        return [reader.limit(Bound.BY_EVENT, start, end, event=(start, end))]
    return sorted(found, key=lambda limit: limit.place.start)


def events_in(
    text: str, start: int, end: int, line: Statement, places: Places, subjects: Sequence[int]
) -> list[TimeLimit]:
    """Limits that something else sets: "before the child goes home"."""
    return list(_Reader(text, start, end, line, places, subjects).events())


class _Reader:
    def __init__(
        self, text: str, start: int, end: int, line: Statement, places: Places, subjects: Sequence[int]
    ) -> None:
        self._subjects = subjects
        self._low = plain(text[start:end])
        self._start = start
        self._places = places
        self._line = line

    def amounts(self, *, bare: bool) -> Iterator[TimeLimit]:
        words, source = limit_words(), loaded("limits.yaml")
        for match in words.amount.finditer(self._low):
            before = self._low[: match.start()]
            bound = self._bound(match, before, bare)
            if bound is None or words.not_after.match(self._low[match.end() :]):
                continue
            given = match["number"]
            unit, times = source["units"][match["unit"]]
            event, is_before, end = self._event(match.end())
            yield replace(
                self.limit(bound, self._start + match.start(), self._start + end, event),
                amount=(int(given) if given.isdigit() else source["numbers"][given]) * times,
                unit=Unit(unit),
                before=is_before,
                recurring=match["recurring"] is not None,
            )

    def _bound(self, match: re.Match[str], before: str, bare: bool) -> Bound | None:
        given = match["number"]
        if match["at_least"]:
            return Bound.AT_LEAST
        if match["by"]:
            return Bound.AT_LEAST if match["by"] == "from" else Bound.AT_MOST
        if match["at_most"] or match["recurring"]:
            return Bound.AT_MOST
        if given in {"a", "an"} or not bare or limit_words().not_before.search(before):
            return None
        return Bound.AT_MOST

    def others(self) -> Iterator[TimeLimit]:
        words = limit_words()
        for match in words.at_once.finditer(self._low):
            yield self.limit(Bound.AT_ONCE, self._start + match.start(), self._start + match.end())
        for pattern, amount in ((words.same_day, 0), (words.next_day, 1)):
            for match in pattern.finditer(self._low):
                event, _, end = self._event(match.end())
                working = "working" in match.group()
                yield replace(
                    self.limit(Bound.AT_MOST, self._start + match.start(), self._start + end, event),
                    amount=amount,
                    unit=Unit.WORKING_DAYS if working else Unit.DAYS,
                )

    def events(self) -> Iterator[TimeLimit]:
        words = limit_words()
        for match in words.by_event.finditer(self._low):
            after = self._low[match.end() :].lstrip()
            if words.not_event.match(after) or words.at_once.match(self._low, match.start()):
                continue
            left = match.end() + len(self._low[match.end() :]) - len(after)
            right = self._event_end(left)
            event = (self._start + left, self._start + right)
            yield self.limit(Bound.BY_EVENT, self._start + match.start(), event[1], event)

    def limit(self, bound: Bound, start: int, end: int, event: tuple[int, int] | None = None) -> TimeLimit:
        return TimeLimit(
            bound=bound,
            place=self._places.at(start, end),
            line=self._places.at(self._line.start, self._line.end),
            event=self._places.at(*event) if event and event[0] < event[1] else None,
        )

    def _event(self, at: int) -> tuple[tuple[int, int] | None, bool, int]:
        """The event's span, whether it is counted back from it, and where the limit's own words end."""
        words = limit_words()
        back = words.counted_back.match(self._low, at)
        if back:  # the event is the table's, or was named before
            return None, True, back.end()
        opened = words.event.match(self._low, at)
        if opened is None:
            return None, False, at
        right = self._event_end(opened.end())
        is_before = opened["word"] in loaded("limits.yaml")["back_from"]
        return (self._start + opened.end(), self._start + right), is_before, right

    def _event_end(self, start: int) -> int:
        stop = limit_words().stop.search(self._low, start)
        end = stop.start() if stop else len(self._low)
        end = min([end, *(subject for subject in self._subjects if subject > start)])
        words = list(re.finditer(r"\S+", self._low[start:end]))[:_LONGEST_EVENT]
        while words and words[-1].group() in {"and", "or", "but"}:
            words.pop()
        return start + words[-1].end() if words else start


def _without_overlaps(found: list[TimeLimit]) -> list[TimeLimit]:
    """Of limits that share words, the longest."""
    kept: list[TimeLimit] = []
    for limit in sorted(found, key=lambda one: one.place.start - one.place.end):
        if all(
            limit.place.end <= other.place.start or other.place.end <= limit.place.start for other in kept
        ):
            kept.append(limit)
    return kept
