"""A document's whole way: source, reader, structure, splitting, embedding, indexes, register.

The register's commit is the switch: before it readers see the old version whole, after it the new one. What
is no longer live leaves the indexes afterwards. Killed at any point, the next run or the next start mends.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from corpus.changes import changes_between
from corpus.documents import Because, Kind, Version
from corpus.errors import NotFound
from corpus.file_names import shown
from corpus.holds import Holds
from corpus.paragraphs import paragraphs_of
from corpus.passages import Passage
from corpus.recording import NewVersion, SourceState
from corpus.room import told_of_disk
from corpus.settings import IngestSettings
from corpus.store import Store
from corpus.uploads import Uploads
from ingest import originals
from ingest.embeddings import embed_passages
from ingest.ledger import Ledger
from ingest.preparing import Prepared, prepare
from ingest.procedures.again import procedure_of, read_anew
from ingest.readers.sandbox import ReaderProcess
from ingest.report import Outcome, Report, Status
from ingest.sources import Item, find_files, is_absent, is_under

RULES = "4"
"""Raised when reading, structure or splitting gives other results for the same file: it is read again."""

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the name of the one at hand."""

IsGone = Callable[[SourceState, Collection[str]], bool]
"""Whether a live document is gone from where it came from, given the sources that are copies of others."""


