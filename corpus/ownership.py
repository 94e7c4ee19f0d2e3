"""One process owns an embedded data folder: two writers would corrupt Chroma's files.

The lock is the operating system's, so it is gone with the process, also after a kill. Beside it lies a note
that says who holds it, for the message to whoever comes second.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import StoreBusy, StoreError


class Ownership:
    """Held from construction until `release`. Raises StoreBusy where another process holds it."""

    def __init__(self, data_dir: Path, purpose: str) -> None:
        self._note = data_dir / "owner.json"
        # Not bound to the thread: a service may be stopped by another one than it was started by.
        self._lock = FileLock(data_dir / "owner.lock", thread_local=False)
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            self._note.write_text(json.dumps({"pid": os.getpid(), "purpose": purpose}))
        except Timeout:
            raise StoreBusy(
                f"The data folder {data_dir} is in use by {self._holder()}.",
                "Wait until it has ended or stop it, then try again. "
                "For several processes at once, set ASSISTANT_VECTORS__URL to a Chroma server.",
            ) from None
        except OSError as error:
            self._lock.release()
            raise StoreError(
                f"The data folder {data_dir} cannot be used: {error.strerror}.",
                "Choose another with --data DIR or ASSISTANT_DATA_DIR, or free some space if it is full.",
            ) from error

    def release(self) -> None:
        """Let others in."""
        self._note.unlink(missing_ok=True)
        self._lock.release()

    def _holder(self) -> str:
        try:
            note = json.loads(self._note.read_text())
            return f"`assistant {note['purpose']}` (process {note['pid']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"
