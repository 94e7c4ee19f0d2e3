"""Questions whose key is a span of a sentence: a time limit, who is meant, a binding verb; at last how a
sentence of the learning goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.answers import Modality
from assistant.evidence import stems_of
from assistant.modality import modality_of
from assistant.sessions.leaning import leans
from assistant.sessions.limits import LIMIT
from assistant.sessions.pack import GAP, Part, PartName
from assistant.sessions.parts.building import Making, formed_from, lines, part
from assistant.sessions.rules import Rule
from assistant.sessions.sayings import sayings
from assistant.sessions.sources import Words
from assistant.sessions.timing import planned
from corpus.procedures import Duty, Role

_VERB = re.compile(r"\b(?:must|should|may)\b")
# What is to be done within a time, and not how long something took in one family.
_NORM = re.compile(r"\b(?:must|should|ought to|needs? to|at least|no later than)\b")
_TURN = re.compile(r"(?:: |; |, and | and not | but )")
_FEWEST_WORDS, _MOST_WORDS = 6, 45
_FEWEST_AFTER, _MOST_AFTER = 3, 14
# Words that mean something: nobody can be asked to end a sentence with "neither should we".
_FEWEST_TELLING = 3
# Words beside the key of whom or of which verb: "Anyone who is unsure _____ ring" tells too little of what.
_LONGEST_ACTOR, _FEWEST_BESIDE = 8, 8
_UNDER = re.compile(
    r"(?:If|Where|When|Unless|Before|After|While|Once|Until|During|In|On|At|For|Because|Without)\b"
)
# Of a quiz, one part in so many: it is not all must and should, and at most a third has no one key.
_MOST_VERBS, _MOST_ENDINGS = 2, 3
# No list item.
_STANDS = re.compile(r"[A-Z][^\n]*\Z")


class Question(NamedTuple):
    """`sentence` is shown with a gap where `key` stands; `label` says what it was formed from."""

    kind: str
    key: Words
    sentence: Words
    label: str

    @property
    def text(self) -> str:
        start, end = self.key.start - self.sentence.start, self.key.end - self.sentence.start
        shown = self.sentence.text
        text: str = sayings()["quiz"][self.kind].format(sentence=shown[:start] + GAP + shown[end:])
        return text


def quiz(making: Making) -> Part | None:
    if PartName.QUIZ not in planned(making.request.format, making.request.minutes):
        return None
    body = lines(making, PartName.QUIZ.value)
    for each in _asked(making, making.amounts.quiz):
        body.question(each.text, each.key, each.sentence, each.label)
    return part(making, PartName.QUIZ, body)


def _asked(making: Making, count: int) -> list[Question]:
    """A question of each kind in turn; no sentence twice, nor a time or somebody."""
    most = {"verb": count // _MOST_VERBS, "finish": count // _MOST_ENDINGS}
    queues = [list(_times(making)), list(_actors(making)), _in_turn(_verbs(making)), list(_endings(making))]
    asked: list[Question] = []
    while any(queues) and len(asked) < count:
        for queue in queues:
            while queue:
                each = queue.pop(0)
                used = sum(other.kind == each.kind for other in asked)
                if len(asked) < count and used < most.get(each.kind, count) and _is_fresh(each, asked):
                    asked.append(each)
                    break
    return asked


def _is_fresh(question: Question, asked: list[Question]) -> bool:
    """Whether it asks for nothing again, and gives no other's key away."""
    own, key = question.sentence, question.key.text.casefold()
    for other in asked:
        same = own.source is other.sentence.source
        if same and own.start < other.sentence.end and other.sentence.start < own.end:
            return False
        if question.kind != "verb" and other.key.text.casefold() == key:
            return False
    return True


def _times(making: Making) -> Iterator[Question]:
    """Of what procedures ask first, then of what was learned and recommended."""
    for sentence, label in [*_ruled(making), *_learned(making), *_recommended(making)]:
        found = list(LIMIT.finditer(sentence.text))
        if len(found) == 1 and _NORM.search(sentence.text):
            yield _gapped("gap", sentence, *found[0].span(), label)


def _actors(making: Making) -> Iterator[Question]:
    anybody = re.compile(sayings()["quiz"]["anybody"], re.IGNORECASE)
    for rule in _rules(making):
        for duty in rule.duties:
            found = _actor(rule, duty)
            if found and not anybody.search(found.text):
                yield Question("who", found, rule.words, formed_from(rule))


