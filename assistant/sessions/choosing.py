"""Which sentences say most in few words, and can stand where those before them are missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.evidence import stems_of
from assistant.sessions.leaning import follows, leans, with_needed
from assistant.sessions.sources import Words

# What a review found, thought or asks is worth more than what the reader knows anyway.
_LESSON = re.compile(
    r"\b(?:needs?|needed|should|must|ought|helps?|helped|essential|matters?|ask|look|instead|rather|never|nobody|"
    r"no one|cannot|without|because|review (?:found|thought|suggests|concluded|established))\b",
    re.IGNORECASE,
)
# What holds in general carries a lesson; what happened in one family only shows it.
_PAST = re.compile(
    r"\b(?:was|were|had|did|(?<!be )(?<!been )(?<!being )(?<!are )(?<!is )(?!need)[a-z]+ed)\b", re.IGNORECASE
)
# What turns round by itself is whole, whatever is said of it next.
_TURN = re.compile(r", (?:but|yet|and not|and never)\b")
_ABOUT_ITSELF = re.compile(r"(?:The|This) (?:review|briefing)\b")
_ALIKE = 0.6
_SHORT, _LONG = 8, 38
_LONGEST_RUN = 3
_RUN_COST, _HALF_COST = 0.2, 0.5
_GENERAL_BONUS = 0.25
_LESSON_BONUS = 0.4
_NEXT_BONUS = 0.3
_TOPICAL = 1.5
# A shorter one says nothing by itself.
_FEWEST_WORDS = 5
# An exercise starts from what came first; what it led to would give it away.
_BEGINNING, _LATER = 0.67, 0.2


def chosen(sentences: Sequence[Words], count: int, about: str = "", *, is_lesson: bool = True) -> list[Words]:
    """At most `count`, in reading order: the best runs of sentences that can stand alone. A sentence that
    leans on the one before it is only taken with it; one that the next leans on says only half. Of a lesson,
    what holds in general is worth more than what happened."""
    scores = _scores(sentences, about)
    runs = [run for run in (with_needed(sentences, each) for each in range(len(sentences))) if run]
    worths = {run: _worth(sentences, run, scores, is_lesson) for run in runs}
    taken: set[int] = set()
    # Of those that are about as good, the one that says more.
    length = {run: sum(len(sentences[each].text) for each in run) for run in runs}
    for run in sorted(runs, key=lambda each: (-round(worths[each], 1), -length[each], each.start)):
        added = set(run) - taken
        says_enough = len(sentences[run[-1]].text.split()) >= _FEWEST_WORDS
        if says_enough and added and len(taken) + len(added) <= count:
            taken |= added
    return [sentences[index] for index in sorted(taken)]


def _worth(sentences: Sequence[Words], run: range, scores: Sequence[float], is_lesson: bool) -> float:
    """The mean of its scores; less for each that leads up to the last, and where the next leans on it."""
    mean = sum(scores[each] for each in run) / len(run)
    last, after = sentences[run[-1]], sentences[run[-1] + 1 : run[-1] + 2]
    is_half = bool(after) and follows(after[0], last) and leans(after[0]) and not _TURN.search(last.text)
    general = _GENERAL_BONUS * (is_lesson and _PAST.search(last.text) is None)
    return mean + general - _HALF_COST * is_half - _RUN_COST * (len(run) - 1)


def story(sentences: Sequence[Words], count: int) -> list[Words]:
    """At most `count`, in reading order: how it begins, then one from each further stretch of the text, so
    that its middle and end are told too. Each goes with those that it leans on."""
    telling = [each for each in range(len(sentences)) if _tells(sentences[each])]
    if len(sentences) <= count or not telling:
        return list(sentences[:count])
    scores = _scores(sentences, "")
    taken = set(with_needed(sentences, telling[0]))
    later = telling[1:]
    for number in range(count - 1):
        stretch = later[len(later) * number // (count - 1) : len(later) * (number + 1) // (count - 1)]
        # One that is taken for this stretch leaves room for the others.
        room = max(1, min(_LONGEST_RUN, count - len(taken) - (count - 2 - number)))
        taken |= _best_run(sentences, stretch, taken, scores, min(room, count - len(taken)))
    while len(taken) < count:
        run = _best_run(sentences, telling, taken, scores, count - len(taken))
        if not run:
            break
        taken |= run
    return [sentences[each] for each in sorted(taken)][:count]


def beginning(sentences: Sequence[Words], about: str) -> list[Words]:
    """Who it is about, and two sentences in a row, from its first part, that come nearest to `about`."""
    telling = [each for each in range(len(sentences)) if _tells(sentences[each])]
    if not telling:
        return []
    scores = _scores(sentences, about)
    first = telling[0]
    pairs = [
        (each, each + 1)
        for each in range(first + 1, int(len(sentences) * _BEGINNING))
        if {each, each + 1} <= set(telling)
        and 0 < len(set(with_needed(sentences, each)) - {*range(first + 1)}) <= 1
    ]
    best = max(pairs, key=lambda pair: scores[pair[0]] + scores[pair[1]] - _LATER * pair[0], default=())
    return [sentences[each] for each in (first, *best)]


def _best_run(
    sentences: Sequence[Words], ends: Sequence[int], taken: set[int], scores: Sequence[float], room: int
) -> set[int]:
    """What has to be added for the best of `ends` that has room; empty where none has."""
    best: tuple[float, set[int]] = (float("-inf"), set())
    for end in ends:
        added = set(with_needed(sentences, end)) - taken
        if end in taken or not 0 < len(added) <= room or _repeats(sentences, end, taken):
            continue
        score = sum(scores[each] for each in added) / len(added)
        # What goes on from a sentence that is told is easier to follow.
        score += _NEXT_BONUS * (min(added) - 1 in taken)
        if score > best[0]:
            best = score, added
    return best[1]


def _repeats(sentences: Sequence[Words], index: int, taken: Iterable[int]) -> bool:
    """Whether it says again what one that was taken says."""
    own = stems_of(sentences[index].text)
    others = [stems_of(sentences[each].text) for each in taken]
    return any(len(own & each) >= _ALIKE * len(own | each) for each in others if own)


def _tells(words: Words) -> bool:
    """Whether it tells something of the case, and not of the review, in more than a few words."""
    return len(words.text.split()) >= _SHORT and not _ABOUT_ITSELF.match(words.text)


def _scores(sentences: Sequence[Words], about: str) -> list[float]:
    """Share of what the whole text speaks of (its repeated stems) that a sentence covers, by its length."""
    stems = [stems_of(words.text) for words in sentences]
    weights = Counter(stem for each in stems for stem in each)
    wanted = stems_of(about)
    scores = []
    for words, own in zip(sentences, stems, strict=True):
        length = len(words.text.split())
        density = sum(weights[stem] for stem in own) / (len(sentences) * max(len(own), 8))
        topical = len(own & wanted) / len(wanted) if wanted else 0.0
        score = density * 3 + topical * _TOPICAL
        if wanted and _LESSON.search(words.text):
            score += _LESSON_BONUS
        if not _SHORT <= length <= _LONG:
            score -= 0.5
        scores.append(score)
    return scores
