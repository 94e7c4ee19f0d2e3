"""What becomes of what a model phrased: edited, out of date, made anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.sessions.desk import SessionDesk, open_in_short
from assistant.sessions.pack import Item, Pack, PartName, SessionRequest, Voice, as_json, from_json
from assistant.sessions.phrasing import Phraser
from corpus.settings import ChatSettings, RetrievalSettings
from ingest.pipeline import IngestPipeline
from tests.assistant.sessions.making import SIGNPOST, assert_wholly_cited
from tests.assistant.sessions.saying import TRUE, chat_model, in_short, line, truth
from tests.assistant.sessions.small import CHAPTER_ID, DOCUMENT, REVIEW, small_store
from tests.scripted_model import ScriptedModel

ASKED = SessionRequest(60, documents=(DOCUMENT, CHAPTER_ID), phrased=True)
MESSAGES = PartName.MESSAGES


class Office:
    """A desk with a model over a small library that can be changed; the model writes what `says` holds."""

    def __init__(self, folder: Path) -> None:
        self.settings, self.store, self.library = small_store(folder)
        self.model = ScriptedModel(pieces=[truth()])
        in_short = Phraser(chat_model(self.model), self.store)
        self.desk = SessionDesk(self.store, RetrievalSettings(), SIGNPOST, in_short)

    def says(self, *lines: str) -> None:
        self.model.pieces = lines

    def replace(self, old: str, new: str) -> None:
        assert old in REVIEW
        (self.library / "child-k.md").write_text(REVIEW.replace(old, new), encoding="utf-8")
        IngestPipeline(self.store, self.settings.ingest).run([self.library])

    def write(self, pack: Pack, words: dict[str, str], *dropped: str) -> Pack:
        """The messages as the form sends them; the pack as it is then."""
        part = pack.part(MESSAGES)
        assert part is not None
        kept = frozenset(item.key for item in part.items) - frozenset(dropped)
        self.desk.write(pack.id, MESSAGES, kept, words, "")
        return self.desk.packs.get(pack.id).edited


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.store.close()


def lines(pack: Pack) -> tuple[Item, ...]:
    part = pack.part(MESSAGES)
    return part.items if part else ()


def test_a_phrased_pack_is_kept_as_it_was_made(office: Office) -> None:
    pack = office.desk.make(ASKED)

    kept = office.desk.packs.get(pack.id)
    assert kept.pack == kept.edited == pack
    assert len(in_short(pack)) == 2
    assert_wholly_cited(pack, office.store.register)


def test_no_model_is_asked_unless_the_request_says_so(office: Office) -> None:
    pack = office.desk.make(replace(ASKED, phrased=False))

    assert pack.phrasing is None
    assert in_short(pack) == []
    assert office.model.seen == []


def test_with_no_model_configured_a_phrased_pack_is_quotes_alone(office: Office) -> None:
    assert open_in_short(office.store, ChatSettings()) is None
    desk = SessionDesk(office.store, RetrievalSettings(), SIGNPOST)

    asked, other = desk.make(ASKED), desk.make(replace(ASKED, phrased=False))

    assert asked.parts == other.parts
    assert asked.phrasing is None


def test_a_pack_that_was_kept_before_there_was_phrasing_is_read(office: Office) -> None:
    pack = office.desk.make(replace(ASKED, phrased=False))
    content: Any = as_json(pack)
    del content["phrasing"], content["request"]["phrased"]

    assert from_json(content) == pack


def test_quotes_keep_their_keys_with_and_without_phrasing(office: Office) -> None:
    phrased, bare = office.desk.make(ASKED), office.desk.make(replace(ASKED, phrased=False))

    quotes = tuple(item for item in lines(phrased) if item.voice is not Voice.PHRASED)
    assert quotes == lines(bare)
    assert len({item.key for item in lines(phrased)}) == len(lines(phrased))


@pytest.mark.parametrize(("place", "left"), [(0, 2), (1, 1), (2, 2)])
def test_a_phrased_line_goes_with_the_quote_that_it_rests_on(office: Office, place: int, left: int) -> None:
    pack = office.desk.make(ASKED)
    quote = lines(pack)[place]

    dropped = office.write(pack, {}, quote.key)
    assert len(in_short(dropped)) == left
    assert_wholly_cited(dropped, office.store.register)

    written = office.write(pack, {quote.key: "Ask housing first."})
    assert len(in_short(written)) == left
    office.desk.undo(pack.id)
    assert office.desk.packs.get(pack.id).edited == pack


def test_a_phrased_line_can_be_dropped_and_its_quotes_stay(office: Office) -> None:
    pack = office.desk.make(ASKED)
    first, second = in_short(pack)

    edited = office.write(pack, {}, first.key)

    assert in_short(edited) == [second]
    assert lines(edited) == tuple(item for item in lines(pack) if item is not first)
    assert edited.citations == pack.citations


def test_what_a_trainer_writes_over_a_phrased_line_is_theirs_and_cites_nothing(office: Office) -> None:
    pack = office.desk.make(ASKED)
    first, second = in_short(pack)

    edited = office.write(pack, {first.key: "Ring housing.", second.key: f"  {second.text} "})

    [item] = [item for item in lines(edited) if item.key == first.key]
    assert (item.voice, item.text, item.label, item.citations) == (Voice.TRAINER, "Ring housing.", "", ())
    assert in_short(edited) == [second]


def test_a_phrased_line_is_out_of_date_with_its_quotes(office: Office) -> None:
    pack = office.desk.make(ASKED)
    first, second = in_short(pack)

    office.replace("must be asked", "should be asked")

    numbers = {each.citation.number for each in office.desk.outdated(office.desk.packs.get(pack.id))}
    assert numbers >= set(first.citations)
    assert not numbers & set(second.citations)


def test_made_anew_a_pack_is_phrased_from_the_new_words(office: Office) -> None:
    pack = office.desk.make(ASKED)
    office.replace("The housing officer must be asked", "The housing officer should be asked")

    anew = office.desk.make_anew(pack.id)

    assert [item.text for item in in_short(anew)] == [TRUE["P2"]]
    assert anew.phrasing is not None
    assert anew.phrasing.kept == 1
    assert office.desk.outdated(office.desk.packs.get(anew.id)) == []
    assert_wholly_cited(anew, office.store.register)


def test_made_anew_edits_of_a_phrased_line_stay_while_its_quotes_are_the_same(office: Office) -> None:
    pack = office.desk.make(ASKED)
    first, second = in_short(pack)
    office.write(pack, {second.key: "Ask about the night."}, first.key)
    office.says(
        line("The review says that two letters about locks were filed as repairs.", "P1"),
        line("The review says that tiredness was recorded four times in 3 weeks.", "P2"),
    )

    anew = office.desk.make_anew(pack.id)

    edited = office.desk.packs.get(anew.id).edited
    assert [item.text for item in in_short(anew)] != [first.text, second.text]
    assert in_short(edited) == []
    assert "Ask about the night." in [item.text for item in lines(edited)]


def test_made_anew_edits_of_a_phrased_line_go_where_its_quotes_changed(office: Office) -> None:
    pack = office.desk.make(ASKED)
    first, _ = in_short(pack)
    office.write(pack, {first.key: "Ring housing."})
    office.replace("must be asked", "should be asked")
    office.says(line("A housing officer should be asked what the home is like.", "P1"))

    anew = office.desk.make_anew(pack.id)

    edited = office.desk.packs.get(anew.id).edited
    assert "Ring housing." not in [item.text for item in lines(edited)]
    assert ["should" in item.text for item in in_short(edited)] == [True]


def test_made_anew_while_the_model_is_gone_a_pack_is_quotes_alone_and_says_so(office: Office) -> None:
    pack = office.desk.make(ASKED)
    office.says("I cannot help with that.\n")

    anew = office.desk.make_anew(pack.id)

    assert in_short(anew) == []
    assert anew.phrasing is not None
    assert (anew.phrasing.asked, anew.phrasing.kept) == (2, 0)
