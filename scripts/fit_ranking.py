"""Fit the weights of the ranking: `python -m scripts.fit_ranking STORE OPEN_SETS_FOLDER`.

STORE is a folder that holds a store over the sample library, made with the embedder of the settings. Listwise
softmax regression (the loss of ListNet, Cao et al. 2007) on the development half of the cases, further
questions and pairs included, and two open sets.
Five-fold cross-validation, no document in two folds, tells what the weights are worth; those that are printed
are fitted on all.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from api.evaluating import Sets, bench_of
from assistant.evaluation import measures as m
from assistant.evaluation.halves import Half
from assistant.evaluation.own_cases import NAME
from assistant.evaluation.remembering import RememberingEmbedder
from corpus.embedding import open_embedder
from corpus.settings import Settings

_FOLDS = 5
_PENALTY = 0.01
_SETS = (NAME, "or_sharc", "conditionalqa")
# That a passage by itself reaches anything of these says that it answers.
_ANSWERS = ("R@1", "evidence within 1200 words")

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A question: what its candidates are ranked by, shape (candidates, features), and which answer it."""

    name: str
    document: str
    features: tuple[str, ...]
    columns: Numbers
    answers: NDArray[np.bool_]


def main(data: Path, open_folder: Path) -> None:
    """Print what cross-validation finds on each set, and the weights."""
    examples = list(_examples(data, open_folder))
    scale = np.concatenate([each.columns for each in examples]).std(axis=0)
    ranks = _validated(examples, scale)
    for name in dict.fromkeys(each.name for each in examples):
        own = [rank for each, rank in zip(examples, ranks, strict=True) if each.name == name]
        within = [
            f"R@{first} {np.mean([m.is_within(rank, first) for rank in own]):.3f}" for first in (1, 5, 10)
        ]
        print(
            f"{name}, {len(own)}:",
            *within,
            f"MRR@10 {np.mean([m.reciprocal_rank(rank) for rank in own]):.3f}",
        )
    for feature, weight in zip(examples[0].features, _fitted(examples, scale), strict=True):
        print(f"{feature}: {weight:.2f}")


def _examples(data: Path, open_folder: Path) -> Iterator[Example]:
    settings = Settings(data_dir=data)
    embedder = RememberingEmbedder(open_embedder(settings.embedding))
    sets = Sets(Path("tests/cases"), Half.DEVELOPMENT, open_folder)
    for name in _SETS:
        with bench_of(name, sets, settings, embedder) as bench:
            ours = bench.ours()
            for question in bench.questions.questions:
                if question.scoring is None or (name == NAME and question.half is not Half.DEVELOPMENT):
                    continue
                passages, columns = ours.judged(question.text)
                scored = [question.scoring([passage]) for passage in passages]
                answers = np.array([any(own.get(measure, 0.0) > 0 for measure in _ANSWERS) for own in scored])
                yield Example(
                    " ".join(filter(None, (name, question.form))),
                    min(question.documents),
                    tuple(columns),
                    np.column_stack(list(columns.values())),
                    answers & np.array([passage.document in question.documents for passage in passages]),
                )


def _validated(examples: Sequence[Example], scale: Numbers) -> list[int | None]:
    """The rank of the first answer to each by weights that saw neither it nor its document."""
    folds = dict(zip(sorted({each.document for each in examples}), cycle(range(_FOLDS)), strict=False))
    ranks: list[int | None] = [None] * len(examples)
    for fold in range(_FOLDS):
        weights = _fitted([each for each in examples if folds[each.document] != fold], scale)
        for place, each in enumerate(examples):
            if folds[each.document] == fold:
                order = np.argsort(-(each.columns @ weights), kind="stable")
                ranks[place] = int(np.argmax(each.answers[order])) + 1 if each.answers.any() else None
    return ranks


def _fitted(examples: Sequence[Example], scale: Numbers) -> Numbers:
    """One weight a feature. Each set counts alike, however many questions it has. The penalty is on weights
    of features that were brought to one scale."""
    told = [each for each in examples if each.answers.any()]
    sizes = Counter(each.name for each in told)
    usable = [(each.columns / scale, each.answers, 1 / (len(sizes) * sizes[each.name])) for each in told]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        value, slope = _PENALTY * float(weights @ weights) / 2, _PENALTY * weights
        for columns, answers, part in usable:
            scores = columns @ weights
            everything, right = logsumexp(scores), logsumexp(scores[answers])
            value += part * (everything - right)
            share = np.exp(scores - everything)
            share[answers] -= np.exp(scores[answers] - right)
            slope = slope + part * (share @ columns)
        return value, slope

    found = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B")
    fitted: Numbers = found.x / scale
    return fitted


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
