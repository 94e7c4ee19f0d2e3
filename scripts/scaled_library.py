"""Documents in any number that are like the sample library's, made from its passages and stored vectors.

A made passage takes its sentences from four texts (a passage or a line of the library and three of its
thirty nearest), and its vector is their weighted mean, turned by noise. How near the questions' best fifty
come to them was compared with real text; see `docs/decisions/0012-scale.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Kind, Section
from corpus.embedding import Vectors
from corpus.passages import Line, Passage, digest, passage_id
from corpus.recording import NewVersion
from corpus.register import Register
from corpus.word_pieces import Signs

PASSAGES = 40
"""Passages of one made document."""

_SEED = 20_261_124
_MIXED = 3
_NEAREST = 30
_NOISE = 0.3
# Of all words; with the exponent, the vocabulary grows with the square root of the text, from the 4,000 words
# that the sample library has to some 80,000 in 500,000 passages.
_MADE_UP = 0.02
_MADE_UP_EXPONENT = 1.2
_ONSETS = "bdfgklmnprstvz"
_VOWELS = "aeiou"

_Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """`vectors` has shape (passages, dimensions); `lines[i]` holds passage i's, one row a line, and
    `pieces[i]` its word pieces."""

    version: NewVersion
    vectors: Vectors
    lines: tuple[Vectors, ...]
    pieces: tuple[Signs, ...]


@dataclass(frozen=True, slots=True)
class _Origin:
    """A document of the sample library; `texts` are rows of the pool."""

    title: str
    kind: Kind
    texts: _Numbers


class ScaledLibrary:
    """Made documents by number; each number always gives the same document."""

    def __init__(self, sample: Register) -> None:
        self._trails: list[tuple[str, ...]] = []
        self._spans: list[tuple[int, int]] = []
        self._sentences: list[list[str]] = []
        self._counts: list[int] = []
        self._pieces: list[Signs] = []
        self._origins: list[_Origin] = []
        passages: list[Vectors] = []
        lines: list[Vectors] = []
        for document in sample.documents():
            version = sample.version(document.id)
            first = len(self._trails)
            for candidate in sample.candidates(passage.id for passage in sample.passages(version.id)):
                passages += [candidate.vector, *candidate.lines]
                lines += [*candidate.lines]
                self._add(candidate.live.passage)
                self._pieces += [candidate.pieces] * (1 + len(candidate.lines))
            self._origins.append(_Origin(version.title, version.kind, np.arange(first, len(self._trails))))
        self._pool = np.stack(passages)
        self._lines = np.stack(lines)
        self._near = _nearest(self._pool)
        self._first, self._many = np.array(self._spans).T
        self._words = np.array([len(words) for words in self._sentences])
        sizes = np.array([len(origin.texts) for origin in self._origins])
        self._shares = sizes / sizes.sum()

    def _add(self, passage: Passage) -> None:
        # A line brings a vector of its own to the pool, and with it all lines of its passage.
        rows = 1 + len(passage.lines)
        self._spans += [(len(self._sentences), len(passage.lines))] * rows
        self._trails += [passage.trail] * rows
        self._counts.append(len(passage.lines))
        self._sentences += [
            passage.text[line.start - passage.start : line.end - passage.start].split()
            for line in passage.lines
        ]

    def document(self, number: int) -> MadeDocument:
        rng = np.random.default_rng((_SEED, number))
        origin = self._origins[rng.choice(len(self._origins), p=self._shares)]
        bases = rng.choice(origin.texts, PASSAGES)
        near = self._near[bases[:, None], rng.integers(0, _NEAREST, (PASSAGES, _MIXED))]
        texts = np.column_stack((bases, near))
        weights = rng.dirichlet(np.ones(1 + _MIXED), PASSAGES).astype(np.float32)
        mixed = _unit(np.einsum("pt,ptd->pd", weights, self._pool[texts]))
        picked = self._pick(rng, texts, weights)
        lines = _turned(rng, self._lines[np.concatenate(picked)])
        ends = np.cumsum([len(rows) for rows in picked])
        return MadeDocument(
            self._version(rng, f"made-{number}", origin, bases, picked),
            _turned(rng, mixed),
            tuple(np.split(lines, ends[:-1])),
            # Those of the passage that it was made from: what is looked at is how long they take to compare.
            tuple(self._pieces[base] for base in bases.tolist()),
        )

    def _pick(self, rng: np.random.Generator, texts: _Numbers, weights: Vectors) -> list[_Numbers]:
        """For each passage, rows of the sample's lines, each once; about as many as a real passage has."""
        counts = rng.choice(self._counts, len(texts)) + 1  # of which some come up twice
        passage = np.repeat(np.arange(len(texts)), counts)
        column = (np.cumsum(weights, axis=1)[passage] < rng.random((len(passage), 1))).sum(axis=1)
        text = texts[passage, np.minimum(column, _MIXED)]
        rows = self._first[text] + (rng.random(len(text)) * self._many[text]).astype(np.int64)
        return [np.unique(own) for own in np.split(rows, np.cumsum(counts)[:-1])]

    def _version(
        self, rng: np.random.Generator, name: str, origin: _Origin, bases: _Numbers, picked: list[_Numbers]
    ) -> NewVersion:
        passages: list[Passage] = []
        start = 0
        for row, base in enumerate(bases.tolist()):
            sentences = self._write(rng, picked[row])
            passages.append(_passage(name, row, start, self._trails[base], sentences))
            start = passages[-1].end + 2
        text = "\n\n".join(passage.text for passage in passages)
        return NewVersion(
            document_id=name,
            source=f"/made/{name}.md",
            title=origin.title,
            kind=origin.kind,
            text=text,
            original_sha256=digest(name),
            original_name=f"{name}.md",
            media_type="text/markdown",
            recipe="made",
            last_reviewed=None,
            next_review=None,
            sections=_sections(origin.title, passages),
            passages=passages,
            embeddings=[passage.id for passage in passages],
            changes=(),
            warnings=(),
        )

    def _write(self, rng: np.random.Generator, lines: _Numbers) -> list[str]:
        """The lines' sentences, some of their words replaced by made-up ones."""
        replaced = rng.binomial(self._words[lines], _MADE_UP).tolist()
        sentences = []
        for line, count in zip(lines.tolist(), replaced, strict=True):
            words = self._sentences[line]
            if count:
                words = list(words)
                for at in rng.integers(0, len(words), count).tolist():
                    words[at] = _made_up(int(rng.zipf(_MADE_UP_EXPONENT)))
            sentences.append(" ".join(words))
        return sentences


