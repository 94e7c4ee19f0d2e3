"""What a file holds that nobody who looks at it sees: left out by its reader, and named in the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.characters import unseen, visible

_LONGEST_EXCERPT = 80
_MOST_NAMED = 3
_MOST_KEPT = 200
"""Places of one kind that are looked at; a page may be made of nothing but hidden pieces."""
_LONGEST_KEPT = 2000


class Hiding(StrEnum):
    """How words were hidden, as the report says it."""

    CHARACTERS = "characters that show nothing"
    NOT_SHOWN = "text that is marked as hidden"
    COLOUR = "text in the colour of its background"
    SIZE = "text too small to be read"
    OUTSIDE = "text placed outside the page"
    LAYER = "text in a layer that is switched off"
    TRANSPARENT = "transparent text"
    COVERED = "text behind something else, or in its colour"
    REPLACED = "words given in place of those on the page"
    DELETED = "deleted text"
    COMMENT = "comments"
    LINK_TITLE = "titles of links"


class Kept(StrEnum):
    """What was read although nobody can tell whether it is seen, as the report says it."""

    WHITE = "white text that may stand on a picture or in a coloured box"
    RECOGNISED = "unseen words behind a picture of the page, as text recognition leaves them"


@dataclass(slots=True)
class _Place:
    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {excerpt(self.words)}" if self.words else self.where

    @property
    def is_suspicious(self) -> bool:
        # Imported here because numpy, which it needs, takes longer to load than most files take to read.
        from ingest.instructions import reads_like_instructions

        return reads_like_instructions(self.words)


class HiddenText:
    """What one file hides."""

    def __init__(self) -> None:
        self._places: dict[Hiding | Kept, list[_Place]] = {}
        self._counts: dict[Hiding | Kept, int] = {}

    def __bool__(self) -> bool:
        return bool(self._places)

    def add(self, what: Hiding | Kept, words: str, where: str) -> None:
        """Pieces that follow each other in one place count as one; signs alone are nothing."""
        words = " ".join(visible(words).split())
        if any(map(str.isalnum, words)):
            self._add(what, words, where)

    def characters(self, text: str, where: str = "") -> str:
        """The text without the characters that show nothing; `where` is found from the words around, if not
        given."""
        shown = visible(text)
        if shown != text:
            for words, around in unseen(text):
                self._add(Hiding.CHARACTERS, words, where or f"near {excerpt(around)}")
        return shown

    def _add(self, what: Hiding | Kept, words: str, where: str) -> None:
        places = self._places.setdefault(what, [])
        if places and places[-1].where == where:
            if len(places[-1].words) < _LONGEST_KEPT:
                places[-1].words = f"{places[-1].words} {words}".strip()
            return
        self._counts[what] = self._counts.get(what, 0) + 1
        if len(places) < _MOST_KEPT:
            places.append(_Place(where, words))

    def warnings(self) -> Iterator[str]:
        """One for each way of hiding; places that read like instructions to a machine come first."""
        for what, places in self._places.items():
            suspicious = [place for place in places if place.is_suspicious]
            others = sorted((p for p in places if p not in suspicious), key=lambda place: not place.words)
            yield _warning(what, self._counts[what], [*suspicious, *others], bool(suspicious))


def _warning(what: Hiding | Kept, count: int, ranked: list[_Place], suspicious: bool) -> str:
    named = "; ".join(map(str, ranked[:_MOST_NAMED]))
    more = f"; and {count - _MOST_NAMED} more" if count > _MOST_NAMED else ""
    places = f"{count} place{'s' * (count > 1)}"
    done = "Left out, since nobody sees it" if isinstance(what, Hiding) else "Read, but look at it yourself"
    told = f"{done}: {what} ({places}). {named}{more}."
    if suspicious:
        told += " It reads like instructions to a machine: find out who put it there before you use the file."
    return told


def excerpt(words: str) -> str:
    """The beginning of the words, in quotation marks, at most 80 characters of it."""
    words = " ".join(words.split())
    short = words if len(words) <= _LONGEST_EXCERPT else f"{words[: _LONGEST_EXCERPT - 2].rstrip()} …"
    return f"“{short}”"
