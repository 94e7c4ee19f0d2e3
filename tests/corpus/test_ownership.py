"""An embedded data folder has one owner, who is named, and who is forgotten once dead."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from corpus.errors import StoreBusy, StoreError
from corpus.ownership import Ownership
from corpus.settings import Settings, VectorSettings
from corpus.store import Store
from tests.stand_ins import WordsEmbedder

HOLD = """
import sys
from pathlib import Path
from corpus.ownership import Ownership
held = Ownership(Path(sys.argv[1]), "ingest")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that owns the data folder until it is killed."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_process_is_refused_and_told_who_holds_it(
    holder: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    with pytest.raises(StoreBusy) as refusal:
        Store(Settings(data_dir=tmp_path), "ask", WordsEmbedder())

    assert f"`assistant ingest` (process {holder.pid})" in refusal.value.message
    assert "ASSISTANT_VECTORS__URL" in refusal.value.advice


def test_whoever_comes_beside_the_service_is_told_what_can_be_done_there(tmp_path: Path) -> None:
    service = Ownership(tmp_path, "serve")
    with pytest.raises(StoreBusy, match=r"`assistant serve`.*/library/manage.*`assistant sync add FOLDER`"):
        Ownership(tmp_path, "ingest")
    service.release()


def test_the_lock_goes_with_a_killed_holder(holder: subprocess.Popen[bytes], tmp_path: Path) -> None:
    holder.kill()
    holder.wait()

    with Store(Settings(data_dir=tmp_path), "ask", WordsEmbedder()) as store:
        assert store.register.documents() == []


def test_with_a_chroma_server_several_processes_may_open_the_store(
    holder: subprocess.Popen[bytes], tmp_path: Path, chroma_url: str
) -> None:
    vectors = VectorSettings(url=chroma_url, collection="ownership")
    with Store(Settings(data_dir=tmp_path, vectors=vectors), "ask", WordsEmbedder()) as store:
        assert store.indexes.vectors.count() == 0
    assert holder.poll() is None


def test_closed_means_free_also_when_another_thread_closes(tmp_path: Path) -> None:
    first = Ownership(tmp_path, "serve")
    closing = Thread(target=first.release)
    closing.start()
    closing.join()

    second = Ownership(tmp_path, "ingest")
    second.release()
    assert not (tmp_path / "owner.json").exists()


def test_a_note_that_cannot_be_read_does_not_hide_the_refusal(tmp_path: Path) -> None:
    first = Ownership(tmp_path, "serve")
    for note in ("{", "{}", "[]", ""):
        (tmp_path / "owner.json").write_text(note)
        with pytest.raises(StoreBusy, match="in use by another process"):
            Ownership(tmp_path, "ask")
    first.release()


def test_a_data_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match=r"cannot be used: .* Choose another with --data"):
        Ownership(tmp_path / "file" / "data", "ask")


def test_a_store_that_fails_to_open_lets_go_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"not a database " * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store(Settings(data_dir=tmp_path), "ask", WordsEmbedder())

    Ownership(tmp_path, "doctor").release()
