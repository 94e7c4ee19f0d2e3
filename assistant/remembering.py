"""What was made of a text, remembered for the next time, within a bound that no text can widen."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Made = TypeVar("Made")


def remembered(most: int, *, longest: int) -> Callable[[Callable[[str], Made]], Callable[[str], Made]]:
    """At most `most` texts, the last that were asked for, none of more than `longest` characters.

    A person may type one word as long as a page, and another each time.
    """

    def remembering(make: Callable[[str], Made]) -> Callable[[str], Made]:
        known = lru_cache(maxsize=most)(make)

        @wraps(make)
        def made(text: str) -> Made:
            return known(text) if len(text) <= longest else make(text)

        return made

    return remembering
