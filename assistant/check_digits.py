"""Numbers that prove themselves: the NHS number and the unique pupil number."""

from __future__ import annotations

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS number's check digit (modulus 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    check = 11 - total % 11
    return int(digits[9]) == (0 if check == 11 else check)


def is_pupil_number(number: str) -> bool:
    """Whether thirteen characters, letters as capitals, carry the check letter of a UPN (modulus 23).

    A temporary one ends in a letter, which counts by its place in the check letters' own alphabet.
    """
    values = [int(sign) if sign.isdigit() else _UPN_LETTERS.find(sign) for sign in number[1:]]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return min(values) >= 0 and number[0] == _UPN_LETTERS[total % 23]
