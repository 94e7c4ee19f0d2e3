"""How typed words are read: contractions taken apart, text-speak and misspellings understood.

A word may have several readings ("2" is a number and "to"); each is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.danger.chart import COMMA, ING, NAME, NUMBER, QUESTION, STOP, YEAR, Readings
from assistant.danger.spelling import Spelling

_TOKEN = re.compile(
    r"\d+(?:[.:]\d+)*(?:[a-z]+)?|[a-z][a-z0-9]*(?:'[a-z]+)*|(?P<stop>[.!?;:\n]+)|(?P<comma>[,()\[\]\"“”]|\s[-–—]+\s|[–—])",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"(\d+)([a-z]+)|([a-z]+)(\d+)")
_APOSTROPHE = re.compile("[\u2019\u2018\u0060\u00b4]")
_SHORT_FORM = re.compile(r"(?P<word>[a-z]+?)(?P<short>n't|'(?:s|re|m|ve|ll|d))")
_SHORT_FORMS = {"n't": "not", "'re": "are", "'m": "am", "'ve": "have", "'ll": "will"}
_SHORTEST_ING = 5
_YEAR = re.compile(r"(?:19|20)\d\d")


class Reader:
    """`aliases` gives what a word stands for: rows of words, of which each is a reading."""

    def __init__(self, aliases: Mapping[str, Sequence[str]], spelling: Spelling) -> None:
        self._aliases = {
            word: tuple(tuple(r.split()) for r in readings) for word, readings in aliases.items()
        }
        self._spelling = spelling
        self._plain = frozenset(
            word for word in spelling.known - aliases.keys() if word.isalpha() and not word.endswith("ing")
        )

    def read(self, text: str) -> list[Readings]:
        """The words of the text in order; STOP and COMMA stand for its punctuation."""
        read: list[Readings] = []
        shouted = text.isupper()
        for match in _TOKEN.finditer(_APOSTROPHE.sub("'", text)):
            if match["stop"]:
                read.append((STOP, QUESTION) if "?" in match["stop"] else (STOP,))
            elif match["comma"]:
                read.append((COMMA,))
            elif (word := match[0].lower()) in self._plain:
                read.append((word,))
            else:
                named = match[0][0].isupper() and not shouted and bool(read) and read[-1][0] != STOP
                read.extend(self._marked(word, named))
        return read

    def _marked(self, word: str, named: bool) -> Iterator[Readings]:
        for readings in self._word(word):
            first = readings[0]
            if first in self._plain:
                yield readings
            elif first[0].isdigit():
                yield (*readings, NUMBER, YEAR) if _YEAR.fullmatch(first) else (*readings, NUMBER)
            else:
                progressive = first.endswith("ing") and len(first) > _SHORTEST_ING
                unknown = named and not self._spelling.knows(first)
                yield (*readings, *((ING,) if progressive else ()), *((NAME,) if unknown else ()))

    def _word(self, word: str) -> Iterator[Readings]:
        if word in self._aliases:
            yield from _side_by_side(self._aliases[word])
        elif short := _SHORT_FORM.fullmatch(word):
            yield from self._word(short["word"])
            yield (_SHORT_FORMS.get(short["short"], short["short"]),)
        elif not self._spelling.knows(word) and (compound := _COMPOUND.fullmatch(word)):
            for part in filter(None, compound.groups()):
                yield from self._word(part)
        else:
            yield (self._spelling.right(word.replace("'", "")),)


def _side_by_side(readings: tuple[tuple[str, ...], ...]) -> Iterator[Readings]:
    """Readings of one word each stand in one place; a reading of several words stands alone."""
    if len(readings) == 1:
        yield from ((word,) for word in readings[0])
    else:
        yield tuple(reading[0] for reading in readings)
