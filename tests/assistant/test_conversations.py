"""Conversations are remembered for a while, in order, and then forgotten."""

from __future__ import annotations

import threading
import time

from assistant.conversations import TURNS, Conversations
from assistant.enquiry import Turn


def test_turns_come_back_oldest_first_and_only_the_last_four() -> None:
    conversations = Conversations()
    for number in range(6):
        conversations.add("a", Turn(str(number)))
    assert [turn.question for turn in conversations.turns("a")] == ["2", "3", "4", "5"]


def test_conversations_do_not_mix() -> None:
    conversations = Conversations()
    conversations.add("a", Turn("one"))
    assert conversations.turns("b") == ()


def test_half_an_hour_after_its_last_turn_a_conversation_is_gone() -> None:
    now = 0.0
    conversations = Conversations(clock=lambda: now)
    conversations.add("a", Turn("one"))
    now = 1_801.0
    assert conversations.turns("a") == ()


def test_what_was_typed_does_not_stay_in_memory_after_that_half_hour() -> None:
    now = 0.0
    conversations = Conversations(clock=lambda: now)
    conversations.add("a", Turn("one"))
    now = 1_801.0
    conversations.add("b", Turn("two"))
    assert not conversations.forget("a")
    assert conversations.forget("b")


def test_turns_that_come_together_are_all_remembered() -> None:
    together = threading.Barrier(TURNS)

    def clock() -> float:
        # The lock is given up between two threads nowhere but where the time is asked for.
        time.sleep(0.01)
        return 0.0

    def add(number: int) -> None:
        together.wait()
        conversations.add("a", Turn(str(number)))

    conversations = Conversations(clock=clock)
    threads = [threading.Thread(target=add, args=(number,)) for number in range(TURNS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {turn.question for turn in conversations.turns("a")} == {"0", "1", "2", "3"}


def test_the_oldest_is_forgotten_when_there_are_too_many() -> None:
    conversations = Conversations()
    for number in range(1_001):
        conversations.add(str(number), Turn("question"))
    assert conversations.turns("0") == ()
    assert conversations.turns("1000")
