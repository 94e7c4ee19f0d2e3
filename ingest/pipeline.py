"""A document's whole way: source, reader, structure, splitting, embedding, indexes, register.

The register's commit is the switch: before it readers see the old version whole, after it the new one. What
is no longer live leaves the indexes afterwards. Killed at any point, the next run or the next start mends.
"""

from __future__ import annotations

import errno
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.changes import Change, changes_between
from corpus.documents import Kind
from corpus.errors import AssistantError, DiskFull, NotFound, StoreError, UnreadableFile
from corpus.passages import Passage
from corpus.recording import NewVersion
from corpus.settings import IngestSettings
from corpus.store import Store
from ingest import originals
from ingest.embeddings import embed_passages
from ingest.ledger import Ledger
from ingest.readers.sandbox import ReaderProcess
from ingest.report import Outcome, Report, Status
from ingest.sources import SourceFile, find_files, is_under
from ingest.splitting import split
from ingest.structure import Structured, structure

RULES = "2"
"""Raised when reading, structure or splitting gives other results for the same file: it is read again."""

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the name of the one at hand."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A file that has to be taken in, read and split but not yet embedded."""

    file: SourceFile
    data: bytes
    sha256: str
    media_type: str
    document_id: str
    moved: bool
    document: Structured
    passages: tuple[Passage, ...]


