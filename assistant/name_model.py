"""Rampart, a small recogniser of names: how likely each word is part of a person's name.

Six layers over an uncased vocabulary, in 4-bit weights, by National Design Studio (CC BY 4.0). Of its labels
only those of given and family names are used: the rules know British numbers, streets and dates better.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from corpus.model_files import name_model_files
from corpus.onnx_sessions import open_session
from corpus.settings import ScreenSettings

log = logging.getLogger(__name__)

Span = tuple[int, int]

_CLS, _SEP = 2, 3
_NAME_LABELS = slice(1, 5)  # first and further pieces of a given name, then of a family name
# The model takes 512 tokens, but is surer of names in shorter texts.
_WINDOW = 128
_OVERLAP = 32


class NameScores(Protocol):
    """How likely each of the words is part of a name, 0 to 1; None where that cannot be told."""

    def __call__(self, text: str, words: Sequence[Span]) -> Sequence[float] | None: ...


def name_scores(settings: ScreenSettings) -> NameScores | None:
    """The one model of this process, or None where the settings leave names to the rules."""
    return _model() if settings.names else None


class NameModel:
    """Loaded at the first text; safe for many threads. Where it cannot be loaded, the log says so once."""

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads
        self._loading = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None
        self._is_missing = False

    def __call__(self, text: str, words: Sequence[Span]) -> Sequence[float] | None:
        loaded = self._ready()
        if loaded is None:
            return None
        tokenizer, session = loaded
        encoding = tokenizer.encode(text, add_special_tokens=False)
        ids, offsets = encoding.ids, encoding.offsets
        tokens = np.zeros(len(ids), dtype=np.float32)
        for start, end in _windows(len(ids)):
            tokens[start:end] = np.maximum(tokens[start:end], _run(session, ids[start:end]))
        return _by_word(tokens, offsets, words)

    def _ready(self) -> tuple[Any, Any] | None:
        with self._loading:
            if self._loaded is None and not self._is_missing:
                try:
                    self._loaded = load_name_model(self._threads)
                except ModelError as error:
                    self._is_missing = True
                    log.error("Names are looked for by rules alone. %s", error)  # noqa: TRY400 (it says it all)
            return self._loaded


def load_name_model(threads: int = 1) -> tuple[Any, Any]:
    """Tokenizer and session. Raises ModelError where the model is missing or not the published one."""
    from tokenizers import Tokenizer

    files = name_model_files()
    try:
        tokenizer = Tokenizer.from_file(str(files.tokenizer))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer, open_session(files.onnx, threads)
    except Exception as error:
        # Whatever the two runtimes raise: screening can do without.
        raise ModelError(f"The recogniser of names does not load: {type(error).__name__}.") from error


def _windows(count: int) -> Iterator[Span]:
    start = 0
    while start < count:
        yield start, min(start + _WINDOW, count)
        if start + _WINDOW >= count:
            return
        start += _WINDOW - _OVERLAP


def _run(session: Any, ids: Sequence[int]) -> NDArray[np.float32]:
    """Probability of each token's being part of a name."""
    row = np.array([[_CLS, *ids, _SEP]], dtype=np.int64)
    inputs = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
    logits = session.run(["logits"], inputs)[0][0, 1:-1]
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    names: NDArray[np.float32] = odds[:, _NAME_LABELS].sum(axis=-1) / odds.sum(axis=-1)
    return names


def _by_word(tokens: NDArray[np.float32], offsets: Sequence[Span], words: Sequence[Span]) -> list[float]:
    """The mean over each word's tokens; words and tokens both in reading order."""
    scores, at = [], 0
    for start, end in words:
        while at < len(offsets) and offsets[at][1] <= start:
            at += 1
        last = at
        while last < len(offsets) and offsets[last][0] < end:
            last += 1
        scores.append(float(tokens[at:last].mean()) if last > at else 0.0)
        at = last
    return scores


@cache
def _model() -> NameModel:
    return NameModel()
