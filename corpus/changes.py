"""Two versions of a document -> what changed, paragraph by paragraph. `corpus.pairing` finds the partners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from corpus.pairing import Pair, Unit, pairs_of, words_alone

_REFERENCE = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3})+(?![\w])")


class ChangeKind(StrEnum):
    """What happened to a paragraph. One that was reworded may have moved, too, and one that moved may have
    another number by now: `Change.moved` and `Change.was` say so."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph's change; `before` is None for what was added, `after` for what was removed.

    `anchor` is that of the newer version, of the older one for what was removed; `was` is the number before,
    where it was another. `moved` tells that it stands in another order among its neighbours. The spans are
    offsets into the canonical texts of the two versions, `trail` the headings that it stands under.
    """

    kind: ChangeKind
    anchor: str
    before: str | None
    after: str | None
    was: str | None = None
    moved: bool = False
    old_span: tuple[int, int] | None = field(default=None, compare=False)
    new_span: tuple[int, int] | None = field(default=None, compare=False)
    trail: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """A change as the register keeps it: which document, which version brought it, and when.

    `id` grows with time; `previous` is the number of the version that it was held against, `run` the
    ingest's.
    """

    document_id: str
    title: str
    version: int
    change: Change
    at: datetime
    id: int = 0
    previous: int | None = None
    run: int | None = None


def changes_between(old: Sequence[Unit], new: Sequence[Unit]) -> list[Change]:
    """In reading order of the new version; what was removed stands where it stood.

    What must not be quoted in either version is compared, but not told of.
    """
    pairs = pairs_of(old, new)
    numbers = {
        before: after
        for pair in pairs
        if (before := old[pair.old].number) and (after := new[pair.new].number) and before != after
    }
    of_new = {pair.new: pair for pair in pairs}
    of_old = {pair.old: pair for pair in pairs}
    gone = [at for at in range(len(old)) if at not in of_old and _is_quoted(old[at])]
    found: list[tuple[float, Change]] = [(_place(index, of_old), _removed(old[index])) for index in gone]
    for index, unit in enumerate(new):
        pair = of_new.get(index)
        change = _paired(old[pair.old], unit, pair.kept, numbers) if pair else _added(unit)
        if change is not None and not _is_quoted(unit):
            change = _removed(old[pair.old]) if pair and _loses_words(old[pair.old], unit) else None
        if change is not None:
            found.append((index, change))
    return [change for _, change in sorted(found, key=lambda each: each[0])]


def _is_quoted(unit: Unit) -> bool:
    return bool(getattr(unit, "is_quoted", True))


def _loses_words(old: Unit, new: Unit) -> bool:
    """Whether words that could be quoted gave way to some that must not be."""
    return _is_quoted(old) and words_alone(old) != words_alone(new)


def _place(index: int, of_old: Mapping[int, Pair]) -> float:
    """Where a removed paragraph is told of: behind what stood before it, if that is still in its place."""
    before: Iterator[int] = (at for at in range(index - 1, -1, -1) if at in of_old and of_old[at].kept)
    nearest = next(before, None)
    return -1.0 if nearest is None else of_old[nearest].new + 0.5


def _paired(old: Unit, new: Unit, kept: bool, numbers: Mapping[str, str]) -> Change | None:
    same_words = words_alone(old) == words_alone(new)
    was = (old.number or old.anchor) if old.number != new.number else None
    if same_words and kept:
        if was is None:
            return None
        kind = ChangeKind.RENUMBERED
    elif same_words:
        kind = ChangeKind.MOVED
    elif kept and _follows(words_alone(old), numbers) == _follows(words_alone(new), {}):
        kind = ChangeKind.RENUMBERED
    else:
        kind = ChangeKind.REWORDED
    spans = {"old_span": (old.start, old.end), "new_span": (new.start, new.end)}
    return Change(kind, new.anchor, old.text, new.text, was, not kept, **spans, trail=new.trail)


def _follows(text: str, numbers: Mapping[str, str]) -> str:
    """The text with references to renumbered paragraphs brought up to date."""
    return _REFERENCE.sub(lambda match: numbers.get(match.group(), match.group()), text)


def _added(new: Unit) -> Change:
    span = (new.start, new.end)
    return Change(ChangeKind.ADDED, new.anchor, None, new.text, new_span=span, trail=new.trail)


def _removed(old: Unit) -> Change:
    span = (old.start, old.end)
    return Change(ChangeKind.REMOVED, old.anchor, old.text, None, old_span=span, trail=old.trail)
