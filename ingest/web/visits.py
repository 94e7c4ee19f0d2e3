"""What became of each address of a crawl, for the report and for the ingest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from corpus.source_list import PageState
from ingest.report import Outcome, Status
from ingest.sources import HandedIn


class Seen(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    INDEX = "only leads on"
    GONE = "gone"
    UNLINKED = "no longer linked"
    PASSED_OVER = "passed over"
    FAILED = "failed"


_REPORTED = {
    Seen.UNCHANGED: Status.UNCHANGED,
    Seen.UNLINKED: Status.PASSED_OVER,
    Seen.PASSED_OVER: Status.PASSED_OVER,
    Seen.FAILED: Status.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Visit:
    """`found_on` is the page whose link led there, `reason` says why nothing was taken."""

    url: str
    seen: Seen
    title: str | None = None
    reason: str = ""
    found_on: str = ""


@dataclass(slots=True)
class Crawl:
    """One look at a web manual.

    `documents` are what is new or changed, lying in files; `pages` is what is to be remembered for the next
    look. `ended` says why the crawl ended early; `retry_hours` when to come back.
    """

    start: str
    visits: list[Visit] = field(default_factory=list)
    documents: list[HandedIn] = field(default_factory=list)
    pages: list[PageState] = field(default_factory=list)
    ended: str = ""
    retry_hours: float | None = None

    @property
    def gone(self) -> list[str]:
        """Addresses of pages that were there before."""
        return [visit.url for visit in self.visits if visit.seen is Seen.GONE]

    @property
    def counts(self) -> Counter[Seen]:
        """Addresses by what became of them."""
        return Counter(visit.seen for visit in self.visits)

    def outcomes(self) -> list[Outcome]:
        """What the ingest's own report will not tell: pages that were not handed to it."""
        found = [
            Outcome(visit.url, _REPORTED[visit.seen], reason=_told(visit))
            for visit in self.visits
            if visit.seen in _REPORTED
        ]
        if self.ended:
            found.append(Outcome(self.start, Status.REFUSED, reason=self.ended))
        return found

    def as_json(self) -> dict[str, Any]:
        """Plain values, for `--dry-run --json`."""
        return {
            "start": self.start,
            "pages": [
                {
                    "url": visit.url,
                    "seen": visit.seen.value,
                    "title": visit.title,
                    "reason": visit.reason,
                    "found_on": visit.found_on,
                }
                for visit in self.visits
            ],
            "counts": {seen.value: count for seen, count in sorted(self.counts.items())},
            "ended": self.ended,
        }


def _told(visit: Visit) -> str:
    return f"{visit.reason} Found on {visit.found_on}." if visit.found_on and visit.reason else visit.reason
