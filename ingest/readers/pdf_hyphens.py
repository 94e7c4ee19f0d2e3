"""Undoes the hyphens that only a line end put there, and keeps those that belong to the word.

No spelling list is carried: the document itself says which words it uses. A hyphen that cannot be
decided stays, unless the document shows that it was hyphenated by machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

_COMPOUNDING = frozenset(
    (
        *(
            "all",
            "anti",
            "child",
            "co",
            "cross",
            "decision",
            "ex",
            "face",
            "family",
            "follow",
            "full",
            "half",
        ),
        *("high", "inter", "long", "low", "mid", "multi", "non", "one", "out", "over", "part", "post", "pre"),
        *("re", "self", "semi", "short", "single", "sub", "two", "under", "well", "whole", "year"),
    )
)
_WORD = re.compile(r"[^\W_]+(?:[-\u2019'][^\W_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)[\u2010-]$")
_HEAD = re.compile(r"[^\W\d_]+")
MACHINE_SHARE = 0.03
"""A document with this share of its lines broken inside a word is hyphenated by machine."""


class Hyphens:
    """What a document's own words say about a hyphen at a line end."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words: Counter[str] = Counter()
        for before, line in zip(["", *lines], lines, strict=False):
            whole = re.sub(r"\S+[\u2010-]$", "", line.lower())
            if _BROKEN.search(before):
                whole = _HEAD.sub("", whole, count=1)
            self._words.update(_WORD.findall(whole))
        broken = sum(self._is_fragment(line, after) for line, after in pairwise(lines))
        self._by_machine = broken > max(2, MACHINE_SHARE * len(lines))

    def join(self, lines: Iterable[str]) -> str:
        """The lines as one, with a space between them or, after a broken word, none."""
        text = ""
        for line in lines:
            if not text or not line:
                text += line
            elif text[-1] not in "-\u2010" or text[-2:-1] in ("", " "):
                text += f" {line}"
            elif self._keeps(text, line):
                text += line
            else:
                text = text[:-1] + line
        return text

    def _is_fragment(self, line: str, after: str) -> bool:
        start, rest = _BROKEN.search(line.lower()), _HEAD.match(after)
        return bool(start and rest and rest[0].islower() and rest[0] not in self._words)

    def _keeps(self, before: str, after: str) -> bool:
        start, rest = _BROKEN.search(before), _HEAD.match(after)
        if not start or not rest or not rest[0][0].islower():
            return True
        first, second = start[1].lower(), rest[0].lower()
        if re.search(r"[\u2010-]\w+[\u2010-]$", before):
            return True  # already a compound: "edge-of-" + "care"
        hyphened, closed = self._words[f"{first}-{second}"], self._words[first + second]
        if hyphened or closed:
            return hyphened >= closed
        if first in _COMPOUNDING:
            return True
        if self._words[first] and self._words[second] and len(first) > 2:
            return True
        return not self._by_machine
