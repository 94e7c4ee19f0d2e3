"""One version -> all that was read from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.documents import Section
from corpus.passages import Passage
from corpus.procedure_rows import Places
from corpus.procedures import Bound, ReadProcedure, TimeLimit
from ingest.procedures.contacts import named_in
from ingest.procedures.duties import duties_in
from ingest.procedures.lexicon import plain
from ingest.procedures.limits import events_in, limits_in
from ingest.procedures.references import references_in
from ingest.procedures.stages import stages_in
from ingest.procedures.statements import Form, Span, Statement, statements_of
from ingest.procedures.subjects import subject_starts
from ingest.procedures.tables import limits_of_row
from ingest.procedures.triggers import triggers_in
from ingest.procedures.verbs import bindings_in

RULES = "2"
"""Raised when the rules give other results for the same text: live versions are then read anew."""

_CHAPTER = re.compile(r"\d{1,2}\.\d{1,3}")
_POSSIBLE = re.compile(r"\b(?:may|might|can|could|would)\b")


def read_procedure(
    document_id: str,
    title: str,
    text: str,
    sections: Sequence[Section],
    passages: Sequence[Passage],
    version: int = 0,
) -> ReadProcedure:
    """All that the version says. Before its commit a version has no number: 0 stands for that, and the
    register keeps none with what it holds."""
    places = Places(document_id, version, text, [(section.start, section.anchor) for section in sections])
    statements = statements_of(text, sections, passages)
    limits = {(s.start, s.end): _limits(text, s, places) for s in statements}
    triggers = triggers_in(statements, text, places)
    return ReadProcedure(
        document_id=document_id,
        version=version,
        title=title,
        chapter=_chapter(title, sections),
        rules=RULES,
        triggers=tuple(triggers),
        duties=tuple(duties_in(statements, limits, triggers, text, places)),
        time_limits=tuple(limit for s in statements for limit in limits[s.start, s.end]),
        named=tuple(named_in(statements, text, places)),
        references=tuple(references_in(statements, text, places)),
        stages=tuple(stages_in(title, sections, statements, limits, text, places)),
    )


def _limits(text: str, statement: Statement, places: Places) -> list[TimeLimit]:
    if statement.form is Form.ROW:
        return limits_of_row(text, statement, places)
    sentence = text[statement.start : statement.end]
    bindings = bindings_in(sentence)
    subjects = subject_starts(sentence, [(binding.start, binding.end) for binding in bindings])
    found = limits_in(text, statement.start, statement.end, statement, places, subjects)
    if bindings or _is_under_duty(text, statement):
        events = events_in(text, statement.start, statement.end, statement, places, subjects)
        taken = [(limit.place.start, limit.place.end) for limit in found]
        found += [e for e in events if all(e.place.end <= s or t <= e.place.start for s, t in taken)]
    elif _POSSIBLE.search(plain(sentence)):
        found = [limit for limit in found if limit.bound is not Bound.AT_ONCE]
    return sorted(found, key=lambda limit: limit.place.start)


def _is_under_duty(text: str, statement: Statement) -> bool:
    lead: Span | None = statement.lead
    return lead is not None and bool(bindings_in(text[lead[0] : lead[1]]))


def _chapter(title: str, sections: Sequence[Section]) -> str | None:
    """The chapter's printed number: its first heading's, its title's, or what its paragraphs share."""
    headed = next((s for s in sections if s.heading), None)
    if headed is not None and headed.number and _CHAPTER.fullmatch(headed.number):
        return headed.number
    match = _CHAPTER.match(title)
    if match:
        return match.group()
    shared = Counter(
        section.number.rpartition(".")[0]
        for section in sections
        if section.number and section.number.count(".") == 2
    )
    if not shared:
        return None
    number, times = shared.most_common(1)[0]
    return number if times > 0.8 * shared.total() else None