class IngestPipeline:
    """Takes folders, files, uploads and web pages into one store. `clock` gives the time that is recorded."""

    def __init__(
        self,
        store: Store,
        settings: IngestSettings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock

    def run(
        self, roots: Sequence[Path], kind: Kind | None = None, progress: Progress = lambda *_: None
    ) -> Report:
        """Bring the store in step with these roots; a document whose file is gone from them is withdrawn.

        One file's fault is an outcome in the report. Raises IngestError for a root that is not there and
        StoreError where the store cannot be written; what was committed before stays.
        """

        # What was uploaded since over a folder's document does not go with the folder's file.
        uploaded = Uploads(self._store.register.engine).published()

        def is_gone(state: SourceState, copies: Collection[str]) -> bool:
            if not is_under(state.source, roots) or (state.document_id, state.original_sha256) in uploaded:
                return False
            return state.source in copies or is_absent(state.source)

        return self.take(find_files(roots), [shown(root) for root in roots], kind, is_gone, progress)

    def take(
        self,
        items: Sequence[Item],
        roots: Sequence[str],
        kind: Kind | None = None,
        is_gone: IsGone = lambda *_: False,
        progress: Progress = lambda *_: None,
        *,
        on_purpose: bool = False,
    ) -> Report:
        """Take in these items as one run under the names in `roots`, then withdraw what is gone.

        `on_purpose` takes in also what is held back. Raises StoreError as `run` does.
        """
        started = time.monotonic()
        report = Report()
        with self._store.writing():
            read_anew(self._store)
            report.run = run = self._store.recorder.begin_run(list(roots), self._clock())
            holds = None if on_purpose else Holds(self._store.register.engine).all()
            self._ledger = Ledger(self._store.recorder.sources(), self._recipe(kind), holds)
            for done, outcome in enumerate(self._outcomes(run, items, kind, progress), start=1):
                report.outcomes.append(outcome)
                progress(done, len(items), Path(outcome.source).name)
            report.outcomes.extend(self._withdraw_gone(is_gone, report))
            if report.count(Status.UPDATED):
                self._store.recorder.remove_unused_embeddings()
            report.seconds = time.monotonic() - started
            self._store.recorder.end_run(run, self._clock(), report.as_json())
        return report

    def _recipe(self, kind: Kind | None) -> str:
        return f"{RULES}:{self._settings.passage_words}:{kind or 'recognised'}"

    def _outcomes(
        self, run: int, items: Sequence[Item], kind: Kind | None, progress: Progress
    ) -> Iterator[Outcome]:
        # The next file is read while this one is embedded: a reader has a process of its own.
        with (
            ReaderProcess(self._settings.reader_seconds, self._settings.reader_memory_mb) as reader,
            ThreadPoolExecutor(max_workers=1) as ahead,
        ):
            further = (self._ledger, reader, self._settings)
            waiting = [ahead.submit(prepare, item, kind, *further) for item in items[:1]]
            for index, item in enumerate(items):
                progress(index, len(items), item.name)
                prepared = waiting.pop().result()
                waiting += [ahead.submit(prepare, i, kind, *further) for i in items[index + 1 : index + 2]]
                yield prepared if isinstance(prepared, Outcome) else self._take(run, prepared)

    def _take(self, run: int, prepared: Prepared) -> Outcome:
        """Embed, index, commit, and only then remove what the commit made stale."""
        store, document = self._store, prepared.document
        before = self._current(prepared.document_id)
        if before and self._reads_the_same(before, prepared):
            store.recorder.note_recipe(before.id, self._ledger.recipe)
            return Outcome(prepared.item.label, Status.UNCHANGED, prepared.document_id)
        with told_of_disk("The data folder"):
            originals.keep(store.originals, prepared.sha256, prepared.data)
        embedded = embed_passages(prepared.passages, document.text, store.embedder, store.recorder)
        if not prepared.item.is_earlier:
            store.indexes.add(prepared.passages, embedded.vectors)
        version = self._version(prepared, embedded.keys, before)
        number = store.recorder.record(run, version, self._clock())
        old = store.register.passages(before.id) if before else []
        stale = {passage.id for passage in old} - {passage.id for passage in prepared.passages}
        store.indexes.remove(sorted(stale))
        return Outcome(
            source=prepared.item.label,
            status=self._status(prepared, number),
            document_id=prepared.document_id,
            kind=document.kind,
            sections=len(document.sections),
            passages=len(prepared.passages),
            embedded=embedded.new,
            changes=len(version.changes),
            warnings=document.warnings,
        )

    def _reads_the_same(self, before: Version, prepared: Prepared) -> bool:
        """Whether a live document's file, read by other rules, gives what it gave: then nobody who has cited
        it is told of a new version."""
        document, register = prepared.document, self._store.register
        live = register.document(prepared.document_id)
        if live.withdrawn or (live.source, before.original_sha256) != (prepared.item.source, prepared.sha256):
            return False
        facts = [
            (each.title, each.kind, each.text, each.last_reviewed, each.next_review, each.effective_from)
            for each in (before, document)
        ]
        return (
            facts[0] == facts[1]
            and before.warnings == document.warnings
            and register.sections(before.id) == list(document.sections)
            and register.passages(before.id) == list(prepared.passages)
        )

    def _status(self, prepared: Prepared, number: int) -> Status:
        if self._ledger.was_withdrawn(prepared.document_id):
            return Status.RESTORED
        if prepared.moved:
            return Status.MOVED
        return Status.ADDED if number == 1 else Status.UPDATED

    def _current(self, document_id: str) -> Version | None:
        try:
            return self._store.register.version(document_id)
        except NotFound:
            return None

    def _version(self, prepared: Prepared, keys: Sequence[str], before: Version | None) -> NewVersion:
        document, register = prepared.document, self._store.register
        old = (
            paragraphs_of(before.text, register.sections(before.id), register.passages(before.id))
            if before
            else []
        )
        new = paragraphs_of(document.text, document.sections, prepared.passages)
        return NewVersion(
            document_id=prepared.document_id,
            source=prepared.item.source,
            title=document.title,
            kind=document.kind,
            text=document.text,
            original_sha256=prepared.sha256,
            original_name=prepared.item.name,
            media_type=prepared.media_type,
            recipe=self._ledger.recipe,
            last_reviewed=document.last_reviewed,
            next_review=document.next_review,
            sections=document.sections,
            passages=prepared.passages,
            embeddings=keys,
            changes=changes_between(old, new) if before else [],
            warnings=document.warnings,
            effective_from=document.effective_from,
            previous=before.number if before else None,
            procedure=procedure_of(
                prepared.document_id,
                document.kind,
                document.title,
                document.text,
                document.sections,
                prepared.passages,
            ),
            is_current=not prepared.item.is_earlier,
        )

    def _withdraw_gone(self, is_gone: IsGone, report: Report) -> Iterator[Outcome]:
        """A document whose file is gone, or is now a copy of another, answers nothing any more.

        Its versions stay for old citations. One whose file is held back under another name is not gone.
        """
        copies = {outcome.source for outcome in report.outcomes if outcome.status is Status.DUPLICATE}
        held = {outcome.document_id for outcome in report.outcomes if outcome.status is Status.HELD}
        for state in self._ledger.live():
            if state.document_id not in held and is_gone(state, copies):
                gone = (state.document_id, state.source, Because.GONE, self._clock())
                if not self._store.recorder.withdraw(*gone):
                    continue  # moved in this run
                passages = self._passages(state.document_id)
                self._store.indexes.remove([passage.id for passage in passages])
                yield Outcome(state.source, Status.WITHDRAWN, state.document_id)

    def _passages(self, document_id: str) -> list[Passage]:
        version = self._current(document_id)
        return self._store.register.passages(version.id) if version else []
