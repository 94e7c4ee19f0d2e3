"""Which elements of a document must never be quoted: words that read like instructions to a machine.

They stay in the canonical text, since a document is shown as it is, but no passage holds them: what stands in
no passage is neither found, nor quoted, nor given to a model.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ingest.blocks import BlockKind
from ingest.hidden import excerpt
from ingest.instructions import instruction_spans, reads_like_instructions
from ingest.layout import Element

_MOST_NAMED = 3


def with_suspicious_marked(
    elements: Sequence[Element], text: str
) -> tuple[tuple[Element, ...], tuple[str, ...]]:
    """The elements, those that must not be quoted marked so, and a warning where there are any.

    With an element go the items or rows that it introduces, and with a heading what stands under it up to the
    next one.
    """
    spans = instruction_spans(text)
    if not spans:
        return tuple(elements), ()
    struck = dict(_struck(elements, spans))
    refused = _with_dependants(elements, struck)
    marked = tuple(replace(e, quotable=i not in refused) for i, e in enumerate(elements))
    named = [
        f"{_where(elements, i, text)}: {excerpt(text[start : elements[i].end])}"
        for i, start in struck.items()
    ]
    return marked, (_warning(named),)


def trusted_title(title: str, otherwise: str) -> tuple[str, tuple[str, ...]]:
    """The title, or another where it reads like instructions, with a warning then."""
    if not reads_like_instructions(title):
        return title, ()
    told = f"The title reads like instructions to a machine and is not used: {excerpt(title)}."
    return "Document" if reads_like_instructions(otherwise) else otherwise, (told,)


def _struck(elements: Sequence[Element], spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Positions of the elements that a span touches, in order, each with the offset where it does first."""
    starts = [element.start for element in elements]
    first: dict[int, int] = {}
    for start, end in spans:
        for i in range(max(bisect_right(starts, start) - 1, 0), bisect_left(starts, end)):
            first[i] = min(first.get(i, end), max(start, starts[i]))
    yield from sorted(first.items())


def _with_dependants(elements: Sequence[Element], struck: Collection[int]) -> set[int]:
    refused = set(struck)
    starts = [element.start for element in elements]
    under_refused_heading = False
    for i, element in enumerate(elements):
        if element.kind is BlockKind.HEADING:
            under_refused_heading = i in struck
        introduced = element.lead_start < element.lead_end
        lead = bisect_right(starts, element.lead_start) - 1
        if under_refused_heading or (introduced and lead in refused):
            refused.add(i)
    return refused


def _where(elements: Sequence[Element], position: int, text: str) -> str:
    element = elements[position]
    if element.page:
        return f"page {element.page}"
    if element.number:
        return f"paragraph {element.number}"
    above = (e for e in reversed(elements[:position]) if e.kind is BlockKind.HEADING)
    heading = next(above, None)
    return f"under {excerpt(text[heading.start : heading.end])}" if heading else "at the top"


def _warning(named: Sequence[str]) -> str:
    more = f"; and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    places = f"{len(named)} place{'s' * (len(named) > 1)}"
    return (
        f"Words that read like instructions to a machine are kept out of answers ({places}). "
        f"{'; '.join(named[:_MOST_NAMED])}{more}. "
        "Find out who wrote them before you trust the rest of the file."
    )
