"""The briefings' own points for discussion, word for word; then questions formed from what was learned, and
from what procedures ask."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.sessions.pack import Audience, Part, PartName
from assistant.sessions.parts.building import Lines, Making, formed_from, lines, part
from assistant.sessions.rules import Rule
from assistant.sessions.sayings import Fitting, sayings
from assistant.sessions.sources import Words
from assistant.sessions.titles import short_title

_LONGEST_SHOWN = 60
# Where no briefing asks anything: of seven minutes, and of more.
_FEWEST = 1, 3


def discussion(making: Making) -> Part | None:
    body = lines(making, PartName.DISCUSSION.value)
    for label, words in _own(making):
        body.quote(words, label=label)
    needs_more = making.subject.rules or not body.items
    fewest = _FEWEST[not making.request.is_one_page] if needs_more else 0
    _form(making, body, max(making.amounts.formed, fewest))
    return part(making, PartName.DISCUSSION, body)


def _own(making: Making) -> Iterator[tuple[str, Words]]:
    """All of a review that is alone; of several those nearest to the theme, review by review."""
    subject = making.subject
    if subject.is_one_review:
        for words in making.detail(subject.briefings[0].discussion):
            yield "", words
        return
    queues = []
    for briefing in subject.briefings:
        points = making.detail(briefing.discussion)
        order = making.finder.ordered([each.text for each in points], subject.about(briefing), subject.least)
        title = short_title(briefing.source.title)
        queues.append([(title, points[index]) for index in order[: making.of_each]])
    most = making.amounts.points
    turns = [queue[turn] for turn in range(most) for queue in queues if turn < len(queue)][:most]
    for queue in queues:
        yield from (each for each in queue if each in turns)


def _form(making: Making, body: Lines, left: int) -> None:
    said = sayings()
    label = said["labels"]["formed"]
    points = [each for each in making.subject.learning if making.detail.passes(each.heading)]
    if making.request.audience is not Audience.MIXED and points and left:
        body.formed(said["audience_prompts"][making.request.audience.value], points[0].heading, label)
        left -= 1
    # What changed is what the session is about; its learning comes after.
    for rule, change in _of_changes(making)[:left]:
        _ask(body, rule, change)
        left -= 1
    # Where a procedure is what the session is about, most questions are on what it asks.
    of_rules = -(-left * 2 // 3) if making.subject.rules else 0
    left -= _of_rules(making, body, of_rules)
    fitting = Fitting(said["formed"], "ask", said["general"])
    for point in points[:left]:
        asked = fitting.fitting(point.heading.text) or fitting.next()
        if asked:
            body.formed(asked, point.heading, label)
            left -= 1
    if not making.subject.rules:
        _of_rules(making, body, left)


def _of_rules(making: Making, body: Lines, count: int) -> int:
    """How many were asked: of each rule the first question that fits, each once."""
    said = sayings()
    fitting = Fitting(said["ruled"], "ask", said["ruled_general"])
    asked = 0
    for rule in making.rules[:count]:
        question = fitting.fitting(rule.text) or fitting.next()
        if question:
            _ask(body, rule, question)
            asked += 1
    return asked


def _of_changes(making: Making) -> list[tuple[Rule, str]]:
    """Each question once, the changed duties in turn."""
    changed, questions = making.subject.changed, sayings()["changed"]
    return [(changed[turn % len(changed)], asked) for turn, asked in enumerate(questions)] if changed else []


def _ask(body: Lines, rule: Rule, asked: str) -> None:
    """A list is not said again: the label says where it stands."""
    is_short = len(rule.text.split()) <= _LONGEST_SHOWN and "\n" not in rule.text
    body.formed(asked, rule.words, formed_from(rule, headed=not is_short), shown=is_short)
