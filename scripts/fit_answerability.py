"""Fit the answerability: `python -m scripts.fit_answerability STORE OPEN_SETS_FOLDER > answerability.yaml`.

STORE is a folder that holds a store over the sample library. Learned from are the questions of the
development half of the cases: probes, which stand in pairs of like manner, further questions and near misses;
and, so that it is not the sample library alone that says what kind of thing is told, pairs on those pages of
ConditionalQA that only distract there, and its own questions, with the page that answers and with it hidden.
What each author's questions show when they are left out of the fit goes to the standard error.
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
from assistant.answerability import VECTORS, Ranked, Told, Weights, told
from assistant.evaluation.cases import load_cases
from assistant.evaluation.halves import Half
from assistant.evaluation.remembering import RememberingEmbedder
from assistant.features import Query
from assistant.retriever import HybridRetriever
from assistant.steps.screen import visible
from corpus.embedding import open_embedder
from corpus.settings import Settings
from corpus.store import Store

CASES = Path("tests/cases")
OTHER_PAGES = "conditionalqa"
INVERSE_PENALTY = 0.03
SCALES = {"question": 2.0, "shared": 100.0, "unmet": 10.0}
"""How freely the weights of each vector may grow; those of the signs 1.0, which are standardised first."""
DIGITS = {"question": 2, "shared": 1, "unmet": 2}
HEAD = "# Set by `scripts/fit_answerability.py`; their worth stands in decision 22."

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    author: str
    answered: bool
    told: Told


def asked() -> Iterator[tuple[str, str, bool]]:
    """Author, question, whether the library answers it."""
    cases = load_cases(CASES, Half.DEVELOPMENT)
    yield from ((probe.id.split("-")[0], probe.question, probe.answered) for probe in cases.probes)
    yield from (("further", case.question, True) for case in cases.further)
    yield from (("cases", case.question, True) for case in cases.answerable)
    yield from (("cases", case.question, False) for case in cases.unanswerable)


def asked_of_pages() -> Iterator[tuple[str, str, bool]]:
    """The same of the pages of ConditionalQA that only distract there."""
    for path in sorted(CASES.glob("pages-*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield entry["id"].split("-")[0], entry["question"], entry["answered"]


def examples(settings: Settings, open_folder: Path) -> Iterator[Example]:
    embedder = RememberingEmbedder(open_embedder(settings.embedding))
    with Store(settings, "fit", embedder) as store:
        read = HybridRetriever(store=store, settings=settings.retrieval).read
        for author, question, answered in asked():
            yield _example(author, answered, *read(visible(question)))
    sets = Sets(CASES, Half.DEVELOPMENT, open_folder)
    with bench_of(OTHER_PAGES, sets, settings, embedder) as bench:
        ours = bench.ours()
        for author, text, answered in asked_of_pages():
            yield _example(author, answered, *ours.read(text))
        for question in bench.questions.questions:
            yield _example(OTHER_PAGES, True, *ours.read(question.text))
            yield _example(OTHER_PAGES, False, *ours.read(question.text, question.documents))


def _example(author: str, answered: bool, query: Query, found: Sequence[Ranked]) -> Example:
    return Example(author, answered, told(query, found))


def fit(chosen: Sequence[Example], model: str) -> Weights:
    signs = np.array([list(one.told.signs.values()) for one in chosen])
    mean, spread = signs.mean(axis=0), signs.std(axis=0)
    vectors = [np.stack([getattr(one.told, name) for one in chosen]) * SCALES[name] for name in VECTORS]
    columns = np.hstack([*vectors, (signs - mean) / spread])
    fitted = LogisticRegression(C=INVERSE_PENALTY, class_weight="balanced", max_iter=3000)
    fitted.fit(columns, [one.answered for one in chosen])
    size = len(chosen[0].told.question)
    *parts, by_sign = np.split(fitted.coef_[0], [size * place for place in range(1, len(VECTORS) + 1)])
    weights = by_sign / spread
    names = chosen[0].told.signs
    return Weights(
        model=model,
        bias=round(float(fitted.intercept_[0] - weights @ mean), 3),
        signs={name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)},
        **{
            name: np.round(part * SCALES[name], DIGITS[name]).astype(np.float32)
            for name, part in zip(VECTORS, parts, strict=True)
        },
    )


def values(chosen: Sequence[Example], weights: Weights) -> Numbers:
    """Log odds, shape (chosen,)."""
    return np.array([weights.log_odds(one.told) for one in chosen])


def report(chosen: Sequence[Example], model: str) -> Iterator[str]:
    for author in sorted({one.author for one in chosen if one.author != "further"}):
        own = [one for one in chosen if one.author == author]
        odds = values(own, fit([one for one in chosen if one.author != author], model))
        answered = np.array([one.answered for one in own])
        # One in thirty of the answerable questions refused.
        threshold = np.quantile(odds[answered], 1 / 30)
        yield (
            f"{author}, {len(own)}: AUROC {roc_auc_score(answered, odds):.3f}, "
            f"refused {(odds[~answered] < threshold).mean():.2f} at {1 / (1 + np.exp(-threshold)):.2f}"
        )


def as_yaml(weights: Weights) -> str:
    entry = {
        "model": weights.model,
        "bias": weights.bias,
        "signs": dict(weights.signs),
    } | {name: [round(float(value), DIGITS[name]) for value in getattr(weights, name)] for name in VECTORS}
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
