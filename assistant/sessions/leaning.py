"""Sentences of a document with those that they lean on."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.leaning import begins_paragraph, leans_on
from assistant.sessions.sources import Words


def leans(words: Words) -> bool:
    """Whether it points back to what stands before it. Of a list, its lead-in is looked at."""
    return leans_on(words.text, _before_in_paragraph(words))


def with_needed(sentences: Sequence[Words], index: int) -> range:
    """The sentence and those before it without which it cannot stand, back to the first that can. Empty where
    one of them is not among `sentences`, and where it leans on the paragraph before: whom that was about is
    not told by its last sentence."""
    first = index
    while first > 0 and leans(sentences[first]):
        starts = begins_paragraph(_before_in_paragraph(sentences[first]))
        if starts or not follows(sentences[first], sentences[first - 1]):
            return range(0)
        first -= 1
    return range(first, index + 1)


def follows(words: Words, before: Words) -> bool:
    """Whether nothing stands between them."""
    return not words.source.version.text[before.end : words.start].strip()


def _before_in_paragraph(words: Words) -> str:
    text = words.source.version.text
    return text[text.rfind("\n", 0, words.start) + 1 : words.start]
