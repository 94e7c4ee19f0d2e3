"""Lines of different documents that set different time limits for what seems to be one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.enquiry import Found
from assistant.evidence import stems_of
from assistant.quotes import Quote, quotes_of
from assistant.support.facts import FactFinder
from assistant.support.wording import wording
from corpus.passages import Citation

_ALIKE = 0.55
_FEWEST = 4
_HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8_760.0}
# What a limit is made of; the rest of the line says what it is for.
_LIMIT = frozenset(
    "minut hour day week month year work calendar school within least most later than more less no end next"
    " first one two three four five six seven eight nine ten eleven twelv fifteen twenti thirti forti".split()
)
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Limit:
    """`hours` as the clock counts them; `days` of which kind ("working"), "" where it is not said."""

    hours: float
    days: str
    bound: str


def differing(said: Sequence[Citation], found: Sequence[Found]) -> Iterator[tuple[Citation, Quote]]:
    """What is cited, each at most once, with words of another document that are nearly the same and whose one
    time limit is not."""
    for citation in said:
        other = next(_others(citation, found), None)
        if other is not None:
            yield citation, other


def _others(citation: Citation, found: Sequence[Found]) -> Iterator[Quote]:
    own, words = limit_of(citation.quote), _subject(citation.quote)
    if own is None:
        return
    for passage in found:
        if passage.live.document_id == citation.document_id:
            continue
        for evidence in passage.lines:
            other = limit_of(evidence.text)
            if other and _is_another(own, other) and _is_of(words, _subject(evidence.text)):
                # Of a lead-in and its item, the item holds the limit.
                yield quotes_of(passage.live, evidence.line)[-1]


@lru_cache(maxsize=8_192)
def limit_of(text: str) -> Limit | None:
    """The one time limit that the text states; None where it states none, or several."""
    if not _FIGURE.search(text) and not _LIMIT & stems_of(text):
        return None
    times = [quantity for quantity in _finder().facts_of(text).quantities if quantity.unit in _HOURS]
    if len(times) != 1 or not times[0].amount.replace(".", "", 1).isdigit():
        return None
    [time] = times
    return Limit(float(time.amount) * _HOURS[time.unit], time.days, time.bound)


def _is_another(one: Limit, other: Limit) -> bool:
    if {one.bound, other.bound} == {"most", "least"}:
        return False
    return one.hours != other.hours or one.days != other.days


def _subject(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems_of(text) - _LIMIT if not _FIGURE.search(stem))


def _is_of(one: frozenset[str], other: frozenset[str]) -> bool:
    """By Jaccard's measure."""
    shared = len(one & other)
    return shared >= _FEWEST and shared >= _ALIKE * len(one | other)


@cache
def _finder() -> FactFinder:
    return FactFinder(wording())
