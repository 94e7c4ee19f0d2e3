"""Everything that is known, opened together: register, indexes, embedder, and the originals' folder."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from corpus.database import open_database, writer_lock
from corpus.embedding import Embedder, open_embedder
from corpus.errors import DiskFull, ModelError, StoreBusy
from corpus.indexes import Indexes
from corpus.keywords import KeywordIndex
from corpus.ownership import Ownership
from corpus.published import Published
from corpus.recording import EMBEDDER, Recorder
from corpus.register import Register
from corpus.settings import Settings
from corpus.vectors import VectorIndex
from corpus.vocabulary import Vocabulary

log = logging.getLogger(__name__)


class Store:
    """Opened for one `purpose` (the command's name, told to whoever finds the store taken).

    At opening the indexes are checked against the register and mended; without `check_embedder` they are left
    as they are, for the command that embeds everything anew. Raises StoreBusy where another process
    owns the embedded index, ModelError where the register was made with another embedder.
    """

    def __init__(
        self,
        settings: Settings,
        purpose: str,
        embedder: Embedder | None = None,
        *,
        check_embedder: bool = True,
    ) -> None:
        self._ownership = None if settings.vectors.url else Ownership(settings.data_dir, purpose)
        try:
            self._open(settings, embedder or open_embedder(settings.embedding), check_embedder)
        except BaseException:
            self._release()
            raise

    def _open(self, settings: Settings, embedder: Embedder, check_embedder: bool) -> None:
        self.data_dir = settings.data_dir
        self.cache_dir = settings.embedding.cache_dir
        self.embedder = embedder
        engine = open_database(settings.database, settings.data_dir)
        self.register = Register(engine)
        self.recorder = Recorder(engine)
        if check_embedder:
            self._require_same_embedder()
        vectors = VectorIndex(settings.vectors, settings.data_dir, embedder.fingerprint)
        keywords = KeywordIndex(settings.data_dir / "keywords")
        self.indexes = Indexes(self.register, self.recorder, vectors, keywords)
        if check_embedder:
            self._mend()
        self.vocabulary = Vocabulary(self.register, settings.data_dir / "vocabulary.json")
        self._published = Published(self.register, keywords, self.vocabulary)

    @property
    def originals(self) -> Path:
        """Where the files themselves are kept, named by their SHA-256."""
        return self.data_dir / "originals"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Held for a whole ingest. Raises StoreBusy where another process is writing.

        What an earlier one left undone is mended first.
        """
        with writer_lock(self.register.engine, self.data_dir):
            if self._is_of_one_embedder() and self.indexes.is_suspect():
                self.indexes.repair()
            self.indexes.begin_writing()
            yield
            self.indexes.end_writing()
            self.vocabulary.update()

    def rebuild_indexes(self) -> int:
        """Make both indexes anew without embedding; how many passages. Raises StoreBusy as `writing` does."""
        with writer_lock(self.register.engine, self.data_dir):
            return self.indexes.rebuild()

    def publishes(self, words: str) -> bool:
        """Whether these very words stand in a live passage, a name as a name by itself."""
        return self._published(words)

    def close(self) -> None:
        """Write out and let others in."""
        self.indexes.vectors.close()
        self.register.engine.dispose()
        self._release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _is_of_one_embedder(self) -> bool:
        """Not so while everything is embedded anew: the stored vectors are still the other embedder's."""
        return self.register.get_state(EMBEDDER) == self.embedder.fingerprint

    def _require_same_embedder(self) -> None:
        known = self.register.get_state(EMBEDDER)
        if known is None:
            self.recorder.set_state(EMBEDDER, self.embedder.fingerprint)
        elif known != self.embedder.fingerprint:
            raise ModelError(
                f"The store was made with {known}, and the settings name {self.embedder.fingerprint}.",
                "Run `assistant doctor --re-embed` to embed everything anew, or correct "
                "ASSISTANT_EMBEDDING__MODEL.",
            )

    def _mend(self) -> None:
        try:
            if self.indexes.is_suspect():
                with writer_lock(self.register.engine, self.data_dir):
                    self.indexes.repair()
        except DiskFull as error:
            # What is live is told by the register alone: at worst less is found until there is room.
            log.warning("The indexes are left as they are for now. %s", error)
        except StoreBusy:
            # Whoever writes now also leaves the indexes in step; its passages must not be taken for stale.
            log.info("The indexes are being written by another process.")

    def _release(self) -> None:
        if self._ownership is not None:
            self._ownership.release()
