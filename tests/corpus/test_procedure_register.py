"""What was read from procedures is kept with its offsets and looked up by version."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from corpus.database import transaction
from corpus.documents import Because, Kind
from corpus.errors import NotFound
from corpus.procedure_register import ProcedureRegister
from corpus.procedure_rows import Places
from corpus.procedures import (
    Anchored,
    Bound,
    Duty,
    EscalationStage,
    Named,
    NamedSort,
    ReadProcedure,
    Reference,
    ReferenceSort,
    Role,
    TimeLimit,
    Trigger,
    TriggerSort,
    Unit,
    Verb,
)
from corpus.recording import NewVersion, Recorder
from corpus.tables_procedures import procedure_items
from tests.corpus.making import NOON, new_version, record

TEXT = "The nurse must ring 01632 960100 within 2 days of the visit, see chapter 6.2 (On escalation)."


def read_of(document_id: str, text: str = TEXT, version: int = 0, rules: str = "1") -> ReadProcedure:
    """One item of each sort, with offsets into TEXT."""
    places = Places(document_id, version, text, [(0, "visits")])
    line = places.at(0, len(text))

    def at(words: str) -> Anchored:
        return places.at(text.index(words), text.index(words) + len(words))

    limit = TimeLimit(
        bound=Bound.AT_MOST,
        place=at("within 2 days of the visit"),
        line=line,
        amount=2,
        unit=Unit.DAYS,
        event=at("the visit"),
    )
    duty = Duty(
        verb=Verb.MUST,
        line=line,
        verb_place=at("must"),
        action=at("ring 01632 960100"),
        actor=at("The nurse"),
        roles=(Role.HEALTH,),
        details=(line,),
        time_limits=(limit,),
    )
    return ReadProcedure(
        document_id=document_id,
        version=version,
        title=f"On {document_id}",
        chapter="1.1",
        rules=rules,
        triggers=(Trigger(TriggerSort.SCOPE, line),),
        duties=(duty,),
        time_limits=(limit,),
        named=(Named(NamedSort.TELEPHONE, at("01632 960100"), line),),
        references=(Reference(ReferenceSort.CHAPTER, at("chapter 6.2"), "6.2", "On escalation"),),
        stages=(EscalationStage(1, line, deadline=limit),),
    )


def version_of(
    document_id: str, text: str = TEXT, *, rules: str = "1", kind: Kind = Kind.PROCEDURE
) -> NewVersion:
    read = None if kind is Kind.BRIEFING else read_of(document_id, text, rules=rules)
    return replace(new_version(document_id, text), procedure=read, kind=kind)


def test_everything_comes_back_as_it_was_with_the_version_that_it_got(
    engine: Engine, recorder: Recorder
) -> None:
    record(recorder, version_of("visits"))

    assert ProcedureRegister(engine).of("visits") == read_of("visits", version=1)


def test_no_words_are_kept_but_in_the_text(engine: Engine, recorder: Recorder) -> None:
    record(recorder, version_of("visits"))

    with transaction(engine) as connection:
        rows = connection.execute(select(procedure_items.c.details, procedure_items.c.start)).all()

    assert len(rows) == 6
    assert not any(words in str(rows) for words in ("nurse", "01632", "visit,"))


def test_old_versions_keep_what_was_read_from_them(engine: Engine, recorder: Recorder) -> None:
    record(recorder, version_of("visits"))
    record(recorder, version_of("visits", f"At once: {TEXT}"))
    procedures = ProcedureRegister(engine)

    old, new = procedures.of("visits", 1), procedures.of("visits")

    assert old.duties[0].line.words == TEXT
    assert new.version == 2
    assert new.duties[0].line.words.startswith("At once")
    assert [read.version for read in procedures.all_live()] == [2]


def test_what_was_not_read_is_not_found(engine: Engine, recorder: Recorder) -> None:
    record(recorder, version_of("story", kind=Kind.BRIEFING))
    procedures = ProcedureRegister(engine)

    for document_id in ("story", "nothing"):
        with pytest.raises(NotFound, match="No procedure was read"):
            procedures.of(document_id)
    assert procedures.all_live() == []


def test_withdrawn_documents_are_not_live(engine: Engine, recorder: Recorder) -> None:
    new = version_of("visits")
    record(recorder, new)
    recorder.withdraw("visits", new.source, Because.GONE, NOON)

    assert ProcedureRegister(engine).all_live() == []
    assert ProcedureRegister(engine).of("visits").version == 1


def test_a_chapter_is_found_by_its_title_once_it_is_there(engine: Engine, recorder: Recorder) -> None:
    record(recorder, version_of("visits"))
    procedures = ProcedureRegister(engine)
    assert procedures.of("visits").references[0].document_id is None

    record(recorder, version_of("escalation"))

    assert procedures.of("visits").references[0].document_id == "escalation"
    assert [read.references[0].document_id for read in procedures.all_live()] == ["escalation"] * 2


def test_live_procedures_come_by_chapter(engine: Engine, recorder: Recorder) -> None:
    for document_id, chapter in (("ten", "2.10"), ("none", None), ("two", "2.9")):
        new = version_of(document_id)
        assert new.procedure is not None
        record(recorder, replace(new, procedure=replace(new.procedure, chapter=chapter)))

    assert [read.chapter for read in ProcedureRegister(engine).all_live()] == ["2.9", "2.10", None]


def test_unread_versions_and_those_of_other_rules_are_known(engine: Engine, recorder: Recorder) -> None:
    record(recorder, version_of("old", rules="0"))
    record(recorder, version_of("new", rules="1"))
    record(recorder, replace(version_of("never"), procedure=None))
    record(recorder, version_of("story", kind=Kind.BRIEFING))
    procedures = ProcedureRegister(engine)

    unread = [procedures.named(version) for version in procedures.unread("1")]

    assert unread == [("old", 1), ("never", 1)]
    assert len(procedures.readable()) == 3


def test_reading_anew_takes_the_place_of_what_was_read(engine: Engine, recorder: Recorder) -> None:
    record(recorder, version_of("visits", rules="0"))
    procedures = ProcedureRegister(engine)
    assert len(procedures.all_live()[0].duties) == 1
    (version_id,) = procedures.unread("1")

    procedures.write(version_id, replace(read_of("visits"), duties=(), rules="1"))

    (read,) = procedures.all_live()
    assert (read.rules, read.duties, len(read.time_limits)) == ("1", (), 1)
    assert procedures.unread("1") == []
