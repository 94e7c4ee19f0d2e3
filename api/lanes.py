"""Which threads a piece of work runs in: slow work waits for its like, and danger for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from assistant.danger import is_immediate_danger

_KEPT = 8

Done = TypeVar("Done")


class Lane:
    """Room for `most` pieces of work at once; what comes then waits, and holds no thread as it waits.

    Where all of it is taken, a text that tells of danger has threads that are kept for it.
    """

    def __init__(self, most: int) -> None:
        self._usual = CapacityLimiter(most)
        self._kept = CapacityLimiter(_KEPT)
        self._begun: set[asyncio.Task[None]] = set()

    async def run(self, work: Callable[[], Done], text: str = "") -> Done:
        """What the work gives, or raises. `text` is what somebody typed."""
        limiter = self._usual
        if text and limiter.available_tokens < 1 and await self._tells_of_danger(text):
            limiter = self._kept
        return await to_thread.run_sync(work, limiter=limiter)

    def begin(self, work: Callable[[], None], text: str = "") -> None:
        """Run it, and do not wait. It comes to its end where whoever asked for it goes away: an answer is
        recorded all the same."""
        task = asyncio.create_task(self.run(work, text))
        # The loop itself holds no task that nobody waits for.
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    async def _tells_of_danger(self, text: str) -> bool:
        """By the rules alone, which take a thousandth of a second where a model takes its time."""
        return await to_thread.run_sync(is_immediate_danger, text, limiter=self._kept)
