"""The turns of conversations, kept in memory for a while and nowhere else."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from assistant.enquiry import Turn

_MOST = 1_000
_SECONDS = 1_800.0
_TURNS = 4


class Conversations:
    """At most a thousand, each for half an hour after its last turn; safe for many threads.

    Only screened questions come here. `clock` gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._turns: OrderedDict[str, tuple[float, tuple[Turn, ...]]] = OrderedDict()

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """Oldest first; empty for a conversation that is not known, or no longer."""
        with self._lock:
            at, turns = self._turns.get(conversation_id, (0.0, ()))
            return turns if turns and self._clock() - at <= _SECONDS else ()

    def add(self, conversation_id: str, turn: Turn) -> None:
        """The oldest conversation is forgotten where there are too many."""
        before = self.turns(conversation_id)
        with self._lock:
            self._turns[conversation_id] = self._clock(), (*before, turn)[-_TURNS:]
            self._turns.move_to_end(conversation_id)
            while len(self._turns) > _MOST:
                self._turns.popitem(last=False)
