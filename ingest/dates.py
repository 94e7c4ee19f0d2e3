"""Review and effective dates as documents print them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    "Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = (
    r"(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<uk>\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2}))\b"
    rf"|(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?{_MONTH.format('month')},?\s+(?P<year>\d{{4}})"
    rf"|{_MONTH.format('month_us')}\s+(?P<day_us>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_us>\d{{4}}))"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_LINK = rf"(?:\s+(?:on|by|in|is|date|due))*[\s:|\u2013-]*{_WEEKDAY}"
_ANY = re.compile(_DATE, re.IGNORECASE)


def _labelled(label: str, before: str = r"\b") -> re.Pattern[str]:
    return re.compile(rf"{before}(?:{label}){_LINK}{_DATE}", re.IGNORECASE | re.MULTILINE)


_NEXT = _labelled(
    "next review(?:ed)?|date of (?:the )?next review|review date|review due|"
    "(?:due|date) for review|to be reviewed"
)
_LAST = _labelled("(?:last|date) reviewed|(?:date of (?:the )?)?last review|date of review")
_EFFECTIVE = _labelled(
    "effective (?:from|date)|date effective|in force from|this (?:procedure|chapter|version) applies from"
)
# In running prose these speak of other documents: 'the annual report published in May 2021'.
_LABEL_ALONE = r"(?:^|\| |[.;] )"
_REVIEWED = _labelled("reviewed", _LABEL_ALONE)
_PUBLISHED = _labelled(
    "(?:first )?published|publication date|date (?:of publication|published)|date of issue", _LABEL_ALONE
)


def read_date(words: str) -> date | None:
    """The first date in the words; the first day where only month and year are given; day before month."""
    found = _ANY.search(words)
    return _as_date(found) if found else None


def last_reviewed(text: str) -> date | None:
    """The date printed as that of the last review, or else of publication."""
    return _first(_LAST, text) or _first(_REVIEWED, text) or _first(_PUBLISHED, text)


def next_review(text: str) -> date | None:
    """The date printed as that of the review to come."""
    return _first(_NEXT, text)


def effective_from(text: str) -> date | None:
    """The date printed as that from which the document applies."""
    return _first(_EFFECTIVE, text)


def _first(label: re.Pattern[str], text: str) -> date | None:
    return next((day for day in map(_as_date, label.finditer(text)) if day), None)


def _as_date(found: re.Match[str]) -> date | None:
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
    elif found["uk"]:
        day, month, year = map(int, re.split("[/.]", found["uk"]))
        year += 2000 if year < 100 else 0
    else:
        name = found["month"] or found["month_us"]
        month = _MONTHS.index(name[:3].lower()) + 1
        day, year = int(found["day"] or found["day_us"] or 1), int(found["year"] or found["year_us"])
    try:
        return date(year, month, day)
    except ValueError:
        return None  # such as '31 June 2025': no date at all
