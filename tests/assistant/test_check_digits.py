"""The check digits of the NHS number and the unique pupil number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.check_digits import is_nhs_number, is_pupil_number


@given(st.integers(min_value=0, max_value=999_999_999))
def test_at_most_one_check_digit_is_right(number: int) -> None:
    digits = f"{number:09d}"
    assert sum(is_nhs_number(f"{digits}{check}") for check in range(10)) <= 1


@pytest.mark.parametrize(("number", "is_right"), [("9994833782", True), ("9991234567", False)])
def test_nhs_numbers(number: str, is_right: bool) -> None:
    assert is_nhs_number(number) is is_right


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_exactly_one_check_letter_is_right(number: int) -> None:
    digits = f"{number:012d}"
    assert sum(is_pupil_number(f"{letter}{digits}") for letter in "ABCDEFGHJKLMNPQRTUVWXYZ") == 1


@pytest.mark.parametrize(
    ("number", "is_right"),
    [("E999331922058", True), ("F999331922058", False), ("I999331922058", False), ("A99933192205O", False)],
)
def test_pupil_numbers(number: str, is_right: bool) -> None:
    assert is_pupil_number(number) is is_right
