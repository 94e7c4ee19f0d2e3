"""Retrieval measured: the same questions put to the product's search and to the plain stack, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.evaluation import calibration
from assistant.evaluation.calibration import Judged, Kind
from assistant.evaluation.comparison import Compared, Section
from assistant.evaluation.measures import mean
from assistant.evaluation.question_sets import Bench, Question, QuestionSet, System


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question set, by form: values by measure, one a question, and confidences.

    The questions stand in the same order for every system.
    """

    values: defaultdict[str, defaultdict[str, list[float]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    judged: defaultdict[str, list[Judged]] = field(default_factory=lambda: defaultdict(list))


def compare(
    bench: Bench, min_confidence: float, musts: Mapping[str, Mapping[str, float]]
) -> tuple[list[Section], Outcome]:
    """A section for each form of question, and our outcome for what is compared with it later.

    `musts` are those of this set, by form and measure.
    """
    asked = bench.questions
    ours, plain = ask(bench.ours(), asked), ask(bench.plain, asked)
    sections = []
    for form in dict.fromkeys(question.form for question in asked.questions):
        rows = [
            _compared(name, values, plain.values[form][name]) for name, values in ours.values[form].items()
        ]
        judged = ours.judged[form]
        if judged:
            rows += calibration.compared(judged, plain.judged[form], asked.halves, min_confidence)
        least = musts.get(form, {})
        told = tuple(replace(row, must=least.get(row.ours.name)) for row in rows)
        sections.append(Section(asked.name, form, told, calibration.reliability(judged, asked.halves)))
    return sections, ours


def ask(system: System, asked: QuestionSet) -> Outcome:
    """Each question once, and once more with its documents hidden where the set wants that."""
    outcome = Outcome()
    for question in asked.questions:
        is_measured = question.scoring is not None and question.half in asked.halves
        if not is_measured and not question.is_clear:
            continue
        seen = system.search(question.text)
        if question.scoring and is_measured:
            for name, value in question.scoring(seen.passages).items():
                outcome.values[question.form][name].append(value)
        if question.is_clear:
            outcome.judged[question.form] += _judged(system, question, seen.confidence, asked.asks_gone)
    return outcome


def _judged(system: System, question: Question, confidence: float, asks_gone: bool) -> Iterator[Judged]:
    yield Judged(confidence, Kind.ANSWERABLE if question.scoring else Kind.NEAR_MISS, question.half)
    if asks_gone and question.scoring:
        hidden = system.search(question.text, question.documents)
        yield Judged(hidden.confidence, Kind.GONE, question.half)


def _compared(name: str, ours: Sequence[float], plain: Sequence[float]) -> Compared:
    ahead = [one - other for one, other in zip(ours, plain, strict=True)]
    return Compared(mean(name, ours), mean(name, plain), mean(name, ahead))