def _actor(rule: Rule, duty: Duty) -> Words | None:
    """Whose duty it is, where the sentence says so once, in a few words."""
    actor = duty.actor
    if actor is None or duty.antecedent or not duty.roles or Role.ALL in duty.roles:
        return None
    words = rule.source.words(actor.start, actor.end)
    name = words.text.casefold().removeprefix("the ")
    if not rule.words.start <= actor.start <= actor.end <= rule.words.end:
        return None
    before = rule.text[: actor.start - rule.words.start]
    # Else it is the end of a list of those who have the duty.
    is_whole = not before.endswith(", ") or _UNDER.match(before) is not None
    rest = len(rule.text.split()) - len(words.text.split())
    is_told = rest >= _FEWEST_BESIDE and rule.text.casefold().count(name) == 1
    return words if is_whole and is_told and len(name.split()) <= _LONGEST_ACTOR else None


def _verbs(making: Making) -> Iterator[Question]:
    for rule in _rules(making):
        verbs = list(_VERB.finditer(rule.text))
        is_told = len(rule.text.split()) > _FEWEST_BESIDE
        if is_told and len(verbs) == 1 and modality_of(rule.text) == verbs[0][0] and _is_allowed(rule):
            yield _gapped("verb", rule.words, *verbs[0].span(), formed_from(rule))


def _is_allowed(rule: Rule) -> bool:
    """False of what only may be so: a "may" is asked for where it says what somebody may do."""
    return rule.modality is not Modality.MAY or any(duty.actor and duty.roles for duty in rule.duties)


def _in_turn(questions: Iterator[Question]) -> list[Question]:
    """So that not one key follows itself while there is another."""
    by_key: dict[str, list[Question]] = {}
    for each in questions:
        by_key.setdefault(each.key.text, []).append(each)
    ordered = []
    while any(by_key.values()):
        ordered += [queue.pop(0) for queue in by_key.values() if queue]
    return ordered


def _endings(making: Making) -> Iterator[Question]:
    for sentence, label in _learned(making):
        text = sentence.text
        turn = next((each for each in _TURN.finditer(text) if _parts_well(text, each)), None)
        if turn is not None:
            yield _gapped("finish", sentence, turn.end(), len(text.rstrip(".!?")), label)


def _parts_well(text: str, turn: re.Match[str]) -> bool:
    """Whether enough stands on both sides; a comma among others only parts the items of a list."""
    is_late = turn.start() > len(text) // 3
    is_clause = not turn[0].startswith(",") or text.count(",") == 1
    ending = text[turn.end() :]
    is_told = len(stems_of(ending)) >= _FEWEST_TELLING
    return is_late and is_clause and is_told and _FEWEST_AFTER <= len(ending.split()) <= _MOST_AFTER


def _gapped(kind: str, sentence: Words, start: int, end: int, label: str) -> Question:
    key = sentence.source.words(sentence.start + start, sentence.start + end)
    return Question(kind, key, sentence, label)


def _rules(making: Making) -> list[Rule]:
    """What changed first, then what the pack shows, then the rest of the procedures that were asked for."""
    rules = dict.fromkeys((*making.subject.changed, *making.rules, *making.subject.rules))
    return [each for each in rules if _fits(each.words, making)]


def _ruled(making: Making) -> list[tuple[Words, str]]:
    return [(rule.words, formed_from(rule)) for rule in _rules(making)]


def _learned(making: Making) -> list[tuple[Words, str]]:
    found = [words for point in making.subject.learning for words in point.sentences]
    return _labelled(found, making)


def _recommended(making: Making) -> list[tuple[Words, str]]:
    found = [words for each in making.subject.briefings for _, words in each.recommendations]
    return _labelled([sentence for words in found for sentence in words.sentences()], making)


def _labelled(sentences: list[Words], making: Making) -> list[tuple[Words, str]]:
    label = sayings()["labels"]["formed"]
    return [(each, label) for each in sentences if _fits(each, making) and not leans(each)]


def _fits(words: Words, making: Making) -> bool:
    length = len(words.text.split())
    is_whole = words.text.rstrip()[-1:] in ".!?" and _STANDS.match(words.text) is not None
    return _FEWEST_WORDS <= length <= _MOST_WORDS and is_whole and making.detail.passes(words)
