"""The turns before a question: from the records, or from memory where nothing is recorded."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from assistant.answers import Answer, AnswerStatus
from assistant.enquiry import Turn
from corpus.errors import StoreError
from corpus.passages import digest

log = logging.getLogger(__name__)

TURNS = 4
"""Most turns that a question is read in the light of."""

IS_TURN = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED, AnswerStatus.NOT_IN_CORPUS})
"""Statuses of the answers whose questions later ones may point back to."""

_MOST = 1_000
_SECONDS = 1_800.0
# 132 bits in base64url, and more than 64 in hexadecimal digits.
_UNGUESSABLE = 22


def key_of(conversation_id: str | None) -> str | None:
    """Under what a conversation is recorded: a digest of its id; None for an id that others could guess.

    The id itself is kept nowhere: it opens the conversation, and clients may make it of anything.
    """
    if conversation_id is None or len(conversation_id) < _UNGUESSABLE:
        return None
    return digest(conversation_id)


def turn_of(answer: Answer) -> Turn:
    """The answer as a turn before the next question."""
    return Turn(answer.question, places_of(answer.citations))


def places_of(cited: Iterable[Any]) -> tuple[str, ...]:
    """Of citations or their rows: `document_id#anchor`, in order, each once."""
    return tuple(dict.fromkeys(f"{each.document_id}#{each.anchor}" for each in cited))


class Conversations:
    """In memory, at most a thousand, each for half an hour after its last turn; safe for many threads.

    Only screened questions come here. `recorded` finds the turns of a recorded conversation; `clock` gives
    seconds that never go back.
    """

    def __init__(
        self,
        recorded: Callable[[str], tuple[Turn, ...]] = lambda _: (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._recorded = recorded
        self._clock = clock
        self._lock = threading.Lock()
        self._turns: OrderedDict[str, tuple[float, tuple[Turn, ...]]] = OrderedDict()

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """Oldest first; empty for a conversation that is not known, or no longer. Never raises."""
        try:
            return self._recorded(conversation_id) or self._remembered(conversation_id)
        except StoreError as error:
            log.error("A conversation could not be looked up: %s", error)  # noqa: TRY400
            return self._remembered(conversation_id)

    def add(self, conversation_id: str, turn: Turn) -> None:
        """Remember a turn that is not recorded; of too many conversations the oldest is forgotten."""
        with self._lock:
            self._forget_old()
            _, before = self._turns.get(conversation_id, (0.0, ()))
            self._turns[conversation_id] = self._clock(), (*before, turn)[-TURNS:]
            self._turns.move_to_end(conversation_id)
            while len(self._turns) > _MOST:
                self._turns.popitem(last=False)

    def forget(self, conversation_id: str) -> bool:
        """Whether there was anything to forget in memory."""
        with self._lock:
            return self._turns.pop(conversation_id, None) is not None

    def _remembered(self, conversation_id: str) -> tuple[Turn, ...]:
        with self._lock:
            self._forget_old()
            _, turns = self._turns.get(conversation_id, (0.0, ()))
            return turns

    def _forget_old(self) -> None:
        """What was typed stays no longer than is told. The conversations stand in the order of their last
        turns."""
        oldest = self._clock() - _SECONDS
        while self._turns and next(iter(self._turns.values()))[0] < oldest:
            self._turns.popitem(last=False)
