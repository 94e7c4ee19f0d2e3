"""Fit the weights of the support score: `python -m scripts.fit_support OPEN_SETS_FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.evaluation.faithfulness import FAITHFUL, Marked, marked_answers
from assistant.evaluation.halves import Half
from corpus.embedding import open_embedder
from corpus.settings import load_settings

NAMES = ("similarity", "pairs", "ordered")


def means(answer: Marked) -> list[float]:
    """The answer's features: its sentences' means by content words."""
    words = [features.words for features in answer.sentences]
    return [
        float(np.average([getattr(f, name) for f in answer.sentences], weights=words)) if words else 0.0
        for name in NAMES
    ]


def main(folder: Path) -> None:
    """Print the weights that the development half gives."""
    answers = marked_answers(folder, open_embedder(load_settings().embedding), Half.DEVELOPMENT)
    fitted = LogisticRegression(C=1, class_weight="balanced").fit(
        [means(answer) for answer in answers], [answer.mark >= FAITHFUL for answer in answers]
    )
    print(f"bias: {fitted.intercept_[0]:.2f}")
    for name, weight in zip(NAMES, fitted.coef_[0], strict=True):
        print(f"{name}: {weight:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
