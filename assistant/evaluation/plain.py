"""What ours is compared with: the stack of LangChain's tutorial on retrieval, with the product's own vectors.

RecursiveCharacterTextSplitter with chunks of 1,000 characters that overlap by 200, Chroma as it comes, and
similarity search; its confidence is the similarity of the first hit. Only the vectors are kept on disk.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings

from assistant.evaluation.question_sets import DEPTH, Seen, Shown
from corpus.embedding import Embedder
from corpus.errors import EvaluationError

if TYPE_CHECKING:
    from langchain_chroma import Chroma

_CHUNK_CHARACTERS = 1_000
_OVERLAP_CHARACTERS = 200
_BATCH = 500


class PlainStack:
    """Over `texts`, by the names that the question set knows them by; what else is in `folder` is removed."""

    def __init__(self, folder: Path, texts: Mapping[str, str], embedder: Embedder) -> None:
        chunks = _chunks(texts)
        self._count_in = Counter(chunk.metadata["document"] for chunk in chunks)
        self._chroma = _filled(folder, chunks, embedder)

    def search(self, question: str, hidden: frozenset[str] = frozenset()) -> Seen:
        spare = sum(self._count_in[document] for document in hidden)
        hits = self._chroma.similarity_search_with_score(question, DEPTH + spare)
        kept = [(chunk, score) for chunk, score in hits if chunk.metadata["document"] not in hidden][:DEPTH]
        # Chroma tells the squared distance of unit vectors, which is 2 - 2 cos.
        confidence = 1 - kept[0][1] / 2 if kept else 0.0
        return Seen(tuple(_shown(chunk) for chunk, _ in kept), confidence)


def _shown(chunk: LangChainDocument) -> Shown:
    start = int(chunk.metadata["start_index"])
    text = chunk.page_content
    return Shown(str(chunk.metadata["document"]), start, start + len(text), text)


def _chunks(texts: Mapping[str, str]) -> list[LangChainDocument]:
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        raise _not_installed() from error
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_CHUNK_CHARACTERS, chunk_overlap=_OVERLAP_CHARACTERS, add_start_index=True
    )
    names = sorted(texts)
    return splitter.create_documents([texts[name] for name in names], [{"document": name} for name in names])


def _filled(folder: Path, chunks: list[LangChainDocument], embedder: Embedder) -> Chroma:
    """The collection of exactly these chunks; what an earlier run embedded of them is not embedded again."""
    try:
        from langchain_chroma import Chroma
    except ImportError as error:
        raise _not_installed() from error
    content = "\0".join(f"{chunk.metadata['document']}\0{chunk.page_content}" for chunk in chunks)
    own = folder / hashlib.sha256(content.encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.iterdir():
        if other != own:
            shutil.rmtree(other)
    chroma = Chroma(embedding_function=_LangChainEmbeddings(embedder), persist_directory=str(own))
    known = set(chroma.get(include=[])["ids"])
    missing = [number for number in range(len(chunks)) if str(number) not in known]
    for at in range(0, len(missing), _BATCH):
        batch = missing[at : at + _BATCH]
        chroma.add_documents([chunks[number] for number in batch], ids=[str(number) for number in batch])
    return chroma


class _LangChainEmbeddings(Embeddings):
    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def _not_installed() -> EvaluationError:
    return EvaluationError(
        "The plain stack that retrieval is compared with is not installed.",
        "Install langchain-chroma and langchain-text-splitters; `make test` does.",
    )
