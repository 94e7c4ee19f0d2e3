"""Whatever goes wrong in an ingest, the store stays whole."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from corpus.errors import DiskFull, StoreBusy, StoreError
from corpus.indexes import Indexes
from corpus.recording import Recorder
from corpus.settings import DatabaseSettings, Settings, VectorSettings
from corpus.store import Store
from ingest import originals, pipeline
from ingest.pipeline import IngestPipeline
from ingest.report import Status
from tests.ingest.grounds import POLICE, SEE, TELL, WRITE, Grounds
from tests.stand_ins import WordsEmbedder


def test_an_original_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "the disk went")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="the disk went"):
        originals.keep(tmp_path / "originals", "ab12", b"words")
    monkeypatch.undo()

    assert not (tmp_path / "originals" / "ab12").exists()
    assert originals.keep(tmp_path / "originals", "ab12", b"words").read_bytes() == b"words"


def test_a_full_disk_while_a_file_is_kept_leaves_the_store_whole(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _two_files_and_then_two_more(grounds)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match=r"The disk is full.*Free some space"):
        grounds.run()
    monkeypatch.undo()

    _assert_whole_and_mended(grounds, before)


def test_a_full_disk_while_the_register_is_written_leaves_the_store_whole(grounds: Grounds) -> None:
    before = _two_files_and_then_two_more(grounds)
    engine = grounds.store.register.engine

    def no_more_pages(connection: Any, *_: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size for the least
        cursor.close()

    engine.dispose()
    event.listen(engine, "connect", no_more_pages)
    grounds.write("visits.md", SEE, *(f"Paragraph {number}. " + "More. " * 90 for number in range(40)))
    with pytest.raises(DiskFull, match=r"The disk is full.*Free some space"):
        grounds.run()
    event.remove(engine, "connect", no_more_pages)

    grounds.reopen()
    assert grounds.words() == before
    grounds.write("visits.md", SEE, WRITE)
    _assert_whole_and_mended(grounds, before)


def test_a_folder_that_cannot_be_written_is_a_store_error(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    grounds.write("visits.md", SEE)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreError, match="cannot be written: Read-only file system"):
        grounds.run()


def _two_files_and_then_two_more(grounds: Grounds) -> set[str]:
    """A store with two documents, of which one has changed since and a third has come; what is live."""
    grounds.write("police.md", POLICE, title="Police")
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    before = grounds.words()
    grounds.write("visits.md", SEE, WRITE)
    grounds.write("z-new.md", "3.1 A new procedure.", title="New")
    return before


def _assert_whole_and_mended(grounds: Grounds, before: set[str]) -> None:
    grounds.reopen()
    assert grounds.words() == before
    grounds.run()
    assert grounds.words() == {POLICE, SEE, WRITE, "3.1 A new procedure."}


class PowerCut(BaseException):
    """Caught by nothing, as a kill is."""


@pytest.mark.parametrize(
    ("owner", "step", "then"),
    [
        (pipeline, "embed_passages", {SEE, TELL, POLICE}),
        (Indexes, "add", {SEE, TELL, POLICE}),
        (Recorder, "record", {SEE, WRITE, POLICE}),
        (Recorder, "withdraw", {SEE, WRITE}),
    ],
    ids=["embedded", "indexed", "committed", "withdrawn"],
)
def test_cut_off_after_any_step_readers_see_whole_versions_and_the_next_run_ends_the_same(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch, owner: Any, step: str, then: set[str]
) -> None:
    grounds.write("police.md", POLICE, title="Police")
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    grounds.write("visits.md", SEE, WRITE)
    (grounds.folder / "police.md").unlink()
    take_step = getattr(owner, step)

    def take_step_and_fall(*arguments: Any) -> None:
        take_step(*arguments)
        raise PowerCut

    monkeypatch.setattr(owner, step, take_step_and_fall)
    with pytest.raises(PowerCut):
        grounds.run()
    monkeypatch.undo()

    grounds.reopen()
    assert grounds.words() == then
    grounds.run()
    assert grounds.words() == {SEE, WRITE}
    assert grounds.store.register.version_numbers("visits") == [1, 2]


@pytest.mark.parametrize("make", ["sqlite", "postgresql"])
def test_the_second_of_two_ingests_at_once_is_refused(
    tmp_path: Path, chroma_url: str, request: pytest.FixtureRequest, make: str
) -> None:
    url = request.getfixturevalue("postgres_url") if make == "postgresql" else None
    settings = Settings(
        data_dir=tmp_path / "data",
        database=DatabaseSettings(url=url),
        vectors=VectorSettings(url=chroma_url, collection=f"test-{uuid4().hex}"),
    )
    grounds = Grounds(tmp_path / "files", settings)
    grounds.write("visits.md", SEE)
    refused: list[StoreBusy] = []
    with Store(settings, "serve", WordsEmbedder()) as other:

        def ingest_too(*_: object) -> None:
            with pytest.raises(StoreBusy, match="Another process is writing") as refusal:
                IngestPipeline(other, settings.ingest).run([grounds.folder])
            refused.append(refusal.value)

        ingest = IngestPipeline(grounds.store, settings.ingest)
        report = ingest.run([grounds.folder], progress=ingest_too)
        again = IngestPipeline(other, settings.ingest).run([grounds.folder])

    assert refused
    assert (report.count(Status.ADDED), again.count(Status.UNCHANGED)) == (1, 1)
    grounds.store.close()


def test_an_embedded_store_that_is_open_refuses_a_second_ingest(grounds: Grounds) -> None:
    with pytest.raises(StoreBusy, match="in use by `assistant ingest`"):
        Store(grounds.settings, "ingest", WordsEmbedder())
