"""A text cut into sentences, each with the phrases that the rules read in it.

Danger is often one sentence among others that ask, explain or greet: a sentence by itself says more about it
than the whole text. Its neighbours tell whether it was a game, a fire drill or long ago.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.danger.chart import QUESTION, Chart
from assistant.danger.lexicon import classes, frame_rules, harm_rules, reader
from corpus.embedding import Vectors

_END = re.compile(r"(?<=[.!?;:])\s+|\n+")
_LONGEST, _WINDOW, _STEP = 26, 16, 8
"""In words: a longer sentence is looked at through a window that moves on by a step."""
_MOST = 32
_NEIGHBOURS = 2
"""On either side."""
_ASKED = "<asked>"
_STATED = frozenset({"<statement>", "<cry>", "<urgent>"})


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    phrases: frozenset[str]

    @property
    def only_asks(self) -> bool:
        asks = _ASKED in self.phrases or self.text.rstrip("\"' ").endswith("?")
        return asks and not _STATED & self.phrases


def sentences_in(text: str) -> list[Sentence]:
    """The first sentences of the text, without those that only ask."""
    found = (Sentence(piece, _phrases(piece)) for _, piece in zip(range(_MOST), _cut(text), strict=False))
    return [piece for piece in found if not piece.only_asks]


def asks(text: str) -> bool:
    """Whether any of it is a question."""
    return not {_ASKED, QUESTION}.isdisjoint(_chart(text).spans)


def with_neighbours(pieces: Sequence[Sentence], vectors: Vectors) -> tuple[list[frozenset[str]], Vectors]:
    """For each sentence, the phrases of itself and its neighbours together, and the mean of their vectors."""
    spans = [slice(max(0, at - _NEIGHBOURS), at + _NEIGHBOURS + 1) for at in range(len(pieces))]
    phrases = [frozenset().union(*(piece.phrases for piece in pieces[span])) for span in spans]
    return phrases, np.stack([vectors[span].mean(axis=0) for span in spans])


def _cut(text: str) -> Iterator[str]:
    for sentence in filter(None, map(str.strip, _END.split(text))):
        words = sentence.split()
        if len(words) <= _LONGEST:
            yield sentence
        else:
            for start in range(0, len(words) - _STEP, _STEP):
                yield " ".join(words[start : start + _WINDOW])


def _phrases(text: str) -> frozenset[str]:
    """Phrases and frames, but no rules of harm: on texts that they were made with, those are always right."""
    return frozenset(tag for tag in _chart(text).spans if tag.startswith("<") or tag == QUESTION)


def _chart(text: str) -> Chart:
    chart = Chart(reader().read(text), classes())
    harm_rules().run(chart)
    frame_rules().run(chart)
    return chart
