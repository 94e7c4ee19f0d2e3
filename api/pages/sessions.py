"""What the session pages show of a pack."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.sessions.editing import own_words
from assistant.sessions.exports.files import FileKind
from assistant.sessions.exports.sheet import (
    grouped_sources,
    listed,
    made,
    mark,
    order_rows,
    part_heading,
    place,
    quoted,
    subtitle,
)
from assistant.sessions.pack import LENGTHS, Item, Pack, Part
from assistant.sessions.sayings import sayings
from corpus.documents import Document, Kind
from corpus.passages import Citation
from corpus.register import Register

_CHANGES = 200


class PackView:
    """A pack for a template; `base_url` stands before its links."""

    def __init__(self, pack: Pack, base_url: str = "") -> None:
        self.pack = pack
        self.base_url = base_url
        self.citations = {each.number: each for each in pack.citations}
        self.subtitle = subtitle(pack)
        self.made = made(pack)
        self.order = order_rows(pack)
        self.files = {kind: f"/v1/sessions/{pack.id}.{kind.value}" for kind in FileKind}
        self.words = sayings()
        self.grouped = [(title, listed(numbers)) for title, numbers in grouped_sources(pack)]

    def heading(self, part: Part) -> str:
        return part_heading(part)

    def mark(self, item: Item) -> str:
        return mark(item)

    def lines(self, item: Item) -> list[str]:
        return quoted(item)

    def place(self, citation: Citation) -> str:
        return place(citation)

    def link(self, number: int) -> str:
        return f"{self.base_url}{self.citations[number].url}"

    def own_words(self, item: Item) -> str:
        return own_words(item)


@dataclass(frozen=True, slots=True)
class ChangedVersion:
    """A version that changed something."""

    document: str
    version: int
    title: str


@dataclass(frozen=True, slots=True)
class Choices:
    """All that the form offers."""

    by_kind: dict[Kind, list[Document]]
    changes: list[ChangedVersion]
    lengths: tuple[int, ...]
    formats: dict[str, str]
    audiences: dict[str, str]


def choices(register: Register) -> Choices:
    """The documents that are live, briefings first, and the versions that changed something, newest first."""
    live = [document for document in register.documents() if not document.withdrawn]
    kinds = (Kind.BRIEFING, Kind.PROCEDURE, Kind.GUIDANCE)
    by_kind = {kind: [each for each in live if each.kind is kind] for kind in kinds}
    ids = {each.id for each in live}
    changed = {
        (each.document_id, each.version): ChangedVersion(each.document_id, each.version, each.title)
        for each in register.changes(limit=_CHANGES)
        if each.document_id in ids and each.version > 1
    }
    said = sayings()
    return Choices(by_kind, list(changed.values()), LENGTHS, said["formats"], said["audiences"])
