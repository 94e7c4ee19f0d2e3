"""What each part of the retriever is worth: it is switched off, and the same questions are asked again."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from assistant.evaluation.comparison import Ablation, Cost
from assistant.evaluation.measures import Measure, mean
from assistant.evaluation.question_sets import Bench
from assistant.evaluation.retrieval import Outcome, ask
from assistant.ranking import load_weights
from assistant.retriever import Parts

log = logging.getLogger(__name__)

Variants = Mapping[str, Mapping[str, Any]]
"""What the retriever is made with, by the name of what that leaves out."""


def variants(fingerprint: str) -> dict[str, dict[str, Any]]:
    """Each part switched off, then each of the embedder's weights that is not 0 already set to 0."""
    parts = {f"part: {field.name}": {"parts": Parts(**{field.name: False})} for field in fields(Parts)}
    weights = load_weights(fingerprint)
    features = {
        f"weight: {field.name}": {"weights": replace(weights, **{field.name: 0.0})}
        for field in fields(weights)
        if getattr(weights, field.name)
    }
    return parts | features


def ablate(bench: Bench, whole: Outcome, without: Variants) -> list[Ablation]:
    """For each form of question, what each variant costs against `whole`, which is our own outcome."""
    asked = bench.questions.for_ranking()
    costs: dict[str, list[Cost]] = {form: [] for form, values in whole.values.items() if values}
    for part, changes in without.items():
        log.info("%s without %s.", asked.name, part)
        outcome = ask(bench.ours(**changes), asked)
        for form, told in costs.items():
            told.append(Cost(part, tuple(_changes(outcome, whole, form))))
    return [Ablation(asked.name, form, tuple(told)) for form, told in costs.items()]


def _changes(outcome: Outcome, whole: Outcome, form: str) -> Iterator[Measure]:
    for name, values in whole.values[form].items():
        pairs = zip(outcome.values[form][name], values, strict=True)
        yield mean(name, [without - with_all for without, with_all in pairs])
