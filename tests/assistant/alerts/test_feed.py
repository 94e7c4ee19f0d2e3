"""The Atom feed: one entry for each version that changed something."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from assistant.alerts.digest import words
from assistant.alerts.feed import atom
from assistant.alerts.news import News, NewsDesk, Sort
from corpus.changes import ChangeKind
from tests.assistant.alerts.making import BASE, ESCALATION, REFERRAL, Library

_ATOM = "{http://www.w3.org/2005/Atom}"


def entries(library: Library, document_id: str | None = None) -> list[ET.Element]:
    news = NewsDesk(library.engine).newest(100, document_id)
    return ET.fromstring(atom(news, BASE, "/v1/changes.atom")).findall(f"{_ATOM}entry")


def text(entry: ET.Element, tag: str) -> str:
    found = entry.find(f"{_ATOM}{tag}")
    assert found is not None
    return found.text or ""


def test_a_changed_paragraph_is_one_entry(library: Library) -> None:
    before = {text(entry, "id") for entry in entries(library)}
    library.change(REFERRAL, "within 24 hours.\n\n2.1.2", "within 48 hours.\n\n2.1.2")
    library.take_in()

    [new] = [entry for entry in entries(library) if text(entry, "id") not in before]

    assert text(new, "title") == "Changed: Making a referral"
    assert text(new, "summary").splitlines() == [
        "1 paragraph reworded in Making a referral.",
        "Time limits: “24 hours” became “48 hours” (2.1.1). Unchanged: must, should and may and contacts.",
    ]
    link = new.find(f"{_ATOM}link")
    assert link is not None
    assert link.get("href") == f"{BASE}/documents/2-1-making-a-referral?version=2"


def test_an_entry_keeps_its_id_and_the_newest_comes_first(library: Library) -> None:
    library.change(ESCALATION, "should first speak", "must first speak")
    first = [text(entry, "id") for entry in entries(library)]
    library.change(REFERRAL, "at once", "straight away")
    second = entries(library)
    assert [text(entry, "id") for entry in second[1:]] == first
    assert text(second[0], "title") == "Changed: Making a referral"


def test_a_document_has_a_feed_of_its_own(library: Library) -> None:
    library.change(ESCALATION, "should first speak", "must first speak")
    titles = [text(entry, "title") for entry in entries(library, "6-2-escalation")]
    assert titles == ["Changed: Escalation", "New: Escalation"]


def test_a_withdrawn_document_is_an_entry(library: Library) -> None:
    del library.files[ESCALATION]
    library.take_in()
    assert text(entries(library)[0], "title") == "Withdrawn: Escalation"


def test_markup_is_text_and_what_xml_cannot_hold_is_left_out() -> None:
    news = News(Sort.NEW, "x", "Making <b>a\x02</b> & referral\ud800", 1, datetime(2026, 3, 2, tzinfo=UTC))
    [entry] = ET.fromstring(atom([news], BASE, "/v1/changes.atom")).findall(f"{_ATOM}entry")
    assert text(entry, "title") == "New: Making <b>a</b> & referral"


def test_every_kind_of_change_has_its_words() -> None:
    kinds = {kind.value for kind in ChangeKind}
    assert kinds <= set(words()["kinds"])
    assert kinds <= set(words()["labels"])
