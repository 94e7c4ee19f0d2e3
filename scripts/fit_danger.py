"""Fit the recogniser of danger: `python -m scripts.fit_danger OPEN_SETS_FOLDER > danger.yaml`.

What each list of texts shows when it is left out of the fit goes to the standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.danger import is_immediate_danger
from assistant.danger.recogniser import Weights
from assistant.danger.sentences import Sentence, sentences_in
from assistant.evaluation.cases import load_cases
from assistant.evaluation.halves import Half
from corpus.embedding import Embedder, Vectors, open_embedder
from corpus.settings import load_settings

TESTS = Path("tests")
FOLDS = 8
FALSE_ALARMS = 0.015
"""As many of the texts without danger by other hands may raise one when they are left out of the fit."""
VECTOR_SCALE, PHRASE_SCALE = 1.5, 0.4
"""How freely a weight of either sort may grow."""
INVERSE_PENALTY = 3.0
ROUNDS = 6
SELDOM = 15
"""Sentences: a phrase that stands in fewer has no weight."""
DOUBTED = 0.02
"""So many of the texts of danger that the rules see may be doubted when they are left out of the fit."""
OTHER = "questions and scenarios"
OTHER_HANDS = "other"
"""Begins the names of their lists. Our own texts were made to be hard, and say little of how often others
raise an alarm."""
HEAD = "# Set by `scripts/fit_danger.py`; what they are worth stands in docs/decisions/0008-danger.md."

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    danger: bool
    group: str
    pieces: Sequence[Sentence]
    vectors: Vectors


def labelled() -> Iterator[tuple[str, bool, str]]:
    for name in ("danger_texts", "danger_texts_others"):
        for group in yaml.safe_load((TESTS / f"assistant/{name}.yaml").read_text(encoding="utf-8")):
            for kind in ("danger", "none"):
                yield from ((text, kind == "danger", group["list"]) for text in group[kind])
    yield from (
        (case.text, case.danger, "cases") for case in load_cases(TESTS / "cases", Half.DEVELOPMENT).danger
    )


def ordinary(open_sets: Path) -> Iterator[str]:
    """Questions and scenarios of others, and texts with case data."""
    sets = (
        ("conditionalqa/questions.jsonl", "scenario"),
        ("or_sharc/questions.jsonl", "question"),
        ("mtrag_un/tasks.jsonl", "question"),
    )
    for name, field in sets:
        with (open_sets / name).open(encoding="utf-8") as lines:
            yield from (json.loads(line)[field] for line in lines)
    for entry in yaml.safe_load((TESTS / "assistant/case_data_texts.yaml").read_text(encoding="utf-8")):
        yield entry["text"]


def examples(texts: Iterable[tuple[str, bool, str]], embedder: Embedder) -> list[Example]:
    """Without those that only ask: they are never scored."""
    found = [(*one, sentences_in(one[0])) for one in texts]
    return [
        Example(text, danger, group, pieces, embedder.embed([piece.text for piece in pieces]))
        for text, danger, group, pieces in found
        if pieces
    ]


def fit(chosen: Sequence[Example], model: str) -> Weights:
    """In each round its most dangerous sentence stands for a text of danger, every sentence for another."""
    seen = [piece.phrases for one in chosen for piece in one.pieces]
    counts = {phrase: sum(phrase in phrases for phrases in seen) for phrase in set().union(*seen)}
    names = sorted(phrase for phrase, count in counts.items() if count >= SELDOM)
    held = np.array([[phrase in phrases for phrase in names] for phrases in seen], dtype=float)
    features = np.hstack([np.vstack([one.vectors for one in chosen]) * VECTOR_SCALE, held * PHRASE_SCALE])
    sizes = [len(one.pieces) for one in chosen]
    danger = np.repeat([one.danger for one in chosen], sizes)
    fitted = _regression().fit(features, danger, sample_weight=np.repeat(1 / np.array(sizes), sizes))
    for _ in range(ROUNDS):
        rows = [*np.flatnonzero(~danger), *_worst(chosen, sizes, fitted.decision_function(features))]
        fitted = _regression().fit(features[rows], danger[rows])
    vector, phrases = np.split(fitted.coef_[0], [chosen[0].vectors.shape[1]])
    return Weights(
        model=model,
        threshold=0.0,
        doubt=0.0,
        base=round(float(fitted.intercept_[0]), 2),
        vector=np.round(vector * VECTOR_SCALE, 2).astype(np.float32),
        phrases={
            name: round(float(weight) * PHRASE_SCALE, 2) for name, weight in zip(names, phrases, strict=True)
        },
    )


def _regression() -> LogisticRegression:
    return LogisticRegression(C=INVERSE_PENALTY, class_weight="balanced", max_iter=3000)


def _worst(chosen: Sequence[Example], sizes: Sequence[int], values: Numbers) -> Iterator[int]:
    """The row of the most dangerous sentence of each text of danger."""
    start = 0
    for one, size in zip(chosen, sizes, strict=True):
        if one.danger:
            yield start + int(values[start : start + size].argmax())
        start += size


def scores(chosen: Sequence[Example], weights: Weights) -> Numbers:
    return np.array([weights.score(one.pieces, one.vectors) for one in chosen])


def left_out(chosen: Sequence[Example], others: Sequence[Example], model: str) -> Numbers:
    """The score of each example by weights that were fitted without its list."""
    groups = sorted({one.group for one in chosen})
    held_out = np.zeros(len(chosen))
    for fold in range(FOLDS):
        out = np.array([groups.index(one.group) % FOLDS == fold for one in chosen])
        weights = fit([*(one for one, is_out in zip(chosen, out, strict=True) if not is_out), *others], model)
        held_out[out] = scores([one for one, is_out in zip(chosen, out, strict=True) if is_out], weights)
    return held_out


def _is_by_others(group: str) -> bool:
    return group.startswith(OTHER_HANDS)


def report(chosen: Sequence[Example], held_out: Numbers, threshold: float) -> Iterator[str]:
    for group in sorted({one.group for one in chosen}):
        for danger in (True, False):
            rows = [at for at, one in enumerate(chosen) if one.group == group and one.danger is danger]
            if rows:
                alarms = int((held_out[rows] > threshold).sum())
                yield f"{group}: {'recognised' if danger else 'false alarms'} {alarms} of {len(rows)}"


def as_yaml(weights: Weights, threshold: float, doubt: float) -> str:
    entry = {
        "model": weights.model,
        "threshold": round(threshold, 2),
        "doubt": round(doubt, 2),
        "base": weights.base,
        "vector": [round(float(value), 2) for value in weights.vector],
        "phrases": {name: weight for name, weight in weights.phrases.items() if weight},
    }
    body = yaml.safe_dump(entry, sort_keys=False, default_flow_style=None, width=150)
    return f"{HEAD}\n{body}"


def main(open_sets: Path) -> None:
    """Print the weights of the fit on all texts, with the threshold that texts left out of it gave."""
    embedder = open_embedder(load_settings().embedding)
    texts = list(labelled())
    chosen = examples(texts, embedder)
    quiet = ((text, False, OTHER) for text in ordinary(open_sets) if not is_immediate_danger(text))
    others = examples(quiet, embedder)
    held_out = left_out(chosen, others, embedder.fingerprint)
    allowed = int(FALSE_ALARMS * sum(_is_by_others(group) and not danger for _, danger, group in texts))
    quiet_ones = held_out[[_is_by_others(one.group) and not one.danger for one in chosen]]
    threshold = float(np.sort(quiet_ones)[-1 - allowed])
    told = [one.danger and is_immediate_danger(one.text) for one in chosen]
    doubt = float(np.quantile(held_out[told], DOUBTED))
    for line in report(chosen, held_out, threshold):
        print(line, file=sys.stderr)
    sys.stdout.write(as_yaml(fit([*chosen, *others], embedder.fingerprint), threshold, doubt))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
