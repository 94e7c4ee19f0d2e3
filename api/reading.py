"""What the page of a document needs besides its text: contents, and the pages of a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.changes import changes_between
from corpus.documents import Section, Version
from corpus.passages import Passage
from corpus.word_diff import Words, word_diff

PDF = "application/pdf"

# Deeper headings would make the contents as long as the text.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `level` 1 at the top."""

    heading: str
    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class Rewording:
    """What became of a paragraph: its words then and now; `anchor` is where it stands now, None where it was
    taken out."""

    words: tuple[Words, ...]
    anchor: str | None


def reworded(old: Sequence[Passage], new: Sequence[Passage], at: int) -> Rewording | None:
    """Of the passage of the older version that holds this offset; None where its words are still the same."""
    passage = next((each for each in old if each.start <= at < each.end), None)
    if passage is None:
        return None
    for change in changes_between(old, new):
        if change.before == passage.text:
            words = tuple(word_diff(passage.text, change.after or ""))
            return Rewording(words, change.anchor if change.after else None)
    return None


def contents(sections: Sequence[Section]) -> list[Entry]:
    """The headings of a document but for its title, which stands above them."""
    headed = [section for section in sections if section.heading]
    title = headed[0].level if headed and sum(each.level == headed[0].level for each in headed) == 1 else 0
    shown = [section for section in headed if title < section.level <= _DEEPEST]
    return [Entry(section.heading, section.anchor, section.level - title) for section in shown]


def page_url(version: Version, page: int | None) -> str | None:
    """The address that opens the original at a page, counted from 1; None where it is no PDF."""
    if version.media_type != PDF:
        return None
    address = f"/documents/{version.document_id}/pdf?version={version.number}"
    return address if page is None else f"{address}#page={page}"
