"""What a chat model writes, line by line as it comes: each whole line is one sentence with its sources.

A line of JSON for each sentence, rather than one structure for all: a line can be checked the moment it is
whole, a broken one costs one sentence, and any model that writes text can do it in one call.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_LONGEST_LINE = 1_500  # characters
_MOST = 12_000
_FENCE = "```"
# JSON can write half of a character, which is no text.
_HALF = re.compile("[\ud800-\udfff]")


class Flaw(StrEnum):
    """What is wrong with a line, or with all of what was written."""

    NOT_JSON = "not JSON"
    CUT_OFF = "cut off"
    ENDLESS = "endless"
    EMPTY = "empty"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence as written, and the short names that it rests on."""

    text: str
    sources: tuple[str, ...]


def claims_of(pieces: Iterable[str]) -> Iterator[Claim | Flaw]:
    """Claims and flaws in the order they come; ends where the writing has no end."""
    rest, written = "", 0
    for piece in pieces:
        written += len(piece)
        *lines, rest = (rest + piece).split("\n")
        yield from _read(lines)
        if written > _MOST or len(rest) > _LONGEST_LINE:
            yield Flaw.ENDLESS
            return
    for last in _read([rest]):
        yield Flaw.CUT_OFF if last is Flaw.NOT_JSON and rest.lstrip().startswith("{") else last
    if not written:
        yield Flaw.EMPTY


def _read(lines: Iterable[str]) -> Iterator[Claim | Flaw]:
    for line in lines:
        text = line.strip()
        if text and not text.startswith(_FENCE):
            yield _claim(text)


def _claim(line: str) -> Claim | Flaw:
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        return Flaw.NOT_JSON
    if not isinstance(read, dict) or not isinstance(read.get("text"), str) or _HALF.search(read["text"]):
        return Flaw.NOT_JSON
    sources = read.get("sources")
    names = sources if isinstance(sources, list) else []
    return Claim(" ".join(read["text"].split()), tuple(name for name in names if isinstance(name, str)))
