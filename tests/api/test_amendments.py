"""Amendments as a person reads them."""

from __future__ import annotations

from pathlib import Path

from api.amendments import amendments_of, newest_amendments
from corpus.changes import Change, ChangeKind, changes_between
from corpus.database import open_database
from corpus.recording import Recorder
from corpus.register import Register
from corpus.settings import DatabaseSettings
from tests.corpus.making import new_version, passages_of, record


def register_with(folder: Path, *texts: tuple[str, ...]) -> Register:
    """One document, a version for each of the texts."""
    register = Register(open_database(DatabaseSettings(), folder))
    before: tuple[str, ...] = ()
    for paragraphs in texts:
        changes: list[Change] = []
        if before:
            changes = changes_between(passages_of("visits", *before), passages_of("visits", *paragraphs))
        record(Recorder(register.engine), new_version("visits", *paragraphs, changes=changes))
        before = paragraphs
    return register


def test_changes_are_told_by_version_newest_first_in_reading_order(tmp_path: Path) -> None:
    register = register_with(
        tmp_path,
        ("See the child alone.", "Tell the parents soon."),
        ("See the child alone at home.", "Tell the parents soon.", "Write it all down."),
        ("See the child alone at home.", "Write it all down."),
    )

    newest, older = amendments_of(register.changes(), register)

    assert (newest.version, newest.counts) == (3, {"removed": 1})
    assert (older.version, older.counts) == (2, {"reworded": 1, "added": 1})
    assert [shown.name for shown in older.shown] == ["Reworded", "Added"]
    assert older.shown[0].words != []
    assert older.shown[1].words == []


def test_an_amendment_is_told_whole_or_not_at_all(tmp_path: Path) -> None:
    register = register_with(
        tmp_path, ("One duty.",), ("One duty.", "Another rule."), ("One duty.", "Another rule.", "Third.")
    )
    found, has_older = newest_amendments(register, 1)
    assert ([amendment.version for amendment in found], has_older) == ([3], True)
    found, has_older = newest_amendments(register, 5)
    assert ([amendment.version for amendment in found], has_older) == ([3, 2], False)


def test_the_only_amendment_is_told_as_far_as_it_goes(tmp_path: Path) -> None:
    register = register_with(tmp_path, ("One duty.",), ("One duty.", "Another rule.", "Third.", "Fourth."))
    (found,), has_older = newest_amendments(register, 2)
    assert (len(found.shown), has_older) == (2, True)
    assert {shown.kind for shown in found.shown} == {ChangeKind.ADDED}
