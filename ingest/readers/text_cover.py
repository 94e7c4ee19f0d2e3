"""The title of a plain text, from the lines before its table of contents."""

from __future__ import annotations

import re

_SUBTITLE = re.compile(
    r"\b(?:statutory guidance|non-statutory|departmental advice|guidance for|published|version|updated"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r" (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_LONGEST = 200


def split_cover(words: str) -> tuple[str, str]:
    """The title, and what follows it on the cover."""
    found = _SUBTITLE.search(words)
    end = found.start() if found else len(words)
    title = words[:end].strip()
    return (title, words[end:].strip()) if 0 < len(title) <= _LONGEST else ("", words)
