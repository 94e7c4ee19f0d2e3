"""Why we are here, what everybody can do at the end, and what to know before beginning."""

from __future__ import annotations

from assistant.sessions.pack import Part, PartName
from assistant.sessions.parts.building import Making, lines, part
from assistant.sessions.sayings import sayings
from assistant.sessions.timing import planned


def purpose(making: Making) -> Part | None:
    said = sayings()
    body = lines(making, PartName.PURPOSE.value)
    body.fixed(said["purpose"][making.subject.purpose])
    body.fixed(said["purpose"]["lead"])
    timed = planned(making.request.format, making.request.minutes)
    outcomes = {
        "learned": bool(making.subject.learning),
        "rules": bool(making.rules),
        "practised": PartName.EXERCISE in timed and bool(making.subject.briefings),
        "walked": PartName.EXERCISE in timed and bool(making.rules) and not making.subject.briefings,
        "act": True,
    }
    for name, holds in outcomes.items():
        if holds:
            body.fixed(said["outcomes"][name], depth=1)
    return part(making, PartName.PURPOSE, body)


def notice(making: Making) -> Part | None:
    """Made last, when it is known how much was left out."""
    said = sayings()["notice"]
    body = lines(making, PartName.NOTICE.value)
    body.fixed(said["tells"])
    if making.detail.left_out:
        body.fixed(said["softened"].format(count=making.detail.left_out))
    body.fixed(said["no_names"])
    body.fixed(said["child_now"].format(signpost=making.signpost))
    return part(making, PartName.NOTICE, body)
