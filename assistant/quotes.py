"""From a line that answers to the words that are shown: a list item means little without its lead-in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.passages import Line, LivePassage

_WHOLE_LIST_WORDS = 60
_TABLE_CELLS = " | "
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


def quotes_of(live: LivePassage, line: Line) -> list[Quote]:
    """What to show for a line: itself; for a list item the whole short list, or the lead-in and the item."""
    text = _text(live, line.start, line.end)
    items = _items(live, line)
    if not items or _TABLE_CELLS in text:
        return [Quote(live, line.start, line.end, text)]
    lead_start, lead_end = items[0].lead_start, items[0].lead_end
    lead = _text(live, lead_start, lead_end)
    end = max(item.end for item in items)
    if len(_text(live, lead_start, end).split()) <= _WHOLE_LIST_WORDS:
        return [Quote(live, lead_start, end, lead)]
    return [Quote(live, lead_start, lead_end, lead), Quote(live, line.start, line.end, lead, is_item=True)]


def says_something(live: LivePassage, line: Line) -> bool:
    """Whether the line may be shown for itself: it has more than one word, and leads in to nothing else."""
    return len(_text(live, line.start, line.end).split()) > 1 and not is_lone_lead(live, line)


def is_lone_lead(live: LivePassage, line: Line) -> bool:
    """Whether the line only leads in to a list or a table that is not shown with it: that says more."""
    text = _text(live, line.start, line.end)
    leads = text.endswith(":") or _ANNOUNCES.match(text) is not None
    return leads and quotes_of(live, line)[0].end == line.end


def _items(live: LivePassage, line: Line) -> list[Line]:
    """The items of the list that the line belongs to or leads in to, where the passage holds its lead-in."""
    lead = (line.lead_start, line.lead_end) if line.lead_end > line.lead_start else (line.start, line.end)
    items = [other for other in live.passage.lines if (other.lead_start, other.lead_end) == lead]
    return items if lead[0] >= live.passage.start and lead[1] <= live.passage.end else []


def _text(live: LivePassage, start: int, end: int) -> str:
    return live.passage.text[start - live.passage.start : end - live.passage.start]
