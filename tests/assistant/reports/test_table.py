"""Reports as CSV: whole, in UTF-8, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from assistant.reports.table import Column, Report, csv_of


def made(*cells: object) -> list[list[str]]:
    columns = (Column("first", "First"),)
    report = Report("x", "X", "About", columns, [{"first": cell, "hidden": "h"} for cell in cells])  # type: ignore[dict-item]
    text = csv_of(report)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_hidden_cells_follow_the_columns() -> None:
    assert made("a") == [["first", "hidden"], ["a", "h"]]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44 1632",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =cmd|' /C calc'!A0",
        "\u00a0=1",
        "\ufeff=1",
        "\uff1d1+1",
        "\n=1",
    ],
)
def test_no_text_can_be_taken_for_a_formula(cell: str) -> None:
    assert made(cell)[1][0] == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "written"), [(-5, "-5"), (0.5, "0.5"), (date(2026, 3, 2), "2026-03-02"), (None, "")]
)
def test_numbers_dates_and_nothing_stay_what_they_are(cell: object, written: str) -> None:
    assert made(cell)[1][0] == written


@pytest.mark.parametrize("cell", ['say "no"', "a,b", "two\nlines", "“curly”; 100 %"])
def test_other_text_comes_back_as_it_was(cell: str) -> None:
    assert made(cell)[1][0] == cell
