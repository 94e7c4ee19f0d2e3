"""Slow work keeps nobody waiting but its like, and danger waits for nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import anyio
import pytest

from api.lanes import Lane

DANGER = "He is hitting her right now and she is bleeding"
CALM = "When must a referral be made?"
SOON = 5.0
"""Seconds; what would have to wait for the slow work waits until the test ends it."""


class Slow:
    """Work that lasts until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self._ended = threading.Event()

    def __call__(self) -> None:
        self.begun.release()
        self._ended.wait(SOON * 2)

    def let_go(self) -> None:
        self._ended.set()


def told(what: list[str], name: str) -> Callable[[], None]:
    return lambda: what.append(name)


def in_a_full_lane(text: str) -> bool:
    """Whether work for the text is done while all room of its lane is taken."""
    done: list[str] = []
    slow = Slow()

    async def inside() -> None:
        lane = Lane(2)
        async with anyio.create_task_group() as tasks:
            for _ in range(5):
                tasks.start_soon(lane.run, slow)
            for _ in range(2):
                await anyio.to_thread.run_sync(slow.begun.acquire)
            tasks.start_soon(lane.run, told(done, text), text)
            ends = time.monotonic() + (SOON if text == DANGER else 0.3)
            while not done and time.monotonic() < ends:
                await anyio.sleep(0.005)
            was_done = bool(done)
            slow.let_go()
        assert done == [text], "what waits is done in the end"
        results.append(was_done)

    results: list[bool] = []
    anyio.run(inside)
    return results[0]


def test_danger_is_answered_where_everything_else_has_to_wait() -> None:
    assert in_a_full_lane(DANGER)


def test_any_other_question_waits_its_turn() -> None:
    assert not in_a_full_lane(CALM)


def test_no_more_is_done_at_once_than_there_is_room_for() -> None:
    slow = Slow()

    async def inside() -> None:
        lane = Lane(2)
        async with anyio.create_task_group() as tasks:
            for _ in range(6):
                tasks.start_soon(lane.run, slow)
            for _ in range(2):
                assert await anyio.to_thread.run_sync(lambda: slow.begun.acquire(timeout=SOON))
            assert not await anyio.to_thread.run_sync(lambda: slow.begun.acquire(timeout=0.1))
            slow.let_go()

    anyio.run(inside)


def test_what_is_begun_is_finished_though_nobody_waits_for_it() -> None:
    done = threading.Event()

    async def inside() -> None:
        lane = Lane(1)
        lane.begin(done.set)
        assert await anyio.to_thread.run_sync(lambda: done.wait(SOON))

    anyio.run(inside)


def test_a_fault_reaches_who_asked() -> None:
    def broken() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        anyio.run(Lane(1).run, broken)
