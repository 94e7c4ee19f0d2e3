"""Reports on what is in the library: known faults are found, and nothing beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.lists import read_list
from assistant.reports.catalogue import CATALOGUE, report
from assistant.reports.stale import Outdated
from corpus.errors import NotFound, SettingsError
from tests.assistant.reports.making import briefing, chapter, context_of, rows_of
from tests.quick_library import QuickLibrary


def test_reviews_are_told_by_the_printed_dates(tmp_path: Path) -> None:
    files = {
        "1.md": chapter("1.1", "Late", "See the child.", next_review="2025-12-02"),
        "2.md": chapter("1.2", "Later", "See the child.", next_review="2026-02-28"),
        "3.md": chapter("1.3", "Soon", "See the child.", next_review="2026-04-01"),
        "4.md": chapter("1.4", "Fine", "See the child.", next_review="2027-01-01"),
        "5.md": chapter("1.5", "Undated", "See the child."),
        "6.md": briefing("A briefing", "The partnership should see to it."),
    }
    rows = rows_of(tmp_path, "reviews", files)
    assert [(row["document"], row["state"], row["days"]) for row in rows] == [
        ("Late", "overdue", 90),
        ("Later", "overdue", 2),
        ("Soon", "due", 30),
        ("Undated", "no date", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        (
            "Follow Working together to safeguard children 2018.",
            ["Working together to safeguard children 2018"],
        ),
        ("Follow Working Together (2023) and its annexes.", ["Working Together (2023"]),
        ("Follow the 2018 edition of Working together.", ["2018 edition of Working together"]),
        ("See KCSIE 2024.", ["KCSIE 2024"]),
        ("Tell the LSCB and the CCGs.", ["LSCB", "CCGs"]),
        ("A serious case review may follow.", ["serious case review"]),
        ("Follow Working together to safeguard children 2026.", []),
        ("Working together with adult services since 2018 has helped.", []),
        ("Working together takes time. In 2018 there was little of it.", []),
        ("In 2018 an audit found that working together 2026 style pays.", []),
        ("The LSCB became a partnership.", []),
        ("This edition replaced Working together 2018.", []),
        ("Look at scr.example.org.", []),
    ],
)
def test_replaced_guidance_and_bodies(sentence: str, cited: list[str]) -> None:
    outdated = Outdated(read_list("outdated.yaml"))
    assert [sentence[found.start : found.end] for found in outdated.found_in(sentence)] == cited


def test_a_stale_reference_opens_at_its_sentence(tmp_path: Path) -> None:
    files = {"1.md": chapter("1.1", "Old", "Be kind. Tell the clinical commissioning group. Be quick.")}
    [row] = rows_of(tmp_path, "stale-references", files)
    assert row["quote"] == "Tell the clinical commissioning group."
    assert row["place"] == "1.1.1"
    assert row["now"] == "the integrated care board (since July 2022)"


def test_own_lists_take_the_place_of_the_built_in_ones(tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    own = "editions: {}\nbodies:\n  Old board: {names: [Old board], now: the new board}\nhistory: [once]\n"
    (lists / "outdated.yaml").write_text(own)
    files = {"1.md": chapter("1.1", "Old", "Tell the Old board and the CCG.")}
    [row] = rows_of(tmp_path / "data", "stale-references", files, lists=lists)
    assert (row["cited"], row["now"]) == ("Old board", "the new board")


@pytest.mark.parametrize("text", ["just words", "editions: []\nbodies: {}\nhistory: []", "a: [", "{}"])
def test_a_list_of_another_shape_is_refused_with_its_name(text: str, tmp_path: Path) -> None:
    (tmp_path / "outdated.yaml").write_text(text)
    with pytest.raises(SettingsError, match=r"outdated\.yaml"):
        Outdated(read_list("outdated.yaml", tmp_path))


def test_broken_references_and_addresses(tmp_path: Path) -> None:
    files = {
        "1.md": chapter(
            "1.1",
            "First",
            "See chapter 1.2 (Second).",
            "See chapter 1.2 (Third) and chapter 7.7.",
            "Follow paragraph 1.2.1, not paragraph 1.2.9; paragraph 9.9 of Working together is another.",
            "Open https://example.org/a, www.example.org or http://exa mple.",
        ),
        "2.md": chapter("1.2", "Second", "As chapter 1.1 says."),
    }
    rows = rows_of(tmp_path, "links", files)
    assert [(row["place"], row["reference"], row["fault"]) for row in rows] == [
        ("1.1.2", "chapter 1.2 (Third)", "This number has another title."),
        ("1.1.2", "chapter 7.7", "No live document has this number."),
        ("1.1.3", "paragraph 1.2.9", "No live document has this number."),
        ("1.1.4", "http://exa", "This is no web address."),
    ]


def test_a_theme_that_briefings_speak_of_and_no_procedure_does_is_a_gap(tmp_path: Path) -> None:
    files = {
        "1.md": chapter("1.1", "Visits", "See the child.", "Neglect must be recorded."),
        "2.md": briefing(
            "Learning",
            "Schools should know about county lines and exploitation.",
            "Police should look for county lines.",
            "The partnership should train staff in exploitation.",
        ),
    }
    rows = {row["theme"]: row for row in rows_of(tmp_path, "coverage", files)}
    assert (rows["Exploitation"]["gap"], rows["Exploitation"]["procedures"]) == ("yes", 0)
    assert (rows["Neglect"]["gap"], rows["Neglect"]["1"]) == ("", 1)


def test_every_report_can_be_made_of_an_empty_library(tmp_path: Path) -> None:
    library = QuickLibrary(tmp_path, {})
    for name in CATALOGUE:
        made = report(name, context_of(library))
        assert made.name == name
        assert all(not row.get("document_id") for row in made.rows)
    with pytest.raises(NotFound):
        report("unknown", context_of(library))
    library.close()
