"""What becomes of a pack: edited, out of date, made anew, used."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.sessions.desk import SessionDesk
from assistant.sessions.editing import Edits
from assistant.sessions.kept import KeptPacks
from assistant.sessions.pack import Pack, PartName, SessionFormat, SessionRequest, Voice, cited_in
from assistant.sessions.timing import running_order
from assistant.sessions.uses import Use, UseLog, as_csv
from corpus.database import open_database
from corpus.errors import NoSuchPack
from corpus.settings import DatabaseSettings, RetrievalSettings, Settings
from ingest.pipeline import IngestPipeline
from tests.assistant.sessions.making import SIGNPOST, assert_wholly_cited
from tests.assistant.sessions.small import CHAPTER, CHAPTER_ID, DOCUMENT, small_store

ASKED = SessionRequest(30, SessionFormat.TEAM_MEETING, documents=(DOCUMENT, CHAPTER_ID))


class Office:
    """A desk over a small library that can be changed."""

    def __init__(self, folder: Path) -> None:
        self.settings: Settings
        self.settings, self.store, self.library = small_store(folder)
        self.desk = SessionDesk(self.store, RetrievalSettings(), SIGNPOST)

    def replace(self, old: str, new: str) -> None:
        path = self.library / "2.1-making-a-referral.md"
        assert old in CHAPTER
        path.write_text(CHAPTER.replace(old, new), encoding="utf-8")
        IngestPipeline(self.store, self.settings.ingest).run([self.library])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("office"))
    yield made
    made.store.close()


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Office]:
    """One of its own, for a test that changes the library."""
    made = Office(tmp_path)
    yield made
    made.store.close()


def names(pack: Pack) -> list[PartName]:
    return [part.name for part in pack.parts]


def test_a_pack_is_kept_as_it_was_made(office: Office) -> None:
    pack = office.desk.make(ASKED)

    kept = office.desk.packs.get(pack.id)

    assert kept.pack == pack
    assert kept.edited == pack
    assert pack.id in [each.id for each in office.desk.packs.newest(5)]
    assert_wholly_cited(pack, office.store.register)


def test_a_pack_that_was_never_made_is_not_found(office: Office) -> None:
    with pytest.raises(NoSuchPack):
        office.desk.packs.get("0" * 32)


def test_a_part_that_is_left_out_gives_its_minutes_to_the_others(office: Office) -> None:
    pack = office.desk.make(ASKED)

    office.desk.leave_out(pack.id, PartName.QUIZ)

    edited = office.desk.packs.get(pack.id).edited
    assert PartName.QUIZ in names(pack)
    assert PartName.QUIZ not in names(edited)
    assert running_order(edited.parts)[-1].end == 30
    assert {each.number for each in edited.citations} == cited_in(edited.parts)
    assert len(edited.citations) < len(pack.citations)

    office.desk.put_back(pack.id, PartName.QUIZ)
    assert office.desk.packs.get(pack.id).edited == pack


def test_a_part_moves_by_one_and_stops_at_the_end(office: Office) -> None:
    pack = office.desk.make(ASKED)
    before = names(pack)

    office.desk.move(pack.id, PartName.CASE, 1)
    office.desk.move(pack.id, before[0], -1)

    place = before.index(PartName.CASE)
    expected = [*before[:place], before[place + 1], PartName.CASE, *before[place + 2 :]]
    assert names(office.desk.packs.get(pack.id).edited) == expected


def test_what_the_trainer_writes_is_marked_and_is_a_quote_no_longer(office: Office) -> None:
    pack = office.desk.make(ASKED)
    part = pack.part(PartName.MESSAGES)
    assert part is not None
    first, second, *others = part.items

    kept = frozenset(item.key for item in (first, *others))
    words = {first.key: "Ask housing first.", second.key: second.quote}
    office.desk.write(pack.id, part.name, kept, words, "Bring the map.\n\nAnd tea.")

    edited = office.desk.packs.get(pack.id).edited.part(part.name)
    assert edited is not None
    assert edited.items[0].voice is Voice.TRAINER
    assert (edited.items[0].text, edited.items[0].quote) == ("Ask housing first.", "")
    assert edited.items[1:-2] == tuple(others)
    assert [item.text for item in edited.items[-2:]] == ["Bring the map.", "And tea."]
    assert {item.voice for item in edited.items[-2:]} == {Voice.TRAINER}
    assert office.desk.packs.get(pack.id).pack == pack

    office.desk.undo(pack.id)
    assert office.desk.packs.get(pack.id).edited == pack


def test_a_pack_says_which_cited_paragraphs_have_changed_and_what_stands_there_now(changing: Office) -> None:
    pack = changing.desk.make(ASKED)
    assert changing.desk.outdated(changing.desk.packs.get(pack.id)) == []

    changing.replace("must ring the front door on the same day", "must ring the front door at once")

    found = changing.desk.outdated(changing.desk.packs.get(pack.id))
    assert found
    assert {each.citation.document_id for each in found} == {CHAPTER_ID}
    whole = [each for each in found if "same day" in each.citation.quote and len(each.citation.quote) > 20]
    assert whole[0].current == 2
    assert whole[0].now is not None
    assert "at once" in whole[0].now


def test_a_change_elsewhere_in_the_document_leaves_the_pack_up_to_date(changing: Office) -> None:
    pack = changing.desk.make(ASKED)

    changing.replace("2.1.1 A housing", "2.1.0 Read this chapter whole.\n\n2.1.1 A housing")

    assert changing.desk.outdated(changing.desk.packs.get(pack.id)) == []


def test_a_withdrawn_document_makes_the_pack_out_of_date(changing: Office) -> None:
    pack = changing.desk.make(ASKED)
    (changing.library / "2.1-making-a-referral.md").unlink()
    IngestPipeline(changing.store, changing.settings.ingest).run([changing.library])

    found = changing.desk.outdated(changing.desk.packs.get(pack.id))

    assert found
    assert {each.current for each in found} == {None}


def test_a_pack_made_anew_quotes_the_new_words_and_keeps_the_edits(changing: Office) -> None:
    pack = changing.desk.make(ASKED)
    changing.desk.leave_out(pack.id, PartName.QUIZ)
    messages = pack.part(PartName.MESSAGES)
    assert messages is not None
    everything = frozenset(item.key for item in messages.items)
    changing.desk.write(pack.id, PartName.MESSAGES, everything, {messages.items[0].key: "Mine."}, "")
    rules = pack.part(PartName.PROCEDURES)
    assert rules is not None
    changing.replace("on the same day", "at once")

    anew = changing.desk.make_anew(pack.id)

    kept = changing.desk.packs.get(anew.id)
    assert changing.desk.outdated(kept) == []
    assert any("at once" in each.quote for each in anew.citations)
    assert PartName.QUIZ not in names(kept.edited)
    edited = kept.edited.part(PartName.MESSAGES)
    assert edited is not None
    assert edited.items[0].text == "Mine."
    assert kept.earlier == pack.id
    assert changing.desk.packs.get(pack.id).later == anew.id


def test_packs_are_kept_in_postgresql_too(postgres_url: str, tmp_path: Path) -> None:
    engine = open_database(DatabaseSettings(url=postgres_url), tmp_path)
    made = Office(tmp_path)
    pack = made.desk.make(ASKED)
    made.store.close()
    packs, uses = KeptPacks(engine), UseLog(engine)

    packs.keep(pack)
    packs.edit(pack.id, Edits(without_parts=frozenset({PartName.QUIZ})))
    uses.add(Use(pack.id, date(2026, 11, 3), "Duty team", 9, ""))

    assert packs.get(pack.id).pack == pack
    assert PartName.QUIZ not in names(packs.get(pack.id).edited)
    assert [each.minutes for each in packs.newest(3)] == [30]
    assert [each.use.people for each in uses.uses()] == [9]
    engine.dispose()


def test_the_use_log_is_exported_as_csv_that_no_spreadsheet_runs(office: Office) -> None:
    pack = office.desk.make(ASKED)
    office.desk.uses.add(Use(pack.id, date(2026, 11, 3), "Duty team", 9, '=HYPERLINK("http://x")'))
    office.desk.uses.add(Use(pack.id, date(2026, 11, 10), "Health visitors, north", 5, "Ask housing."))

    rows = list(csv.DictReader(io.StringIO(as_csv(office.desk.uses.uses()).removeprefix("\ufeff"))))

    assert [row["date"] for row in rows] == ["2026-11-10", "2026-11-03"]
    assert rows[0]["team"] == "Health visitors, north"
    assert rows[1]["people"] == "9"
    assert rows[1]["agreed_actions"].startswith("'=")
    assert {row["pack_id"] for row in rows} == {pack.id}
