"""From a line that answers to the words that are shown: a list item means little without its lead-in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.leaning import is_whole, leans_on
from assistant.modality import modality_of
from corpus.documents import Part
from corpus.passages import Line, LivePassage

WHOLE_LIST_WORDS = 60
"""A list of no more words is shown whole, whichever of its items was looked for."""
# So many words a sentence may bring along that it leans on, or that are spoken in one quotation with it.
_MOST_NEEDED = 80
_TABLE_CELLS = " | "
# "This chapter explains when to refer": where the answer stands, and not what it is.
_TELLS_OF = re.compile(
    r"(?:\d[\d.]*\s+)?this (?:chapter|procedure|section|guidance|document|part|table|page) "
    r"(?:explains|describes|sets out|says|tells|shows|gives) (?:who|whom|what|when|where|which|why|how)\b",
    re.IGNORECASE,
)
# "See also chapter 4.4 (Families who do not engage)."
_REFERS = re.compile(
    r"(?:\d[\d.]*\s+)?(?:for [^,.;:]{1,60}?,? )?(?:see|read)\b[^.;:]*?"
    r"\b(?:chapter|section|paragraph|part|appendix|annex)s?\b(?:[^.]|\.(?=\d))*\.?$",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"(?:\d[\d.]*\s+)?(?:the (?:following )?)?(?:table|list|chart|diagram|flowchart)(?: \d+| below)?"
    r" (?:gives|shows|sets out|lists|says|tells|summarises)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of one version's canonical text; the must, should or may in `bound_by` governs it. `is_item`: it
    means little without its lead-in, which is a quote of its own."""

    live: LivePassage
    start: int
    end: int
    bound_by: str
    is_item: bool = False

    @property
    def text(self) -> str:
        """The words, exactly as they stand."""
        return _text(self.live, self.start, self.end)


def quotes_of(live: LivePassage, line: Line, most_words: int = WHOLE_LIST_WORDS) -> list[Quote]:
    """What to show for a line: itself; for a list item the whole list where it has at most so many words, or
    the lead-in and the item. Rows of a table stand alone unless more words than usual are allowed."""
    text = _text(live, line.start, line.end)
    items = _items(live, line)
    is_row = _TABLE_CELLS in text
    if not items or (is_row and most_words <= WHOLE_LIST_WORDS):
        return [Quote(live, line.start, line.end, text)]
    lead_start, lead_end = items[0].lead_start, items[0].lead_end
    lead = _text(live, lead_start, lead_end)
    end = max(item.end for item in items)
    if len(_text(live, lead_start, end).split()) <= most_words:
        return [Quote(live, lead_start, end, lead)]
    if is_row:
        return [Quote(live, line.start, line.end, text)]
    return [Quote(live, lead_start, lead_end, lead), Quote(live, line.start, line.end, lead, is_item=True)]


def quotes_with_needed(live: LivePassage, line: Line, most_words: int = WHOLE_LIST_WORDS) -> list[Quote]:
    """The same; before a sentence stand those of its paragraph that it leans on, back to the first that can
    stand by itself, and what is spoken in one quotation is one quote."""
    if _items(live, line):
        return quotes_of(live, line, most_words)
    units = _units(live, line)
    own = next((row for row, unit in enumerate(units) if unit.start <= line.start < unit.end), None)
    if own is None:
        return quotes_of(live, line, most_words)
    first = own
    while first > 0 and _leans(live, units[first]):
        first -= 1
    needed = units[first : own + 1]
    is_told = not _leans(live, needed[0]) and sum(len(each.text.split()) for each in needed) <= _MOST_NEEDED
    return needed if is_told else [units[own]]


def joined(quotes: Sequence[Quote]) -> list[Quote]:
    """Sentences that follow each other in one paragraph as one quote, which is bound by the one that binds.
    Those that bind by different verbs stay apart, so that each is shown with its own, and so does an item,
    which its lead-in binds."""
    made: list[Quote] = []
    for quote in quotes:
        before = made[-1] if made else None
        if before and not quote.is_item and _text(quote.live, before.end, quote.start) == " ":
            binding = [each.bound_by for each in (before, quote) if modality_of(each.bound_by)]
            if len({modality_of(words) for words in binding}) <= 1:
                bound_by = binding[0] if binding else quote.bound_by
                made[-1] = Quote(quote.live, before.start, quote.end, bound_by)
                continue
        made.append(quote)
    return made


def says_something(live: LivePassage, line: Line, most_words: int = WHOLE_LIST_WORDS) -> bool:
    """Whether the line may be shown for itself: it has more than one word, leads in to nothing else, and does
    more than to say where something stands, or to ask what others should talk about."""
    if live.passage.part is Part.DISCUSSION_POINT:
        return False
    text = _text(live, line.start, line.end)
    points = _TELLS_OF.match(text) or _REFERS.match(text)
    return len(text.split()) > 1 and not points and not is_lone_lead(live, line, most_words)


def is_lone_lead(live: LivePassage, line: Line, most_words: int = WHOLE_LIST_WORDS) -> bool:
    """Whether the line only leads in to a list or a table that is not shown with it: that says more."""
    text = _text(live, line.start, line.end)
    leads = text.endswith(":") or _ANNOUNCES.match(text) is not None
    return leads and quotes_of(live, line, most_words)[0].end == line.end


def lead_of(live: LivePassage, line: Line) -> str:
    """The words that lead in to a list item, or the header above a row, where the passage holds them; of a
    line that leads in itself, its own."""
    items = _items(live, line)
    return _text(live, items[0].lead_start, items[0].lead_end) if items else ""


def _units(live: LivePassage, line: Line) -> list[Quote]:
    """The sentences of the line's paragraph; those that are spoken in one quotation are one."""
    found: list[Quote] = []
    open_since: Line | None = None
    for each in _paragraph(live, line):
        first = open_since or each
        text = _text(live, first.start, each.end)
        if not is_whole(text) and len(text.split()) <= _MOST_NEEDED:
            open_since = first
            continue
        if open_since and not is_whole(text):
            # A quotation without an end, or too long: its sentences stand each for itself.
            first = each
        found.append(Quote(live, first.start, each.end, _text(live, first.start, first.end)))
        open_since = None
    return found


def _paragraph(live: LivePassage, line: Line) -> Sequence[Line]:
    """The lines between the same two line breaks of the passage's text."""
    text, at = live.passage.text, line.start - live.passage.start
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    first, last = live.passage.start + start, live.passage.start + (end if end >= 0 else len(text))
    return [each for each in live.passage.lines if first <= each.start and each.end <= last]


def _leans(live: LivePassage, quote: Quote) -> bool:
    text = live.passage.text
    at = quote.start - live.passage.start
    return leans_on(quote.text, text[text.rfind("\n", 0, at) + 1 : at])


def _items(live: LivePassage, line: Line) -> list[Line]:
    """The items of the list that the line belongs to or leads in to, where the passage holds its lead-in."""
    lead = (line.lead_start, line.lead_end) if line.lead_end > line.lead_start else (line.start, line.end)
    items = [other for other in live.passage.lines if (other.lead_start, other.lead_end) == lead]
    return items if lead[0] >= live.passage.start and lead[1] <= live.passage.end else []


def _text(live: LivePassage, start: int, end: int) -> str:
    return live.passage.text[start - live.passage.start : end - live.passage.start]
