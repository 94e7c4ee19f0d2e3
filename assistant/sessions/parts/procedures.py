"""What procedures and guidance ask on this learning: must, should and may as they stand."""

from __future__ import annotations

from assistant.sessions.pack import Part, PartName
from assistant.sessions.parts.building import Making, lines, part, rule_label


def procedures(making: Making) -> Part | None:
    body = lines(making, PartName.PROCEDURES.value)
    for rule in making.rules:
        body.quote(rule.words, label=rule_label(rule))
    return part(making, PartName.PROCEDURES, body, title=_title(making))


def _title(making: Making) -> str:
    """What changed stands before it; where there is no learning, nothing is said of reviews."""
    if making.subject.altered:
        return "procedures_change"
    return "" if making.subject.learning else "procedures_alone"