class IngestPipeline:
    """Takes folders and files into one store. `clock` gives the time that is recorded."""

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
        started = time.monotonic()
        files = find_files(roots)
        report = Report()
        with self._store.writing():
            run = self._store.recorder.begin_run([str(root) for root in roots], self._clock())
            self._ledger = Ledger(self._store.recorder.sources(), self._recipe(kind))
            for done, outcome in enumerate(self._outcomes(run, files, kind, progress), start=1):
                report.outcomes.append(outcome)
                progress(done, len(files), Path(outcome.source).name)
            report.outcomes.extend(self._withdraw_gone(roots, report))
            if report.count(Status.UPDATED):
                self._store.recorder.remove_unused_embeddings()
            report.seconds = time.monotonic() - started
            self._store.recorder.end_run(run, self._clock(), report.as_json())
        return report

    def _recipe(self, kind: Kind | None) -> str:
        return f"{RULES}:{self._settings.passage_words}:{kind or 'recognised'}"

    def _outcomes(
        self, run: int, files: Sequence[SourceFile], kind: Kind | None, progress: Progress
    ) -> Iterator[Outcome]:
        # The next file is read while this one is embedded: a reader has a process of its own.
        with (
            ReaderProcess(self._settings.reader_seconds, self._settings.reader_memory_mb) as reader,
            ThreadPoolExecutor(max_workers=1) as ahead,
        ):
            waiting = [ahead.submit(self._prepare, file, kind, reader) for file in files[:1]]
            for index, file in enumerate(files):
                progress(index, len(files), file.name)
                prepared = waiting.pop().result()
                waiting += [
                    ahead.submit(self._prepare, f, kind, reader) for f in files[index + 1 : index + 2]
                ]
                yield prepared if isinstance(prepared, Outcome) else self._take(run, prepared)

    def _prepare(self, file: SourceFile, kind: Kind | None, reader: ReaderProcess) -> _Prepared | Outcome:
        try:
            data = file.read(self._settings.max_file_mb)
            sha256 = hashlib.sha256(data).hexdigest()
            settled = self._ledger.settle(file.source, sha256, is_earlier=file.is_earlier)
            if settled is not None:
                return settled
            moved = self._ledger.moved_from(file.source, sha256)
            reading = reader.read(data, file.name)
            document = structure(reading, file.name, kind)
            document_id = self._ledger.document_id(file.source, moved)
            passages = split(document_id, document, self._settings.passage_words)
            if not passages:
                raise _nothing_to_quote(document)
        except UnreadableFile as error:
            return Outcome(file.source, Status.REFUSED, reason=error.message, advice=error.advice)
        return _Prepared(
            file, data, sha256, reading.media_type, document_id, moved is not None, document, passages
        )

    def _take(self, run: int, prepared: _Prepared) -> Outcome:
        """Embed, index, commit, and only then remove what the commit made stale."""
        store, document = self._store, prepared.document
        try:
            originals.keep(store.originals, prepared.sha256, prepared.data)
            embedded = embed_passages(prepared.passages, document.text, store.embedder, store.recorder)
            if not prepared.file.is_earlier:
                store.indexes.add(prepared.passages, embedded.vectors)
            before = self._current_passages(prepared.document_id)
            changes = changes_between(before, prepared.passages) if before else []
            number = store.recorder.record(
                run, self._version(prepared, embedded.keys, changes), self._clock()
            )
            stale = {passage.id for passage in before} - {passage.id for passage in prepared.passages}
            store.indexes.remove(sorted(stale))
        except OSError as error:
            raise _disk_error(error) from error
        return Outcome(
            source=str(prepared.file.path),
            status=self._status(prepared, number),
            document_id=prepared.document_id,
            kind=document.kind,
            sections=len(document.sections),
            passages=len(prepared.passages),
            embedded=embedded.new,
            changes=len(changes),
            warnings=document.warnings,
        )

    def _status(self, prepared: _Prepared, number: int) -> Status:
        if self._ledger.was_withdrawn(prepared.document_id):
            return Status.RESTORED
        if prepared.moved:
            return Status.MOVED
        return Status.ADDED if number == 1 else Status.UPDATED

    def _current_passages(self, document_id: str) -> list[Passage]:
        register = self._store.register
        try:
            return register.passages(register.version(document_id).id)
        except NotFound:
            return []

    def _version(self, prepared: _Prepared, keys: Sequence[str], changes: Sequence[Change]) -> NewVersion:
        document = prepared.document
        return NewVersion(
            document_id=prepared.document_id,
            source=prepared.file.source,
            title=document.title,
            kind=document.kind,
            text=document.text,
            original_sha256=prepared.sha256,
            original_name=prepared.file.name,
            media_type=prepared.media_type,
            recipe=self._ledger.recipe,
            last_reviewed=document.last_reviewed,
            next_review=document.next_review,
            sections=document.sections,
            passages=prepared.passages,
            embeddings=keys,
            changes=changes,
            warnings=document.warnings,
            is_current=not prepared.file.is_earlier,
        )

    def _withdraw_gone(self, roots: Sequence[Path], report: Report) -> Iterator[Outcome]:
        """A document whose file is gone, or is now a copy of another, answers nothing any more.

        Its versions stay for old citations.
        """
        copies = {outcome.source for outcome in report.outcomes if outcome.status is Status.DUPLICATE}
        for state in self._ledger.live():
            gone = state.source in copies or not Path(state.source).exists()
            if gone and is_under(state.source, roots):
                if not self._store.recorder.withdraw(state.document_id, state.source):
                    continue  # moved in this run
                passages = self._current_passages(state.document_id)
                self._store.indexes.remove([passage.id for passage in passages])
                yield Outcome(state.source, Status.WITHDRAWN, state.document_id)


def _nothing_to_quote(document: Structured) -> UnreadableFile:
    if all(element.quotable for element in document.elements):
        return UnreadableFile("The file holds no text.", "Check that it is the right file.")
    return UnreadableFile(
        "The file holds nothing but words that read like instructions to a machine.",
        "Find out who made it, and do not add it before you know what it is for.",
    )


def _disk_error(error: OSError) -> AssistantError:
    if error.errno == errno.ENOSPC:
        return DiskFull(
            "The disk is full; what was committed before stays.", "Free some space and run it again."
        )
    return StoreError(f"The data folder cannot be written: {error.strerror}.", "Check its permissions.")
