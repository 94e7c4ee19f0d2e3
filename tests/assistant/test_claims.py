"""Each whole line is one sentence, whatever pieces it comes in."""

from __future__ import annotations

import json

import pytest

from assistant.claims import Claim, Flaw, claims_of

FIRST = Claim("One must ring.", ("P1",))
SECOND = Claim("Two may wait.", ("P2", "P3"))
LINES = "".join(
    json.dumps({"text": claim.text, "sources": claim.sources}) + "\n" for claim in (FIRST, SECOND)
)


@pytest.mark.parametrize("size", [1, 3, 7, 1_000])
def test_lines_are_read_from_pieces_of_any_size(size: int) -> None:
    pieces = [LINES[at : at + size] for at in range(0, len(LINES), size)]
    assert list(claims_of(pieces)) == [FIRST, SECOND]


def test_a_last_line_without_an_end_counts() -> None:
    assert list(claims_of([LINES.rstrip("\n")])) == [FIRST, SECOND]


def test_a_line_is_handed_on_before_the_next_is_asked_for() -> None:
    asked: list[int] = []

    def pieces() -> object:
        for number, line in enumerate(LINES.splitlines(keepends=True)):
            asked.append(number)
            yield line

    assert next(claims_of(pieces())) == FIRST  # type: ignore[arg-type]
    assert asked == [0]


def test_a_code_fence_and_empty_lines_are_passed_over() -> None:
    assert list(claims_of(["```json\n\n", LINES, "```"])) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Ring 999.",
        "[1]",
        '{"text": 1}',
        '{"sources": ["P1"]}',
        '"P1"',
        '{"text": "One", "sources"}',
        "[" * 900,
        "[" * 1_400,
        r'{"text": "Ring\ud800.", "sources": ["P1"]}',
    ],
)
def test_any_other_line_is_a_flaw(line: str) -> None:
    assert list(claims_of([f"{line}\n", LINES])) == [Flaw.NOT_JSON, FIRST, SECOND]


def test_sources_that_are_no_names_are_no_sources() -> None:
    line = (
        '{"text": "One  must\\nring.", "sources": "P1"}\n{"text": "One must ring.", "sources": [1, "P1"]}\n'
    )
    assert list(claims_of([line])) == [Claim("One must ring.", ()), FIRST]


def test_a_line_that_breaks_off_is_told_from_one_that_is_wrong() -> None:
    assert list(claims_of([LINES, '{"text": "Three'])) == [FIRST, SECOND, Flaw.CUT_OFF]
    assert list(claims_of([LINES, "And so on"])) == [FIRST, SECOND, Flaw.NOT_JSON]


def test_nothing_at_all_is_a_flaw() -> None:
    assert list(claims_of([])) == [Flaw.EMPTY]
