"""The dates by which something is due: limits read from cited text, counted from an event that somebody
names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from assistant.applicable.places import Places
from assistant.timescales import Due, Event, Unknown, due
from corpus.errors import NotFound
from corpus.passages import Citation, digest
from corpus.procedure_register import ProcedureRegister
from corpus.procedures import Bound, TimeLimit
from corpus.register import Register

if TYPE_CHECKING:
    from icalendar import Event as Entry

_PRODUCT = "-//Safeguarding assistant//Time limits//EN"


@dataclass(frozen=True, slots=True)
class DueDate:
    """A limit, what it says and where, and when it ends."""

    limit: TimeLimit
    citation: Citation
    due: Due | Unknown


class DueDates:
    """Over one register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._procedures = ProcedureRegister(register.engine)

    def limits(self, document_id: str, version: int | None = None) -> list[tuple[TimeLimit, Citation]]:
        """All that a date can come of, in reading order. Raises NotFound."""
        read = self._procedures.of(document_id, version)
        places = Places(self._register)
        limits = [limit for limit in read.time_limits if limit.bound is not Bound.BY_EVENT]
        numbers = [places.cite(limit.line) for limit in limits]
        by_number = {citation.number: citation for citation in places.citations}
        return [(limit, by_number[number]) for limit, number in zip(limits, numbers, strict=True)]

    def of(
        self,
        document_id: str,
        version: int | None,
        event: Event,
        starts: Collection[int] = (),
    ) -> list[DueDate]:
        """Every limit of the document, or those whose words begin at `starts`. Raises NotFound."""
        found = [
            DueDate(limit, citation, due(limit, event))
            for limit, citation in self.limits(document_id, version)
            if not starts or limit.place.start in starts
        ]
        if not found:
            raise NotFound("There is no such time limit in this document.")
        return found


def calendar_file(dates: Iterable[DueDate], stamp: datetime, address: str = "") -> bytes:
    """An iCalendar file (RFC 5545) with an entry a date; nothing of any situation stands in it.

    `address` is that of the service, before the permanent links.
    """
    # Imported at the first file: nobody who only asks questions waits for it.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for one in dates:
        if isinstance(one.due, Due):
            for number, day in enumerate((one.due.on, *one.due.following)):
                at = one.due.at if number == 0 else None
                calendar.add_component(_entry(one, day, at, stamp, address))
    written: bytes = calendar.to_ical()
    return written


def _entry(one: DueDate, day: date, at: datetime | None, stamp: datetime, address: str) -> Entry:
    from icalendar import Event as Entry

    citation = one.citation
    entry = Entry()
    key = f"{citation.document_id} {citation.version} {one.limit.place.start} {at or day}"
    entry.add("uid", f"{digest(key)[:32]}@safeguarding-assistant")
    entry.add("dtstamp", stamp)
    entry.add("summary", f"{one.limit.place.words}: {citation.title}")
    entry.add(
        "description", f"“{citation.quote}”\n{citation.title}, {citation.anchor}\n{address}{citation.url}"
    )
    if at is None:
        entry.add("dtstart", day)
        # Without an end it lasts that day, too (RFC 5545, 3.6.1), and the last of all has none after it.
        if day < date.max:
            entry.add("dtend", day + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    else:
        entry.add("dtstart", at)
        entry.add("dtend", at)
    return entry
