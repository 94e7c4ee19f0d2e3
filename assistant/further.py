"""What stands next in the ranking and is not quoted: who misses the answer may find it there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.answers import Answer
from assistant.citing import citation_of
from assistant.enquiry import Found
from assistant.quotes import Quote, quotes_with_needed, says_something
from corpus.passages import Citation


def further(draft: Answer, found: Sequence[Found], most: int) -> tuple[Citation, ...]:
    """At most `most` passages that no citation of the draft touches, in the order in which they were found,
    each by those of its words that come nearest to the question; numbers go on from those of the draft."""
    first = max((citation.number for citation in draft.citations), default=0) + 1
    quotes = islice(_unquoted(draft, found), most)
    return tuple(citation_of(number, quote) for number, quote in enumerate(quotes, first))


def _unquoted(draft: Answer, found: Sequence[Found]) -> Iterator[Quote]:
    for item in found:
        live = item.live
        lines = (each.line for each in item.lines if says_something(live, each.line))
        line = next(lines, None)
        if line is not None and not any(_touches(citation, item) for citation in draft.citations):
            # A list item is not quoted without the words that lead in to it, nor with a gap between.
            quotes = quotes_with_needed(live, line)
            yield Quote(live, quotes[0].start, quotes[-1].end, quotes[0].bound_by)


def _touches(citation: Citation, item: Found) -> bool:
    passage = item.live.passage
    is_same = (citation.document_id, citation.version) == (item.live.document_id, item.live.version)
    return is_same and citation.start < passage.end and passage.start < citation.end
