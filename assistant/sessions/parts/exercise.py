"""A situation like the known one and not the same; what the documents say is held for the facilitator."""

from __future__ import annotations

from assistant.sessions.choosing import beginning
from assistant.sessions.material import Briefing
from assistant.sessions.pack import Part, PartName
from assistant.sessions.parts.building import Lines, Making, lines, part, point_label, rule_label, supports
from assistant.sessions.sayings import Fitting, sayings, scenes
from assistant.sessions.sources import Words
from assistant.sessions.timing import planned
from assistant.sessions.titles import short_title

_CHANGES = 2
_LONG = 60
_HELD = 4


def exercise(making: Making) -> Part | None:
    if PartName.EXERCISE not in planned(making.request.format, making.request.minutes):
        return None
    subject = making.subject
    told = _told(making, subject.briefings[0]) if subject.briefings else []
    if told:
        return _from_what_happened(making, told)
    return _walk_through(making) if making.rules else None


def _told(making: Making, briefing: Briefing) -> list[Words]:
    """How it begins, and what comes nearest to the learning."""
    points = [each.heading.text for each in making.subject.learning if each.source is briefing.source]
    return beginning(making.detail.standing(briefing.case), " ".join(points))


def _from_what_happened(making: Making, told: list[Words]) -> Part | None:
    said, subject = scenes(), making.subject
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
    about = " ".join([*(words.text for words in told), *filter(None, changes)])
    return part(making, PartName.EXERCISE, body, _held(making, about))


def _walk_through(making: Making) -> Part | None:
    """Where no review tells what happened: the duties themselves, in a situation of the group's own."""
    said = scenes()["walk"]
    body = lines(making, PartName.EXERCISE.value)
    body.fixed(said["lead"])
    for task in said["tasks"][: None if making.request.minutes >= _LONG else 3]:
        body.fixed(task)
    return part(making, PartName.EXERCISE, body, _held(making, making.subject.matter))


def _held(making: Making, about: str) -> Lines:
    """What the documents say about it: what changed, else the rules that come nearest; then the learning."""
    notes = lines(making, f"{PartName.EXERCISE.value}-held")
    notes.fixed(scenes()["holds"])
    near = making.finder.ordered([rule.text for rule in making.rules], about)[:_HELD]
    rules = [*making.subject.changed, *(making.rules[each] for each in sorted(near))]
    for rule in rules[:_HELD]:
        notes.quote(rule.words, label=rule_label(rule), depth=1)
    for point in making.subject.learning[:_HELD]:
        for words in supports(making, point, 1):
            notes.quote(words, label=point_label(making, point), depth=1)
    return notes
