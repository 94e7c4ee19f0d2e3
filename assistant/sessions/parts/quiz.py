"""Questions whose key is a span of a sentence: a time limit, a binding verb, or how a sentence goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.sessions.choosing import leans
from assistant.sessions.limits import LIMIT
from assistant.sessions.material import Rule
from assistant.sessions.pack import GAP, Part, PartName
from assistant.sessions.parts.building import Making, lines, part
from assistant.sessions.sayings import sayings
from assistant.sessions.sources import Words
from assistant.sessions.timing import planned

_VERB = re.compile(r"\b(?:must|should)\b")
_TURN = re.compile(r"(?:: |; |, and | and not | but )")
_FEWEST_WORDS, _MOST_WORDS = 6, 38
_FEWEST_AFTER = 3

# No list item, and nothing that leans on the sentence before it.
_STANDS = re.compile(r"[A-Z][^\n]*\Z")

Question = tuple[str, Words, Words]


def quiz(making: Making) -> Part | None:
    if PartName.QUIZ not in planned(making.request.format, making.request.minutes):
        return None
    body = lines(making, PartName.QUIZ.value)
    queues = [list(_limits(making)), list(_endings(making)), list(_verbs(making))]
    asked: set[tuple[str, int, int, int]] = set()
    for turn in range(making.amounts.quiz):
        for queue in queues:
            fresh = [each for each in queue if each[2].place not in asked]
            if turn < len(queue) and fresh and len(body.items) < making.amounts.quiz:
                text, key, sentence = fresh[0]
                asked.add(sentence.place)
                body.question(text, key, sentence)
    return part(making, PartName.QUIZ, body)


def _limits(making: Making) -> Iterator[Question]:
    """Of what procedures ask first, then of what was learned and recommended."""
    for sentence in [*_ruled(making), *_learned(making), *_recommended(making)]:
        found = LIMIT.search(sentence.text)
        if found:
            yield _gapped("gap", sentence, *found.span())


def _verbs(making: Making) -> Iterator[Question]:
    for sentence in _ruled(making):
        verbs = list(_VERB.finditer(sentence.text))
        if len(verbs) == 1:
            yield _gapped("verb", sentence, *verbs[0].span())


def _endings(making: Making) -> Iterator[Question]:
    for sentence in _learned(making):
        text = sentence.text
        turn = next((each for each in _TURN.finditer(text) if _parts_well(text, each)), None)
        if turn is not None:
            yield _gapped("finish", sentence, turn.end(), len(text.rstrip(".!?")))


def _parts_well(text: str, turn: re.Match[str]) -> bool:
    """Whether enough stands on both sides; a comma among others only parts the items of a list."""
    is_late = turn.start() > len(text) // 3
    is_clause = not turn[0].startswith(",") or text.count(",") == 1
    return is_late and is_clause and len(text[turn.end() :].split()) >= _FEWEST_AFTER


def _gapped(kind: str, sentence: Words, start: int, end: int) -> Question:
    key = sentence.source.words(sentence.start + start, sentence.start + end)
    gapped = sentence.text[:start] + GAP + sentence.text[end:]
    return sayings()["quiz"][kind].format(sentence=gapped), key, sentence


def _ruled(making: Making) -> list[Words]:
    rules: tuple[Rule, ...] = (*making.rules, *making.subject.rules)
    return _fit([rule.words for rule in rules], making)


def _learned(making: Making) -> list[Words]:
    return _fit([words for point in making.subject.learning for words in point.sentences], making)


def _recommended(making: Making) -> list[Words]:
    found = [words for each in making.subject.briefings for _, words in each.recommendations]
    return _fit([sentence for words in found for sentence in words.sentences()], making)


def _fit(sentences: list[Words], making: Making) -> list[Words]:
    fitting = [each for each in sentences if _FEWEST_WORDS <= len(each.text.split()) <= _MOST_WORDS]
    whole = [each for each in fitting if each.text.rstrip()[-1:] in ".!?" and _STANDS.match(each.text)]
    return making.detail([each for each in whole if not leans(each)])
