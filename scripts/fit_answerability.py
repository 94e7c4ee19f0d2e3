"""Fit the answerability: `python -m scripts.fit_answerability STORE OPEN_SETS_FOLDER > answerability.yaml`.

STORE is a folder that holds a store over the sample library. Learned from are the questions of the
development half of the cases: probes, which stand in pairs of like manner, further questions and near misses;
and those of ConditionalQA, with the page that answers and with it hidden, so that it is not the sample
library alone that says what kind of thing is told. What each author's questions show when they are left out
of the fit goes to the standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from api.evaluating import Sets, bench_of
from assistant.answerability import Ranked, Weights, shared, signs_of
from assistant.evaluation.cases import load_cases
from assistant.evaluation.halves import Half
from assistant.evaluation.remembering import RememberingEmbedder
from assistant.features import Query
from assistant.retriever import HybridRetriever
from assistant.steps.screen import visible
from corpus.embedding import Vectors, open_embedder
from corpus.settings import Settings
from corpus.store import Store

CASES = Path("tests/cases")
OTHER_PAGES = "conditionalqa"
INVERSE_PENALTY = 0.03
VECTOR_SCALE, SHARED_SCALE, SIGN_SCALE = 4.0, 100.0, 1.0
"""How freely a weight of each sort may grow; the signs are standardised first."""
HEAD = "# Set by `scripts/fit_answerability.py`; their worth stands in decision 22."

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    author: str
    answered: bool
    question: Vectors
    shared: Vectors
    signs: dict[str, float]


def asked() -> Iterator[tuple[str, str, bool]]:
    """Author, question, whether the library answers it."""
    cases = load_cases(CASES, Half.DEVELOPMENT)
    yield from ((probe.id.split("-")[0], probe.question, probe.answered) for probe in cases.probes)
    yield from (("further", case.question, True) for case in cases.further)
    yield from (("cases", case.question, True) for case in cases.answerable)
    yield from (("cases", case.question, False) for case in cases.unanswerable)


def examples(settings: Settings, open_folder: Path) -> Iterator[Example]:
    embedder = RememberingEmbedder(open_embedder(settings.embedding))
    with Store(settings, "fit", embedder) as store:
        read = HybridRetriever(store=store, settings=settings.retrieval).read
        for author, question, answered in asked():
            yield _example(author, answered, *read(visible(question)))
    sets = Sets(CASES, Half.DEVELOPMENT, open_folder)
    with bench_of(OTHER_PAGES, sets, settings, embedder) as bench:
        ours = bench.ours()
        for question in bench.questions.questions:
            yield _example(OTHER_PAGES, True, *ours.read(question.text))
            yield _example(OTHER_PAGES, False, *ours.read(question.text, question.documents))


def _example(author: str, answered: bool, query: Query, found: Sequence[Ranked]) -> Example:
    return Example(author, answered, query.vector, shared(query, found), signs_of(query, found))


def fit(chosen: Sequence[Example], model: str) -> Weights:
    signs = np.array([list(one.signs.values()) for one in chosen])
    mean, spread = signs.mean(axis=0), signs.std(axis=0)
    columns = np.hstack(
        [
            np.stack([one.question for one in chosen]) * VECTOR_SCALE,
            np.stack([one.shared for one in chosen]) * SHARED_SCALE,
            (signs - mean) / spread * SIGN_SCALE,
        ]
    )
    fitted = LogisticRegression(C=INVERSE_PENALTY, class_weight="balanced", max_iter=3000)
    fitted.fit(columns, [one.answered for one in chosen])
    size = len(chosen[0].question)
    question, product, weights = np.split(fitted.coef_[0], [size, 2 * size])
    weights = weights * SIGN_SCALE / spread
    return Weights(
        model=model,
        bias=round(float(fitted.intercept_[0] - weights @ mean), 3),
        question=np.round(question * VECTOR_SCALE, 2).astype(np.float32),
        shared=np.round(product * SHARED_SCALE, 1).astype(np.float32),
        signs={name: round(float(weight), 3) for name, weight in zip(chosen[0].signs, weights, strict=True)},
    )


def values(chosen: Sequence[Example], weights: Weights) -> Numbers:
    """Log odds, shape (chosen,)."""
    return np.array([weights.log_odds(one.question, one.shared, one.signs) for one in chosen])


def report(chosen: Sequence[Example], model: str) -> Iterator[str]:
    for author in sorted({one.author for one in chosen if one.author != "further"}):
        own = [one for one in chosen if one.author == author]
        told = values(own, fit([one for one in chosen if one.author != author], model))
        answered = np.array([one.answered for one in own])
        # One in thirty of the answerable questions refused.
        threshold = np.quantile(told[answered], 1 / 30)
        yield (
            f"{author}, {len(own)}: AUROC {roc_auc_score(answered, told):.3f}, "
            f"refused {(told[~answered] < threshold).mean():.2f} at {1 / (1 + np.exp(-threshold)):.2f}"
        )


def as_yaml(weights: Weights) -> str:
    entry = {
        "model": weights.model,
        "bias": weights.bias,
        "signs": dict(weights.signs),
        "question": [round(float(value), 2) for value in weights.question],
        "shared": [round(float(value), 1) for value in weights.shared],
    }
    return f"{HEAD}\n{yaml.safe_dump(entry, sort_keys=False, default_flow_style=None, width=150)}"


def main(data: Path, open_folder: Path) -> None:
    settings = Settings(data_dir=data)
    chosen = list(examples(settings, open_folder))
    model = open_embedder(settings.embedding).fingerprint
    for line in report(chosen, model):
        print(line, file=sys.stderr)
    sys.stdout.write(as_yaml(fit(chosen, model)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
