"""A full disk is told as such, before anything is begun that must be whole, and costs nothing."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import DiskFull, StoreError
from corpus.room import is_full, require_room, tells_of_full_disk, told_of_disk, write_whole


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        RuntimeError("error returned from database: (code: 13) database or disk is full"),
        RuntimeError("could not extend file: No space left on device"),
    ],
)
def test_a_full_disk_is_known_by_its_number_or_its_words(error: Exception) -> None:
    assert tells_of_full_disk(error)


def test_threads_that_write_the_same_file_are_not_in_each_others_way(tmp_path: Path) -> None:
    data = bytes(500_000)
    with ThreadPoolExecutor(4) as threads:
        for written in [threads.submit(write_whole, tmp_path / "a", data) for _ in range(12)]:
            written.result()
    assert (tmp_path / "a").read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_another_fault_is_not_taken_for_a_full_disk() -> None:
    assert not tells_of_full_disk(OSError(errno.EACCES, "Permission denied"))
    assert not tells_of_full_disk(ValueError("the list is full"))


def test_room_is_asked_for_where_the_folder_will_be(
    tmp_path: Path, leave_free: Callable[[int | None], None]
) -> None:
    require_room(tmp_path / "not" / "there" / "yet", 1)
    leave_free(2_500_000)
    require_room(tmp_path, 2_500_000)
    assert not is_full(tmp_path)
    with pytest.raises(DiskFull, match=r"The disk is full: 2 MB are free in .*, 4 MB are needed.*Free some"):
        require_room(tmp_path, 3_500_000)


@pytest.mark.parametrize(
    ("number", "kind", "told"),
    [
        (errno.ENOSPC, DiskFull, "The disk is full: the file x cannot be written"),
        (errno.EROFS, StoreError, "The file x cannot be written: Read-only file system. Check who may"),
    ],
)
def test_what_the_system_says_is_told_with_what_to_do(number: int, kind: type[StoreError], told: str) -> None:
    with pytest.raises(kind, match=told), told_of_disk("The file x"):
        raise OSError(number, os.strerror(number))


def test_what_was_there_stays_where_a_file_cannot_be_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / f"{'é' * 120}.docx"
    write_whole(file, b"before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(file, b"after")

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_what_a_link_leads_to_is_written_and_a_device_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "file.md")

    write_whole(tmp_path / "link.md", b"words")
    write_whole(Path(os.devnull), b"words")

    assert (tmp_path / "file.md").read_bytes() == b"words"
    assert (tmp_path / "link.md").is_symlink()
