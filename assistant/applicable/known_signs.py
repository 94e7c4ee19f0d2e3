"""How near a text is to each subject, learned from the signs: by its nearest signs, and by a linear model.

Nothing is trained ahead: the signs are embedded once with whatever embedder the store was made with, kept
beside the store, and the linear model (ridge regression on the subjects, closed form) takes milliseconds.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.applicable.subjects import Subject
from corpus.embedding import Embedder, Vectors

log = logging.getLogger(__name__)

Scores = NDArray[np.float64]
_RIDGE = 2.0
_NEAREST, _NEXT = 0.6, 0.4
_NEXT_COUNT = 3


class KnownSigns:
    """The signs of `subjects` as `embedder` sees them; their vectors are kept in `folder`."""

    def __init__(self, subjects: Sequence[Subject], embedder: Embedder, folder: Path) -> None:
        texts = [sign for subject in subjects for sign in subject.signs]
        counts = [len(subject.signs) for subject in subjects]
        self._vectors = _embedded(texts, embedder, folder)
        self._ends = np.cumsum(counts)
        shares = np.repeat(np.eye(len(subjects)), counts, axis=0)
        self._centre, self._base = self._vectors.mean(axis=0), shares.mean(axis=0)
        centred = self._vectors - self._centre
        inner = centred.T @ centred + _RIDGE * np.eye(centred.shape[1])
        self._weights = np.linalg.solve(inner, centred.T @ (shares - self._base))

    def nearness(self, vectors: Vectors) -> Scores:
        """Cosine to the nearest signs of each subject, less the mean over subjects; (texts, subjects)."""
        parts = np.split(vectors @ self._vectors.T, self._ends[:-1], axis=1)
        return _centred(np.stack([_of_nearest(part) for part in parts], axis=1))

    def likelihood(self, vectors: Vectors) -> Scores:
        """The linear model's value for each subject, about 0 to 1, less the mean; (texts, subjects)."""
        return _centred((vectors - self._centre) @ self._weights + self._base)


def _of_nearest(similarities: Scores) -> Scores:
    ordered = np.sort(similarities, axis=1)
    nearest: Scores = _NEAREST * ordered[:, -1] + _NEXT * ordered[:, -_NEXT_COUNT:].mean(axis=1)
    return nearest


def _centred(values: Scores) -> Scores:
    centred: Scores = values - values.mean(axis=1, keepdims=True)
    return centred


def _embedded(texts: Sequence[str], embedder: Embedder, folder: Path) -> Vectors:
    """From the file that an earlier start left, or embedded now: a second or two."""
    key = hashlib.sha256("\0".join((embedder.fingerprint, *texts)).encode()).hexdigest()[:16]
    path = folder / f"signs-{key}.npy"
    try:
        kept: Vectors = np.load(path, allow_pickle=False)
        if kept.shape[0] == len(texts):
            return kept
    except (OSError, ValueError):
        pass  # There is none yet, or it was cut off: it is made anew.
    vectors = embedder.embed(texts)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("signs-*.npy"):
            old.unlink(missing_ok=True)
        # Written aside first: another process may read it meanwhile.
        aside = folder / f"signs-{key}.{os.getpid()}.part"
        with aside.open("wb") as file:
            np.save(file, vectors)
        aside.replace(path)
    except OSError as error:
        log.warning("The signs are embedded anew at each start: %s.", error.strerror)
    return vectors
