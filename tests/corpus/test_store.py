"""The indexes are derived: the register mends them, whatever became of them, without embedding anything."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from corpus.errors import DiskFull, ModelError, StoreBusy
from corpus.passages import Passage
from corpus.settings import Settings, VectorSettings
from corpus.store import Store
from tests.corpus.making import fill, new_version, passages_of
from tests.stand_ins import UnwillingEmbedder, WordsEmbedder

VISITS = ("The social worker must see the child alone.", "Each visit is written down within a day.")
POLICE = ("Police officers join the strategy discussion.", "Inspectors share what they know.")
UNKNOWN = passages_of("unknown", "Nobody committed this paragraph.")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """Settings of a store with two documents in it, which is closed."""
    with Store(settings, "ingest", WordsEmbedder()) as store:
        fill(store, new_version("visits", *VISITS), new_version("police", *POLICE))
    return settings


def unwilling(settings: Settings) -> Store:
    """Opened so that any attempt to embed fails the test."""
    return Store(settings, "ask", UnwillingEmbedder())


def assert_in_step(store: Store) -> None:
    assert store.indexes.drifts() == []
    query = WordsEmbedder().embed([VISITS[0]])[0]
    expected = passages_of("visits", *VISITS)[0].id
    assert store.indexes.vectors.search(query, 1)[0][0] == expected
    assert store.indexes.keywords.search("social worker", 1)[0][0] == expected


def test_a_store_that_was_closed_opens_without_any_mending(
    filled: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with unwilling(filled) as store:
        assert_in_step(store)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (["chroma"], ["the vector index lacked 4 passages"]),
        (["keywords"], ["the keyword index lacked 4 passages"]),
        (["chroma", "keywords"], ["the vector index lacked 4", "the keyword index lacked 4"]),
    ],
)
def test_a_deleted_index_is_made_anew_and_that_is_told(
    filled: Settings, caplog: pytest.LogCaptureFixture, lost: list[str], told: list[str]
) -> None:
    for name in lost:
        shutil.rmtree(filled.data_dir / name)

    with unwilling(filled) as store:
        assert_in_step(store)
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == len(told)
    assert all(f"Mended: {part}" in line for part, line in zip(told, lines, strict=True))


def lose_one(store: Store) -> None:
    store.indexes.remove([passages_of("visits", *VISITS)[0].id])


def gain_one(store: Store) -> None:
    store.indexes.add(UNKNOWN, WordsEmbedder().embed([UNKNOWN[0].text]))


def swap_one(store: Store) -> None:
    """As many passages as there should be, but not the right ones."""
    store.indexes.begin_writing()
    lose_one(store)
    gain_one(store)


def lose_a_keyword_entry(store: Store) -> None:
    store.indexes.keywords.delete([passages_of("visits", *VISITS)[0].id])


@pytest.mark.parametrize("harm", [lose_one, gain_one, swap_one, lose_a_keyword_entry])
def test_missing_and_stale_passages_are_mended_at_the_next_opening(
    filled: Settings, caplog: pytest.LogCaptureFixture, harm: Callable[[Store], None]
) -> None:
    with unwilling(filled) as store:
        harm(store)

    with unwilling(filled) as store:
        assert_in_step(store)
    assert "Mended: " in caplog.text


def test_a_run_that_was_cut_off_is_mended_at_the_next_opening(
    filled: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with Store(filled, "ingest", WordsEmbedder()) as store:
        cut_off_between_indexing_and_commit(store)

    with unwilling(filled) as store:
        assert_in_step(store)
    assert "the vector index lacked 0 passages and held 1 too many" in caplog.text
    assert "the keyword index lacked 0 passages and held 1 too many" in caplog.text


def test_a_run_that_was_cut_off_is_mended_by_the_next_run_of_the_same_process(filled: Settings) -> None:
    with Store(filled, "serve", WordsEmbedder()) as store:
        cut_off_between_indexing_and_commit(store)

        fill(store)

        assert_in_step(store)


def cut_off_between_indexing_and_commit(store: Store) -> None:
    with suppress(RuntimeError), store.writing():
        gain_one(store)
        raise RuntimeError("the power went")


def test_rebuilding_makes_both_indexes_anew_without_embedding(filled: Settings) -> None:
    with unwilling(filled) as store:
        swap_one(store)

        assert store.indexes.rebuild() == 4

        assert_in_step(store)


def test_withdrawn_documents_are_not_brought_back_by_mending(filled: Settings) -> None:
    with unwilling(filled) as store:
        store.recorder.withdraw("police", "/files/police.md")
    shutil.rmtree(filled.data_dir / "chroma")

    with unwilling(filled) as store:
        assert_in_step(store)
        assert store.indexes.vectors.count() == store.indexes.keywords.count() == 2


def test_a_document_that_is_withdrawn_while_the_indexes_are_mended_is_no_fault(
    filled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unwilling(filled) as store:
        ids = [passage.id for passage in passages_of("police", *POLICE)]
        store.indexes.vectors.delete(ids)
        drifts = store.indexes.drifts()
        store.recorder.withdraw("police", "/files/police.md")
        monkeypatch.setattr(store.indexes, "drifts", lambda: drifts)
        store.indexes.repair()
        assert not store.indexes.vectors.ids() & set(ids)


def test_a_large_index_is_mended_in_parts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.indexes._BATCH", 7)
    texts = [f"Paragraph number {number}." for number in range(20)]
    with Store(settings, "ingest", WordsEmbedder()) as store:
        fill(store, new_version("visits", *texts))
    for name in ("chroma", "keywords"):
        shutil.rmtree(settings.data_dir / name)

    with unwilling(settings) as store:
        assert store.indexes.drifts() == []
        assert store.indexes.vectors.count() == 20


def test_mended_vectors_are_those_that_were_embedded(filled: Settings) -> None:
    shutil.rmtree(filled.data_dir / "chroma")
    with unwilling(filled) as store:
        for passage, vector in embedded(*passages_of("visits", *VISITS)):
            assert store.indexes.vectors.search(vector, 1) == [(passage.id, pytest.approx(1, abs=1e-5))]


def embedded(*passages: Passage) -> list[tuple[Passage, np.ndarray]]:
    vectors = WordsEmbedder().embed([passage.text for passage in passages])
    return list(zip(passages, vectors, strict=True))


def test_a_store_made_with_another_embedder_is_refused_with_advice(filled: Settings) -> None:
    with pytest.raises(ModelError) as refusal:
        Store(filled, "ask", UnwillingEmbedder("words@2"))

    assert refusal.value.message == "The store was made with words@1, and the settings name words@2."
    assert "assistant doctor --re-embed" in refusal.value.advice
    with unwilling(filled) as store:  # the refusal neither harmed nor locked it
        assert_in_step(store)


def test_published_words_are_recognised_word_for_word(filled: Settings) -> None:
    with unwilling(filled) as store:
        assert store.publishes("must see the child alone")
        assert not store.publishes("must see the child soon")


@pytest.fixture
def shared(settings: Settings, chroma_url: str) -> Settings:
    """Settings of a store that several processes may open."""
    vectors = VectorSettings(url=chroma_url, collection=f"test-{uuid4().hex}")
    return settings.model_copy(update={"vectors": vectors})


def test_a_store_opened_while_another_process_writes_leaves_the_indexes_to_it(
    shared: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with Store(shared, "ingest", WordsEmbedder()) as writer:
        fill(writer, new_version("visits", *VISITS))
        with writer.writing():
            gain_one(writer)
            with unwilling(shared):
                assert writer.indexes.vectors.count() == 3
    assert "being written by another process" in caplog.text


def test_only_one_process_writes_at_a_time(shared: Settings) -> None:
    with (
        Store(shared, "ingest", WordsEmbedder()) as first,
        Store(shared, "serve", WordsEmbedder()) as second,
    ):
        with first.writing(), pytest.raises(StoreBusy, match="Another process is writing"), second.writing():
            pass
        with second.writing():
            pass


def test_only_one_process_writes_at_a_time_on_postgresql(shared: Settings, postgres_url: str) -> None:
    database = shared.database.model_copy(update={"url": postgres_url})
    test_only_one_process_writes_at_a_time(shared.model_copy(update={"database": database}))


def test_vectors_of_another_embedder_are_not_mended_into_the_index_while_all_is_embedded_anew(
    filled: Settings,
) -> None:
    other = UnwillingEmbedder("words@2")
    with (
        Store(filled, "doctor", other, check_embedder=False) as store,
        store.writing(),
    ):
        assert store.indexes.vectors.count() == 0


def test_what_is_live_already_is_not_put_into_the_vector_index_again(
    filled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put: list[str] = []
    with Store(filled, "ingest", WordsEmbedder()) as store:
        monkeypatch.setattr(store.indexes.vectors, "upsert", lambda ids, _: put.extend(ids))
        passages = passages_of("visits", *VISITS, "A further paragraph.")

        store.indexes.add(passages, WordsEmbedder().embed([passage.text for passage in passages]))

    assert put == [passages[-1].id]


def test_a_damaged_vector_index_is_made_anew_at_the_next_opening(
    filled: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    many = [f"Paragraph {number} says what is done." for number in range(1_100)]
    with Store(filled, "ingest", WordsEmbedder()) as store:
        fill(store, new_version("many", *many))
    (file,) = (filled.data_dir / "chroma").glob("*/index_metadata.pickle")
    file.write_bytes(b"")

    with unwilling(filled) as store:
        assert_in_step(store)
    assert "The vector index is damaged; it is built anew" in caplog.text


def test_a_vector_index_that_lost_its_graph_as_a_run_was_cut_off_is_made_anew(filled: Settings) -> None:
    many = [f"Paragraph {number} says what is done." for number in range(1_100)]
    with Store(filled, "ingest", WordsEmbedder()) as store:
        fill(store, new_version("many", *many))
        store.indexes.begin_writing()
    (file,) = (filled.data_dir / "chroma").glob("*/index_metadata.pickle")
    file.unlink()  # Chroma counts as before, and finds nothing

    with unwilling(filled) as store:
        assert_in_step(store)


def test_without_room_a_store_opens_as_it_is_and_is_mended_later(
    filled: Settings, caplog: pytest.LogCaptureFixture, leave_free: Callable[[int | None], None]
) -> None:
    with unwilling(filled) as store:
        lose_one(store)
    leave_free(5_000_000)
    with unwilling(filled) as store:
        assert store.indexes.keywords.search("police officers", 1)
    assert "left as they are for now. The disk is full" in caplog.text

    leave_free(None)
    with unwilling(filled) as store:
        assert_in_step(store)


def test_a_rebuild_without_room_removes_nothing(
    filled: Settings, leave_free: Callable[[int | None], None]
) -> None:
    with unwilling(filled) as store:
        leave_free(5_000_000)
        with pytest.raises(DiskFull):
            store.rebuild_indexes()
        assert_in_step(store)
