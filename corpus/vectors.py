"""The vector index: Chroma, embedded in the data folder or over HTTP to `chroma run`.

Derived from the register; can be deleted and rebuilt at any time. Only ids and vectors are kept in it:
a metadata filter makes a query many times slower, so what is live is decided by the register afterwards.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaConfig
from chromadb.errors import ChromaError, InternalError, NotFoundError

from corpus.embedding import Vectors
from corpus.errors import IndexDamaged, StoreError
from corpus.room import disk_full, is_full, require_room, tells_of_full_disk
from corpus.settings import VectorSettings

log = logging.getLogger(__name__)

# Finds .9998 / .999 / .994 of the exact first 50 among 5,000 / 50,000 / 500,000 vectors, half of it .9997 /
# .996 / .978; see docs/decisions/0012-scale.md.
_BREADTH = 800
_HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32}
_PAGE = 5_000
_PAUSES = (0.02, 0.1)
"""Seconds before a call that Chroma failed is made again."""
_LEAST_ROOM = 16_000_000
_WRITTEN = 3
"""How often a vector is written before it is where it stays: a log, a journal, the graph."""
_REWRITTEN = 4
"""Of what the graph holds, the part that one write may write anew."""


class VectorIndex:
    """Passage ids by the vector of their text. `fingerprint` is that of the embedder.

    Embedded, it writes only where there is room: Chroma 1.5.9 cut off by a full disk leaves files that it
    cannot read again, and its next call may wait for ever.
    """

    def __init__(self, settings: VectorSettings, data_dir: Path, fingerprint: str) -> None:
        self._settings = settings
        self._name = settings.collection
        self._fingerprint = fingerprint
        self._folder = None if settings.url else data_dir / "chroma"
        self._opening = threading.Lock()
        self._is_stale = False
        self._client = _connect(settings, self._folder)
        with self._told():
            self._collection = self._open_collection()
        self._sweep()

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add or replace; `vectors` has shape (len(ids), dimensions)."""
        for at in range(0, len(ids), self._page):
            page = slice(at, at + self._page)
            self._require_room(_WRITTEN * vectors[page].nbytes)
            self._call("upsert", ids=list(ids[page]), embeddings=vectors[page])

    def delete(self, ids: Sequence[str]) -> None:
        """Remove ids; those that are not there are passed over."""
        for at in range(0, len(ids), self._page):
            self._require_room()
            self._call("delete", ids=list(ids[at : at + self._page]))

    def search(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """At most `limit` (id, cosine similarity), best first; `vector` has shape (dimensions,)."""
        found = self._call("query", query_embeddings=[vector], n_results=limit, include=["distances"])
        return [
            (passage_id, 1.0 - float(distance))
            for passage_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def count(self) -> int:
        """How many passages the index holds."""
        return int(self._call("count"))

    def ids(self) -> set[str]:
        """All ids."""
        found: set[str] = set()
        for offset in range(0, self.count(), _PAGE):
            found.update(self._call("get", limit=_PAGE, offset=offset, include=[])["ids"])
        return found

    def is_whole(self) -> bool:
        """Whether every vector that is counted can be read: one that was cut off in writing may lack some and
        not say so. A server looks after its own."""
        if self._folder is None:
            return True
        try:
            for offset in range(0, self.count(), _PAGE):
                self._call("get", limit=_PAGE, offset=offset, include=["embeddings"])
        except IndexDamaged:
            return False
        return True

    def clear(self) -> None:
        """Remove everything. Raises DiskFull before it does where as much could not be written again."""
        self._require_room(self._size())
        with self._told():
            self._client.delete_collection(self._name)
            self._collection = self._open_collection()
        self._sweep()

    def close(self) -> None:
        """Write out and let go of the files."""
        self._client.close()

    @cached_property
    def _page(self) -> int:
        with self._told():
            return min(_PAGE, int(self._client.get_max_batch_size()))

    def _open_collection(self) -> chromadb.Collection:
        """The collection made with this embedder; one made with another is derived data and is dropped."""
        try:
            collection: chromadb.Collection = self._client.get_collection(self._name, embedding_function=None)
            if (collection.metadata or {}).get("fingerprint") == self._fingerprint:
                _set_breadth(collection)
                return collection
            log.warning("The vector index was made with another embedder; it is built anew.")
            self._client.delete_collection(self._name)
        except NotFoundError:
            pass
        created: chromadb.Collection = self._client.create_collection(
            self._name,
            metadata={"fingerprint": self._fingerprint},
            configuration={"hnsw": {**_HNSW, "ef_search": _BREADTH}},
            embedding_function=None,
            get_or_create=True,  # two processes may find it gone at once
        )
        return created

    def _call(self, method: str, **arguments: Any) -> Any:
        with self._told():
            for pause in _PAUSES:
                try:
                    return self._attempt(method, **arguments)
                except InternalError as error:
                    if self._is_for_want_of_room(error):
                        raise
                    # Chroma may answer so while another process's first vectors are being indexed
                    # (chroma-core/chroma issue 4212: "Nothing found on disk"); a moment later it knows.
                    time.sleep(pause)
            return self._attempt(method, **arguments)

    def _attempt(self, method: str, **arguments: Any) -> Any:
        if self._is_stale:
            self._open_again()
        try:
            return getattr(self._collection, method)(**arguments)
        except NotFoundError:
            # Another process dropped the collection to rebuild it; its successor has the same name.
            self._collection = self._open_collection()
            return getattr(self._collection, method)(**arguments)

    def _open_again(self) -> None:
        """With a new client, once there is room: the one that found the disk full waits for itself."""
        with self._opening:
            if not self._is_stale:
                return
            self._require_room()
            self._client.close()
            self._client = _connect(self._settings, self._folder)
            self._collection = self._open_collection()
            self._is_stale = False

    def _require_room(self, size: int = 0) -> None:
        """For `size` bytes, and for what Chroma writes anew of what it holds. Raises DiskFull."""
        if self._folder is not None:
            require_room(self._folder, size + _LEAST_ROOM + self._size() // _REWRITTEN)

    def _size(self) -> int:
        """Bytes of the index's files, where they are ours."""
        return sum(path.stat().st_size for path in self._folder.glob("*/*")) if self._folder else 0

    def _is_for_want_of_room(self, error: Exception) -> bool:
        return self._folder is not None and (tells_of_full_disk(error) or is_full(self._folder))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What Chroma and the line to it raise comes out as a StoreError."""
        try:
            yield
        except (ChromaError, ValueError, ConnectionError, httpx.HTTPError) as error:
            if self._is_for_want_of_room(error):
                self._is_stale = True
                raise disk_full() from error
            kind = IndexDamaged if self._folder and isinstance(error, InternalError) else StoreError
            raise kind(f"The vector index failed: {error}.", "Run `assistant doctor`.") from error

    def _sweep(self) -> None:
        """Remove the files of collections that are no more: Chroma 1.5.9 leaves them behind."""
        if self._folder is None:
            return
        try:
            with closing(sqlite3.connect(self._folder / "chroma.sqlite3")) as database:
                live = {segment for (segment,) in database.execute("SELECT id FROM segments")}
        except sqlite3.Error as error:
            log.warning("What Chroma left behind stays for now: %s.", error)
            return
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name not in live:
                shutil.rmtree(folder, ignore_errors=True)


def _set_breadth(collection: chromadb.Collection) -> None:
    """As broad a search as is set now, whatever was when the collection was made; nothing is built anew.

    It counts from when Chroma next reads the graph, so that it must come before the first search.
    """
    held = collection.configuration_json.get("hnsw") or {}
    if held.get("ef_search") != _BREADTH:
        collection.modify(configuration={"hnsw": {"ef_search": _BREADTH}})


def _connect(settings: VectorSettings, folder: Path | None) -> Any:
    """`folder` is that of an embedded index."""
    config = ChromaConfig(anonymized_telemetry=False)
    if folder is None:
        try:
            address = urlsplit(settings.url or "")
            return chromadb.HttpClient(
                host=address.hostname or "localhost",
                port=address.port or (443 if address.scheme == "https" else 8000),
                ssl=address.scheme == "https",
                settings=config,
            )
        except (ChromaError, ValueError, ConnectionError, httpx.HTTPError) as error:
            raise StoreError(
                f"The Chroma server at {settings.url} does not answer.",
                "Start it with `chroma run`, or correct ASSISTANT_VECTORS__URL.",
            ) from error
    try:
        return chromadb.PersistentClient(str(folder), settings=config)
    except (ChromaError, ValueError) as error:
        SharedSystemClient.clear_system_cache()  # else it would hand out the client that failed
        if tells_of_full_disk(error) or is_full(folder):
            raise disk_full() from error
        log.warning("The vector index cannot be opened (%s); it is built anew from the register.", error)
        shutil.rmtree(folder)
        return chromadb.PersistentClient(str(folder), settings=config)
