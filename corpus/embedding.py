"""Text to vectors: a known model on ONNX Runtime, or any sentence-transformers folder by setting."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.embedding_models import MODELS, WITH_PIECES, EmbeddingModel
from corpus.errors import ModelError, reason_of
from corpus.model_files import ModelFiles, model_files
from corpus.onnx_sessions import open_session
from corpus.packages import sha256_of
from corpus.settings import EmbeddingSettings
from corpus.word_pieces import Pieces, Signs, pieces_of

Vectors = NDArray[np.float32]
MAX_TOKENS = 256
# What a pass of the model needs grows with its tokens, some 50 kB for each, and is kept for the next. More
# of them at once are no faster: they no longer fit the processor's own memory.
_BATCH_TOKENS = 2 * MAX_TOKENS

_WHOLE, _PIECES = "last_hidden_state", "word_pieces"


class Embedder(Protocol):
    """`fingerprint` names backend, model and version: vectors of two fingerprints are never mixed."""

    fingerprint: str

    def load(self) -> None:
        """Load the model now rather than at the first text; safe while another thread embeds."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32, shape (len(texts), dimensions)."""
        ...

    def embed_with_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        """The same, and each text's word pieces, from one pass of the model."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class PassageVectors:
    """What is kept of a passage: its vector, shape (dimensions,), those of its lines, shape
    (lines, dimensions), and the signs of its word pieces."""

    passage: Vectors
    lines: Vectors
    pieces: Signs


def known_model(fingerprint: str) -> str | None:
    """The name of the model that makes these vectors, where it is one that this project knows."""
    own = {model.fingerprint: name for name, model in MODELS.items()}
    return own.get(fingerprint)


def open_embedder(settings: EmbeddingSettings) -> Embedder:
    """The embedder that the settings name. Raises ModelError."""
    if model := MODELS.get(settings.model):
        return OnnxEmbedder(model, settings.cache_dir, settings.threads, settings.batch_size)
    return SentenceTransformerEmbedder(Path(settings.model), settings.threads, settings.batch_size)


class OnnxEmbedder:
    """A model that this project knows: mean of its last hidden state over the mask, L2-normalised, and word
    pieces by its middle layers."""

    def __init__(
        self, model: EmbeddingModel, cache_dir: Path, threads: int = 1, batch_size: int = 32
    ) -> None:
        self.fingerprint = model.fingerprint
        self._model = model
        self._cache_dir = cache_dir
        self._threads = threads
        self._batch_size = batch_size
        self._loading = threading.Lock()
        # More passes at once than there are processors end no sooner, and each needs memory of its own.
        self._passes = threading.Semaphore(max(1, (os.cpu_count() or 1) // threads))

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._files.tokenizer))
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length=MAX_TOKENS)
        return tokenizer

    @cached_property
    def _files(self) -> ModelFiles:
        return model_files(self._model, self._cache_dir)

    def load(self) -> None:
        with self._loading:
            _ = self._tokenizer, self._session

    @cached_property
    def _session(self) -> Any:
        # Loaded at the first text: an ingest in which nothing changed never needs it.
        return open_session(self._files.onnx, self._threads)

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, None)

    def embed_with_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        pieces: dict[int, Pieces] = {}
        vectors = self._embed(texts, pieces)
        return vectors, [pieces[row] for row in range(len(texts))]

    def _embed(self, texts: Sequence[str], pieces: dict[int, Pieces] | None) -> Vectors:
        """The word pieces of text i are put under i, where they are wanted."""
        self.load()
        encodings = self._tokenizer.encode_batch(list(texts))
        # Texts of like length share a batch, so that little is computed on padding.
        order = sorted(range(len(encodings)), key=lambda i: len(encodings[i].ids))
        wanted = [_WHOLE, *([] if pieces is None else [_PIECES])]
        parts = []
        for rows in batches(order, [len(each.ids) for each in encodings], self._batch_size):
            inputs = self._inputs([encodings[i].ids for i in rows])
            with self._passes:
                whole, *middle = self._session.run(wanted, inputs)
            parts.append(_mean(whole, inputs["attention_mask"]))
            if pieces is not None:
                for own, i in zip(middle[0], rows, strict=True):
                    spans = encodings[i].offsets
                    pieces[i] = pieces_of(own[: len(spans)], spans, texts[i])
        result = np.empty((len(order), parts[0].shape[1] if parts else 0), dtype=np.float32)
        if parts:
            result[order] = np.concatenate(parts)
        return result

    def _inputs(self, batch: list[list[int]]) -> dict[str, NDArray[np.int64]]:
        """What the model takes, each of shape (texts, longest)."""
        width = max(len(ids) for ids in batch)
        ids = np.full((len(batch), width), self._model.padding, dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask}
        if self._model.takes_types:
            inputs["token_type_ids"] = np.zeros_like(ids)
        return inputs


def batches(order: Sequence[int], lengths: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    """Parts of `order`, which stands shortest first: at most `most` texts each, and no more tokens, padding
    included, than a pass of the model may have."""
    start = 0
    for at, text in enumerate(order):
        texts = at + 1 - start
        if texts > 1 and (texts > most or texts * lengths[text] > _BATCH_TOKENS):
            yield order[start:at]
            start = at
    if start < len(order):
        yield order[start:]


def _mean(hidden: NDArray[np.float32], mask: NDArray[np.int64]) -> Vectors:
    weights = mask[:, :, None].astype(np.float32)
    mean = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
    vectors: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return vectors


class SentenceTransformerEmbedder:
    """Any sentence-transformers folder with safetensors weights, on torch; word pieces by its last layer."""

    def __init__(self, folder: Path, threads: int = 1, batch_size: int = 32) -> None:
        weights = folder / "model.safetensors"
        if not os.access(weights, os.R_OK) or not weights.is_file():
            raise ModelError(
                f"No model in {folder}: it holds no model.safetensors.",
                "Set ASSISTANT_EMBEDDING__MODEL to a sentence-transformers folder.",
            )
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        try:
            self._model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, model_kwargs={"use_safetensors": True}
            )
        except Exception as error:
            # Whatever is missing in the folder or broken, each part of the library says it in its own way.
            raise ModelError(
                f"The model in {folder} cannot be loaded: {reason_of(error)}.",
                "Set ASSISTANT_EMBEDDING__MODEL to a whole sentence-transformers folder.",
            ) from error
        self._batch_size = batch_size
        self.fingerprint = f"sentence-transformers:{folder.name}@{sha256_of(weights)[:12]}{WITH_PIECES}"

    def load(self) -> None:
        """Loaded when it was made."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors: Vectors = self._model.encode(
            list(texts), batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
        )
        return vectors

    def embed_with_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        if not texts:
            return self.embed(texts), []
        found: list[Any] = list(
            self._model.encode(list(texts), batch_size=self._batch_size, output_value=None)
        )
        vectors = np.stack([each["sentence_embedding"].numpy() for each in found])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        pieces = []
        for text, each in zip(texts, found, strict=True):
            hidden = each["token_embeddings"].numpy()
            spans = self._model.tokenizer(
                text, truncation=True, max_length=self._model.max_seq_length, return_offsets_mapping=True
            )["offset_mapping"]
            pieces.append(pieces_of(hidden[: len(spans)], spans, text))
        return vectors.astype(np.float32), pieces
