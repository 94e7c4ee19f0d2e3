"""Chosen procedures as a permanent link shows them: when they apply and what they ask, without any
situation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.answers import AnswerStatus
from assistant.applicable import duties
from assistant.applicable.ladder import ladder_of
from assistant.applicable.links import link_to
from assistant.applicable.places import Places
from assistant.applicable.results import Findings, Procedure, Verdict
from corpus.errors import NotFound
from corpus.procedure_register import ProcedureRegister
from corpus.procedures import ReadProcedure, Role, TriggerSort
from corpus.register import Register


def show(register: Register, chosen: Iterable[tuple[str, int]], role: Role | None = None) -> Findings:
    """The versions that were chosen, though there be newer ones. Raises NotFound where none of them is
    there."""
    places = Places(register)
    read = list(_read(ProcedureRegister(register.engine), chosen))
    if not read:
        raise NotFound("None of these procedures is in the library.", "`assistant documents` lists all.")
    shown = [_procedure(one, register, places) for one in read]
    ladders = (ladder_of(one, places) for one in read)
    every = (step for one in shown for step in one.duties)
    return Findings(
        status=AnswerStatus.ANSWERED,
        situation="",
        procedures=tuple(shown),
        steps=duties.in_order(duties.for_role(every, role)),
        ladder=next((ladder for ladder in ladders if ladder), None),
        citations=places.citations,
        link=link_to(((one.document_id, one.version) for one in read), role),
        role=role,
    )


def _read(procedures: ProcedureRegister, chosen: Iterable[tuple[str, int]]) -> Iterator[ReadProcedure]:
    for document_id, version in chosen:
        try:
            yield procedures.of(document_id, version)
        except NotFound:
            continue  # The others are shown all the same.


def _procedure(read: ReadProcedure, register: Register, places: Places) -> Procedure:
    document = register.document(read.document_id)
    when = [trigger for trigger in read.triggers if trigger.sort is TriggerSort.TRIGGER]
    return Procedure(
        document_id=read.document_id,
        version=read.version,
        title=read.title,
        anchor=when[0].place.anchor if when else "",
        verdict=Verdict.APPLIES,
        strength=0.0,
        because=(),
        duties=duties.steps_of(read, None, (), places),
        time_limits=duties.limits_shown(read, places),
        when=tuple(places.cite(trigger.place) for trigger in when),
        is_current=document.version == read.version and not document.withdrawn,
    )
