"""Makes `assistant/applicable/examples.yaml` of the development half of the situations and fits what
`applicability.yaml` says is fitted, on that half alone, for the embedder of the store.

    python -m scripts.fit_applicability DATA_DIR [CASES_DIR]

DATA_DIR is a store that holds the sample library, which no other process has open. For the fit, each
situation is read as if it were new: without its own example, and without signs and examples that are near to
one of its sentences.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from assistant.applicable import scoring
from assistant.applicable.knowledge import Knowledge, Known
from assistant.applicable.known_signs import KnownSigns
from assistant.applicable.reading import Reading, read_situation
from assistant.applicable.scores import Scores
from assistant.applicable.situation import aspects_of
from assistant.applicable.subjects import load_examples
from assistant.evaluation.cases import Situation, load_cases
from assistant.evaluation.halves import Half
from assistant.evaluation.references import References
from assistant.fitted import path_of
from corpus.embedding import Embedder
from corpus.settings import load_settings
from corpus.store import Store

EXAMPLES = Path(scoring.__file__).with_name("examples.yaml")
STRENGTH_OF_PRIOR = 0.1
SHARE_OF_LOWEST = 0.7
LIMITS = (0.2, 0.22, 0.24, 0.26, 0.28, 0.3, 0.35)
"""The floor stands at this share of how plainly the least plain situation speaks: texts that speak of no
child at all, about annual leave or a printer, stay below."""
NEAR_IN_MEANING, NEAR_IN_WORDING = 0.65, 0.25


def main(data: Path, cases: Path) -> None:
    """Writes both files anew, with their comments."""
    situations = load_cases(cases, Half.DEVELOPMENT).situations
    with Store(load_settings(data), "fit") as store:
        references = References.of(store.register)
        knowledge = Knowledge(store)
        known = knowledge.current()
        path = path_of("applicability", store.embedder.fingerprint)
        rows = {p.document.id: row for row, p in enumerate(known.profiles) if p.document is not None}
        of = {
            chapter: rows[references.document_id(chapter)]
            for case in situations
            for chapter in (*case.applies, *case.arguable)
        }
        _write_examples(
            situations, {chapter: _subject_of(row, knowledge, known) for chapter, row in of.items()}
        )
        load_examples.cache_clear()
        new = _NewReader(knowledge, store.embedder)
        readings = [new.read(case.situation) for case in situations]
    library = range(known.in_library)
    wanted = np.array([[row in {of[c] for c in case.applies} for row in library] for case in situations])
    counts = np.array([[row not in {of[c] for c in case.arguable} for row in library] for case in situations])
    _write_weights(path, readings, known, wanted, counts)


def _subject_of(row: int, knowledge: Knowledge, known: Known) -> str:
    return knowledge.subjects[int(known.links[row].argmax())].name


def _write_examples(situations: Sequence[Situation], subjects: dict[str, str]) -> None:
    entries = [
        {
            "situation": case.situation,
            "why": {subjects[chapter]: piece for chapter, piece in case.why.items()},
        }
        for case in situations
    ]
    body = yaml.safe_dump(entries, sort_keys=False, width=140, allow_unicode=True)
    EXAMPLES.write_text("\n".join([*_comments(EXAMPLES), body]), encoding="utf-8")


def _write_weights(
    path: Path,
    readings: Sequence[Reading],
    known: Known,
    wanted: NDArray[np.bool_],
    counts: NDArray[np.bool_],
) -> None:
    entry: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    profiles, links = known.profiles[: known.in_library], known.links[: known.in_library]
    columns, plainest = [], []
    for one in readings:
        features = scoring.features_of(one, profiles, links, known.likeness(one)[: known.in_library])
        behind = scoring.gaps_of(one, features, len(profiles))
        own = [features[name][: len(profiles)] for name in entry["features"]]
        columns.append(np.stack([*own, *(behind[name] for name in entry["gaps"])], axis=1))
        plainest.append(scoring.plainest(features))
    values = np.concatenate(columns)[counts.ravel()]
    scale = values.std(axis=0)
    base, fitted = _fitted(values / scale, wanted.ravel()[counts.ravel()])
    weights = [round(float(value), 4) for value in fitted / scale]
    names = list(entry["features"])
    entry["features"] = dict(zip(names, weights[: len(names)], strict=True))
    entry["gaps"] = dict(zip(entry["gaps"], weights[len(names) :], strict=True))
    entry["base"] = round(base, 4)
    entry["floor"] = round(SHARE_OF_LOWEST * min(plainest), 4)
    body = yaml.safe_dump(entry, sort_keys=False, default_flow_style=None)
    path.write_text("\n".join([*_comments(path), body]), encoding="utf-8")
    print(body)
    print(*_as_if_new(readings, known, wanted, counts, scoring.Weights(**entry)), sep="\n")


def _fitted(values: NDArray[np.float64], wanted: NDArray[np.bool_]) -> tuple[float, NDArray[np.float64]]:
    """Logistic regression, the base and one weight a column. No weight may fall below nought: evidence for a
    procedure that spoke against it would be an accident of these situations."""
    sign = np.where(wanted, 1.0, -1.0)

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (point[0] + values @ point[1:])
        pull = -STRENGTH_OF_PRIOR * sign * expit(-margin)
        value = STRENGTH_OF_PRIOR * float(np.logaddexp(0.0, -margin).sum()) + float(point[1:] @ point[1:]) / 2
        return value, np.concatenate(([pull.sum()], pull @ values + point[1:]))

    bounds = [(None, None), *[(0.0, None)] * values.shape[1]]
    found = minimize(loss, np.zeros(values.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return float(found.x[0]), found.x[1:]


def _as_if_new(
    readings: Sequence[Reading],
    known: Known,
    wanted: NDArray[np.bool_],
    counts: NDArray[np.bool_],
    weights: scoring.Weights,
) -> Iterator[str]:
    """What the half would be if it were new, by the limit of *applies*: an upper bound, since hints and
    weights were mended on it."""
    profiles, links = known.profiles[: known.in_library], known.links[: known.in_library]
    strengths = [
        scoring.strengths(one, profiles, links, known.likeness(one)[: known.in_library], weights)
        for one in readings
    ]
    for limit in LIMITS:
        shown = (np.stack(strengths) >= limit) & counts
        hits = (shown & wanted).sum()
        recall, precision = hits / wanted.sum(), hits / shown.sum()
        yield f"read as if new, from {limit}: recall {recall:.3f}, precision {precision:.3f}"


def _comments(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]


class _NewReader:
    """Reads a situation of the development half as if nothing of it had been learned."""

    def __init__(self, knowledge: Knowledge, embedder: Embedder) -> None:
        self._knowledge = knowledge
        self._embedder = embedder
        self._signs: KnownSigns = knowledge.signs
        size = len(self._signs.texts)
        self._inverse = np.linalg.inv(self._signs.likenesses() + self._signs.ridge * np.eye(size))

    def read(self, text: str) -> Reading:
        left_out = self._near(text)
        rows = np.flatnonzero(left_out)
        # What the model would be without these rows, exactly (block inversion).
        inner = np.linalg.solve(self._inverse[np.ix_(rows, rows)], self._signs.learned[rows])
        learned: Scores = self._signs.learned - self._inverse[:, rows] @ inner
        signs = self._signs.without(left_out, learned)
        return read_situation(text, self._knowledge.subjects, signs, self._embedder)

    def _near(self, text: str) -> NDArray[np.bool_]:
        sentences = [aspect.text for aspect in aspects_of(text)]
        meaning = self._embedder.embed(sentences) @ self._signs.vectors.T
        wording = self._signs.alike_in_wording(sentences)
        own = np.array([known in text for known in self._signs.texts])
        near: NDArray[np.bool_] = (
            own | (meaning >= NEAR_IN_MEANING).any(axis=0) | (wording >= NEAR_IN_WORDING).any(axis=0)
        )
        return near


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "tests/cases"))
