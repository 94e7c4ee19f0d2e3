"""The two derived indexes side by side: kept in step with the register, mended from it, never the truth."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.embedding import Vectors
from corpus.errors import IndexDamaged
from corpus.keywords import KeywordIndex
from corpus.passages import Passage
from corpus.recording import Recorder
from corpus.register import Register
from corpus.vectors import VectorIndex

log = logging.getLogger(__name__)

_STATE = "indexes"
_CLEAN = "clean"
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Drift:
    """How an index differs from the register: ids that it lacks, ids that are no longer live."""

    index: str
    missing: frozenset[str]
    stale: frozenset[str]

    def __str__(self) -> str:
        return (
            f"the {self.index} index lacked {len(self.missing)} passages and held {len(self.stale)} too many"
        )


class Indexes:
    """Vector and keyword index of one register."""

    def __init__(
        self, register: Register, recorder: Recorder, vectors: VectorIndex, keywords: KeywordIndex
    ) -> None:
        self._register = register
        self._recorder = recorder
        self.vectors = vectors
        self.keywords = keywords

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Put into both what is not live already; `vectors` has shape (len(passages), dimensions)."""
        # Not only to save the work: Chroma 1.5.9 now and then loses a vector from its graph where ids that it
        # holds are upserted again (7 of 150 runs of 60 small ingests; none of 150 with this).
        live = self._register.vectors(passage.id for passage in passages)
        new = [
            row
            for row, passage in enumerate(passages)
            if passage.id not in live or not np.array_equal(live[passage.id], vectors[row])
        ]
        if new:
            self.vectors.upsert([passages[row].id for row in new], vectors[new])
            self.keywords.upsert((passages[row].id, keyword_text(passages[row])) for row in new)

    def remove(self, ids: Sequence[str]) -> None:
        """Remove from both."""
        if ids:
            self.vectors.delete(ids)
            self.keywords.delete(ids)

    def begin_writing(self) -> None:
        """Note in the register that the indexes may be ahead of it, until `end_writing`."""
        self._recorder.set_state(_STATE, "being written")

    def end_writing(self) -> None:
        self._recorder.set_state(_STATE, _CLEAN)

    def is_suspect(self) -> bool:
        """Whether a run was cut off, or an index cannot be read or has another number of passages than the
        register."""
        if self._register.get_state(_STATE) not in (None, _CLEAN):
            return True
        live = self._register.live_count()
        try:
            return (self.vectors.count(), self.keywords.count()) != (live, live)
        except IndexDamaged:
            return True

    def drifts(self) -> list[Drift]:
        """A full comparison, id by id."""
        live = self._register.live_ids()
        held = (("vector", self.vectors.ids()), ("keyword", self.keywords.ids()))
        drifts = [Drift(name, frozenset(live - ids), frozenset(ids - live)) for name, ids in held]
        return [drift for drift in drifts if drift.missing or drift.stale]

    def repair(self) -> list[Drift]:
        """Bring both indexes in step without embedding anything; returns what was wrong."""
        if not self.vectors.is_whole():
            log.warning("The vector index is damaged; it is built anew from the register.")
            self.vectors.clear()
        drifts = self.drifts()
        for drift in drifts:
            self._mend(drift)
            log.warning("Mended: %s.", drift)
        self.end_writing()
        return drifts

    def rebuild(self) -> int:
        """Make both indexes anew from the register without embedding anything; returns how many passages.

        Raises DiskFull before anything is removed where there is no room for it.
        """
        self.begin_writing()
        self.vectors.clear()
        self.keywords.clear()
        self.repair()
        return self.vectors.count()

    def _mend(self, drift: Drift) -> None:
        index = self.vectors if drift.index == "vector" else self.keywords
        index.delete(sorted(drift.stale))
        for ids in _batches(sorted(drift.missing)):
            if drift.index == "vector":
                stored = self._register.vectors(ids)
                if stored:  # not so where all of them were withdrawn a moment ago
                    self.vectors.upsert(list(stored), np.stack(list(stored.values())))
            else:
                live = self._register.live(ids).values()
                self.keywords.upsert((found.passage.id, keyword_text(found.passage)) for found in live)


def keyword_text(passage: Passage) -> str:
    """What the keyword index reads: the headings count as the passage's own words."""
    return "\n".join((*passage.trail, passage.text))


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(ids), _BATCH):
        yield ids[at : at + _BATCH]
