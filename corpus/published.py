"""Whether words are the documents' own: a pseudonym, a body, a place, a contact that they publish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.abbreviations import words_of
from corpus.keywords import KeywordIndex
from corpus.register import Register
from corpus.vocabulary import Vocabulary

_AMONG = 6
_SPACING = re.compile(r"[\s()+-]")
_DIGITS = re.compile(r"\d")
# Where the usual telephone numbers are parted.
_PARTED_AT = ((3, 7), (4, 7), (5,), (5, 8))


class Published:
    """Looks among the live passages that have most of the words; what nobody wrote costs no look at all."""

    def __init__(self, register: Register, keywords: KeywordIndex, vocabulary: Vocabulary) -> None:
        self._register = register
        self._keywords = keywords
        self._vocabulary = vocabulary

    def __call__(self, words: str) -> bool:
        """Whether these very words stand in a live passage.

        Numbers may be spaced otherwise. A single word with a capital must stand there as a name by itself,
        inside a sentence: "Sarah's Law" publishes no Sarah.
        """
        if _DIGITS.search(words) or "@" in words:
            return _stands(_spaced_anyhow(words), self._texts(_parted(words)))
        known = self._vocabulary.terms.words
        if not all(word in known or f"{word}'s" in known for word in words_of(words)):
            return False
        is_one_name = words[:1].isupper() and " " not in words
        return _stands(_by_itself(words) if is_one_name else _whole(words), self._texts(words))

    def _texts(self, query: str) -> Iterator[str]:
        ids = [passage_id for passage_id, _ in self._keywords.search(query, _AMONG)]
        if ids:
            for found in self._register.live(ids).values():
                yield found.passage.text


def _stands(pattern: re.Pattern[str], texts: Iterable[str]) -> bool:
    return any(pattern.search(text) for text in texts)


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'-]){re.escape(words)}(?![\w-])")


def _by_itself(name: str) -> re.Pattern[str]:
    """Behind a word in small letters, and not before another name."""
    return re.compile(
        rf"(?:\b[a-z]+,?|[\"“‘(])\s?(?<![\w’'-]){re.escape(name)}(?![\w-])(?!['’]s\s+[A-Z])(?!\s+[A-Z])"
    )


def _spaced_anyhow(number: str) -> re.Pattern[str]:
    """Not as a part of a longer number."""
    signs = r"[\s()+-]{0,3}".join(map(re.escape, _SPACING.sub("", number)))
    return re.compile(rf"(?<!\d){signs}(?!\d)", re.IGNORECASE)


def _parted(words: str) -> str:
    """A query that finds a number also where it is spaced otherwise."""
    digits = _SPACING.sub("", words)
    if not digits.isdecimal():
        return words
    pieces = [words, digits]
    for places in _PARTED_AT:
        pieces += [digits[a:b] for a, b in zip((0, *places), (*places, None), strict=True)]
    return " ".join(pieces)
