"""Readers in a process of their own, so that a file can cost no more than its own refusal.

Every file goes through it, small ones too: the round trip costs less than a millisecond, and one path is
simpler to trust than two. The worker is started with the interpreter rather than with `multiprocessing`,
whose spawn would import the caller's main module, and with it all that the service needs, first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Event, Timer
from types import TracebackType

from corpus.errors import IngestError, UnreadableFile
from ingest.blocks import Reading
from ingest.readers.wire import receive, send, unpack

_PYTHON_FAILED = 1
"""Exit status after an exception that was not caught: a fault of the installation, not of the file."""


class ReaderProcess:
    """One long-lived worker; started on first use, and anew after a file that it did not survive.

    Not for use by several threads at once.
    """

    def __init__(self, seconds: float = 30, memory_mb: int = 1024) -> None:
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ReaderProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker; a later read starts a new one."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.communicate()

    def read(self, data: bytes, name: str) -> Reading:
        """As `ingest.readers.read`; a file that takes too long or too much is an UnreadableFile too."""
        worker, late = self._running(), Event()

        def expire() -> None:
            late.set()
            worker.kill()

        overdue = Timer(self._seconds, expire)
        overdue.daemon = True
        overdue.start()
        try:
            reply = _exchange(worker, data, name)
        except BaseException:
            self.close()  # else the reply to this file would be taken for the reply to the next
            raise
        finally:
            overdue.cancel()
        if reply is None:
            status = worker.wait()
            self.close()
            raise self._fault(status, late.is_set())
        return unpack(reply)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._worker is None or self._worker.poll() is not None:
            self.close()
            self._worker = _start(self._memory_mb)
        return self._worker

    def _fault(self, status: int, late: bool) -> IngestError:
        if late:
            return UnreadableFile(
                f"The file took longer than {self._seconds:g} s to read.",
                "Split it into smaller files, or save it in another format.",
            )
        if status == _PYTHON_FAILED:
            return IngestError("The file readers cannot be run.", "Install the assistant again.")
        return UnreadableFile(
            f"The file is damaged, or needed more than {self._memory_mb} MB of memory to read.",
            "Save it again in the program it was made with, or split it into smaller files.",
        )


def _start(memory_mb: int) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(path or os.curdir for path in sys.path)
    return subprocess.Popen(
        [sys.executable, "-m", "ingest.readers.worker", str(memory_mb)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"},
    )


def _exchange(worker: subprocess.Popen[bytes], data: bytes, name: str) -> bytes | None:
    """The reply; None where the worker ended first."""
    if worker.stdin is None or worker.stdout is None:
        return None
    try:
        send(worker.stdin, name.encode(), data)
    except BrokenPipeError:
        return None
    return receive(worker.stdout)
