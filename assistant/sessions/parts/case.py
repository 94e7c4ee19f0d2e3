"""What happened, in a few of the review's own sentences."""

from __future__ import annotations

from assistant.sessions.choosing import chosen, story
from assistant.sessions.leaning import leans
from assistant.sessions.material import Briefing
from assistant.sessions.pack import Part, PartName
from assistant.sessions.parts.building import Making, lines, part
from assistant.sessions.sources import Words
from assistant.sessions.titles import short_title

_OF_EACH = 2
_BEGINNING = 3


def case(making: Making) -> Part | None:
    if making.subject.is_procedure and making.request.is_one_page:
        # The page is for what the procedure asks.
        return None
    body = lines(making, PartName.CASE.value)
    briefings = making.subject.briefings
    for briefing in briefings:
        label = short_title(briefing.source.title) if len(briefings) > 1 else ""
        for number, words in enumerate(told(making, briefing)):
            body.quote(words, label=label if number == 0 else "")
    return part(making, PartName.CASE, body, title="case_many" if len(briefings) > 1 else "")


def told(making: Making, briefing: Briefing) -> list[Words]:
    """Five sentences of a review that is alone; of several, two of each: how it begins, and what is nearest
    to the learning."""
    sentences = making.detail.standing(briefing.case)
    if len(making.subject.briefings) == 1:
        return story(sentences, making.amounts.case)
    points = [each.heading.text for each in making.subject.learning if each.source is briefing.source]
    begin = story(sentences[:_BEGINNING], 1)
    others = [each for each in sentences if each not in begin and not leans(each)]
    nearest = chosen(others, _OF_EACH - 1, " ".join([making.subject.matter, *points]), is_lesson=False)
    return sorted([*begin, *nearest], key=lambda words: words.start)
