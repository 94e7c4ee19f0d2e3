"""Fits what `assistant/applicable/weights.yaml` says is fitted, on the development half of the situations
alone.

    python -m scripts.fit_applicability DATA_DIR [CASES_DIR]

DATA_DIR is a store that holds the sample library, which no other process has open.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.applicable import scoring
from assistant.applicable.knowledge import Knowledge, Known
from assistant.applicable.reading import Reading, read_situation
from assistant.evaluation.cases import load_cases
from assistant.evaluation.halves import Half
from assistant.evaluation.references import References
from corpus.settings import load_settings
from corpus.store import Store

WEIGHTS = Path(scoring.__file__).with_name("weights.yaml")
STRENGTH_OF_PRIOR = 1.0
SHARE_OF_LOWEST = 0.5
"""The floor stands at this share of the lowest situation's highest worth: texts that speak of no child at
all, about annual leave or a printer, stay below."""


def main(data: Path, cases: Path) -> None:
    """Writes the file anew, with its comments."""
    text = WEIGHTS.read_text(encoding="utf-8")
    entry: dict[str, Any] = yaml.safe_load(text)
    with Store(load_settings(data), "fit") as store:
        knowledge = Knowledge(store)
        known = knowledge.current()
        references = References.of(store.register)
        readings, wanted = [], []
        for case in load_cases(cases, Half.DEVELOPMENT).situations:
            readings.append(
                read_situation(case.situation, knowledge.subjects, knowledge.signs, store.embedder)
            )
            applies = {references.document_id(chapter) for chapter in case.applies}
            library = known.profiles[: known.in_library]
            wanted.append(np.array([p.document is not None and p.document.id in applies for p in library]))
    _standardise(entry, readings, known)
    _fit(entry, readings, known, np.concatenate(wanted))
    comments = [line for line in text.splitlines() if line.startswith("#")]
    body = yaml.safe_dump(entry, sort_keys=False, default_flow_style=None)
    WEIGHTS.write_text("\n".join([*comments, body]), encoding="utf-8")
    print(body)


def _standardise(entry: dict[str, Any], readings: Sequence[Reading], known: Known) -> None:
    """Centre and scale of the features, over all pairs of a situation and a procedure."""
    profiles, links = known.profiles[: known.in_library], known.links[: known.in_library]
    found = [
        scoring.features_of(one, links) | {"opening": scoring.opening_of(one, profiles)} for one in readings
    ]
    for name, feature in entry["features"].items():
        values = np.concatenate([features[name] for features in found])
        feature["centre"], feature["scale"] = round(float(values.mean()), 4), round(float(values.std()), 4)
    words = np.concatenate([known.likeness(reading)[: known.in_library] for reading in readings])
    entry["words_scale"] = round(float(words.std()), 4)


def _fit(entry: dict[str, Any], readings: Sequence[Reading], known: Known, wanted: NDArray[np.bool_]) -> None:
    weights = scoring.weights_of(entry)
    profiles, links = known.profiles[: known.in_library], known.links[: known.in_library]
    stands = [
        scoring.standing(one, profiles, links, known.likeness(one)[: known.in_library], weights)
        for one in readings
    ]
    columns = np.concatenate([np.stack([one.value, one.gap], axis=1) for one in stands])
    fitted = LogisticRegression(C=STRENGTH_OF_PRIOR, max_iter=2_000).fit(columns, wanted)
    entry["base"] = round(float(fitted.intercept_[0]), 4)
    entry["standing"], entry["gap"] = (round(float(value), 4) for value in fitted.coef_[0])
    entry["floor"] = round(SHARE_OF_LOWEST * min(one.highest for one in stands), 4)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "tests/cases"))
