"""A follow-up becomes a question that stands alone; a message that asks nothing gets its fixed reply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, AnswerStatus, Replies
from assistant.enquiry import Enquiry, Turn
from assistant.evidence import stems_of
from assistant.small_talk import small_talk_of

_POINTS_BACK = re.compile(
    r"^(?:and|but|so|or|what about|how about|what if|then|also)\b"
    r"|\b(?:it|its|they|them|their|that|this|these|those|he|she|him|her|there|one|the same)\b",
    re.IGNORECASE,
)
_TURNS_AWAY = re.compile(
    r"^(?:(?:sorry|ok|okay|right|thanks|thank you|cheers|now|and|just)[\s,.!-]+)*"
    r"(?:a\s+)?(?:(?:completely\s+)?(?:diff|different|new|another|other|separate|unrelated)\s+"
    r"(?:q|qu|question|thing|topic|subject|one|matter)|something else|on another note"
    r"|changing (?:the )?subject)"
    r"[\s,.:;!-]+",
    re.IGNORECASE,
)
# A question of fewer words names its matter only where it has so many of its own.
_SHORT = 8
_OWN = 3
# A longer one that points to nothing is not read with what came before.
_MOST_WORDS = 12
# Turns further back than this are of another matter.
_LOOK_BACK = 6


class Interpret:
    """By rule: a question that points back is read with the one before it, and where that pointed back in
    turn, with the one that it began from. What is only short may stand alone, which a search tells.

    Two turns together find more than the last one alone, and more than the whole conversation. The documents
    that the turn before was answered from stay near.
    """

    name = "interpret"

    def __init__(self, replies: Replies) -> None:
        self._replies = replies

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
        small_talk = small_talk_of(enquiry.text)
        if small_talk:
            message = self._replies.small_talk(small_talk)
            return Answer(AnswerStatus.OUT_OF_SCOPE, enquiry.text, message=message)
        away = _TURNS_AWAY.match(enquiry.text)
        if away and away.end() < len(enquiry.text):
            return replace(enquiry, standalone=enquiry.text[away.end() :])
        points_back = _POINTS_BACK.search(enquiry.text) is not None
        if not enquiry.turns or not (points_back or len(enquiry.text.split()) <= _MOST_WORDS):
            return replace(enquiry, standalone=enquiry.text)
        return replace(
            enquiry,
            standalone=" ".join([*_topic(enquiry.turns), enquiry.text]),
            latest=enquiry.text,
            leans=points_back,
            is_bare=_is_bare(enquiry.text),
            near=_documents(enquiry.turns[-1]),
        )


def _is_bare(question: str) -> bool:
    return len(question.split()) < _SHORT and len(stems_of(question)) < _OWN


def _leans(question: str) -> bool:
    return _is_bare(question) or bool(_POINTS_BACK.search(question))


def _topic(turns: Sequence[Turn]) -> list[str]:
    """The question before, and the one that it leans on itself, over others that lean on that too: it names
    what all of them are about."""
    last = turns[-1].question
    before = last
    for turn in reversed(turns[-_LOOK_BACK:-1]):
        if not _leans(before) or _TURNS_AWAY.match(before):
            break
        before = turn.question
    return list(dict.fromkeys([before, last]))


def _documents(turn: Turn) -> frozenset[str]:
    return frozenset(place.partition("#")[0] for place in turn.cited)
