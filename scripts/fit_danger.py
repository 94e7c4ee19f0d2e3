"""Fit the recogniser of danger: `python -m scripts.fit_danger OPEN_SETS_FOLDER > danger.yaml`.

What each list of texts shows when it is left out of the fit goes to the standard error.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.danger import is_immediate_danger
from assistant.danger.recogniser import Weights
from assistant.danger.sentences import Sentence, sentences_in, with_neighbours
from assistant.evaluation.cases import load_cases
from assistant.evaluation.halves import Half
from corpus.embedding import Embedder, Vectors, open_embedder
from corpus.settings import load_settings

TESTS = Path("tests")
FOLDS = 8
VECTOR_SCALE, PHRASE_SCALE, AROUND_SCALE = 1.5, 0.15, 0.6
"""How freely a weight of either sort may grow, and those of the neighbours beside a sentence's own."""
INVERSE_PENALTY = 4.0
ROUNDS = 3
SELDOM = 15
"""Sentences: a phrase that stands in fewer has no weight."""
SURE_OF_QUESTIONS = 0.01
"""So many of the questions of the development half may be sent back by the recogniser alone."""
OTHER = "questions and scenarios"
FRESH = "fresh"
"""Begins the names of the lists that no rule was made with: these alone tell what the rules are worth."""
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
    for name in ("danger_texts", "danger_texts_others", "danger_texts_fresh"):
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
    """In each round its most dangerous sentence stands for a text."""
    counts = Counter(phrase for one in chosen for piece in one.pieces for phrase in piece.phrases)
    names = sorted(phrase for phrase, count in counts.items() if count >= SELDOM)
    features = np.vstack([_features(one, names) for one in chosen])
    sizes = [len(one.pieces) for one in chosen]
    danger = np.array([one.danger for one in chosen])
    evenly = np.repeat(1 / np.array(sizes), sizes)
    fitted = _regression().fit(features, np.repeat(danger, sizes), sample_weight=evenly)
    for _ in range(ROUNDS):
        worst = list(_worst(sizes, fitted.decision_function(features)))
        fitted = _regression().fit(features[worst], danger)
    own, around = np.split(fitted.coef_[0] * _scales(chosen[0].vectors.shape[1], len(names)), 2)
    vector, phrases = np.split(own, [-len(names)])
    around_vector, around_phrases = np.split(around, [-len(names)])
    return Weights(
        model=model,
        threshold=0.0,
        sure=0.0,
        doubt=0.0,
        base=round(float(fitted.intercept_[0]), 2),
        vector=np.round(vector, 2).astype(np.float32),
        phrases=_named(names, phrases),
        around_vector=np.round(around_vector, 2).astype(np.float32),
        around_phrases=_named(names, around_phrases),
    )


def _features(one: Example, names: Sequence[str]) -> Numbers:
    """A row for each sentence: of its own, then of it with its neighbours."""
    around_phrases, around_vectors = with_neighbours(one.pieces, one.vectors)
    own = np.hstack([one.vectors, _held([piece.phrases for piece in one.pieces], names)])
    around = np.hstack([around_vectors, _held(around_phrases, names)])
    return np.hstack([own, around]) * _scales(one.vectors.shape[1], len(names))


def _held(phrases: Sequence[frozenset[str]], names: Sequence[str]) -> Numbers:
    return np.array([[name in held for name in names] for held in phrases], dtype=float)


def _scales(dimensions: int, phrases: int) -> Numbers:
    own = np.repeat([VECTOR_SCALE, PHRASE_SCALE], [dimensions, phrases])
    return np.concatenate([own, own * AROUND_SCALE])


def _named(names: Sequence[str], weights: Numbers) -> dict[str, float]:
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def _regression() -> LogisticRegression:
    return LogisticRegression(C=INVERSE_PENALTY, class_weight="balanced", max_iter=3000)


def _worst(sizes: Sequence[int], values: Numbers) -> Iterator[int]:
    """The row of the most dangerous sentence of each text."""
    start = 0
    for size in sizes:
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


def limits(chosen: Sequence[Example], held_out: Numbers) -> tuple[float, float]:
    """From where on a text is rather one of danger, where the rules see none and where they do.

    What the rules find is weighed beside the score of a text whose list was left out of the fit, and on texts
    that no rule was made with.
    """
    fresh = [at for at, one in enumerate(chosen) if one.group.startswith(FRESH)]
    told = np.array([is_immediate_danger(chosen[at].text) for at in fresh])
    weighed = LogisticRegression().fit(
        np.column_stack([held_out[fresh], told]), [chosen[at].danger for at in fresh]
    )
    by_score, by_rules = weighed.coef_[0]
    threshold = -float(weighed.intercept_[0] / by_score)
    return threshold, threshold - float(by_rules / by_score)


def surely(weights: Weights, embedder: Embedder) -> float:
    """So dangerous that hardly a question of a practitioner, none of which is in the fit, seems to be."""
    cases = load_cases(TESTS / "cases", Half.DEVELOPMENT)
    asked = [
        case.question for case in (*cases.answerable, *cases.further, *cases.unanswerable, *cases.probes)
    ]
    quiet = examples(((text, False, OTHER) for text in asked if not is_immediate_danger(text)), embedder)
    dangerous = np.sort(scores(quiet, weights))[::-1]
    return float(dangerous[int(SURE_OF_QUESTIONS * len(asked))])


def report(chosen: Sequence[Example], held_out: Numbers, threshold: float) -> Iterator[str]:
    for group in sorted({one.group for one in chosen}):
        for danger in (True, False):
            rows = [at for at, one in enumerate(chosen) if one.group == group and one.danger is danger]
            if rows:
                alarms = int((held_out[rows] > threshold).sum())
                yield f"{group}: {'recognised' if danger else 'false alarms'} {alarms} of {len(rows)}"


def as_yaml(weights: Weights, threshold: float, sure: float, doubt: float) -> str:
    entry = {
        "model": weights.model,
        "threshold": round(threshold, 2),
        "sure": round(max(sure, threshold), 2),
        "doubt": round(doubt, 2),
        "base": weights.base,
        "vector": [round(float(value), 2) for value in weights.vector],
        "phrases": {name: weight for name, weight in weights.phrases.items() if weight},
        "around_vector": [round(float(value), 2) for value in weights.around_vector],
        "around_phrases": {name: weight for name, weight in weights.around_phrases.items() if weight},
    }
    body = yaml.safe_dump(entry, sort_keys=False, default_flow_style=None, width=150)
    return f"{HEAD}\n{body}"


def main(open_sets: Path) -> None:
    """Print the weights of the fit on all texts, with the threshold that texts left out of it gave."""
    embedder = open_embedder(load_settings().embedding)
    chosen = examples(labelled(), embedder)
    quiet = ((text, False, OTHER) for text in ordinary(open_sets) if not is_immediate_danger(text))
    others = examples(quiet, embedder)
    held_out = left_out(chosen, others, embedder.fingerprint)
    threshold, doubt = limits(chosen, held_out)
    for line in report(chosen, held_out, threshold):
        print(line, file=sys.stderr)
    weights = fit([*chosen, *others], embedder.fingerprint)
    sys.stdout.write(as_yaml(weights, threshold, surely(weights, embedder), doubt))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
