"""What is remembered of texts has a bound in number and in size."""

from __future__ import annotations

from assistant.evidence import stem_of, stems_of
from assistant.remembering import remembered


def test_a_text_is_read_once_while_it_is_remembered() -> None:
    read: list[str] = []
    length = remembered(2, longest=10)(lambda text: read.append(text) or len(text))  # type: ignore[func-returns-value]

    assert [length(text) for text in ("one", "one", "three", "four", "one")] == [3, 3, 5, 4, 3]
    assert read == ["one", "three", "four", "one"], "of two, the one that was not asked for was forgotten"


def test_a_text_of_any_length_is_read_and_a_long_one_not_remembered() -> None:
    read: list[str] = []
    length = remembered(2, longest=10)(lambda text: read.append(text) or len(text))  # type: ignore[func-returns-value]

    assert [length("x" * 11), length("x" * 11), length("short")] == [11, 11, 5]
    assert read == ["x" * 11, "x" * 11, "short"]


def test_pages_that_people_type_leave_nothing_behind_that_grows_with_them() -> None:
    word = "unremembered" * 150

    assert stems_of(word) is not stems_of(word)
    assert stem_of(word) is not stem_of(word)
