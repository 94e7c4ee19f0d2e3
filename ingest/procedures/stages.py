"""The rungs of an escalation procedure: who speaks to whom at each stage, and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from corpus.documents import Section
from corpus.procedure_rows import Places
from corpus.procedures import EscalationStage, TimeLimit
from ingest.procedures.actors import roles_in
from ingest.procedures.lexicon import loaded, plain
from ingest.procedures.statements import Form, Span, Statement, heading_words
from ingest.procedures.tables import columns_of

_STAGE = re.compile(
    r"^(?:stage|step|level)\s+(?P<number>\d{1,2}|one|two|three|four|five|six)\b[\s:.)\u2013-]*", re.IGNORECASE
)


def stages_in(
    title: str,
    sections: Sequence[Section],
    statements: Sequence[Statement],
    limits: dict[Span, list[TimeLimit]],
    text: str,
    places: Places,
) -> list[EscalationStage]:
    """In order of their numbers. A table's row says more than a heading: both together make the stage."""
    found: dict[int, EscalationStage] = {}
    escalates = _escalation().search(title) is not None
    for statement in statements:
        if statement.form is Form.ROW and (escalates or any(map(_escalation().search, statement.headings))):
            stage = _of_row(statement, limits, text, places)
            if stage is not None:
                found.setdefault(stage.number, stage)
    for section in sections:
        trail = _trail(sections, section)
        if escalates or any(map(_escalation().search, trail)):
            _add_heading(found, section, statements, limits, text, places)
    return [found[number] for number in sorted(found)] if len(found) > 1 else []


@cache
def _escalation() -> re.Pattern[str]:
    return re.compile(loaded("references.yaml")["escalation"], re.IGNORECASE)


def _number(match: re.Match[str]) -> int:
    given = match["number"].lower()
    return int(given) if given.isdigit() else int(loaded("limits.yaml")["numbers"][given])


def _of_row(
    row: Statement, limits: dict[Span, list[TimeLimit]], text: str, places: Places
) -> EscalationStage | None:
    cells = row.cells(text)
    match = _STAGE.match(text[cells[0][0] : cells[0][1]])
    if match is None:
        return None
    who = columns_of(text, row.lead).who
    rest = cells[0][0] + match.end(), cells[0][1]
    cell = cells[who] if who is not None and who < len(cells) else rest
    if cell[0] >= cell[1] and len(cells) > 1:
        cell = cells[1]
    deadline = limits.get((row.start, row.end), [])
    return EscalationStage(
        number=_number(match),
        place=places.at(row.start, row.end),
        who=places.at(*cell) if cell[0] < cell[1] else None,
        roles=roles_in(plain(text[cell[0] : cell[1]])),
        deadline=deadline[0] if deadline else None,
    )


def _add_heading(
    found: dict[int, EscalationStage],
    section: Section,
    statements: Sequence[Statement],
    limits: dict[Span, list[TimeLimit]],
    text: str,
    places: Places,
) -> None:
    heading = heading_words(section)
    match = _STAGE.match(heading)
    if match is None:
        return
    start = section.start + section.heading.rindex(heading)
    place = places.at(start, start + len(heading))
    number = _number(match)
    if number in found:
        found[number] = replace(found[number], heading=found[number].heading or place)
        return
    inside = [s for s in statements if section.start < s.start < section.end]
    deadlines = [limit for s in inside for limit in limits.get((s.start, s.end), []) if limit.amount]
    who = start + match.end(), place.end
    found[number] = EscalationStage(
        number=number,
        place=places.at(inside[0].start, inside[0].end) if inside else place,
        who=places.at(*who) if who[0] < who[1] else None,
        roles=roles_in(plain(text[who[0] : who[1]])),
        deadline=deadlines[0] if deadlines else None,
        heading=place,
    )


def _trail(sections: Sequence[Section], section: Section) -> list[str]:
    trail, parent = [], section.parent
    while parent is not None:
        trail.append(sections[parent].heading)
        parent = sections[parent].parent
    return trail
