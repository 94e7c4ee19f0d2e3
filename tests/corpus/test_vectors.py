"""The vector index keeps its promises embedded and against a real `chroma run` alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import chromadb
import numpy as np
import pytest
from chromadb.errors import InternalError

from corpus.embedding import Vectors
from corpus.errors import DiskFull, StoreError
from corpus.settings import VectorSettings
from corpus.vectors import VectorIndex
from tests import services

OpenIndex = Callable[..., VectorIndex]


@pytest.fixture(params=["embedded", "server"])
def settings(request: pytest.FixtureRequest) -> VectorSettings:
    url = request.getfixturevalue("chroma_url") if request.param == "server" else None
    return VectorSettings(url=url, collection=f"test-{uuid4().hex}")


@pytest.fixture
def open_index(settings: VectorSettings, tmp_path: Path) -> Iterator[OpenIndex]:
    opened: list[VectorIndex] = []

    def open_one(fingerprint: str = "words@1") -> VectorIndex:
        opened.append(VectorIndex(settings, tmp_path, fingerprint))
        return opened[-1]

    yield open_one
    for index in opened:
        index.close()


@pytest.fixture
def index(open_index: OpenIndex) -> VectorIndex:
    return open_index()


def unit_vectors(count: int, seed: int = 7) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, 64)).astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def test_what_was_put_in_is_there(index: VectorIndex) -> None:
    vectors = unit_vectors(3)
    index.upsert(["a", "b", "c"], vectors)

    assert (index.count(), index.ids()) == (3, {"a", "b", "c"})
    for passage_id, vector in zip("abc", vectors, strict=True):
        assert index.search(vector, 1) == [(passage_id, pytest.approx(1, abs=1e-5))]


def test_an_upsert_takes_the_place_of_what_was_there(index: VectorIndex) -> None:
    old, new = unit_vectors(2)
    index.upsert(["a"], old[None])
    index.upsert(["a"], new[None])

    assert index.count() == 1
    assert index.search(new, 1) == [("a", pytest.approx(1, abs=1e-5))]


def test_what_was_deleted_is_found_no_more(index: VectorIndex) -> None:
    vectors = unit_vectors(3)
    index.upsert(["a", "b", "c"], vectors)

    index.delete(["b", "unknown"])

    assert index.ids() == {"a", "c"}
    assert "b" not in [passage_id for passage_id, _ in index.search(vectors[1], 3)]


def test_the_order_is_that_of_the_exact_cosine(index: VectorIndex) -> None:
    vectors = unit_vectors(400)
    ids = [f"passage-{row}" for row in range(400)]
    index.upsert(ids, vectors)

    for query in unit_vectors(10, seed=8):
        exact = vectors @ query
        found = index.search(query, 20)
        assert [passage_id for passage_id, _ in found] == [ids[row] for row in np.argsort(-exact)[:20]]
        assert [score for _, score in found] == pytest.approx(sorted(exact, reverse=True)[:20], abs=1e-4)


def test_more_may_be_asked_for_than_there_is(index: VectorIndex) -> None:
    query = unit_vectors(1)[0]
    assert index.search(query, 10) == []

    index.upsert(["a"], query[None])
    assert len(index.search(query, 10)) == 1


def test_nothing_may_be_put_in_or_taken_out(index: VectorIndex) -> None:
    index.upsert([], unit_vectors(0))
    index.delete([])

    assert (index.ids(), index.count()) == (set(), 0)


def test_many_passages_go_in_and_out_in_pages(index: VectorIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.vectors._PAGE", 30)
    ids = [f"passage-{row}" for row in range(100)]

    index.upsert(ids, unit_vectors(100))
    assert index.ids() == set(ids)

    index.delete(ids[:90])
    assert index.ids() == set(ids[90:])


def test_cleared_is_empty_and_can_be_filled_again(index: VectorIndex) -> None:
    index.upsert(["a", "b"], unit_vectors(2))

    index.clear()
    assert (index.count(), index.ids()) == (0, set())

    index.upsert(["c"], unit_vectors(1))
    assert index.ids() == {"c"}


def test_what_was_put_in_is_there_after_reopening(open_index: OpenIndex) -> None:
    first = open_index()
    first.upsert(["a"], unit_vectors(1))
    first.close()

    assert open_index().ids() == {"a"}


def test_vectors_of_another_embedder_are_not_kept(
    open_index: OpenIndex, caplog: pytest.LogCaptureFixture
) -> None:
    first = open_index("words@1")
    first.upsert(["a"], unit_vectors(1))
    first.close()

    second = open_index("words@2")

    assert second.count() == 0
    assert "another embedder" in caplog.text
    second.upsert(["a"], np.ones((1, 8), dtype=np.float32))  # its vectors may have another length


def test_a_search_is_as_broad_as_is_set_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = unit_vectors(3_000)
    ids = [f"passage-{row}" for row in range(len(vectors))]
    monkeypatch.setattr("corpus.vectors._BREADTH", 10)
    first = VectorIndex(VectorSettings(), tmp_path, "words@1")
    first.upsert(ids, vectors)
    first.close()
    monkeypatch.undo()

    second = VectorIndex(VectorSettings(), tmp_path, "words@1")

    queries = unit_vectors(20, seed=8)
    exact = [{ids[row] for row in np.argsort(-(vectors @ query))[:50]} for query in queries]
    found = [{passage_id for passage_id, _ in second.search(query, 50)} for query in queries]
    assert sum(len(one & other) for one, other in zip(exact, found, strict=True)) >= 0.99 * 50 * len(queries)
    second.close()


def test_a_rebuild_in_one_process_is_seen_in_another(chroma_url: str, tmp_path: Path) -> None:
    settings = VectorSettings(url=chroma_url, collection=f"test-{uuid4().hex}")
    service, doctor = (VectorIndex(settings, tmp_path, "words@1") for _ in range(2))
    service.upsert(["a"], unit_vectors(1))

    doctor.clear()
    doctor.upsert(["b"], unit_vectors(1))

    assert service.ids() == {"b"}
    for index in (service, doctor):
        index.close()


def test_an_embedded_index_that_is_broken_is_begun_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"not a database " * 100)

    index = VectorIndex(VectorSettings(), tmp_path, "words@1")

    assert index.count() == 0
    assert "it is built anew from the register" in caplog.text
    index.close()


def test_what_chroma_fails_at_for_a_moment_is_tried_again(
    index: VectorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[str] = []

    def fail(method: str, **_: object) -> list[str]:
        attempts.append(method)
        if len(attempts) % 3:
            raise InternalError("Nothing found on disk")
        return attempts

    monkeypatch.setattr(index, "_attempt", fail)

    assert index._call("query") == ["query"] * 3


def test_what_chroma_keeps_failing_at_is_a_store_error(
    index: VectorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise InternalError("Nothing found on disk")

    monkeypatch.setattr(index, "_attempt", fail)

    with pytest.raises(StoreError, match=r"Nothing found on disk\. Run `assistant doctor`"):
        index.count()


def test_a_server_that_does_not_answer_is_a_store_error_with_advice(tmp_path: Path) -> None:
    for url in (f"http://127.0.0.1:{services.free_port()}", "http://localhost:port", "http://[::1"):
        with pytest.raises(StoreError, match=r"does not answer\. Start it with `chroma run`"):
            VectorIndex(VectorSettings(url=url), tmp_path, "words@1")


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("http://chroma.example.org", 8000),
        ("https://chroma.example.org", 443),
        ("https://chroma.example.org:8443", 8443),
    ],
)
def test_a_server_is_called_at_the_usual_port_where_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, port: int
) -> None:
    called: list[object] = []

    def unreachable(**given: object) -> None:
        called.append(given["port"])
        raise ConnectionError

    monkeypatch.setattr(chromadb, "HttpClient", unreachable)
    with pytest.raises(StoreError):
        VectorIndex(VectorSettings(url=url), tmp_path, "words@1")
    assert called == [port]


def test_a_server_that_goes_away_is_a_store_error(tmp_path: Path) -> None:
    with services.chroma(tmp_path) as url:
        index = VectorIndex(VectorSettings(url=url), tmp_path, "words@1")
        index.upsert(["a"], unit_vectors(1))

    for use in (index.count, lambda: index.search(unit_vectors(1)[0], 1), index.clear):
        with pytest.raises(StoreError, match="The vector index failed"):
            use()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[VectorIndex]:
    """With so many vectors that the graph lies on the disk."""
    index = VectorIndex(VectorSettings(), tmp_path, "words@1")
    index.upsert([str(number) for number in range(1_200)], unit_vectors(1_200))
    yield index
    index.close()


def test_nothing_is_written_where_there_is_no_room_and_what_is_there_is_found(
    embedded: VectorIndex, leave_free: Callable[[int | None], None]
) -> None:
    leave_free(5_000_000)
    for use in (
        lambda: embedded.upsert(["new"], unit_vectors(1)),
        lambda: embedded.delete(["0"]),
        embedded.clear,
    ):
        with pytest.raises(DiskFull, match=r"5 MB are free"):
            use()
    assert embedded.search(unit_vectors(1_200)[7], 1)[0][0] == "7"

    leave_free(None)
    embedded.upsert(["new"], unit_vectors(1))
    assert embedded.count() == 1_201


def test_a_client_that_found_the_disk_full_is_asked_no_more(
    embedded: VectorIndex, monkeypatch: pytest.MonkeyPatch, leave_free: Callable[[int | None], None]
) -> None:
    asked: list[str] = []

    class Full:
        def upsert(self, **_: object) -> None:
            asked.append("upsert")
            raise InternalError("error returned from database: (code: 13) database or disk is full")

    before = embedded._client
    monkeypatch.setattr(embedded, "_collection", Full())
    with pytest.raises(DiskFull, match="The disk is full"):
        embedded.upsert(["new"], unit_vectors(1))
    leave_free(0)
    with pytest.raises(DiskFull):
        embedded.count()
    leave_free(None)

    assert embedded.count() == 1_200
    assert asked == ["upsert"]
    assert embedded._client is not before


def test_what_fails_with_nothing_free_is_told_as_a_full_disk(
    embedded: VectorIndex, monkeypatch: pytest.MonkeyPatch, leave_free: Callable[[int | None], None]
) -> None:
    def fail(*_: object, **__: object) -> None:
        leave_free(0)
        raise InternalError("Failed to apply logs to the metadata segment")

    monkeypatch.setattr(embedded, "_attempt", fail)
    with pytest.raises(DiskFull):
        embedded.upsert(["new"], unit_vectors(1))


def test_an_index_that_cannot_be_opened_for_want_of_room_is_left_as_it_is(
    embedded: VectorIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise InternalError("error returned from database: (code: 13) database or disk is full")

    embedded.close()
    before = sorted(path for path in (tmp_path / "chroma").rglob("*"))
    monkeypatch.setattr(chromadb, "PersistentClient", full)
    with pytest.raises(DiskFull):
        VectorIndex(VectorSettings(), tmp_path, "words@1")
    assert sorted(path for path in (tmp_path / "chroma").rglob("*")) == before


def lose_half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def lose_all(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("index_metadata.pickle", lose_half),
        ("index_metadata.pickle", lose_all),
        ("index_metadata.pickle", Path.unlink),
        ("data_level0.bin", lose_half),
        ("data_level0.bin", lose_all),
    ],
)
def test_files_that_were_cut_off_are_found_out_and_made_anew(
    embedded: VectorIndex, tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    assert embedded.is_whole()
    embedded.close()
    (file,) = (tmp_path / "chroma").glob(f"*/{name}")
    harm(file)

    index = VectorIndex(VectorSettings(), tmp_path, "words@1")
    assert not index.is_whole()
    index.clear()
    assert index.is_whole()
    index.upsert(["a"], unit_vectors(1))
    assert index.search(unit_vectors(1)[0], 1)[0][0] == "a"
    index.close()


def test_files_of_collections_that_are_no_more_are_removed(embedded: VectorIndex, tmp_path: Path) -> None:
    (before,) = (path for path in (tmp_path / "chroma").iterdir() if path.is_dir())
    embedded.clear()
    embedded.upsert([str(number) for number in range(1_200)], unit_vectors(1_200))

    (after,) = (path for path in (tmp_path / "chroma").iterdir() if path.is_dir())
    assert after != before
    assert embedded.count() == 1_200
