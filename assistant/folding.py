"""Paragraphs that say the same in the same words, shown once."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.enquiry import Found
from assistant.evidence import stems_of

_ALIKE = 0.95
_FIRST = 50


def folded(found: Iterable[Found], wanted: int) -> list[Found]:
    """The first `wanted` of what was found, best first, without those of the first fifty whose content words
    are nearly all those of a better one.

    Numbers are words: a paragraph with another time limit is another paragraph.
    """
    kept: list[Found] = []
    seen: list[frozenset[str]] = []
    for place, passage in enumerate(found):
        if len(kept) == wanted:
            break
        words = stems_of(passage.live.passage.text) if place < _FIRST else frozenset()
        if place >= _FIRST or not any(_are_alike(words, other) for other in seen):
            kept.append(passage)
            seen.append(words)
    return kept


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """By Jaccard's measure, and only where both hold the same numbers."""
    if min(len(one), len(other)) < _ALIKE * max(len(one), len(other)):
        return False
    shared = len(one & other)
    if shared < _ALIKE * (len(one) + len(other) - shared):
        return False
    return not any(any(map(str.isdigit, word)) for word in one ^ other)
