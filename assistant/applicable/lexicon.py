"""How much of a situation's own wording a procedure uses, whatever its subject: words, weighed by rarity."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from assistant.applicable.scores import Scores
from assistant.evidence import stems_of


class Lexicon:
    """Term frequency (logarithmic, counted in passages) times inverse document frequency, cosine (Salton and
    Buckley 1988). `procedures` are the passages' texts of each."""

    def __init__(self, procedures: Sequence[Iterable[str]]) -> None:
        counts = [Counter(stem for text in texts for stem in stems_of(text)) for texts in procedures]
        self._size = len(counts)
        spread = Counter(stem for count in counts for stem in count)
        self._rarity = {
            stem: math.log((1 + self._size) / (1 + number)) + 1 for stem, number in spread.items()
        }
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, count in enumerate(counts):
            weights = {stem: (1 + math.log(n)) * self._rarity[stem] for stem, n in count.items()}
            norm = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
            for stem, weight in weights.items():
                self._postings[stem].append((row, weight / norm))

    def likeness(self, text: str) -> Scores:
        """Cosine of the text to each procedure, less the mean over procedures; shape (procedures,)."""
        stems = stems_of(text)
        found = np.zeros(self._size)
        for stem in stems & self._postings.keys():
            for row, weight in self._postings[stem]:
                found[row] += self._rarity[stem] * weight
        norm = math.sqrt(sum(self._rarity.get(stem, 1.0) ** 2 for stem in stems)) or 1.0
        centred: Scores = found / norm - (found.mean() / norm if self._size else 0.0)
        return centred
