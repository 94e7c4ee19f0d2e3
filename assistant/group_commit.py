"""What many threads bring is written in one go for all who wait, in order of arrival.

A lock would let them in one by one, and not in turn: whoever comes may pass those who wait, and with fifty
people asking without a pause some had waited for seconds when others had come and gone. Here all who wait
while something is written are in the next write, so that nobody waits for more than one before their own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from corpus.errors import StoreBusy, StoreError

Item = TypeVar("Item")


class GroupCommit(Generic[Item]):
    """`write` gets what waits, and is never called twice at once: by whoever comes while nothing is written,
    and then by the first of those who came meanwhile."""

    def __init__(self, write: Callable[[Sequence[Item]], None], patience: float) -> None:
        self._write = write
        self._patience = patience
        self._lock = threading.Lock()
        self._line: list[_Waiting[Item]] = []
        self._is_writing = False

    def put(self, item: Item) -> None:
        """Returns when it is written, and raises what `write` raised.

        Raises StoreBusy where others take longer than `patience` seconds over it: it is not written then,
        unless they had begun with it.
        """
        mine = _Waiting(item)
        with self._lock:
            self._line.append(mine)
            if not self._is_writing:
                self._is_writing = True
                mine.called.set()
        if not mine.called.wait(self._patience):
            self._leave(mine)
        if not mine.is_settled:
            self._write_line()
        if mine.fault is not None:
            raise mine.fault

    def _leave(self, mine: _Waiting[Item]) -> None:
        with self._lock:
            if mine.called.is_set():
                return
            if mine in self._line:
                self._line.remove(mine)
        raise StoreBusy("Too many answers wait to be recorded.")

    def _write_line(self) -> None:
        with self._lock:
            batch, self._line = self._line, []
        try:
            self._settle(batch)
        finally:
            with self._lock:
                self._is_writing = bool(self._line)
                if self._line:
                    self._line[0].called.set()
            for each in batch:
                each.is_settled = True
                each.called.set()

    def _settle(self, batch: Sequence[_Waiting[Item]]) -> None:
        """A fault of the database is everybody's; any other is found out alone."""
        fault: Exception | None = None
        try:
            self._write([each.item for each in batch])
        except StoreError as error:
            fault = error
        except Exception as error:
            if len(batch) > 1:
                for each in batch:
                    self._settle([each])
                return
            fault = error
        for each in batch:
            each.fault = fault


class _Waiting(Generic[Item]):
    """An item in the line. It is `called` when it is settled, or when its thread is to write the line."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.called = threading.Event()
        self.is_settled = False
        self.fault: Exception | None = StoreError("It was broken off.")
