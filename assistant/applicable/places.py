"""Citations of places in any version of a document, current or earlier."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from assistant.citing import CitationList
from assistant.quotes import Quote
from corpus.documents import Version
from corpus.passages import Candidate, Citation, LivePassage, Passage
from corpus.procedures import Anchored
from corpus.register import Register

Kept = Callable[[str], Sequence[Candidate]]
"""The passages of a document's current version, where they are in memory; none else."""


class Places:
    """Cites for one set of findings: each document is read from the register once, where `kept` does not have
    its current version already."""

    def __init__(self, register: Register, kept: Kept = lambda _: ()) -> None:
        self._register = register
        self._kept = kept
        self._list = CitationList()
        self._opened: dict[tuple[str, int], list[LivePassage]] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self._list.citations

    def cite(self, place: Anchored) -> int:
        """The number of the citation of these words."""
        return self.cite_span(place.document_id, place.version, place.start, place.end)

    def cite_span(self, document_id: str, version: int, start: int, end: int) -> int:
        """The same by offsets. Raises NotFound where there is no such version."""
        found = _holding(self._open(document_id, version), start, end)
        return self._list.cite(
            [Quote(found or self._bare(document_id, version, start, end), start, end, "")]
        )[0].number

    def _open(self, document_id: str, version: int) -> list[LivePassage]:
        key = document_id, version
        if key not in self._opened:
            kept = [one.live for one in self._kept(document_id)]
            is_this = bool(kept) and kept[0].version == version
            self._opened[key] = kept if is_this else self._read(self._register.version(document_id, version))
        return self._opened[key]

    def _read(self, version: Version) -> list[LivePassage]:
        return [_live(version, passage) for passage in self._register.passages(version.id)]

    def _bare(self, document_id: str, number: int, start: int, end: int) -> LivePassage:
        """Words that no passage holds whole, such as a heading."""
        version = self._register.version(document_id, number)
        text = version.text[start:end]
        return _live(version, Passage("", 0, "", None, (version.title,), text, start, end, None, None, ()))


def _live(version: Version, passage: Passage) -> LivePassage:
    return LivePassage(
        passage, version.document_id, version.number, version.title, version.kind, version.last_reviewed
    )


def _holding(passages: Sequence[LivePassage], start: int, end: int) -> LivePassage | None:
    at = bisect_right(passages, start, key=lambda live: live.passage.start) - 1
    return passages[at] if at >= 0 and end <= passages[at].passage.end else None
