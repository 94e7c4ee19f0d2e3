"""What is told of measured retrieval, and whether it is good enough."""

from __future__ import annotations

import json
import math

from assistant.evaluation.comparison import Compared, RetrievalReport, Section, musts
from assistant.evaluation.measures import Measure
from corpus.settings import EvaluationSettings

GOOD = Measure("R@1", 0.9, 0.8, 1.0, 10)
NONE = Measure("R@1", math.nan, math.nan, math.nan, 0)


def report(*rows: Compared) -> RetrievalReport:
    return RetrievalReport((Section("farm", "", rows),))


def test_one_must_that_is_not_reached_fails_the_whole() -> None:
    assert report(Compared(GOOD), Compared(GOOD, must=0.9)).is_met
    assert not report(Compared(GOOD), Compared(GOOD, must=0.91)).is_met


def test_a_measure_without_cases_reaches_no_must_and_is_null_in_json() -> None:
    made = report(Compared(NONE, must=0.5))
    told = json.loads(json.dumps(made.as_json()))
    assert told["passed"] is False
    assert told["sections"][0]["rows"][0]["ours"]["value"] is None
    assert told["sections"][0]["rows"][0]["is_met"] is False


def test_the_musts_of_the_cases_are_those_in_the_settings() -> None:
    settings = EvaluationSettings(min_recall_at_1=0.7)
    assert musts(settings)["cases"][""]["R@1"] == 0.7
