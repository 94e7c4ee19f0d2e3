"""What the business manager does with the library: hand in, look, publish, withdraw, restore, supersede.

Each act that changes what answers is one commit of the register; the indexes follow.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import PurePath
from uuid import uuid4

from corpus.database import writer_lock
from corpus.documents import Because, Document, Kind
from corpus.errors import IngestError, NotFound, StoreBusy, StoreError, TooLarge, UnreadableFile
from corpus.file_names import kept
from corpus.holds import HeldBecause, Hold, Holds
from corpus.room import told_of_disk
from corpus.settings import IngestSettings
from corpus.store import Store
from corpus.uploads import Upload, Uploads, UploadState
from ingest import originals
from ingest.embeddings import embed_passages
from ingest.ledger import Ledger
from ingest.pipeline import IngestPipeline
from ingest.preparing import prepare
from ingest.preview import Preview, preview_of
from ingest.readers.sandbox import ReaderProcess
from ingest.report import Outcome, Report, Status
from ingest.roll_back import roll_back
from ingest.sources import UPLOADED, HandedIn, is_file

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 20.0
_TAKEN = (Status.ADDED, Status.UPDATED, Status.RESTORED, Status.MOVED, Status.UNCHANGED)


class Library:
    """One store's, for one process. `clock` gives the time that is recorded."""

    def __init__(
        self,
        store: Store,
        settings: IngestSettings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._turn = threading.RLock()
        self.uploads = Uploads(store.register.engine)
        self._holds = Holds(store.register.engine)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Held while the library is changed from this process. Raises StoreBusy after some patience."""
        if not self._turn.acquire(timeout=_PATIENCE_SECONDS):
            raise StoreBusy("The library is being changed at this moment.", "Try again in a minute.")
        try:
            yield
        finally:
            self._turn.release()

    def receive(
        self,
        name: str,
        data: bytes,
        *,
        kind: Kind | None = None,
        document_id: str | None = None,
        supersedes: str | None = None,
        publish_on: date | None = None,
    ) -> tuple[Upload, Preview]:
        """Keep a file to be looked at, and how it is understood. Raises TooLarge, UnreadableFile for one that
        cannot be taken in, NotFound for a document that is not there, IngestError for one that would
        supersede itself."""
        if len(data) > self._settings.max_file_mb * 1_000_000:
            raise TooLarge(f"The file is larger than {self._settings.max_file_mb} MB.", "Part it.")
        if not data:
            raise UnreadableFile("The file is empty.", "Check that it was saved or copied whole.")
        for other in (document_id, supersedes):
            if other is not None:
                self._store.register.document(other)
        if supersedes is not None and supersedes == document_id:
            raise IngestError(
                "A document cannot supersede itself.", "A new version takes the old one's place anyway."
            )
        sha256 = hashlib.sha256(data).hexdigest()
        self._keep(sha256, data)
        upload = Upload(
            id=uuid4().hex,
            name=_safe_name(name),
            sha256=sha256,
            received_at=self._clock(),
            kind=kind,
            document_id=document_id,
            supersedes=supersedes,
            publish_on=publish_on,
        )
        try:
            preview = self.preview(upload)
            self.uploads.add(upload)
            self._keep(sha256, data)  # gone if another upload of the same bytes was put aside meanwhile
        finally:
            self._drop_unless_needed(sha256)
        return upload, preview

    def preview(self, upload: Upload) -> Preview:
        """How the file is understood. Raises UnreadableFile where it cannot be taken in."""
        register = self._store.register
        replaces = register.document(upload.document_id) if upload.document_id else None
        with ReaderProcess(self._settings.reader_seconds, self._settings.reader_memory_mb) as reader:
            # A ledger of nothing known: a copy can be looked at, too.
            read = prepare(self._item(upload), upload.kind, Ledger({}, ""), reader, self._settings)
        if isinstance(read, Outcome):
            raise UnreadableFile(read.reason, read.advice)
        return preview_of(read, register, replaces)

    def publish(self, upload_id: str) -> Outcome:
        """Make the upload answer questions, and withdraw what it supersedes. Raises IngestError where that
        cannot be, NotFound where there is no such upload waiting."""
        with self.alone():
            upload = self._waiting(upload_id)
            item, outdated = self._item(upload), self._outdated_by(upload)
            if outdated:  # first, so that a publication which is cut off lets no older file back over it
                self._holds.add(outdated)
            pipeline = IngestPipeline(self._store, self._settings, self._clock)
            report = pipeline.take([item], [f"upload of {upload.name}"], upload.kind, on_purpose=True)
            outcome = report.outcomes[0]
            if outcome.status not in _TAKEN or outcome.document_id is None:
                if outdated:
                    self._holds.release(outdated.source, outdated.sha256)
                raise IngestError(outcome.reason, outcome.advice)
            self._holds.release(item.source, upload.sha256)
            if outdated:
                self._holds.add(replace(outdated, run=report.run))
            self.uploads.change(
                upload.id, state=UploadState.PUBLISHED.value, document_id=outcome.document_id, reason=None
            )
            if upload.supersedes:
                self._withdraw(upload.supersedes, Because.SUPERSEDED, outcome.document_id)
        return outcome

    def _outdated_by(self, upload: Upload) -> Hold | None:
        """The hold on the file of a folder whose document gets a newer version by this upload."""
        if upload.document_id is None:
            return None
        source = self._store.register.document(upload.document_id).source
        sha256 = self._store.register.version(upload.document_id).original_sha256
        if not is_file(source) or sha256 == upload.sha256:
            return None
        return Hold(source, sha256, HeldBecause.OLDER_THAN_UPLOAD, self._clock())

    def publish_due(self, today: date) -> list[Outcome]:
        """Publish what is to go live by this day; a failure is noted with the upload, not raised."""
        outcomes = []
        for upload in self.uploads.waiting():
            if upload.publish_on and upload.publish_on <= today and upload.reason is None:
                try:
                    outcomes.append(self.publish(upload.id))
                except IngestError as error:
                    self.uploads.change(upload.id, reason=str(error))
                    outcomes.append(
                        Outcome(upload.name, Status.REFUSED, reason=error.message, advice=error.advice)
                    )
        return outcomes

    def discard(self, upload_id: str) -> None:
        """Put an upload aside; its bytes go. Raises NotFound where there is no such upload waiting."""
        upload = self._waiting(upload_id)
        self.uploads.change(upload_id, state=UploadState.DISCARDED.value)
        self._drop_unless_needed(upload.sha256)

    def withdraw(self, document_id: str) -> Document:
        """The document answers nothing from the commit on, until it is restored. Raises NotFound."""
        return self._withdraw(document_id, Because.BY_HAND)

    def supersede(self, document_id: str, by: str) -> Document:
        """The document answers nothing from the commit on, since another took its place. Raises NotFound,
        IngestError for a document that would supersede itself or that does not answer itself."""
        newer = self._store.register.document(by)
        if newer.id == document_id:
            raise IngestError("A document cannot supersede itself.", "Choose the newer one.")
        if newer.withdrawn:
            raise IngestError(
                f"{newer.title} is withdrawn itself, so nothing would answer.", "Restore it first."
            )
        return self._withdraw(document_id, Because.SUPERSEDED, by)

    def restore(self, document_id: str) -> Document:
        """The document's newest version answers again. Raises NotFound."""
        register = self._store.register
        with self.alone(), self._store.writing():
            version = register.version(document_id)
            passages = register.passages(version.id)
            embedded = embed_passages(passages, version.text, self._store.embedder, self._store.recorder)
            self._store.indexes.add(passages, embedded.vectors)
            self._store.recorder.restore(document_id)
        return register.document(document_id)

    def roll_back(self, run: int) -> Report:
        """Undo an ingest: see `ingest.roll_back`. Raises NotFound."""
        with self.alone():
            return roll_back(self._store, run, self._clock)

    def _withdraw(self, document_id: str, because: Because, by: str | None = None) -> Document:
        # The commit needs no turn: a document must be gone at once also while an ingest runs.
        register = self._store.register
        document = register.document(document_id)
        self._store.recorder.withdraw(document.id, document.source, because, self._clock(), by)
        ids = [passage.id for passage in register.passages(register.version(document.id).id)]
        self._remove_if_possible(ids)
        return register.document(document_id)

    def _remove_if_possible(self, ids: list[str]) -> None:
        """Where they are busy or the disk is full the next writer mends them; the register hides the passages
        anyway."""
        if not self._turn.acquire(blocking=False):
            return
        try:
            with writer_lock(self._store.register.engine, self._store.data_dir):
                self._store.indexes.remove(ids)
        except StoreBusy:
            log.info("The indexes are being written; what was withdrawn leaves them later.")
        except StoreError as error:
            log.warning("What was withdrawn answers nothing, and leaves the indexes later. %s", error)
        finally:
            self._turn.release()

    def _keep(self, sha256: str, data: bytes) -> None:
        with told_of_disk("The data folder"):
            originals.keep(self._store.originals, sha256, data)

    def _drop_unless_needed(self, sha256: str) -> None:
        if not self.uploads.needs(sha256):
            (self._store.originals / sha256).unlink(missing_ok=True)

    def _waiting(self, upload_id: str) -> Upload:
        upload = self.uploads.get(upload_id)
        if upload.state is not UploadState.WAITING:
            raise NotFound("This upload does not wait any more.", f"It was {upload.state.value}.")
        return upload

    def _item(self, upload: Upload) -> HandedIn:
        source = f"{UPLOADED}{upload.id}/{upload.name}"
        if upload.document_id:
            source = self._store.register.document(upload.document_id).source
        return HandedIn(source, upload.name, self._store.originals / upload.sha256)


def _safe_name(name: str) -> str:
    """The file's own name without any folder."""
    return kept(PurePath(name.replace("\\", "/")).name)
