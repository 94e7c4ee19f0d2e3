"""What we do now: the recommendations as a help, actions, and where to read on."""

from __future__ import annotations

from assistant.sessions.material import Chapter, title_of
from assistant.sessions.pack import Part, PartName
from assistant.sessions.parts.building import Making, lines, part
from assistant.sessions.sayings import sayings
from assistant.sessions.sources import Source, Words
from assistant.sessions.titles import short_title


def actions(making: Making) -> Part | None:
    body = lines(making, PartName.ACTIONS.value)
    listed = [
        (short_title(each.source.title), number, words)
        for each in making.subject.briefings
        for number, words in each.recommendations
    ]
    shown = [each for each in listed if making.detail.passes(each[2])]
    most = making.amounts.recommendations
    if not making.subject.is_one_review:
        about = making.request.theme or making.subject.title
        order = making.finder.ordered([words.text for _, _, words in shown], about)
        shown = [shown[index] for index in order]
        most = min(most, making.amounts.of_each * len(making.subject.briefings))
    name = "prompt" if shown and most else "prompt_rules"
    body.fixed(sayings()["actions"][name])
    if name == "prompt":
        for title, number, words in shown[:most]:
            label = number if making.subject.is_one_review else f"{title} · {number}"
            body.quote(words, label=label, depth=1)
    return part(making, PartName.ACTIONS, body)


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
    if making.subject.is_one_review and making.request.minutes > 7:
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
