"""Room on the disk: asked for before what must not be cut off is written, and missed in plain words."""

from __future__ import annotations

import errno
import hashlib
import math
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import DiskFull, StoreError
from corpus.file_names import shown

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_SAYS_SO = ("disk is full", "no space left", "disk full", "quota exceeded")
_MB = 1_000_000
_NEXT_TO_NOTHING = _MB
_WRITING = threading.Lock()


def disk_full(what: str = "") -> DiskFull:
    """The fault; `what` tells more of it, where more is known."""
    return DiskFull(
        f"The disk is full{what and f': {what}'}. What was kept before is safe.",
        "Free some space and try again.",
    )


def tells_of_full_disk(error: BaseException) -> bool:
    """By the system's number for it, or in a driver's words."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return True
    return any(words in str(error).lower() for words in _SAYS_SO)


def is_full(folder: Path) -> bool:
    """Whether next to nothing is free: what a driver then fails with often says anything but that."""
    free = _free(folder)
    return free is not None and free < _NEXT_TO_NOTHING


def require_room(folder: Path, size: int) -> None:
    """Raises DiskFull where fewer than `size` bytes are free."""
    free = _free(folder)
    if free is not None and free < size:
        room = f"{free // _MB} MB are free in {shown(folder)}"
        raise disk_full(f"{room}, {math.ceil(size / _MB)} MB are needed")


@contextmanager
def told_of_disk(what: str) -> Iterator[None]:
    """What the system raises as `what` is written comes out as DiskFull or StoreError."""
    try:
        yield
    except OSError as error:
        raise disk_fault(what, error) from error


def disk_fault(what: str, error: OSError) -> StoreError:
    """DiskFull where it tells of that, else a StoreError with the reason that the system gives."""
    if tells_of_full_disk(error):
        return disk_full(f"{what[0].lower()}{what[1:]} cannot be written")
    return StoreError(f"{what} cannot be written: {error.strerror or error}.", "Check who may write there.")


def write_whole(target: Path, data: bytes) -> None:
    """Whole or not at all: what was there before stays where this fails. Raises OSError."""
    target = target.resolve()
    if target.exists() and not target.is_file():  # a pipe or a terminal
        target.write_bytes(data)
        return
    # A name of its own, since that of the target may be as long as a name may be.
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()
    partial = target.with_name(f".{name}.partial")
    with _WRITING:  # two threads that write the same target would take each other's partial file away
        try:
            with partial.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        except OSError:
            partial.unlink(missing_ok=True)
            raise


def _free(folder: Path) -> int | None:
    """Bytes; None where that cannot be told."""
    there = next((each for each in (folder, *folder.parents) if each.is_dir()), None)
    try:
        return shutil.disk_usage(there).free if there else None
    except OSError:
        return None
