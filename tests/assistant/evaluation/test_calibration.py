"""Confidence against what is so, on examples small enough to be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assistant.evaluation.calibration import Judged, Kind, best_threshold, compared, reliability
from assistant.evaluation.comparison import Compared
from assistant.evaluation.halves import Half

BOTH = tuple(Half)


def judged(kind: Kind, *confidences: float, half: Half = Half.TEST) -> list[Judged]:
    return [Judged(confidence, kind, half) for confidence in confidences]


def told(ours: list[Judged], halves: tuple[Half, ...] = BOTH) -> dict[str, Compared]:
    return {row.ours.name: row for row in compared(ours, ours, halves, 0.5)}


def test_a_system_is_not_ahead_of_itself() -> None:
    asked = judged(Kind.ANSWERABLE, 0.9, 0.4) + judged(Kind.GONE, 0.6, 0.1)
    ahead = told(asked)["AUROC of confidence, page gone"].ahead
    assert ahead is not None
    assert (ahead.low, ahead.value, ahead.high) == (0, 0, 0)


def test_balanced_accuracy_is_the_mean_of_both_shares_that_were_told_right() -> None:
    asked = judged(Kind.ANSWERABLE, 0.9, 0.8, 0.7, 0.4) + judged(Kind.NEAR_MISS, 0.6, 0.1)
    accuracy = told(asked)["balanced accuracy, near miss, from 0.5 on"].ours
    assert accuracy.value == pytest.approx((3 / 4 + 1 / 2) / 2)


def test_a_confidence_at_the_threshold_answers() -> None:
    asked = judged(Kind.ANSWERABLE, 0.5) + judged(Kind.NEAR_MISS, 0.49)
    assert told(asked)["balanced accuracy, near miss, from 0.5 on"].ours.value == 1


def test_the_threshold_of_one_half_is_tried_on_the_other() -> None:
    asked = [
        *judged(Kind.ANSWERABLE, 0.3, half=Half.DEVELOPMENT),
        *judged(Kind.NEAR_MISS, 0.1, half=Half.DEVELOPMENT),
        *judged(Kind.ANSWERABLE, 0.25),
        *judged(Kind.NEAR_MISS, 0.22),
    ]
    accuracy = told(asked, (Half.TEST,))["balanced accuracy, near miss, from the other half's threshold on"]
    assert accuracy.ours.value == 0.5  # the threshold is 0.2: both are taken for answerable


def test_without_another_half_there_is_no_threshold_to_try() -> None:
    asked = judged(Kind.ANSWERABLE, 0.9) + judged(Kind.NEAR_MISS, 0.1)
    accuracy = told(asked)["balanced accuracy, near miss, from the other half's threshold on"]
    assert math.isnan(accuracy.ours.value)


def test_the_best_threshold_parts_the_two_in_the_middle() -> None:
    assert best_threshold(np.array([0.8, 0.6]), np.array([0.2, 0.4])) == pytest.approx(0.5)
    assert math.isnan(best_threshold(np.array([0.8]), np.array([])))


def test_the_brier_score_is_the_mean_squared_distance_from_what_is_so() -> None:
    asked = judged(Kind.ANSWERABLE, 0.8) + judged(Kind.GONE, 0.4)
    assert told(asked)["Brier score"].ours.value == pytest.approx((0.04 + 0.16) / 2)


def test_the_calibration_error_is_none_where_confidence_is_the_observed_share() -> None:
    certain = judged(Kind.ANSWERABLE, *[1.0] * 20) + judged(Kind.NEAR_MISS, *[0.0] * 20)
    assert told(certain)["expected calibration error"].ours.value == 0
    boastful = judged(Kind.ANSWERABLE, *[1.0] * 20) + judged(Kind.NEAR_MISS, *[1.0] * 20)
    assert told(boastful)["expected calibration error"].ours.value == pytest.approx(0.5)


def test_the_bins_of_the_curve_hold_a_tenth_each_from_the_lowest_confidence_on() -> None:
    low = judged(Kind.NEAR_MISS, *np.linspace(0.0, 0.4, 10).tolist())
    high = judged(Kind.ANSWERABLE, *np.linspace(0.6, 1.0, 10).tolist())
    curve = reliability([*high, *low], BOTH)
    assert [b.cases for b in curve] == [2] * 10
    assert [b.observed for b in curve] == [0] * 5 + [1] * 5
    assert [b.confidence for b in curve] == sorted(b.confidence for b in curve)


def test_a_half_that_is_not_measured_is_not_on_the_curve() -> None:
    asked = judged(Kind.ANSWERABLE, 0.9) + judged(Kind.NEAR_MISS, 0.1, half=Half.DEVELOPMENT)
    assert [b.confidence for b in reliability(asked, (Half.TEST,))] == [0.9]
