"""How near a text is to each subject, learned from the signs and from examples: by its nearest signs, by the
words of all signs, and by a linear model.

Nothing is trained ahead: signs and examples are embedded once with whatever embedder the store was made with,
and the linear model (ridge regression on the subjects, from the meaning and the wording of a text) is solved
in closed form. Both are kept beside the exported model: they are the same for every store.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from assistant.applicable.lexicon import Lexicon
from assistant.applicable.scores import Scores
from assistant.applicable.subjects import Example, Subject
from assistant.applicable.wording import Wording
from corpus.embedding import Embedder, Vectors

log = logging.getLogger(__name__)

_NEAREST, _NEXT = 0.6, 0.4
_NEXT_COUNT = 3


class KnownSigns:
    """The signs of `subjects` and the `examples`, as `embedder` sees them; `folder` keeps what is learned."""

    ridge = 1.0

    def __init__(
        self, subjects: Sequence[Subject], examples: Sequence[Example], embedder: Embedder, folder: Path
    ) -> None:
        self._subjects = subjects
        signs = [(sign, [subject.name]) for subject in subjects for sign in subject.signs]
        rows = [*signs, *((one.text, one.subjects) for one in examples)]
        self.texts = tuple(text for text, _ in rows)
        names = np.array([subject.name for subject in subjects])
        shares = np.array([np.isin(names, about) for _, about in rows], dtype=np.float64)
        self._of = [np.flatnonzero(shares[: len(signs), column]) for column in range(len(subjects))]
        self._base = shares.mean(axis=0)
        self._wording = Wording(self.texts)
        kept = _Kept(folder, embedder.fingerprint, self.texts)
        self.vectors, learned = kept.read() or (embedder.embed(self.texts), None)
        if learned is None:
            learned = np.linalg.solve(self.likenesses() + self.ridge * np.eye(len(rows)), shares - self._base)
            kept.write(self.vectors, learned)
        self.learned = learned
        self._use()

    def nearness(self, vectors: Vectors) -> Scores:
        """Cosine to the nearest signs of each subject, less the mean over subjects; (texts, subjects)."""
        likeness: Scores = np.asarray(vectors @ self.vectors.T, dtype=np.float64)
        return _centred(np.stack([_of_nearest(likeness[:, rows]) for rows in self._of], axis=1))

    def likelihood(self, vectors: Vectors, texts: Sequence[str]) -> Scores:
        """The linear model's value for each subject, about 0 to 1, less the mean; (texts, subjects)."""
        found = vectors @ self._by_meaning
        for row, text in enumerate(texts):
            columns, weights = self._wording.terms_of(text)
            found[row] += weights @ self._by_wording[columns]
        return _centred(found + self._base)

    def words_in_common(self, text: str) -> Scores:
        """With all signs of each subject together; shape (subjects,)."""
        return self._lexicon.likeness(text)

    def likenesses(self) -> Scores:
        """Of all signs and examples to each other, by meaning and by wording together."""
        found: Scores = self.vectors @ self.vectors.T + self._wording.likenesses(self.texts)
        return found

    def alike_in_wording(self, texts: Sequence[str]) -> Scores:
        """Cosine of each text to each sign and example; shape (texts, rows)."""
        found = np.zeros((len(texts), self._wording.size))
        for row, text in enumerate(texts):
            columns, weights = self._wording.terms_of(text)
            found[row, columns] = weights
        own = [self._wording.terms_of(text) for text in self.texts]
        return np.stack([found[:, columns] @ weights for columns, weights in own], axis=1)

    def without(self, left_out: NDArray[np.bool_], learned: Scores) -> KnownSigns:
        """As if these rows were not known; `learned` is what the model is then, of shape (rows, subjects)."""
        fewer = copy(self)
        fewer.learned = np.where(left_out[:, None], 0.0, learned)
        fewer._of = [rows[~left_out[rows]] for rows in self._of]
        fewer._use()
        return fewer

    def _use(self) -> None:
        """Makes of what is learned what a text is read with."""
        self._by_meaning: Scores = self.vectors.T @ self.learned
        self._by_wording = np.zeros((self._wording.size, len(self._subjects)))
        for text, own in zip(self.texts, self.learned, strict=True):
            columns, weights = self._wording.terms_of(text)
            self._by_wording[columns] += np.outer(weights, own)
        self._lexicon = Lexicon([[self.texts[row] for row in rows.tolist()] for rows in self._of])


def _of_nearest(similarities: Scores) -> Scores:
    if not similarities.shape[1]:
        return np.zeros(len(similarities))
    ordered = np.sort(similarities, axis=1)
    nearest: Scores = _NEAREST * ordered[:, -1] + _NEXT * ordered[:, -_NEXT_COUNT:].mean(axis=1)
    return nearest


def _centred(values: Scores) -> Scores:
    centred: Scores = values - values.mean(axis=1, keepdims=True)
    return centred


class _Kept:
    """The file in which vectors and model wait for the next start."""

    def __init__(self, folder: Path, fingerprint: str, texts: Sequence[str]) -> None:
        made_by, made_of = (
            hashlib.sha256(text.encode()).hexdigest()[:12] for text in (fingerprint, "\0".join(texts))
        )
        self._folder = folder
        self._others = f"signs-{made_by}-*.np[yz]"
        self._path = folder / f"signs-{made_by}-{made_of}.npz"
        self._count = len(texts)

    def read(self) -> tuple[Vectors, Scores] | None:
        """What an earlier start left, if it is whole."""
        try:
            with np.load(self._path, allow_pickle=False) as kept:
                vectors, learned = kept["vectors"], kept["learned"]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):  # It is made anew.
            return None
        return (vectors, learned) if len(vectors) == len(learned) == self._count else None

    def write(self, vectors: Vectors, learned: Scores) -> None:
        # Written aside first: another process may read it meanwhile.
        aside = self._path.with_suffix(f".{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for old in self._folder.glob(self._others):
                old.unlink(missing_ok=True)
            with aside.open("wb") as file:
                np.savez(file, vectors=vectors, learned=learned)
            aside.replace(self._path)
        except OSError as error:
            log.warning("The signs are learned anew at each start: %s.", error.strerror)
            with suppress(OSError):
                aside.unlink(missing_ok=True)
