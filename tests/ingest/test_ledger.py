"""The ledger tells, before anything is read, what is unchanged, moved, or there twice."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.recording import SourceState
from ingest.ledger import Ledger, unused_id
from ingest.report import Status

RECIPE = "1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "visits.md"
    path.write_text("See the child.")
    return path


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def state_of(path: Path, sha256: str = "", withdrawn: bool = False, recipe: str = RECIPE) -> SourceState:
    return SourceState(path.stem, str(path), 1, sha256 or sha(path), recipe, withdrawn)


def ledger(*states: SourceState) -> Ledger:
    return Ledger({state.source: state for state in states}, RECIPE)


def status(book: Ledger, path: Path) -> Status | None:
    outcome = book.settle(str(path), sha(path))
    return outcome and outcome.status


def test_a_new_file_has_to_be_read(file: Path) -> None:
    assert status(ledger(), file) is None


def test_a_file_with_the_same_bytes_and_recipe_is_unchanged(file: Path) -> None:
    assert status(ledger(state_of(file)), file) is Status.UNCHANGED


@pytest.mark.parametrize("difference", [{"sha256": "0" * 64}, {"recipe": "0"}, {"withdrawn": True}])
def test_other_bytes_another_recipe_or_a_withdrawal_mean_reading(
    file: Path, difference: dict[str, str]
) -> None:
    assert status(ledger(state_of(file, **difference)), file) is None


def test_a_copy_of_a_known_file_is_a_duplicate_that_names_it(file: Path) -> None:
    copy = file.with_name("copy.md")
    copy.write_bytes(file.read_bytes())

    outcome = ledger(state_of(file)).settle(str(copy), sha(copy))

    assert outcome is not None
    assert (outcome.status, outcome.reason) == (Status.DUPLICATE, f"The same file as {file}.")


def test_of_two_new_copies_the_first_is_read(file: Path) -> None:
    copy = file.with_name("copy.md")
    copy.write_bytes(file.read_bytes())
    book = ledger()

    assert (status(book, file), status(book, copy)) == (None, Status.DUPLICATE)


def test_words_that_went_from_one_file_to_another_are_no_duplicate(file: Path) -> None:
    before = state_of(file)
    other = file.with_name("other.md")
    other.write_bytes(file.read_bytes())
    file.write_text("Tell the parents.")

    book = ledger(before)

    assert (status(book, file), status(book, other)) == (None, None)
    assert book.moved_from(str(other), sha(other)) is None


def test_a_file_with_the_bytes_of_one_that_is_gone_has_moved(file: Path) -> None:
    before = state_of(file)
    new = file.rename(file.with_name("renamed.md"))
    book = ledger(before)

    assert status(book, new) is None
    moved = book.moved_from(str(new), sha(new))
    assert moved == before
    assert book.document_id(str(new), moved) == "visits"


def test_a_known_file_keeps_its_documents_id_and_a_new_one_gets_its_own(file: Path) -> None:
    book = ledger(SourceState("old-name", str(file), 1, sha(file), RECIPE, False))

    assert book.document_id(str(file), None) == "old-name"
    assert book.document_id("/else/where/Old name.pdf", None) == "old-name-2"
    assert book.document_id("/third/old_name.md", None) == "old-name-3"


def test_what_is_live_and_what_was_withdrawn_are_told_apart(file: Path) -> None:
    gone = state_of(file.with_name("gone.md"), sha256="0" * 64, withdrawn=True)
    book = ledger(state_of(file), gone)

    assert book.live() == [state_of(file)]
    assert (book.was_withdrawn("gone"), book.was_withdrawn("visits")) == (True, False)


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("Working Together (2026)", "working-together-2026"),
        ("Café_Protocol", "cafe-protocol"),
        ("日本語", "document"),
        ("---", "document"),
        ("x" * 300, "x" * 80),
    ],
)
def test_ids_are_short_and_fit_for_a_url(stem: str, expected: str) -> None:
    assert unused_id(stem, set()) == expected


@given(stems=st.lists(st.text(max_size=30), max_size=20))
def test_no_two_documents_get_the_same_id(stems: list[str]) -> None:
    used: set[str] = set()
    for stem in stems:
        new = unused_id(stem, used)
        assert new not in used
        assert new.strip("-").replace("-", "").isalnum()
        assert new.isascii()
        used.add(new)
