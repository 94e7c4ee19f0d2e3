"""What we do now: the recommendations as a help, actions, and where to read on."""

from __future__ import annotations

from assistant.sessions.material import Briefing, title_of
from assistant.sessions.pack import Part, PartName
from assistant.sessions.parts.building import Making, lines, part
from assistant.sessions.rules import Chapter
from assistant.sessions.sayings import sayings
from assistant.sessions.sources import Source, Words
from assistant.sessions.titles import short_title


def actions(making: Making) -> Part | None:
    body = lines(making, PartName.ACTIONS.value)
    shown = [each for briefing in making.subject.briefings for each in _recommended(making, briefing)]
    most = making.amounts.recommendations
    name = "prompt" if shown and most else "prompt_rules"
    body.fixed(sayings()["actions"][name])
    if name == "prompt":
        for label, words in shown[:most]:
            body.quote(words, label=label, depth=1)
    return part(making, PartName.ACTIONS, body)


def _recommended(making: Making, briefing: Briefing) -> list[tuple[str, Words]]:
    """All of a review that is alone; of one of several those nearest to the session's matter, in their own
    order."""
    listed = [each for each in briefing.recommendations if making.detail.passes(each[1])]
    if making.subject.is_one_review:
        return listed
    texts = [words.text for _, words in listed]
    near = making.finder.ordered(texts, making.subject.about(briefing), making.subject.least)
    title = short_title(briefing.source.title)
    chosen = (listed[index] for index in sorted(near[: making.of_each]))
    return [(f"{title} · {number}", words) for number, words in chosen]


def reading(making: Making) -> Part | None:
    """The documents of the session, each by words of its own, and the contacts that a briefing gives."""
    body = lines(making, PartName.READING.value)
    sources = {each.source.id: each.source for each in making.subject.briefings}
    sources |= {each.source.id: each.source for each in making.subject.chapters}
    sources |= {rule.source.id: rule.source for rule in making.rules}
    for source in sources.values():
        words = title_of(source) or Chapter(source).purpose
        if words:
            body.quote(words, label=_dates(making, source))
    if making.subject.is_one_review and not making.request.is_one_page:
        for words in _contacts(making):
            body.quote(words, depth=1)
    return part(making, PartName.READING, body)


def _contacts(making: Making) -> list[Words]:
    return making.detail(making.subject.briefings[0].contacts)


def _dates(making: Making, source: Source) -> str:
    review = source.version.next_review
    if review and review < making.today:
        overdue: str = sayings()["reading"]["overdue"].format(date=f"{review.day} {review:%B %Y}")
        return overdue
    return ""
