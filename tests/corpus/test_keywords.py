"""The keyword index finds English words in whatever form they stand, and no query harms it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.errors import DiskFull
from corpus.keywords import KeywordIndex

PASSAGES = {
    "visits": "The social worker visits the child at home.",
    "police": "Police officers hold a strategy discussion, with the paediatrician.",
    "café": "The mentor met the young person in a café and or not to within.",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> KeywordIndex:
    """Shared, since it is only read."""
    index = KeywordIndex(tmp_path_factory.mktemp("keywords"))
    index.upsert(PASSAGES.items())
    return index


@pytest.fixture
def index(tmp_path: Path) -> KeywordIndex:
    index = KeywordIndex(tmp_path / "keywords")
    index.upsert(PASSAGES.items())
    return index


def ids(index: KeywordIndex, query: str) -> list[str]:
    return [passage_id for passage_id, _ in index.search(query, 10)]


@pytest.mark.parametrize("query", ["visit", "visited", "VISITING", "a visit!", "to visit or not"])
def test_words_are_found_in_all_their_forms(filled: KeywordIndex, query: str) -> None:
    assert ids(filled, query) == ["visits"]


def test_accents_do_not_part_words(filled: KeywordIndex) -> None:
    assert ids(filled, "cafe") == ids(filled, "CAFÉ") == ["café"]


@pytest.mark.parametrize("query", ["", "  ", "the", "is the", "a AND", "and or not to the", "?!", "🙂"])
def test_a_query_without_a_word_that_counts_finds_nothing(filled: KeywordIndex, query: str) -> None:
    assert filled.search(query, 10) == []


def test_more_words_in_common_score_higher(index: KeywordIndex) -> None:
    index.upsert([("both", "strategy visit"), ("one", "strategy meeting")])

    found = index.search("strategy visit", 10)

    assert found[0][0] == "both"
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert len(index.search("strategy visit", 2)) == 2


def test_an_upsert_takes_the_place_of_what_was_there(index: KeywordIndex) -> None:
    index.upsert([("visits", "Nothing but swimming.")])

    assert (ids(index, "visit"), ids(index, "swim")) == ([], ["visits"])
    assert index.count() == len(PASSAGES)


def test_what_was_deleted_is_found_no_more(index: KeywordIndex) -> None:
    index.delete(["visits", "unknown"])

    assert ids(index, "visit") == []
    assert (index.count(), index.ids()) == (2, {"police", "café"})


def test_cleared_is_empty_and_can_be_filled_again(index: KeywordIndex) -> None:
    index.clear()
    assert (index.count(), index.ids(), ids(index, "visit")) == (0, set(), [])

    index.upsert(PASSAGES.items())
    assert index.ids() == PASSAGES.keys()


def test_another_opener_sees_each_commit(index: KeywordIndex, tmp_path: Path) -> None:
    other = KeywordIndex(tmp_path / "keywords")
    assert ids(other, "visit") == ["visits"]

    index.delete(["visits"])
    assert ids(other, "visit") == []


def test_a_commit_that_was_killed_half_way_does_not_stand_in_the_way(
    index: KeywordIndex, tmp_path: Path
) -> None:
    meta = tmp_path / "keywords" / "meta.json"
    before = meta.read_bytes()
    index.delete(["visits"])
    meta.write_bytes(before)  # the last file that a commit writes: without it nothing has happened

    reopened = KeywordIndex(tmp_path / "keywords")
    assert reopened.ids() == PASSAGES.keys()

    reopened.delete(["police"])
    assert reopened.ids() == {"visits", "café"}


def break_meta(folder: Path) -> None:
    (folder / "meta.json").write_text("{")


def lose_meta(folder: Path) -> None:
    (folder / "meta.json").unlink()


def lose_words(folder: Path) -> None:
    for path in folder.glob("*.term"):
        path.unlink()


def cut_texts(folder: Path) -> None:
    for path in folder.glob("*.store"):
        path.write_bytes(path.read_bytes()[:20])


@pytest.mark.parametrize("damage", [break_meta, lose_meta, lose_words, cut_texts])
def test_a_broken_index_is_begun_anew(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    KeywordIndex(tmp_path / "keywords").upsert(PASSAGES.items())
    damage(tmp_path / "keywords")

    index = KeywordIndex(tmp_path / "keywords")

    assert (index.count(), index.ids()) == (0, set())
    index.upsert(PASSAGES.items())
    assert ids(index, "visit") == ["visits"]


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=80))
@example('text:visit AND (NOT "police')
@example("id:visits")
@example("visit~2^3 [a TO z] IN [visit] /re.*/ *")
@example("\x00\ud7ff\u200b\ufffe")
@example("visit " * 2_000)
@example("v" * 100_000)
def test_no_query_does_harm(filled: KeywordIndex, query: str) -> None:
    assert set(ids(filled, query)) <= PASSAGES.keys()


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=st.lists(st.sampled_from("+-&|!(){}[]^\"~*?:\\/<>=,;'`@#$%"), max_size=6), before=st.booleans())
def test_operators_are_only_punctuation(filled: KeywordIndex, marks: list[str], before: bool) -> None:
    around = "".join(marks)
    query = f"{around}visiting {around}" if before else f"visiting{around} nothing"

    assert ids(filled, query) == ["visits"]


def test_nothing_is_written_where_there_is_no_room(
    index: KeywordIndex, leave_free: Callable[[int | None], None]
) -> None:
    leave_free(5_000_000)
    with pytest.raises(DiskFull, match="5 MB are free"):
        index.delete(["visits"])
    leave_free(None)
    assert index.ids() == PASSAGES.keys()


def test_what_fails_with_nothing_free_is_told_as_a_full_disk(
    index: KeywordIndex, leave_free: Callable[[int | None], None]
) -> None:
    def entries() -> Iterator[tuple[str, str]]:
        leave_free(0)
        yield "new", "A new paragraph."
        raise ValueError("An error occurred in a thread")

    with pytest.raises(DiskFull):
        index.upsert(entries())
    leave_free(None)
    index.delete(["visits"])
    assert index.ids() == {"police", "café"}
