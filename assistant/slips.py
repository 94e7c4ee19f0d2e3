"""What a word may have been meant as: one slip of the finger away."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

_SHORTEST = 5


def meant_words(word: str) -> Iterator[str]:
    """The word with a letter too many taken out, one put in, or two that changed places put right; the first
    letter stays. None of a short word, which is near to too many others.

    A letter in another's place is not among them: names differ from words so ("Caren", carer).
    """
    if len(word) < _SHORTEST:
        return
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]
        yield from (word[:place] + letter + word[place:] for letter in ascii_lowercase)
    yield from (word + letter for letter in ascii_lowercase)
    for place in range(1, len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
