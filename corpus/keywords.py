"""The keyword index: BM25 over stemmed English words, in Tantivy.

Derived from the register; can be deleted and rebuilt at any time. A commit is atomic, so that a search, also
one in another process, sees the state before a change or after it. Safe for many threads.
"""

from __future__ import annotations

import math
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from corpus.errors import StoreError
from corpus.room import disk_full, is_full, require_room, tells_of_full_disk, told_of_disk

_ANALYZER = "english"
_HEAP_BYTES = 50_000_000
_LEAST_ROOM = 16_000_000


class KeywordIndex:
    """Passage ids by the words of their text and heading trail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._analyzer = _analyzer()
        self._index = _open(folder, self._analyzer)

    def upsert(self, entries: Iterable[tuple[str, str]]) -> None:
        """Add (id, text) pairs, in place of what the same ids had before."""
        with self._writing() as writer:
            for passage_id, text in entries:
                writer.delete_documents_by_term("id", passage_id)
                writer.add_document(tantivy.Document(id=passage_id, text=text))

    def delete(self, ids: Iterable[str]) -> None:
        """Remove ids; those that are not there are passed over."""
        with self._writing() as writer:
            for passage_id in ids:
                writer.delete_documents_by_term("id", passage_id)

    def search(self, query: str, limit: int) -> list[tuple[str, float]]:
        """At most `limit` (id, BM25 score), best first; the query is words, no syntax."""
        # Not through Tantivy's parser, which reads operators and fails on a query of stop words alone.
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._index.schema, "text", term))
            for term in dict.fromkeys(self._analyzer.analyze(query))
        ]
        searcher = self._searcher()
        hits = searcher.search(tantivy.Query.boolean_query(terms), limit, count=False).hits
        return [(searcher.doc(address)["id"][0], float(score)) for score, address in hits]

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency of each stem, as BM25 has it; the highest for one that nothing holds."""
        searcher = self._searcher()
        total = searcher.num_docs
        counts = {stem: int(searcher.doc_freq("text", stem)) for stem in stems}
        return {stem: math.log(1 + (total - n + 0.5) / (n + 0.5)) for stem, n in counts.items()}

    def count(self) -> int:
        """How many passages the index holds."""
        return int(self._searcher().num_docs)

    def ids(self) -> set[str]:
        """All ids."""
        searcher = self._searcher()
        if not searcher.num_docs:
            return set()
        hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs).hits
        return {searcher.doc(address)["id"][0] for _, address in hits}

    def clear(self) -> None:
        """Remove everything."""
        with self._writing() as writer:
            writer.delete_all_documents()

    def _searcher(self) -> tantivy.Searcher:
        # Cheap where nothing changed; sees what another process committed.
        self._index.reload()
        return self._index.searcher()

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        """One change, committed at the end: all of it or nothing."""
        with self._lock:
            writer = self._writer()
            try:
                yield writer
                writer.commit()
                writer.wait_merging_threads()
            except ValueError as error:
                raise self._fault(f"The keyword index cannot be written: {error}.", error) from error

    def _writer(self) -> tantivy.IndexWriter:
        require_room(self._folder, _LEAST_ROOM)
        try:
            writer = self._index.writer(_HEAP_BYTES, 1)
            # What a killed commit left behind has the name that the next commit would give its own file.
            writer.garbage_collect_files()
            return writer
        except ValueError as error:
            raise self._fault("The keyword index is being written by another process.", error) from error

    def _fault(self, message: str, error: Exception) -> StoreError:
        is_for_want_of_room = tells_of_full_disk(error) or is_full(self._folder)
        return disk_full() if is_for_want_of_room else StoreError(message, "Try again.")


def _open(folder: Path, analyzer: tantivy.TextAnalyzer) -> tantivy.Index:
    """Open or create; an index that cannot be opened is derived data and is begun anew."""
    try:
        return _create_or_open(folder, analyzer)
    except ValueError as error:
        if tells_of_full_disk(error) or is_full(folder):
            raise disk_full() from error
        shutil.rmtree(folder)
        return _create_or_open(folder, analyzer)


def _create_or_open(folder: Path, analyzer: tantivy.TextAnalyzer) -> tantivy.Index:
    with told_of_disk(f"The folder {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=False, tokenizer_name=_ANALYZER)
    index = tantivy.Index(builder.build(), str(folder))
    index.register_tokenizer(_ANALYZER, analyzer)
    return index


def _analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for token_filter in (
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stopword("english"),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(token_filter)
    return builder.build()
