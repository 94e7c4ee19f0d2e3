"""The briefings' own points for discussion, word for word; then questions formed from what was learned."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.sessions.choosing import chosen
from assistant.sessions.pack import Audience, Part, PartName
from assistant.sessions.parts.building import Lines, Making, lines, part
from assistant.sessions.sayings import Fitting, sayings
from assistant.sessions.sources import Words
from assistant.sessions.titles import short_title


def discussion(making: Making) -> Part | None:
    body = lines(making, PartName.DISCUSSION.value)
    for label, words in _own(making):
        body.quote(words, label=label)
    _form(making, body)
    return part(making, PartName.DISCUSSION, body)


def _own(making: Making) -> Iterator[tuple[str, Words]]:
    """All of a review that is alone; of several, those nearest to the theme, each review's best first."""
    subject = making.subject
    if subject.is_one_review:
        for words in making.detail(subject.briefings[0].discussion):
            yield "", words
        return
    about = making.request.theme or " ".join(point.heading.text for point in subject.learning)
    queues = []
    for briefing in subject.briefings:
        points = making.detail(briefing.discussion)
        order = making.finder.ordered([each.text for each in points], about)
        title = short_title(briefing.source.title)
        queues.append([(title, points[index]) for index in order[: making.amounts.of_each]])
    most = making.amounts.points
    turns = [queue[turn] for turn in range(most) for queue in queues if turn < len(queue)]
    yield from turns[:most]


def _form(making: Making, body: Lines) -> None:
    said = sayings()
    label = said["labels"]["formed"]
    fitting = Fitting(said["formed"], "ask", said["general"])
    left = making.amounts.formed
    points = [each for each in making.subject.learning if making.detail.passes(each.heading)]
    if making.request.audience is not Audience.MIXED and points and left:
        body.formed(said["audience_prompts"][making.request.audience.value], points[0].heading, label)
        left -= 1
    for point in points[:left]:
        best = chosen(making.detail(point.sentences), 1, point.heading.text)
        asked = fitting.fitting(point.heading.text, *(each.text for each in best)) or fitting.next()
        if asked:
            body.formed(asked, point.heading, label)
            left -= 1
    for rule in making.rules[:left]:
        body.formed(said["ruled"], rule.words, label)
