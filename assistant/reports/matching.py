"""Whether a procedure says what a recommendation asks for: a proposal with quotes, for a person to judge."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

import numpy as np

from assistant.quotes import Quote, quotes_of
from assistant.reports.recommendations import Recommendation, rules
from assistant.support.clauses import pieces_of
from assistant.support.wording import is_kin, wording
from corpus.embedding import Embedder, Vectors
from corpus.passages import Candidate, Passage

# Two forms of one word begin with the same letters, so many at the least.
_BEGINNING = 4


class Verdict(StrEnum):
    MEETS = "meets"
    PARTLY = "partly"
    NOTHING = "nothing found"


@dataclass(frozen=True, slots=True)
class Match:
    """`quotes` are the lines that stand nearest to what is asked, best first; none for nothing found."""

    verdict: Verdict
    score: float
    quotes: tuple[Quote, ...]


@dataclass(slots=True)
class _Part:
    """One claim of what is asked: its best value so far, and the line that has it."""

    vector: Vectors
    stems: frozenset[str]
    best: float = 0.0
    quote: Quote | None = None


@dataclass(slots=True)
class _Asked:
    """What is asked, and how near any procedure came so far. `vectors`: alone, and after its lead-in."""

    vectors: Vectors
    stems: frozenset[str]
    parts: list[_Part]
    near: float = 0.0
    meaning: float = 0.0
    words: float = 0.0
    nearest: list[tuple[float, Quote]] = field(default_factory=list)


class Matcher:
    """Holds recommendations against procedures, one procedure at a time, so that none but one is in memory.

    `passages` are all of the library, by which words are weighed: one that stands everywhere tells nothing.
    """

    def __init__(self, embedder: Embedder, passages: Iterable[Passage]) -> None:
        self._embedder = embedder
        counts: Counter[str] = Counter()
        total = 0
        for passage in passages:
            counts.update(stems_of(" ".join((*passage.trail, passage.text))))
            total += 1
        self._counts, self._total = counts, total
        self._kin = _Kin(counts)

    def match(
        self, recommendations: Sequence[Recommendation], procedures: Iterable[list[Candidate]]
    ) -> list[Match]:
        """One for each recommendation, in order; `procedures` are the passages of one procedure each."""
        asked = [self._asked(each) for each in recommendations]
        for candidates in procedures:
            if candidates:
                procedure = _Procedure(candidates)
                for each in asked:
                    self._hold(each, procedure)
        return [_match(each) for each in asked]

    def _asked(self, recommendation: Recommendation) -> _Asked:
        known = wording()
        text = recommendation.asked
        pieces = [piece.strip(" ,;.") for piece in pieces_of(text, known)]
        vectors = self._embedder.embed([text, f"{recommendation.lead} {text}".strip(), *pieces])
        parts = [
            _Part(vector, frozenset(stems_of(piece)))
            for piece, vector in zip(pieces, vectors[2:], strict=True)
            if len(stems_of(piece)) >= rules()["fewest_words"] or len(pieces) == 1
        ]
        return _Asked(vectors[:2], frozenset(stems_of(text)), parts)

    def _hold(self, asked: _Asked, procedure: _Procedure) -> None:
        whole = procedure.likeness(asked.vectors).max(axis=0)
        nearest = np.argsort(-whole)[: rules()["passages"]]
        there = set(procedure.headings).union(*(procedure.stems[i] for i in nearest))
        meaning, words = float(whole[nearest[0]]), self._share(asked.stems, there)
        if meaning + words > asked.near:
            asked.near, asked.meaning, asked.words = meaning + words, meaning, words
        for i in nearest.tolist():
            value = float(whole[i]) + self._share(asked.stems, procedure.stems[i] | procedure.headings)
            asked.nearest.append((value, procedure.quote(asked.vectors, i)))
        asked.nearest = sorted(asked.nearest, key=lambda each: -each[0])[: rules()["nearest_quotes"]]
        for part in asked.parts:
            likeness = procedure.likeness(part.vector[None])[0]
            for i in {*np.argsort(-likeness)[: rules()["passages"]].tolist(), *nearest.tolist()}:
                value = float(likeness[i]) + self._share(part.stems, procedure.stems[i] | procedure.headings)
                if value > part.best:
                    part.best = value
                    part.quote = procedure.quote(part.vector[None], int(i))

    def _share(self, stems: frozenset[str], there: set[str] | frozenset[str]) -> float:
        """The share of the words, weighed, that stand there in any form; 0 to 1."""
        total = sum(map(self._weight, stems))
        present = sum(self._weight(stem) for stem in stems if not self._kin.of(stem).isdisjoint(there))
        return present / total if total else 0.0

    def _weight(self, stem: str) -> float:
        return math.log1p(self._total / (self._counts[stem] + 1))


class _Kin:
    """The other forms of a word among all words of the library, each looked up once."""

    def __init__(self, stems: Iterable[str]) -> None:
        self._by_beginning: defaultdict[str, list[str]] = defaultdict(list)
        for stem in stems:
            self._by_beginning[stem[:_BEGINNING]].append(stem)
        self._found: dict[str, frozenset[str]] = {}

    def of(self, stem: str) -> frozenset[str]:
        """The word itself among them."""
        if stem not in self._found:
            near = self._by_beginning[stem[:_BEGINNING]] if len(stem) >= _BEGINNING else ()
            self._found[stem] = frozenset({stem, *(other for other in near if is_kin(stem, other))})
        return self._found[stem]


class _Procedure:
    """The passages of one procedure with the vectors of all their lines."""

    def __init__(self, candidates: list[Candidate]) -> None:
        self.candidates = [each for each in candidates if len(each.lines)]
        self._lines = np.concatenate([each.lines for each in self.candidates])
        counts = [len(each.lines) for each in self.candidates]
        self._starts = np.cumsum([0, *counts[:-1]])
        self.stems = [frozenset(stems_of(each.live.passage.text)) for each in self.candidates]
        trails = {heading for each in self.candidates for heading in each.live.passage.trail}
        self.headings = frozenset(stem for heading in trails for stem in stems_of(heading))

    def likeness(self, vectors: Vectors) -> Vectors:
        """Of each vector to each passage: to its likest line. Shape (vectors, passages)."""
        found: Vectors = np.maximum.reduceat(vectors @ self._lines.T, self._starts, axis=1)
        return found

    def quote(self, vectors: Vectors, index: int) -> Quote:
        """The passage's line that is likest to one of the vectors, with what it needs to be understood."""
        candidate = self.candidates[index]
        best = int((vectors @ candidate.lines.T).max(axis=0).argmax())
        return quotes_of(candidate.live, candidate.live.passage.lines[best])[-1]


def _match(asked: _Asked) -> Match:
    weights = rules()["weights"]
    values = [part.best for part in asked.parts] or [asked.near]
    score = (
        weights["meaning"] * asked.meaning
        + weights["words"] * asked.words
        + weights["parts_mean"] * sum(values) / len(values)
        + weights["parts_lowest"] * min(values)
    )
    if score < rules()["partly"] and max(values) < rules()["a_part"]:
        return Match(Verdict.NOTHING, score, ())
    verdict = Verdict.MEETS if score >= rules()["meets"] else Verdict.PARTLY
    return Match(verdict, score, tuple(_quotes(asked))[: rules()["most_quotes"]])


def _quotes(asked: _Asked) -> Iterator[Quote]:
    """What is nearest to the whole first, then to each part that a line comes near to; none twice."""
    found = [quote for _, quote in asked.nearest]
    parts = sorted(asked.parts, key=lambda part: -part.best)
    found += [part.quote for part in parts if part.quote and part.best >= rules()["quoted"]]
    yield from dict.fromkeys(found)


@lru_cache(maxsize=20_000)
def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words that tell something, each once."""
    known = wording()
    return tuple(dict.fromkeys(known.stems(known.words(text))))
