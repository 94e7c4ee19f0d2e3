"""Which paragraph of an older version is which of a newer one.

What kept its place is found first: the longest run of paragraphs with the same words in the same order,
printed numbers left out. Of the rest, the same words in another place have moved; words much alike are a
rewording; what finds no partner was added or removed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from rapidfuzz.distance import Indel, LCSseq
from rapidfuzz.process import cdist

# Below this likeness a paragraph in the same place is another paragraph, not a rewording. Unrelated
# paragraphs of one manual reach .35, for they share "the child must be".
_REWORDED = 0.5
# Between places that are far apart more is asked for: it is a claim that somebody moved and rewrote it.
_REWORDED_AND_MOVED = 0.75
_FEWEST_WORDS_TO_MOVE = 6
# A paragraph is said to have moved rather than the heading that it has passed.
_WEIGHT_OF_HEADING = 3


class Unit(Protocol):
    """What is compared: a paragraph (`corpus.paragraphs.Paragraph`) or a passage."""

    @property
    def anchor(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def trail(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Pair:
    """Indices of the same paragraph in the old and in the new version; `kept` its place."""

    old: int
    new: int
    kept: bool


def pairs_of(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    before, after = [words_alone(unit) for unit in old], [words_alone(unit) for unit in new]
    pairs = _in_place(old, new, before, after)
    pairs += _with_the_same_words(before, after, pairs)
    pairs += _alike(before, after, pairs, within_gaps=True)
    pairs += _alike(before, after, pairs, within_gaps=False)
    return pairs


def words_alone(unit: Unit) -> str:
    """The paragraph's words without its printed number, white space folded."""
    text = unit.text
    if unit.number:
        printed = re.match(rf"\(?{re.escape(unit.number)}[.):\u2013\u2014-]*\s+", text)
        text = text[printed.end() :] if printed else text
    return " ".join(text.split())


def _in_place(
    old: Sequence[Unit], new: Sequence[Unit], before: Sequence[str], after: Sequence[str]
) -> list[Pair]:
    old_tokens, old_places = _tokens(old, before)
    new_tokens, new_places = _tokens(new, after)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for block in LCSseq.opcodes(old_tokens, new_tokens):
        if block.tag == "equal":
            for step in range(block.src_end - block.src_start):
                at, to = old_places[block.src_start + step], new_places[block.dest_start + step]
                if at not in found and to not in taken:
                    found[at] = to
                    taken.add(to)
    return [Pair(at, to, kept=True) for at, to in found.items()]


def _tokens(units: Sequence[Unit], words: Sequence[str]) -> tuple[list[int], list[int]]:
    """A hash for each paragraph, several for a heading, and the index of the paragraph that each is of."""
    tokens, places = [], []
    for index, (unit, text) in enumerate(zip(units, words, strict=True)):
        is_heading = getattr(unit, "is_heading", False)
        for part in range(_WEIGHT_OF_HEADING if is_heading else 1):
            tokens.append(hash((text, is_heading, part)))
            places.append(index)
    return tokens, places


def _with_the_same_words(before: Sequence[str], after: Sequence[str], pairs: Sequence[Pair]) -> list[Pair]:
    free = _free(len(before), {pair.old for pair in pairs})
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index in free:
        places[before[index]].append(index)
    return [
        Pair(places[after[index]].pop(0), index, kept=False)
        for index in _free(len(after), {pair.new for pair in pairs})
        if places[after[index]]
    ]


def _alike(
    before: Sequence[str], after: Sequence[str], pairs: Sequence[Pair], *, within_gaps: bool
) -> list[Pair]:
    """Partners by likeness, from the likest pair down: between the same kept neighbours, or anywhere."""
    kept = sorted((pair.old, pair.new) for pair in pairs if pair.kept)
    least = _REWORDED if within_gaps else _REWORDED_AND_MOVED
    old_free = _free(len(before), {pair.old for pair in pairs})
    new_free = _free(len(after), {pair.new for pair in pairs})
    old_gaps = _gaps(old_free, [at for at, _ in kept] if within_gaps else [])
    new_gaps = _gaps(new_free, [at for _, at in kept] if within_gaps else [])
    code = _Code()
    old_words = {index: code(before[index]) for index in old_free}
    beside: dict[int, list[int]] = defaultdict(list)
    words_beside: dict[int, list[str]] = defaultdict(list)
    for to in new_free:
        beside[new_gaps[to]].append(to)
        words_beside[new_gaps[to]].append(code(after[to]))
    ratios = []
    for at in old_free:
        others = beside.get(old_gaps[at], ())
        if not others or (not within_gaps and len(old_words[at]) < _FEWEST_WORDS_TO_MOVE):
            continue
        (likeness,) = cdist(
            [old_words[at]],
            words_beside[old_gaps[at]],
            scorer=Indel.normalized_similarity,
            score_cutoff=least,
            dtype=np.float64,
        )
        ratios += [(float(likeness[n]), -at, -others[n]) for n in np.flatnonzero(likeness >= least)]
    taken: set[int] = set()
    found: dict[int, int] = {}
    for _, at, to in sorted(ratios, reverse=True):
        if -at not in found and -to not in taken:
            found[-at] = -to
            taken.add(-to)
    return [Pair(at, to, kept=within_gaps) for at, to in found.items()]


class _Code:
    """A text as a string of one character a word, compared many times as fast as a list of words."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        words = text.lower().split()
        # There are a million characters, and no two versions of a document have as many different words.
        return "".join([self._known.setdefault(word, chr(len(self._known) % 0x110000)) for word in words])


def _free(count: int, taken: set[int]) -> list[int]:
    return [index for index in range(count) if index not in taken]


def _gaps(free: Sequence[int], kept: Sequence[int]) -> dict[int, int]:
    """For each free index how many kept ones come before it."""
    gaps, passed = {}, 0
    for index in free:
        while passed < len(kept) and kept[passed] < index:
            passed += 1
        gaps[index] = passed
    return gaps
