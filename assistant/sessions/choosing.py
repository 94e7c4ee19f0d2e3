"""Which sentences say most in few words, and can stand where those before them are missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.evidence import stems_of
from assistant.sessions.sources import Words

# A sentence that opens so leans on the one before it.
_LEANS = re.compile(
    r"(?:He|She|It|They|This|That|These|Those|His|Her|Their|Its|Both|Each|Such|Another|Others|The others|"
    r"Neither|The family (?:was|were)|Here|There|Then|At first|Later|But|And|So|Or|Also|However|Two were|"
    r"Some|Instead|Whatever|Firstly|Secondly|In this instance|For example|In practice)\b"
)
# What a review found, thought or asks is worth more than what the reader knows anyway.
_LESSON = re.compile(
    r"\b(?:needs?|needed|should|must|ought|helps?|helped|essential|matters?|ask|look|instead|rather|never|nobody|"
    r"no one|cannot|without|because|review (?:found|thought|suggests|concluded|established))\b",
    re.IGNORECASE,
)
_ABOUT_ITSELF = re.compile(r"(?:The|This) (?:review|briefing)\b")
_ALIKE = 0.6
_SHORT, _LONG = 8, 38
_LEAN_COST = 0.6
_FIRST_BONUS = 0.15
_LESSON_BONUS = 0.3
_TOPICAL = 1.5


def chosen(sentences: Sequence[Words], count: int, about: str = "") -> list[Words]:
    """At most `count`, in reading order. One that leans on the sentence before is only taken with it."""
    if len(sentences) <= count:
        return list(sentences)
    scores = _scores(sentences, about)
    taken: set[int] = set()
    for index in sorted(range(len(sentences)), key=lambda each: (-scores[each], each)):
        needed = _needed(sentences, index) - taken
        if needed and len(taken) + len(needed) <= count:
            taken |= needed
    return [sentences[index] for index in sorted(taken)]


def spread(sentences: Sequence[Words], count: int) -> list[Words]:
    """At most `count`, one from each stretch of the text, so that its beginning, middle and end are told."""
    if len(sentences) <= count:
        return list(sentences)
    scores = _scores(sentences, "")
    telling = [each for each in range(len(sentences)) if _tells(sentences[each])]
    usable = telling if len(telling) >= count else list(range(len(sentences)))
    taken: list[int] = []
    for number in range(count):
        stretch = usable[len(usable) * number // count : len(usable) * (number + 1) // count]
        standing = [
            each
            for each in stretch
            if (not leans(sentences[each]) or each - 1 in taken) and not _repeats(sentences, each, taken)
        ]
        if standing:
            taken.append(max(standing, key=lambda each: (scores[each], -each)))
    rest = [
        each
        for each in usable
        if each not in taken and not leans(sentences[each]) and not _repeats(sentences, each, taken)
    ]
    rest.sort(key=lambda each: (-scores[each], each))
    return [sentences[each] for each in sorted([*taken, *rest[: count - len(taken)]])]


def leans(words: Words) -> bool:
    """Whether the sentence means little without the one before it."""
    return _LEANS.match(words.text) is not None


def _repeats(sentences: Sequence[Words], index: int, taken: Sequence[int]) -> bool:
    """Whether it says again what one that was taken says."""
    own = stems_of(sentences[index].text)
    others = [stems_of(sentences[each].text) for each in taken]
    return any(len(own & each) >= _ALIKE * len(own | each) for each in others if own)


def _tells(words: Words) -> bool:
    """Whether it tells something of the case, and not of the review, in more than a few words."""
    return len(words.text.split()) >= _SHORT and not _ABOUT_ITSELF.match(words.text)


def _needed(sentences: Sequence[Words], index: int) -> set[int]:
    needed = {index}
    while index > 0 and leans(sentences[index]):
        index -= 1
        needed.add(index)
    return needed


def _scores(sentences: Sequence[Words], about: str) -> list[float]:
    """Share of what the whole text speaks of (its repeated stems) that a sentence covers, by its length."""
    stems = [stems_of(words.text) for words in sentences]
    weights = Counter(stem for each in stems for stem in each)
    wanted = stems_of(about)
    scores = []
    for index, (words, own) in enumerate(zip(sentences, stems, strict=True)):
        length = len(words.text.split())
        density = sum(weights[stem] for stem in own) / (len(sentences) * max(len(own), 8))
        topical = len(own & wanted) / len(wanted) if wanted else 0.0
        score = density * 3 + topical * _TOPICAL + (_FIRST_BONUS if index == 0 else 0.0)
        if wanted and _LESSON.search(words.text):
            score += _LESSON_BONUS
        if not _SHORT <= length <= _LONG:
            score -= 0.5
        scores.append(score - (_LEAN_COST if leans(words) else 0.0))
    return scores
