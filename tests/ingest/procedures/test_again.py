"""What a procedure says is committed with its version, and read anew where the rules have changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from api.doctor import examine
from corpus.database import transaction
from corpus.documents import Kind
from corpus.errors import NotFound, StoreBusy, StoreError
from corpus.procedure_register import ProcedureRegister
from corpus.tables_procedures import procedure_items, procedure_readings
from ingest.pipeline import IngestPipeline
from ingest.procedures import RULES
from ingest.procedures.again import read_anew, rebuild_procedures
from ingest.roll_back import roll_back
from tests.ingest.grounds import SEE, TELL, Grounds
from tests.stand_ins import UnwillingEmbedder


def test_a_version_is_recorded_with_what_it_says(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()

    read = _procedures(grounds).of("visits")

    assert (read.version, read.rules) == (1, RULES)
    text = grounds.store.register.version("visits").text
    assert [duty.line.words for duty in read.duties] == [SEE.split(" ", 1)[1], TELL.split(" ", 1)[1]]
    for duty in read.duties:
        assert text[duty.line.start : duty.line.end] == duty.line.words


def test_a_new_version_is_read_and_the_old_one_stays(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    grounds.write("visits.md", SEE)
    grounds.run()

    procedures = _procedures(grounds)

    assert (len(procedures.of("visits", 1).duties), len(procedures.of("visits").duties)) == (2, 1)
    assert procedures.of("visits").version == 2
    assert [read.version for read in procedures.all_live()] == [2]


def test_a_briefing_binds_nobody(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE)
    IngestPipeline(grounds.store, grounds.settings.ingest).run([grounds.folder], Kind.BRIEFING)

    assert _procedures(grounds).all_live() == []
    with pytest.raises(NotFound, match="No procedure was read"):
        _procedures(grounds).of("visits")


def test_what_other_rules_read_is_read_anew_by_the_next_ingest_without_embedding(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    _spoil(grounds)
    grounds.store.embedder = UnwillingEmbedder()

    grounds.run()

    read = _procedures(grounds).of("visits")
    assert (read.rules, len(read.duties)) == (RULES, 2)


def test_what_was_never_read_is_read_and_a_second_time_nothing_is(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    before = _procedures(grounds).of("visits")
    with transaction(grounds.store.register.engine) as connection:
        connection.execute(procedure_items.delete())
        connection.execute(procedure_readings.delete())

    assert (read_anew(grounds.store), read_anew(grounds.store)) == (1, 0)
    assert _procedures(grounds).of("visits") == before


def test_everything_is_read_anew_on_demand(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    with transaction(grounds.store.register.engine) as connection:
        connection.execute(procedure_items.delete())

    assert rebuild_procedures(grounds.store) == 1
    assert len(_procedures(grounds).of("visits").duties) == 2


def test_nothing_is_read_anew_beside_another_writer(grounds: Grounds) -> None:
    with grounds.store.writing(), pytest.raises(StoreBusy):
        rebuild_procedures(grounds.store)


def test_the_doctor_says_what_was_not_read_and_mends_it(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    grounds.write("visits.md", SEE)
    grounds.run()
    _spoil(grounds)
    grounds.store.close()
    monkeypatch.setattr("corpus.store.open_embedder", lambda _settings: grounds.embedder)

    unwell = {finding.name: finding for finding in examine(grounds.settings)}
    mended = [finding for finding in examine(grounds.settings, rebuild=True) if finding.name == "procedures"]

    assert not unwell["procedures"].is_well
    assert "assistant doctor --rebuild" in unwell["procedures"].detail
    assert [finding.is_well for finding in mended] == [True]


def test_a_failing_commit_leaves_neither_the_version_nor_what_it_says(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    grounds.write("visits.md", SEE)
    grounds.run()
    grounds.write("visits.md", SEE, TELL)

    def fail(*_: object) -> None:
        raise StoreError("cut off")

    monkeypatch.setattr("corpus.recording.insert_read", fail)
    with pytest.raises(StoreError):
        grounds.run()

    assert grounds.store.register.version_numbers("visits") == [1]
    assert [read.version for read in _procedures(grounds).all_live()] == [1]


def test_a_withdrawn_document_binds_nobody_any_more(grounds: Grounds) -> None:
    path = grounds.write("visits.md", SEE)
    grounds.run()
    path.unlink()
    grounds.run()

    assert _procedures(grounds).all_live() == []


def test_what_is_rolled_back_to_is_read(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE)
    grounds.run()
    grounds.write("visits.md", SEE, TELL)
    run = grounds.run().run
    assert run is not None

    roll_back(grounds.store, run, lambda: datetime(2026, 5, 1, tzinfo=UTC))

    read = _procedures(grounds).of("visits")
    assert (read.version, len(read.duties)) == (3, 1)


def _procedures(grounds: Grounds) -> ProcedureRegister:
    return ProcedureRegister(grounds.store.register.engine)


def _spoil(grounds: Grounds) -> None:
    """As if older rules had read it, and found nothing."""
    with transaction(grounds.store.register.engine) as connection:
        connection.execute(procedure_items.delete())
        connection.execute(update(procedure_readings).values(rules="0"))
