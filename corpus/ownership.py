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
from corpus.file_names import shown
from corpus.room import disk_full, tells_of_full_disk

_SERVICE = "`assistant serve`"
_SEVERAL = "For several processes at once, set ASSISTANT_VECTORS__URL to a Chroma server."
_BESIDE_ANOTHER = f"Wait until it has ended or stop it, then try again. {_SEVERAL}"
_BESIDE_SERVICE = (
    "Ask there, hand documents in on its page /library/manage, or keep their folder with `assistant sync add "
    f"FOLDER`, which it then takes in by itself; or stop it first. {_SEVERAL}"
)


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
            holder = self._holder()
            raise StoreBusy(
                f"The data folder {shown(data_dir)} is in use by {holder}.",
                _BESIDE_SERVICE if _SERVICE in holder else _BESIDE_ANOTHER,
            ) from None
        except OSError as error:
            self._lock.release()
            if tells_of_full_disk(error):
                raise disk_full() from error
            raise StoreError(
                f"The data folder {shown(data_dir)} cannot be used: {error.strerror}.",
                "Choose another with --data DIR or ASSISTANT_DATA_DIR.",
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
