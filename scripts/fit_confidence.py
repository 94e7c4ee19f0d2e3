"""Fit the weights of the confidence: `python -m scripts.fit_confidence STORE OPEN_SETS_FOLDER`.

STORE is a folder that holds a store over the sample library. Answered are the questions of ConditionalQA and
the answerable ones of the development half of the cases; not answered are all of these again with the
documents that answer them hidden, and questions on other matters put to the sample library.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from api.evaluating import Sets, bench_of
from assistant.confidence import signs_of
from assistant.enquiry import Found
from assistant.evaluation import or_sharc
from assistant.evaluation.halves import Half
from assistant.evaluation.own_cases import NAME, PAIRED
from assistant.evaluation.remembering import RememberingEmbedder
from corpus.embedding import open_embedder
from corpus.settings import Settings

_OTHER_MATTERS = 100
_ENOUGH = (14.0, 16.0, 18.0, 20.0, 22.0)


def main(data: Path, open_folder: Path) -> None:
    """Print how well weights tell for each point from which on a score counts less, and the best of them."""
    examples = [(found, answered) for found, answered in _examples(data, open_folder) if found]
    answered = np.array([answered for _, answered in examples])
    best: tuple[float, list[str]] = (0.0, [])
    for enough in _ENOUGH:
        signs = [signs_of(found, enough) for found, _ in examples]
        rows = np.array([list(each.values()) for each in signs])
        fitted = LogisticRegression(C=1, class_weight="balanced", max_iter=1_000).fit(rows, answered)
        told = float(roc_auc_score(answered, fitted.decision_function(rows)))
        print(f"enough {enough}: AUROC {told:.3f}")
        weights = [f"{name}: {weight:.3f}" for name, weight in zip(signs[0], fitted.coef_[0], strict=True)]
        best = max(best, (told, [f"bias: {fitted.intercept_[0]:.2f}", *weights, f"enough: {enough}"]))
    print(*best[1], sep="\n")


def _examples(data: Path, open_folder: Path) -> Iterator[tuple[tuple[Found, ...], bool]]:
    settings = Settings(data_dir=data)
    embedder = RememberingEmbedder(open_embedder(settings.embedding))
    sets = Sets(Path("tests/cases"), Half.DEVELOPMENT, open_folder)
    for name in (NAME, "conditionalqa"):
        with bench_of(name, sets, settings, embedder) as bench:
            ours = bench.ours()
            for question in bench.questions.questions:
                if question.form == PAIRED:
                    # A thousand questions on one library would drown what other pages tell.
                    continue
                if question.scoring and (name != NAME or question.half is Half.DEVELOPMENT):
                    yield ours.found(question.text), True
                    yield ours.found(question.text, question.documents), False
            if name == NAME:
                for other in or_sharc.question_set(open_folder / "or_sharc").questions[:_OTHER_MATTERS]:
                    yield ours.found(other.text), False


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
