"""What was measured, against what is asked for, as rows for a table and as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.evaluation.measures import Measure
from assistant.evaluation.run import Report
from corpus.settings import EvaluationSettings

# The settings that hold each measure's limit.
_AT_LEAST = {
    "R@1": "min_recall_at_1",
    "R@10": "min_recall_at_10",
    "MRR@10": "min_reciprocal_rank",
    "answering paragraph cited": "min_cited",
    "quotes that equal the source": "min_exact_quotes",
    "refusal recall": "min_refusal_recall",
    "refusal precision": "min_refusal_precision",
    "danger: recognised": "min_danger_recall",
    "case data: recognised": "min_case_data_recall",
    "support: AUROC, faithful": "min_support_auroc",
    "situations: recall of what applies": "min_applicable_recall",
    "situations: precision of applies": "min_applicable_precision",
    "situations: quotes that equal the source": "min_exact_quotes",
}
_AT_MOST = {
    "wrongly refused": "max_wrongly_refused",
    "danger: false alarms": "max_danger_alarms",
    "case data: false alarms": "max_case_data_alarms",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A measure with its limit; `limit` is None where none is set, and `is_met` is then true."""

    measure: Measure
    limit: float | None
    at_most: bool
    is_met: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """Name, value, interval, number of cases, limit, as they are printed."""
        measure = self.measure
        interval = f"{_shown(measure.low)} to {_shown(measure.high)}"
        sign = "at most" if self.at_most else "at least"
        limit = "" if self.limit is None else f"{sign} {self.limit:.2f}"
        return measure.name, _shown(measure.value), interval, str(measure.cases), limit


def rows(report: Report, settings: EvaluationSettings) -> Iterator[Row]:
    """Limits hold for the cases; the open sets are only told."""
    for measure in report.measures:
        at_most = measure.name in _AT_MOST
        name = _AT_MOST.get(measure.name) or _AT_LEAST.get(measure.name)
        if name is None or not report.has_limits:
            yield Row(measure, None, at_most, is_met=True)
        else:
            limit = float(getattr(settings, name))
            within = measure.value <= limit if at_most else measure.value >= limit
            yield Row(measure, limit, at_most, is_met=within)


def are_met(reports: Sequence[Report], settings: EvaluationSettings) -> bool:
    """Whether every limit is kept; a measure without cases keeps none."""
    return all(row.is_met for report in reports for row in rows(report, settings))


def as_json(reports: Sequence[Report], settings: EvaluationSettings) -> dict[str, Any]:
    """Numbers that are not there (no cases) are null."""
    return {
        "passed": are_met(reports, settings),
        "reports": [
            {
                "title": report.title,
                "measures": [_row_json(row) for row in rows(report, settings)],
                "misses": [asdict(miss) for miss in report.misses],
            }
            for report in reports
        ],
    }


def _row_json(row: Row) -> dict[str, Any]:
    values = asdict(row.measure) | {"limit": row.limit, "at_most": row.at_most, "is_met": row.is_met}
    return {key: None if isinstance(v, float) and math.isnan(v) else v for key, v in values.items()}


def _shown(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
