"""Which documents cite an edition that was replaced, or speak of a body that is no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.lists import read_list
from assistant.reports.context import ReportContext
from assistant.reports.library import LiveDocument
from assistant.reports.table import Cell, Column, Report
from corpus.errors import SettingsError

NAME = "stale-references"
TITLE = "Replaced guidance and bodies that are no more"
_ABOUT = (
    "By the lists of editions and bodies in outdated.yaml, which you can replace by your own. A sentence "
    "that tells how things used to be is left out; where one is listed all the same, it needs no change."
)
_COLUMNS = (
    Column("document", "Document"),
    Column("place", "Place", link="url"),
    Column("cited", "It says"),
    Column("now", "Now"),
    Column("quote", "In these words", quote=True),
)
# How far an edition's year may stand from its title: "Working together … (2018)", "the 2018 edition of …".
_AFTER, _BEFORE = 16, 24


@dataclass(frozen=True, slots=True)
class Stale:
    """Words that name something replaced: their span, and what is in its place."""

    start: int
    end: int
    now: str


class Outdated:
    """The lists, ready to be looked for. Raises SettingsError for a list of another shape."""

    def __init__(self, lists: dict[str, Any]) -> None:
        try:
            self._patterns = [*_editions(lists["editions"]), *_bodies(lists["bodies"])]
            self._history = re.compile(rf"\b(?:{_any(lists['history'])})\b", re.IGNORECASE)
        except (KeyError, TypeError, AttributeError) as error:
            raise SettingsError(
                "The list outdated.yaml has another shape than it should.",
                "It needs editions (names, current, replaced), bodies (names, now) and history.",
            ) from error

    def found_in(self, text: str) -> Iterator[Stale]:
        """In a sentence."""
        if self._history.search(text):
            return
        taken: list[Stale] = []
        for pattern, now in self._patterns:
            for match in pattern.finditer(text):
                if not any(each.start < match.end() and match.start() < each.end for each in taken):
                    taken.append(Stale(match.start(), match.end(), now))
        yield from sorted(taken, key=lambda each: each.start)


def stale_references(context: ReportContext) -> Report:
    """One row for each place."""
    outdated = Outdated(read_list("outdated.yaml", context.settings.lists))
    rows = [row for live in context.documents for row in _rows(live, outdated)]
    documents = len({row["document_id"] for row in rows})
    summary = (f"Places: {len(rows)}. Documents: {documents}.",)
    return Report(NAME, TITLE, _ABOUT, _COLUMNS, rows, summary)


def _rows(live: LiveDocument, outdated: Outdated) -> Iterator[dict[str, Cell]]:
    text = live.version.text
    for start, end in live.sentences:
        for found in outdated.found_in(text[start:end]):
            yield {
                "document": live.document.title,
                "place": live.place(start),
                "cited": " ".join(text[start + found.start : start + found.end].split()),
                "now": found.now,
                "quote": text[start:end],
                "document_id": live.document.id,
                "url": live.link(start, end),
            }


def _editions(lists: dict[str, Any]) -> Iterator[tuple[re.Pattern[str], str]]:
    for title, entry in lists.items():
        years, names = _any(entry["replaced"]), _any(entry["names"])
        after = rf"\b(?:{names})\b[^.;\n\d]{{0,{_AFTER}}}\b(?:{years})\b(?!\s*[-–/]\d)"
        # Not where a year of its own follows: "Working together 2018, Working together 2026".
        before = rf"\b(?:{years})\b[^.;\n\d]{{0,{_BEFORE}}}\b(?:{names})\b(?!\W{{0,3}}(?:20|19)\d\d)"
        now = f"{title} {entry['current']}"
        yield re.compile(rf"{after}|{before}", re.IGNORECASE), now


def _bodies(lists: dict[str, Any]) -> Iterator[tuple[re.Pattern[str], str]]:
    for entry in lists.values():
        # An abbreviation is written in capitals: "scr" in an address is none.
        short = [name for name in entry["names"] if name.isupper() or name[:-1].isupper()]
        long = [name for name in entry["names"] if name not in short]
        parts = [rf"(?i:{_any(long)})"] if long else []
        parts += [_any(short)] if short else []
        yield re.compile(rf"\b(?:{'|'.join(parts)})\b"), str(entry["now"])


def _any(words: list[str]) -> str:
    longest_first = sorted(map(str, words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in longest_first)
