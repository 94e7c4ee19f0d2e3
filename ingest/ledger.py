"""What an ingest run knows of its sources: which are known, unchanged, moved, or there twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path

from corpus.documents import Because
from corpus.file_names import shown
from corpus.holds import HeldBecause, Hold
from corpus.packages import sha256_of
from corpus.recording import SourceState
from ingest.report import Outcome, Status
from ingest.sources import UPLOADED, is_absent, is_file

_LONGEST_ID = 80
_CLOSED = (Because.BY_HAND, Because.SUPERSEDED)
_WHY_HELD = {
    HeldBecause.ROLLED_BACK: "This state of the file was rolled back on {day}.",
    HeldBecause.OLDER_THAN_UPLOAD: "A newer version of this document was uploaded on {day}.",
}
_TO_TAKE_IT = "Put the right file in its place, or publish this one on the library page."
_TO_RESTORE_IT = "Restore it on the library page first."


class Ledger:
    """Begun with what the register knows; each source is settled once a run.

    `recipe` stands for the rules of reading: a file read by other rules is not taken for unchanged. `holds`
    are what must not come in by itself; somebody who publishes a file on purpose gives none.
    """

    def __init__(
        self,
        known: Mapping[str, SourceState],
        recipe: str,
        holds: Mapping[tuple[str, str], Hold] | None = None,
    ) -> None:
        self._holds = holds
        self.recipe = recipe
        self._known = dict(known)
        self._ids = {state.document_id for state in known.values()}
        self._claims = {state.original_sha256: state for state in known.values() if not state.withdrawn}
        self._closed = {state.original_sha256: state for state in known.values() if _is_closed(state)}
        self._held_bytes = {sha256: hold for (_, sha256), hold in (holds or {}).items()}
        self._taken: dict[str, str] = {}
        self._new_ids: dict[str, str] = {}

    def settle(self, source: str, sha256: str, *, is_earlier: bool = False) -> Outcome | None:
        """The outcome where nothing has to be read, else None.

        An earlier version is taken only when its document is new: nothing is put in behind a version that
        was cited already.
        """
        state = self._known.get(source)
        if state and is_earlier:
            return Outcome(source, Status.UNCHANGED, state.document_id)
        if state and not state.withdrawn and (state.original_sha256, state.recipe) == (sha256, self.recipe):
            return Outcome(source, Status.UNCHANGED, state.document_id)
        held = self._held(source, sha256, state)
        if held is not None:
            return held
        twin = self._twin(source, sha256)
        if twin is not None:
            return Outcome(source, Status.DUPLICATE, reason=f"The same file as {named(twin)}.")
        held = self._held_under_another_name(source, sha256)
        if held is not None:
            return held
        self._taken[sha256] = source
        return None

    def moved_from(self, source: str, sha256: str) -> SourceState | None:
        """The state of the document that this new source was before it was moved or renamed, if any."""
        if source in self._known:
            return None
        for state in self._known.values():
            if state.original_sha256 == sha256 and is_file(state.source) and is_absent(state.source):
                return state
        return None

    def document_id(self, source: str, moved: SourceState | None) -> str:
        """The id that the source's document has, or a new one made from the file's name."""
        state = self._known.get(source) or moved
        if state is not None:
            return state.document_id
        if source not in self._new_ids:
            self._new_ids[source] = unused_id(Path(source).stem, self._ids)
            self._ids.add(self._new_ids[source])
        return self._new_ids[source]

    def was_withdrawn(self, document_id: str) -> bool:
        """Whether the document answered no question when the run began."""
        return any(s.withdrawn for s in self._known.values() if s.document_id == document_id)

    def live(self) -> list[SourceState]:
        """All that was live when the run began."""
        return [state for state in self._known.values() if not state.withdrawn]

    def _held(self, source: str, sha256: str, state: SourceState | None) -> Outcome | None:
        return None if self._holds is None else _held_by(source, self._holds.get((source, sha256)), state)

    def _held_under_another_name(self, source: str, sha256: str) -> Outcome | None:
        """A new source with the bytes of what is held back: renamed or copied, the file is still the same."""
        if self._holds is None or source in self._known:
            return None
        hold = self._held_bytes.get(sha256)
        return _held_by(source, hold, self._known.get(hold.source) if hold else self._closed.get(sha256))

    def _twin(self, source: str, sha256: str) -> str | None:
        taken = self._taken.get(sha256, source)
        if taken != source:  # else it is the same document's earlier version
            return taken
        state = self._claims.get(sha256)
        if state is None or state.source == source:
            return None
        return state.source if not is_file(state.source) or _holds(Path(state.source), sha256) else None


def _is_closed(state: SourceState) -> bool:
    return state.withdrawn and state.because in _CLOSED


def _held_by(source: str, hold: Hold | None, state: SourceState | None) -> Outcome | None:
    document_id = state.document_id if state else None
    if hold is not None:
        reason = _WHY_HELD[hold.because].format(day=f"{hold.at.day} {hold.at:%B %Y}")
        return Outcome(source, Status.HELD, document_id, reason=reason, advice=_TO_TAKE_IT)
    if state and state.because and _is_closed(state):
        reason = f"The document was withdrawn ({state.because.value})."
        return Outcome(source, Status.HELD, document_id, reason=reason, advice=_TO_RESTORE_IT)
    return None


def _holds(path: Path, sha256: str) -> bool:
    """Whether the file still has this content: it may have been given other content since."""
    try:
        return sha256_of(path) == sha256
    except OSError:
        return False


def named(source: str) -> str:
    """A source as a person knows it: of an upload its file's name alone."""
    return f"the upload {source.rpartition('/')[2]}" if source.startswith(UPLOADED) else shown(source)


def unused_id(stem: str, used: Collection[str]) -> str:
    """A short name for URLs: lower-case ASCII letters, digits and hyphens, unlike all used ones."""
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_stem).strip("-")[:_LONGEST_ID] or "document"
    candidate, count = slug, 1
    while candidate in used:
        count += 1
        candidate = f"{slug}-{count}"
    return candidate
