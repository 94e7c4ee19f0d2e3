"""Contradictions that were planted are found; where documents agree, nothing is."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.reports.contradictions import contradictions
from assistant.reports.table import Cell
from tests.assistant.reports.making import chapter, context_of, rows_of
from tests.library.test_library import LIBRARY
from tests.library.time_limits import AMOUNT, STRETCH, TIME_LIMITS, TimeLimit, stated
from tests.quick_library import QuickLibrary


def test_two_time_limits_for_the_same_thing_are_put_side_by_side(tmp_path: Path) -> None:
    files = {
        "1.md": chapter(
            "1.1", "Groups", "The first core group must meet within 10 working days of the conference."
        ),
        "2.md": chapter(
            "1.2",
            "Plans",
            "The plan must be short.",
            "The lead worker must hold the first core group within 15 working days of the conference.",
        ),
    }
    [row] = rows_of(tmp_path, "contradictions", files)
    assert {row["place"], row["other_place"]} == {"1.1.1", "1.2.2"}
    assert {"10" in row["value"], "15" in row["value"]} == {True, False}
    assert {row["quote"], row["other_quote"]} == {
        "The first core group must meet within 10 working days of the conference.",
        "The lead worker must hold the first core group within 15 working days of the conference.",
    }
    assert row["url"].startswith("/cite/")


def test_a_duty_that_binds_here_and_not_there_is_found(tmp_path: Path) -> None:
    files = {
        "1.md": chapter("1.1", "Home", "The social worker must see the bedroom of the child on each visit."),
        "2.md": chapter(
            "1.2", "Visits", "The social worker should see the bedroom of the child on each visit."
        ),
    }
    [row] = rows_of(tmp_path, "contradictions", files)
    assert row["sort"] == "duty"
    assert {row["value"], row["other_value"]} == {"must", "should"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The same amount.
        ("The first core group must meet within 10 working days.",) * 2,
        # Another thing of the same name.
        (
            "The first core group must meet within 10 working days of the conference.",
            "Later core groups must meet within 6 weeks of the core group before.",
        ),
        # One of two cases.
        (
            "A strategy discussion must be held on the same day where there is immediate risk, otherwise "
            "within 1 working day of the decision.",
            "A strategy discussion must be held within 1 working day of the decision.",
        ),
        # At least so long before something, and at most so long after.
        (
            "The report must reach the parents at least 2 working days before the conference.",
            "The report must reach the parents within 5 working days of the conference.",
        ),
        # Once, and again and again.
        (
            "The social worker must visit the child within 10 working days.",
            "The social worker must visit the child every 4 weeks.",
        ),
    ],
)
def test_what_does_not_contradict_is_left_out(one: str, other: str, tmp_path: Path) -> None:
    files = {"1.md": chapter("1.1", "One", one), "2.md": chapter("1.2", "Other", other)}
    assert rows_of(tmp_path, "contradictions", files) == []


def library_files() -> dict[str, str]:
    """Of the sample library's chapters, by name."""
    paths = [path for folder in ("procedures", "sources") for path in LIBRARY.glob(f"{folder}/*.md")]
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(paths, key=lambda path: path.name)}


def with_another_amount(limit: TimeLimit, text: str, amount: str) -> str:
    spans = {
        match.span("amount")
        for pattern in limit.patterns
        for match in re.finditer(
            pattern.replace("~", STRETCH).replace("{amount}", AMOUNT), text, flags=re.IGNORECASE
        )
    }
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + amount + text[end:]
    return text


def planted_in(files: dict[str, str]) -> dict[str, tuple[str, str]]:
    """For each time limit that several chapters state, give one another; event -> (document, amount)."""
    planted: dict[str, tuple[str, str]] = {}
    used: Counter[str] = Counter()
    for limit in TIME_LIMITS:
        number = re.match(r"(\d+) (\w[\w ]*?)s?$", limit.amount)
        names = [name for name, text in files.items() if stated(limit, text)]
        if number is None or len(names) < 2:
            continue
        name = min(names, key=lambda each: (used[each], each))
        amount = f"{2 * int(number[1]) + 1} {number[2]}s"
        files[name] = with_another_amount(limit, files[name], amount)
        used[name] += 1
        planted[limit.event] = (name.removesuffix(".md").replace(".", "-"), amount)
    return planted


def is_of(row: dict[str, Cell], document: str, amount: str) -> bool:
    sides = [(row["document_id"], row["value"]), (row["other_document_id"], row["other_value"])]
    return any(document == found and amount in str(value) for found, value in sides)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Cell]]]:
    """The time limits that differ in the sample library as it is, and with contradictions planted in it."""
    rows = {}
    files = library_files()
    for name in ("clean", "planted"):
        if name == "planted":
            planted_in(files)
        library = QuickLibrary(tmp_path_factory.mktemp(name), files)
        made = contradictions(context_of(library)).rows
        rows[name] = [dict(row) for row in made]
        library.close()
    return rows


def test_the_sample_library_agrees_with_itself_but_for_a_false_alarm(
    found: dict[str, list[dict[str, Cell]]],
) -> None:
    assert len(found["clean"]) <= 2


def test_most_of_what_was_planted_is_found_and_little_else(
    found: dict[str, list[dict[str, Cell]]],
) -> None:
    planted = planted_in(library_files())
    limits = [row for row in found["planted"] if row["sort"] == "time limit"]
    right = [row for row in limits if any(is_of(row, *each) for each in planted.values())]
    events = {event for event, each in planted.items() if any(is_of(row, *each) for row in limits)}
    assert len(planted) >= 25
    assert len(events) / len(planted) >= 0.65, sorted(planted.keys() - events)
    assert len(right) / len(limits) >= 0.95
