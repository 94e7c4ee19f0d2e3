"""Two versions of a document -> what changed, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from corpus.passages import Passage

# Below this share of common words a paragraph in the same place is another paragraph, not a rewording.
_REWORDED = 0.5


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph's change; `before` is None for what was added, `after` for what was removed."""

    kind: ChangeKind
    anchor: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """A change as the register keeps it: which document, which version brought it, and when."""

    document_id: str
    title: str
    version: int
    change: Change
    at: datetime


def changes_between(old: Sequence[Passage], new: Sequence[Passage]) -> list[Change]:
    """In reading order. Paragraphs that only moved inside a run of equal ones do not show."""
    matcher = SequenceMatcher(None, [p.text for p in old], [p.text for p in new], autojunk=False)
    changes: list[Change] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "equal":
            changes.extend(_replaced(old[old_from:old_to], new[new_from:new_to]))
    return changes


def _replaced(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Change]:
    """Pair each removed paragraph with the likest added one; what finds no partner stands alone."""
    partners = _partners(old, new)
    for index, passage in enumerate(old):
        if index not in partners.values():
            yield Change(ChangeKind.REMOVED, passage.anchor, passage.text, None)
    for index, passage in enumerate(new):
        if index in partners:
            yield Change(ChangeKind.REWORDED, passage.anchor, old[partners[index]].text, passage.text)
        else:
            yield Change(ChangeKind.ADDED, passage.anchor, None, passage.text)


def _partners(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """Index in `new` -> index in `old`, greedily from the likest pair down."""
    before = [set(passage.text.lower().split()) for passage in old]
    after = [set(passage.text.lower().split()) for passage in new]
    ratios = sorted(
        (
            (_likeness(before[old_index], after[new_index]), old_index, new_index)
            for old_index in range(len(old))
            for new_index in range(len(new))
        ),
        reverse=True,
    )
    taken: set[int] = set()
    partners: dict[int, int] = {}
    for ratio, old_index, new_index in ratios:
        if ratio >= _REWORDED and old_index not in taken and new_index not in partners:
            taken.add(old_index)
            partners[new_index] = old_index
    return partners


def _likeness(before: set[str], after: set[str]) -> float:
    """Share of words in common (Dice), 0 to 1: cheap enough for a rewritten chapter against its old self."""
    return 2 * len(before & after) / (len(before) + len(after) or 1)