def _passage(document: str, row: int, start: int, trail: tuple[str, ...], sentences: list[str]) -> Passage:
    text = " ".join(sentences)
    lines, at = [], start
    for sentence in sentences:
        lines.append(Line(at, at + len(sentence)))
        at += len(sentence) + 1
    anchor = f"p-{row + 1}"
    return Passage(
        id=passage_id(document, anchor, trail, 0, text),
        section=row + 1,
        anchor=anchor,
        number=None,
        trail=trail,
        text=text,
        start=start,
        end=start + len(text),
        page=None,
        part=None,
        lines=tuple(lines),
    )


def _sections(title: str, passages: list[Passage]) -> list[Section]:
    whole = Section(0, None, 1, None, title, "top", 0, passages[-1].end)
    return [
        whole,
        *(Section(p.section, 0, 2, None, p.trail[-1], p.anchor, p.start, p.end) for p in passages),
    ]


def _made_up(rank: int) -> str:
    """A word of its own for each number, two letters a digit."""
    syllables = []
    while rank:
        rank, digit = divmod(rank, len(_ONSETS) * len(_VOWELS))
        syllables.append(_ONSETS[digit // len(_VOWELS)] + _VOWELS[digit % len(_VOWELS)])
    return "qu" + "".join(syllables)


def _nearest(vectors: Vectors) -> _Numbers:
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -1)
    return np.argsort(-similarity, axis=1)[:, :_NEAREST]


def _turned(rng: np.random.Generator, vectors: Vectors) -> Vectors:
    noise = rng.standard_normal(vectors.shape, dtype=np.float32) / np.sqrt(vectors.shape[1], dtype=np.float32)
    return _unit(vectors + np.float32(_NOISE) * noise)


def _unit(vectors: Vectors) -> Vectors:
    unit: Any = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit  # type: ignore[no-any-return]
