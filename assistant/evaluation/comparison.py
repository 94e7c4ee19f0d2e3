"""What was measured of retrieval, ours beside the plain stack, against what is asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.evaluation.measures import Measure
from corpus.settings import EvaluationSettings


@dataclass(frozen=True, slots=True)
class Compared:
    """`ahead` is ours less the plain stack's, over the same questions; none for a measure that needs a
    probability. `must` is the least that ours may be, where that is laid down."""

    ours: Measure
    plain: Measure | None = None
    ahead: Measure | None = None
    must: float | None = None

    @property
    def is_met(self) -> bool:
        """A measure without cases meets nothing that is asked."""
        return self.must is None or self.ours.value >= self.must


@dataclass(frozen=True, slots=True)
class Bin:
    """A tenth of the questions, by confidence; `observed` is the share of them that the texts answer."""

    confidence: float
    observed: float
    cases: int


@dataclass(frozen=True, slots=True)
class Section:
    """All about one form of question of one set; `reliability` is empty where no confidence was judged."""

    set_name: str
    form: str
    rows: tuple[Compared, ...]
    reliability: tuple[Bin, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs to switch a part off: each measure without it less the measure with it."""

    part: str
    changes: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Ablation:
    """All parts over one form of question of one set."""

    set_name: str
    form: str
    costs: tuple[Cost, ...]


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    sections: tuple[Section, ...]
    ablations: tuple[Ablation, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether every must is reached."""
        return all(row.is_met for section in self.sections for row in section.rows)

    def as_json(self) -> dict[str, Any]:
        """Numbers that are not there (no cases) are null."""
        told = {
            "passed": self.is_met,
            "sections": [
                asdict(section) | {"rows": [asdict(row) | {"is_met": row.is_met} for row in section.rows]}
                for section in self.sections
            ],
            "ablations": [asdict(ablation) for ablation in self.ablations],
        }
        plain: dict[str, Any] = _without_nan(told)
        return plain


def musts(settings: EvaluationSettings) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """The least that is asked for, by set, form and measure."""
    cases = {
        "R@1": settings.min_recall_at_1,
        "R@10": settings.min_recall_at_10,
        "MRR@10": settings.min_reciprocal_rank,
    }
    return {**_open_musts(), "cases": {"": cases}}


@cache
def _open_musts() -> dict[str, dict[str, dict[str, float]]]:
    text = files("assistant.evaluation").joinpath("musts.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, dict[str, float]]] = yaml.safe_load(text)
    return found


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value
