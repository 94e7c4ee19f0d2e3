"""The measures, on examples small enough to be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assistant.evaluation import measures as m


def test_the_rank_is_that_of_the_first_passage_that_answers() -> None:
    assert m.rank_of(["a", "b", "c"], {"c", "b"}) == 2


def test_what_was_not_found_has_no_rank_and_counts_nothing() -> None:
    rank = m.rank_of(["a"], {"z"})
    assert rank is None
    assert m.is_within(rank, 10) == 0
    assert m.reciprocal_rank(rank) == 0


def test_recall_counts_up_to_its_depth_and_no_further() -> None:
    assert m.is_within(5, 5) == 1
    assert m.is_within(6, 5) == 0


def test_the_reciprocal_rank_ends_after_the_tenth() -> None:
    assert m.reciprocal_rank(4) == 0.25
    assert m.reciprocal_rank(11) == 0


def test_ndcg_is_one_for_the_best_order() -> None:
    assert m.ndcg(["a", "b", "x"], [{"a"}, {"b"}]) == pytest.approx(1)


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    assert m.ndcg(["x", "x2", "a"], [{"a"}]) == pytest.approx(1 / math.log2(4))


def test_ndcg_counts_a_place_in_two_passages_once() -> None:
    assert m.ndcg(["a1", "a2"], [{"a1", "a2"}, {"b"}]) == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_a_share_is_of_what_was_wanted() -> None:
    assert m.share_held({"a", "b"}, ["a", "x", "b"], 2) == 0.5


def test_what_is_not_ranked_stands_last() -> None:
    assert m.is_before(["a"], "a", "z") == 1
    assert m.is_before(["a"], "z", "a") == 0
    assert m.is_before(["a"], "y", "z") == 0


def test_a_mean_has_an_interval_around_it_that_is_the_same_every_time() -> None:
    values = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0]
    measure = m.mean("R@1", values)
    assert measure == m.mean("R@1", values)
    assert measure.value == 0.75
    assert 0.3 < measure.low < measure.value < measure.high <= 1
    assert measure.cases == 8


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    values = [1.0] * 30 + [0.0] * 70
    measure = m.mean("share", values)
    # The normal approximation: 0.3 give or take 1.96 * sqrt(0.21 / 100).
    assert measure.low == pytest.approx(0.21, abs=0.02)
    assert measure.high == pytest.approx(0.39, abs=0.02)


def test_a_ratio_is_of_sums_and_not_a_mean_of_ratios() -> None:
    measure = m.ratio("precision", [1, 1, 0, 0], [1, 1, 1, 0])
    assert measure.value == pytest.approx(2 / 3)
    assert measure.cases == 3


def test_a_measure_without_cases_is_not_a_number() -> None:
    assert math.isnan(m.mean("R@1", []).value)
    assert math.isnan(m.ratio("precision", [0.0], [0.0]).value)
    assert math.isnan(m.auroc("AUROC", [0.4], []).value)


def test_auroc_counts_pairs_and_ties_half() -> None:
    assert m.auroc("AUROC", [0.9, 0.5], [0.5, 0.1]).value == pytest.approx(3.5 / 4)


def test_auroc_of_parted_scores_is_one_with_certainty() -> None:
    measure = m.auroc("AUROC", [0.8, 0.9], [0.1, 0.2])
    assert (measure.low, measure.value, measure.high) == (1, 1, 1)


def test_a_paired_difference_draws_the_same_cases_for_both() -> None:
    positive, negative = np.array([0.9, 0.4, 0.7]), np.array([0.5, 0.1])
    same = m.paired("ahead", (positive, negative), (positive + 1, negative + 1), m.area_under_curve)
    assert (same.low, same.value, same.high) == (0, 0, 0)
    worse = m.paired("ahead", (positive, negative), (positive * 0, negative), m.area_under_curve)
    assert worse.value == m.auroc("AUROC", positive, negative).value


def test_a_paired_difference_without_cases_is_not_a_number() -> None:
    nothing = np.array([])
    assert math.isnan(m.paired("ahead", (nothing, nothing), (nothing, nothing), m.area_under_curve).value)
