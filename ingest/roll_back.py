"""Undo an ingest: what it brought gives way to what was there before.

Nothing is taken out of the register: each document gets one more version, with the words of the one before
the ingest, so that a citation made in between still opens. The files' rolled-back states are held back from
now on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from corpus.changes import changes_between
from corpus.documents import Because, Version
from corpus.holds import HeldBecause, Hold, Holds
from corpus.paragraphs import Paragraph, paragraphs_of
from corpus.recording import NewVersion
from corpus.runs import Run, Runs, RunVersion
from corpus.store import Store
from ingest.embeddings import embed_passages
from ingest.procedures.again import procedure_of
from ingest.report import Outcome, Report, Status

_CHANGED_SINCE = "A later ingest has changed this document, so it stays as it is."
_STILL_GONE = "Its file is still gone: put it back before the next ingest, or it is withdrawn again."


def roll_back(store: Store, run: int, clock: Callable[[], datetime]) -> Report:
    """One outcome a document. Raises NotFound where there was no such run."""
    runs = Runs(store.register.engine)
    undone = runs.get(run)
    report = Report()
    with store.writing():
        started = clock()
        report.run = store.recorder.begin_run([f"roll-back of ingest {run}"], started)
        step = _RollBack(store, undone, report.run, started)
        report.outcomes.extend(step.outcomes(runs.versions(run)))
        Holds(store.register.engine).release_run(run)
        report.seconds = (clock() - started).total_seconds()
        store.recorder.end_run(report.run, clock(), report.as_json())
    return report


class _RollBack:
    def __init__(self, store: Store, undone: Run, run: int, at: datetime) -> None:
        self._store = store
        self._undone = undone
        self._run = run
        self._at = at
        self._holds = Holds(store.register.engine)

    def outcomes(self, brought: Sequence[RunVersion]) -> Iterator[Outcome]:
        by_document: Mapping[str, list[RunVersion]] = defaultdict(list)
        for version in brought:
            by_document[version.document_id].append(version)
        for versions in by_document.values():
            yield self._undo(versions)
        for document_id in self._undone.documents_that(Status.WITHDRAWN.value):
            yield from self._bring_back(document_id)

    def _undo(self, versions: Sequence[RunVersion]) -> Outcome:
        newest = versions[-1]
        if not newest.is_current:
            return Outcome(newest.source, Status.PASSED_OVER, newest.document_id, reason=_CHANGED_SINCE)
        was_withdrawn = newest.document_id in self._undone.documents_that(Status.RESTORED.value)
        target = versions[0].number - 1
        # First, so that a roll-back which is cut off lets no file back in.
        because = HeldBecause.ROLLED_BACK
        self._holds.add(Hold(newest.source, newest.original_sha256, because, self._at, self._run))
        changes = self._record_again(newest, target) if target else 0
        if not target or was_withdrawn:
            self._withdraw(newest, Because.GONE if was_withdrawn else Because.ROLLED_BACK)
            return Outcome(newest.source, Status.WITHDRAWN, newest.document_id)
        return Outcome(newest.source, Status.ROLLED_BACK, newest.document_id, changes=changes)

    def _record_again(self, newest: RunVersion, target: int) -> int:
        """One more version with the words of the target; how many paragraphs differ from the newest."""
        store, register = self._store, self._store.register
        now, then = register.version(newest.document_id), register.version(newest.document_id, target)
        passages = register.passages(then.id)
        embedded = embed_passages(passages, then.text, store.embedder, store.recorder)
        changes = changes_between(self._paragraphs(now), self._paragraphs(then))
        new = NewVersion(
            document_id=then.document_id,
            source=newest.source,
            title=then.title,
            kind=then.kind,
            text=then.text,
            original_sha256=then.original_sha256,
            original_name=then.original_name,
            media_type=then.media_type,
            recipe=then.recipe,
            last_reviewed=then.last_reviewed,
            next_review=then.next_review,
            sections=register.sections(then.id),
            passages=passages,
            embeddings=embedded.keys,
            changes=changes,
            warnings=then.warnings,
            effective_from=then.effective_from,
            previous=now.number,
            procedure=procedure_of(
                then.document_id, then.kind, then.title, then.text, register.sections(then.id), passages
            ),
        )
        store.indexes.add(passages, embedded.vectors)
        store.recorder.record(self._run, new, self._at)
        stale = {passage.id for passage in register.passages(now.id)} - {passage.id for passage in passages}
        store.indexes.remove(sorted(stale))
        return len(changes)

    def _paragraphs(self, version: Version) -> list[Paragraph]:
        register = self._store.register
        return paragraphs_of(version.text, register.sections(version.id), register.passages(version.id))

    def _withdraw(self, newest: RunVersion, because: Because) -> None:
        store = self._store
        store.recorder.withdraw(newest.document_id, newest.source, because, self._at)
        version = store.register.version(newest.document_id)
        store.indexes.remove([passage.id for passage in store.register.passages(version.id)])

    def _bring_back(self, document_id: str) -> Iterator[Outcome]:
        """A document that the run withdrew, if it is withdrawn still."""
        store = self._store
        document = store.register.document(document_id)
        if not document.withdrawn:
            return
        version = store.register.version(document_id)
        passages = store.register.passages(version.id)
        embedded = embed_passages(passages, version.text, store.embedder, store.recorder)
        store.indexes.add(passages, embedded.vectors)
        store.recorder.restore(document_id)
        yield Outcome(document.source, Status.RESTORED, document_id, warnings=(_STILL_GONE,))
