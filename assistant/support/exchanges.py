"""Two things that have changed places: all words are those of the source, and the sentence is false."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.support.wording import BREAK, COMMA, Wording

# Words without content that tell which way round two things stand.
_TURNING = frozenset("than then because from to by before after until while if unless once".split())
_CONDITION = {"when": "if", "where": "if", "whenever": "if"}
# After them, what comes before the comma and what comes after it do not change places.
_OPENING = frozenset("because before after until while if unless once".split())
_JOINING = frozenset({COMMA, "and", "or"})
_LONGEST = 6  # words of a thing
_FEWEST = 3  # words between which two things can change places


def order_of(text: str, wording: Wording) -> list[str]:
    """What tells an order: content words as stems, a body's name as one; words that turn, or join a list."""
    kept = []
    for found in wording.words_with_bodies(text):
        word = _CONDITION.get(found, found)
        if word in _TURNING or word in _JOINING:
            kept.append(word)
        elif word != BREAK and wording.is_content(word):
            kept.append(wording.stem(word))
    return kept


def is_exchanged(said: Sequence[str], source: Sequence[str]) -> bool:
    """Whether the statement has its words in the order of the source once two things, apart from each other
    and no members of one list, have changed places."""
    if ("by" in said) != ("by" in source):
        # Who does it is named last there and first here, or the other way round.
        return False
    plain = [word for word in source if word not in _JOINING]
    if not {*said} - _JOINING <= {*plain} or _is_within(said, plain):
        return False
    return any(_is_within(other, plain) for other in _exchanged(said, plain))


def _exchanged(said: Sequence[str], source: Sequence[str]) -> Iterator[list[str]]:
    """The statement with two of its things exchanged, where that can bring it into order: the first must
    begin before the order is broken from the front, the second end after it is broken from the back."""
    broken = _reach(said, source)
    unbroken = len(said) - _reach(said[::-1], source[::-1])
    for first in range(min(broken + 1, len(said) - _FEWEST + 1)):
        for end in range(first + 1, min(first + _LONGEST, len(said)) + 1):
            is_opened = first > 0 and said[first - 1] in _OPENING
            for second in range(end if is_opened else end + 1, len(said)):
                for last in range(max(second + 1, unbroken), min(second + _LONGEST, len(said)) + 1):
                    between = said[end:second]
                    if not _is_list(between) or (is_opened and between == [COMMA]):
                        yield [*said[:first], *said[second:last], *between, *said[first:end], *said[last:]]


def _reach(said: Sequence[str], source: Sequence[str]) -> int:
    """How many of the first words stand there in this order."""
    rest = iter(source)
    return next(
        (place for place, word in enumerate(said) if word not in _JOINING and word not in rest), len(said)
    )


def _is_within(said: Sequence[str], source: Sequence[str]) -> bool:
    return _reach(said, source) == len(said)


def _is_list(between: Sequence[str]) -> bool:
    """Whether the words only join two members of a list, with others of single words among them."""
    if not between or not {between[0], between[-1]} <= _JOINING:
        return False
    pairs = zip(between, islice(between, 1, None), strict=False)
    return all(one in _JOINING or other in _JOINING for one, other in pairs)
