"""Titles, as short as they can be told apart."""

from __future__ import annotations


def short_title(title: str) -> str:
    """A briefing's title without the words that all of them begin with."""
    first, colon, rest = title.partition(": ")
    return rest[:1].upper() + rest[1:] if colon and "briefing" in first.lower() else title
