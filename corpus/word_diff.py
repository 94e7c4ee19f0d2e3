"""Two wordings of a paragraph -> the words that stayed, went and came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# So few unchanged words between two changed stretches only break up what is read as one change.
_FEWEST_KEPT = 2


class Fate(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words with one fate, white space included."""

    fate: Fate
    text: str


def word_diff(before: str, after: str) -> list[Words]:
    """Runs in reading order: those that are not new make `before`, those that are not gone make `after`."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Words] = []
    for old_run, new_run, is_same in _smoothed(old, new):
        if is_same:
            found.append(Words(Fate.SAME, "".join(old_run)))
            continue
        found += [Words(Fate.GONE, "".join(old_run))] if old_run else []
        found += [Words(Fate.NEW, "".join(new_run))] if new_run else []
    return found


def _smoothed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str], bool]]:
    """Runs of tokens, old and new side by side; a short kept run between two changed ones is changed, too."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    last = len(codes) - 1
    gone: list[str] = []
    come: list[str] = []
    for at, (tag, old_from, old_to, new_from, new_to) in enumerate(codes):
        run = list(old[old_from:old_to])
        if tag == "equal" and (at in (0, last) or _counts(run) >= _FEWEST_KEPT):
            if gone or come:
                yield gone, come, False
                gone, come = [], []
            yield run, run, True
        else:
            gone += run
            come += new[new_from:new_to]
    if gone or come:
        yield gone, come, False


def _counts(tokens: Sequence[str]) -> int:
    return sum(token.isalnum() for token in tokens)
