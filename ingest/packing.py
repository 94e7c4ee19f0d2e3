"""Pieces packed into passages of even size."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pieces import Piece

_LIST_ALLOWANCE = 1.25
"""A list may be this much longer than a passage and stay whole with its lead-in."""
_COST_OF_CUTTING_A_PARAGRAPH = 0.3
_COST_OF_EXCESS = 100.0


def pack(pieces: Sequence[Piece], max_words: int) -> list[list[Piece]]:
    """The pieces in runs of at most `max_words`, cut at least cost: few passages, even in length, cut between
    paragraphs rather than inside one, and never before a piece that is glued to the one before it.

    The least cost is found over all ways of cutting, as TeX breaks a paragraph into lines. A single piece, or
    pieces glued together, may be longer than `max_words`.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]  # for each prefix: its cost and where its last run begins
    for end in range(1, len(pieces) + 1):
        best.append(_cheapest(pieces, end, best, max_words))
    runs: list[list[Piece]] = []
    end = len(pieces)
    while end:
        start = best[end][1]
        runs.append(list(pieces[start:end]))
        end = start
    return runs[::-1]


def _cheapest(
    pieces: Sequence[Piece], end: int, best: Sequence[tuple[float, int]], max_words: int
) -> tuple[float, int]:
    size = 0
    listed = False
    found = (float("inf"), 0)
    for start in range(end - 1, -1, -1):
        size += pieces[start].size
        listed = listed or pieces[start].listed
        if pieces[start].glued and start:
            continue
        if found[0] < float("inf") and size > max_words * _LIST_ALLOWANCE:
            break
        cost = best[start][0] + _cost(size, max_words, listed)
        if start and not pieces[start].first:
            cost += _COST_OF_CUTTING_A_PARAGRAPH
        found = min(found, (cost, start))
    return found


def _cost(size: int, max_words: int, listed: bool) -> float:
    slack = abs(max_words - size) / max_words
    if size <= max_words:
        return 1 + slack**2
    if listed and size <= max_words * _LIST_ALLOWANCE:
        return 1 + 4 * slack**2
    return 1 + _COST_OF_EXCESS * slack
