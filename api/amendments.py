"""Changes as a person reads them: by version, what binds first told, mere renumbering in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from api.library_schemas import WordsOut, new_link, old_link, words_of
from corpus.changes import ChangeKind, RecordedChange
from corpus.errors import NotFound
from corpus.register import Register

_NAMES = {
    ChangeKind.ADDED: "Added",
    ChangeKind.REMOVED: "Removed",
    ChangeKind.MOVED: "Moved",
    ChangeKind.REWORDED: "Reworded",
    ChangeKind.RENUMBERED: "Renumbered",
}
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """One change on a page. `place` is its number or heading, `was` the number before."""

    kind: ChangeKind
    name: str
    place: str
    was: str | None
    text: str
    words: list[WordsOut]
    old_url: str | None
    new_url: str | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """What one version changed. `renumbered` are (old, new) numbers; `left_out` counts what is not shown."""

    document_id: str
    title: str
    version: int
    previous: int | None
    at: datetime
    effective_from: date | None
    last_reviewed: date | None
    counts: dict[str, int]
    shown: list[Shown]
    renumbered: list[tuple[str, str]]
    left_out: int


def amendments_of(found: Sequence[RecordedChange], register: Register) -> list[Amendment]:
    """Newest first, from changes that come newest first; those of one version in reading order."""
    by_version = groupby(found, lambda recorded: (recorded.document_id, recorded.version))
    return [_amendment(list(changes)[::-1], register) for _, changes in by_version]


def newest_amendments(register: Register, most: int) -> tuple[list[Amendment], bool]:
    """Over all documents, from about `most` changes, and whether there are older ones. An amendment is told
    whole or, unless it is the only one, not at all."""
    found = register.changes(limit=most + 1)
    is_cut = len(found) > most
    if is_cut:
        oldest = (found[-1].document_id, found[-1].version)
        whole = [change for change in found if (change.document_id, change.version) != oldest]
        found = whole or found[:most]
    return amendments_of(found, register), is_cut


def _amendment(changes: list[RecordedChange], register: Register) -> Amendment:
    first = changes[0]
    effective = reviewed = None
    try:
        version = register.version(first.document_id, first.version)
        effective, reviewed = version.effective_from, version.last_reviewed
    except NotFound:
        pass
    told = [change for change in changes if not _is_mere_number(change)]
    return Amendment(
        document_id=first.document_id,
        title=first.title,
        version=first.version,
        previous=first.previous,
        at=first.at,
        effective_from=effective,
        last_reviewed=reviewed,
        counts=dict(Counter(_NAMES[change.change.kind].lower() for change in changes)),
        shown=[_shown(change) for change in told[:_MOST_SHOWN]],
        renumbered=[
            (change.change.was or "", change.change.anchor) for change in changes if _is_mere_number(change)
        ],
        left_out=max(len(told) - _MOST_SHOWN, 0),
    )


def _is_mere_number(recorded: RecordedChange) -> bool:
    """Renumbered, and no word of it brought up to date besides."""
    return recorded.change.kind is ChangeKind.RENUMBERED and recorded.change.was is not None


def _shown(recorded: RecordedChange) -> Shown:
    change = recorded.change
    name = _NAMES[change.kind]
    if change.moved and change.kind is ChangeKind.REWORDED:
        name = "Moved and reworded"
    if change.kind is ChangeKind.RENUMBERED:
        name = "Reference brought up to date"
    return Shown(
        kind=change.kind,
        name=name,
        place=_place(recorded),
        was=change.was,
        text=change.after or change.before or "",
        words=words_of(change) if change.kind in (ChangeKind.REWORDED, ChangeKind.RENUMBERED) else [],
        old_url=old_link(recorded),
        new_url=new_link(recorded),
    )


def _place(recorded: RecordedChange) -> str:
    change = recorded.change
    if change.anchor[:1].isdigit():
        return change.anchor
    return change.trail[-1] if change.trail else recorded.title
