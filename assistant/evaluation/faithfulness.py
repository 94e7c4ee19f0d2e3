"""MTRAG's answers with people's marks (IBM 2025): does the support checker agree with them?

Three people marked how faithful each answer is to its passages, from 1 to 4. An answer counts as faithful
where the mean of its marks is 3.5 or more; the looser reading, 3 or more, is told beside it. An answer's
score is made of its sentences' log-odds, each weighted by its content words.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.evaluation.external import read_lines
from assistant.evaluation.halves import Half
from assistant.evaluation.measures import Measure, Scores, auroc, bootstrapped
from assistant.support.checker import SupportChecker
from assistant.support.scoring import Features, logit, probability
from assistant.support.sources import Source, source_of_text
from corpus.embedding import Embedder
from corpus.sentences import sentence_spans

NAME = "mtrag_faithfulness"
FAITHFUL, MOSTLY_FAITHFUL = 3.5, 3.0
_RECALL = 0.9
_FEWEST = 2  # content words; "Yes." claims nothing


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer's sentences as the checker sees them, and the mean of people's marks, 1 to 4."""

    sentences: tuple[Features, ...]
    mark: float

    @property
    def score(self) -> float:
        """0 to 1; 0 where there was no passage to rest on."""
        words = sum(features.words for features in self.sentences)
        if not words:
            return 0.0
        return probability(sum(logit(f) * f.words for f in self.sentences) / words)


def half_of(question: str) -> Half:
    """By the question, so that no question is in both halves."""
    first = hashlib.sha256(question.encode()).digest()[0]
    return Half.TEST if first % 2 else Half.DEVELOPMENT


def marked_answers(folder: Path, embedder: Embedder, half: Half) -> list[Marked]:
    """Those of the half. Raises EvaluationError where the file cannot be read."""
    checker = SupportChecker(embedder)
    source = cache(lambda text: source_of_text(text, embedder))
    return [
        Marked(
            tuple(_features(checker, record["response"], [source(text) for text in record["contexts"]])),
            float(np.mean(record["faithfulness"])),
        )
        for record in read_lines(folder / NAME / "responses.jsonl")
        if half_of(record["question"]) is half
    ]


def measure_support(folder: Path, embedder: Embedder, half: Half) -> Sequence[Measure]:
    """How well the checker's score tells faithful answers from others."""
    answers = marked_answers(folder, embedder, half)
    measures = []
    for least, told in ((FAITHFUL, "faithful"), (MOSTLY_FAITHFUL, "mostly faithful")):
        good = [answer.score for answer in answers if answer.mark >= least]
        poor = [answer.score for answer in answers if answer.mark < least]
        measures += [
            auroc(f"support: AUROC, {told}", good, poor),
            bootstrapped(
                f"support: precision at recall {_RECALL}, {told}", good, poor, precision_at(_RECALL)
            ),
        ]
    return measures


def precision_at(recall: float) -> Callable[[Scores, Scores], float]:
    """The share of good ones among all that score as high as the best `recall` of the good ones do."""

    def precision(good: Scores, poor: Scores) -> float:
        lowest = np.sort(good)[len(good) - math.ceil(recall * len(good))]
        above = int(np.sum(good >= lowest))
        return above / (above + int(np.sum(poor >= lowest)))

    return precision


def _features(checker: SupportChecker, response: str, sources: Sequence[Source]) -> list[Features]:
    if not sources:
        return []
    sentences = [response[start:end] for start, end in sentence_spans(response)]
    features = [checker.features(sentence, sources) for sentence in sentences]
    return [each for each in features if each.words >= _FEWEST]
