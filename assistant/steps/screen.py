"""Danger is signposted first, and by rules alone where need be; case data is sent back; hidden characters
are dropped."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from assistant.answers import Answer, AnswerStatus
from assistant.case_data import IsPublished, find_case_data, without_case_data
from assistant.danger import Alarm, Recognises, alarm_of
from assistant.enquiry import Enquiry
from assistant.name_model import NameScores
from corpus.errors import AssistantError

_SPACE = re.compile(r"\s+")


class Screen:
    """`is_published` tells words of the documents from words about a real person.

    `scores` is the recogniser of names; without it they are looked for by rules alone. `recognises` may
    add to the danger that rules find, and doubt it. `answers_below`: where it is doubted and no detail stands
    in the text, the question is answered below the signpost.
    """

    name = "screen"

    def __init__(
        self,
        is_published: IsPublished,
        scores: NameScores | None = None,
        recognises: Recognises | None = None,
        *,
        answers_below: bool = False,
    ) -> None:
        self._is_published = is_published
        self._scores = scores
        self._recognises = recognises
        self._answers_below = answers_below

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
        text = visible(enquiry.text)
        alarm = Alarm.NONE if enquiry.is_safe else alarm_of(text, self._recognises)
        if alarm is not Alarm.NONE:
            try:
                suggestion, is_screened = self._without_details(text), True
            except AssistantError:
                # The signpost never waits for, or falls with, anything else.
                suggestion, is_screened = None, False
            is_clean = is_screened and suggestion is None
            if alarm is Alarm.DOUBTFUL and self._answers_below and is_clean:
                # No sentence may come out before the signpost.
                return replace(enquiry, text=text, may_be_danger=True, release=None)
            # What was typed is given back to nobody and kept nowhere: it may name a child.
            return Answer(AnswerStatus.IMMEDIATE_DANGER, question="", suggestion=suggestion)
        if suggestion := self._without_details(text):
            return Answer(AnswerStatus.CASE_DATA, question="", suggestion=suggestion)
        if not text:
            return Answer(AnswerStatus.OUT_OF_SCOPE, question="")
        return replace(enquiry, text=text)

    def _without_details(self, text: str) -> str | None:
        """None where it holds none."""
        details = find_case_data(text, self._published, self._scores)
        return without_case_data(text, details) if details else None

    def _published(self, words: str) -> bool:
        try:
            return self._is_published(words)
        except AssistantError:
            # With the store down nothing can be shown to be published: better to ask once too often.
            return False


def visible(text: str) -> str:
    """The text as a person sees it: letters of other widths and weights as plain ones, without zero-width and
    tag characters and halves of characters; control characters and white space folded."""
    shown = "".join(
        " " if unicodedata.category(character) == "Cc" else character
        for character in unicodedata.normalize("NFKC", text)
        if character.isspace() or unicodedata.category(character) not in {"Cf", "Co", "Cn", "Cs"}
    )
    return _SPACE.sub(" ", shown).strip()
