"""What was learned, point by point: a heading, a sentence or two of it, and where else it was seen."""

from __future__ import annotations

from assistant.sessions.material import Learning
from assistant.sessions.pack import Part, PartName
from assistant.sessions.parts.building import Lines, Making, lines, part, point_label, supports
from assistant.sessions.sayings import sayings
from assistant.sessions.subject import Altered
from assistant.sessions.titles import short_title
from corpus.changes import ChangeKind

_RELATED = 2
# Minutes from which on other reviews are named beside a message, and the learning is handed out whole.
_LONG_ENOUGH, _HANDED_OUT = 15, 30


def messages(making: Making) -> Part | None:
    body = lines(making, PartName.MESSAGES.value)
    if making.subject.altered:
        for altered in making.subject.altered:
            _write_altered(body, altered)
        return part(making, PartName.MESSAGES, body, title="messages_change")
    if not making.subject.whole:
        _write_count(making, body)
    shown: set[tuple[str, int]] = set()
    for point in making.subject.learning:
        if point.key not in shown and making.detail.passes(point.heading):
            _write_point(making, body, point, shown)
    return part(making, PartName.MESSAGES, body)


def in_full(making: Making) -> Part | None:
    """Every paragraph of the learning as it is set, to be handed out."""
    if making.request.minutes < _HANDED_OUT:
        return None
    body = lines(making, PartName.LEARNING.value)
    for point in making.subject.learning:
        is_told = making.detail.passes(point.heading)
        if is_told:
            body.quote(point.heading, label=point_label(making, point))
        for number, paragraph in enumerate(making.detail(point.paragraphs)):
            label = point_label(making, point) if number == 0 and not is_told else ""
            body.quote(paragraph, label=label, depth=1)
    return part(making, PartName.LEARNING, body)


def _write_count(making: Making, body: Lines) -> None:
    """How many reviews raise it, resting on a point of each."""
    firsts = {each.source.id: each.heading for each in reversed(making.subject.learning)}
    headings = [firsts[each.source.id] for each in making.subject.briefings if each.source.id in firsts]
    if headings:
        said = sayings()["labels"]["raised"]
        text = said.format(count=len(headings), all=len(making.finder.briefings))
        body.formed(text, headings, sayings()["labels"]["counted"], shown=False)


def _write_point(making: Making, body: Lines, point: Learning, shown: set[tuple[str, int]]) -> None:
    """With a sentence or two of it, and under it what other reviews learned that is near."""
    shown.add(point.key)
    body.quote(point.heading, label=point_label(making, point))
    for words in supports(making, point, making.amounts.support):
        body.quote(words, depth=1)
    if making.request.minutes < _LONG_ENOUGH:
        return
    own = {each.key for each in making.subject.learning}
    related = [each for each in making.finder.related(point) if making.detail.passes(each.heading)]
    for other in [each for each in related if each.key not in shown | own][:_RELATED]:
        shown.add(other.key)
        title = short_title(other.source.title)
        body.quote(other.heading, label=sayings()["labels"]["also"].format(title=title), depth=1)


def _write_altered(body: Lines, altered: Altered) -> None:
    labels = sayings()["labels"]
    if altered.after:
        label = labels["added"] if altered.kind is ChangeKind.ADDED else labels["after"]
        body.quote(altered.after, label=label)
    if altered.before:
        label = labels["removed"] if altered.after is None else labels["before"]
        body.quote(altered.before, label=label, depth=1 if altered.after else 0)
