"""A situation like the known one and not the same; what the documents say is held for the facilitator."""

from __future__ import annotations

from assistant.sessions.choosing import chosen, spread
from assistant.sessions.pack import Part, PartName
from assistant.sessions.parts.building import Making, lines, part, rule_label
from assistant.sessions.sayings import Fitting, sayings, scenes
from assistant.sessions.timing import planned
from assistant.sessions.titles import short_title

_SENTENCES = 3
_CHANGES = 2
_LONG = 60
_HELD = 4


def exercise(making: Making) -> Part | None:
    if PartName.EXERCISE not in planned(making.request.format, making.request.minutes):
        return None
    subject = making.subject
    told = []
    if subject.briefings:
        told = spread(making.detail.standing(subject.briefings[0].case), _SENTENCES)
    if not told:
        return None
    said = scenes()
    body = lines(making, PartName.EXERCISE.value)
    body.fixed(said["lead"])
    title = short_title(subject.briefings[0].source.title) if len(subject.briefings) > 1 else ""
    for number, words in enumerate(told):
        body.quote(words, label="" if number else title)
    body.fixed(said["then"])
    label = sayings()["labels"]["changed"]
    fitting = Fitting(said["changes"], "change", said["general"])
    texts = [subject.title, *(point.heading.text for point in subject.learning)]
    changes = [fitting.fitting(*texts) or fitting.next(), fitting.next()]
    is_long = making.request.minutes >= _LONG
    for change in changes[: _CHANGES if is_long else 1]:
        if change:
            body.fixed(change, label=label, depth=1)
    for task in said["tasks"][: None if is_long else 2]:
        body.fixed(task)
    notes = lines(making, f"{PartName.EXERCISE.value}-held")
    notes.fixed(said["holds"])
    for rule in making.rules[:_HELD]:
        notes.quote(rule.words, label=rule_label(rule), depth=1)
    for point in subject.learning[:_HELD]:
        for words in chosen(making.detail(point.sentences), 1, point.heading.text):
            notes.quote(words, label=point.heading.text, depth=1)
    return part(making, PartName.EXERCISE, body, notes)
