"""Elements cut into the pieces that are never cut further: sentences, list items, table rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.sentences import sentence_spans
from ingest.blocks import BlockKind
from ingest.layout import Element
from ingest.numbering import item_marker

_WHOLE = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.HEADING)


@dataclass(frozen=True, slots=True)
class Piece:
    """`words` is the offset where the words begin after a printed number or marker; `size` counts words.

    `first` tells that the piece begins an element, `glued` that it must stay with the piece before,
    `listed` that it is an item or a row.
    """

    start: int
    end: int
    words: int
    size: int
    section: int
    page: int | None
    first: bool
    glued: bool
    listed: bool
    header: bool
    lead: tuple[int, int]


def pieces_of(group: Sequence[Element], text: str, cuts: Sequence[int], max_words: int) -> list[Piece]:
    """The pieces of a group of elements, in order.

    `cuts` are the sorted starts of all sections: a lettered point inside a paragraph is a piece of its own,
    introduced by the words before the first one. An item or row of more than `max_words` is cut by sentences.
    """
    pieces: list[Piece] = []
    for element in group:
        for start, end, words, lead in _spans(element, text, cuts, max_words):
            first = start == element.start
            pieces.append(
                Piece(
                    start=start,
                    end=end,
                    words=words,
                    size=len(text[start:end].split()),
                    section=bisect_right(cuts, start) - 1,
                    page=element.page,
                    first=first,
                    glued=bool(pieces)
                    and (first or lead[1] > element.start)
                    and _introduces(pieces[-1], lead),
                    listed=element.kind in _WHOLE,
                    header=element.header,
                    lead=lead,
                )
            )
    return pieces


def _introduces(before: Piece, lead: tuple[int, int]) -> bool:
    """Whether `before` is, or ends with, the lead-in or header row that the next piece hangs on."""
    return lead[0] < lead[1] == before.end


def _spans(
    element: Element, text: str, cuts: Sequence[int], max_words: int
) -> Iterator[tuple[int, int, int, tuple[int, int]]]:
    """Start, end, start of the words, and lead of each piece of an element."""
    words = text[element.start : element.end]
    points = cuts[bisect_right(cuts, element.start) : bisect_left(cuts, element.end)]
    starts = [element.start]
    if element.kind not in _WHOLE or len(words.split()) > max_words:
        found = (element.start + start for start, _ in sentence_spans(words))
        starts += sorted({start for start in (*found, *points) if start > element.words})
    lead = (element.lead_start, element.lead_end)
    previous = (element.words, element.words)
    for start, following in pairwise([*starts, element.end]):
        end = start + len(text[start:following].rstrip())
        own = start + item_marker(text[start:end]) if start in points else start
        if points and start == points[0]:
            lead = previous
        own = element.words if start == element.start else own
        previous = (own, end)
        yield start, end, own, lead
