"""What a document says of itself and not of its subject: review dates, lists of amendments, contents.

It stays in the text and its sections, and no question finds it: an amendment speaks of a paragraph in the
paragraph's own words, and answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.documents import Section
from ingest.layout import Element

_RECORD = r"(?:history|log|record|control|table|sheet)"
_HEADING = re.compile(
    rf"(?:[\d.]+\s+)?(?:(?:(?:list|table) of )?(?:amendments?|revisions?|contents)(?: {_RECORD}| made)?"
    rf"|(?:version|document|revision|review|change) {_RECORD}|(?:list|table|record) of changes)",
    re.IGNORECASE,
)
_DATE = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:[a-z]+\s+)?\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
_DATES = re.compile(
    r"(?:(?:date (?:of )?)?(?:(?:last|next) )?(?:review(?:ed)?|updated|amended|published|approved|issued)"
    rf"(?: (?:date|due|from|on|by))?\s*[:\u2013-]?\s*(?:{_DATE})[\s|;,.]*)+",
    re.IGNORECASE,
)
_LONGEST = 200


def furniture(elements: Sequence[Element], sections: Sequence[Section], text: str) -> frozenset[int]:
    """The starts of the elements that are nothing else."""
    about_itself = {s.ordinal for s in sections if _HEADING.fullmatch(s.heading.strip(" :."))}
    return frozenset(
        element.start
        for element in elements
        if element.section in about_itself or _is_date(text[element.start : element.end].strip())
    )


def _is_date(words: str) -> bool:
    return len(words) <= _LONGEST and bool(_DATES.fullmatch(words))
