from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from api.app import create_app
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from tests.api.making import FILES, REFERRAL, open_store, settings_for, write_library

ID = "2-1-making-a-referral"
SAME = "The front door may ask the referrer for more."
CHANGED = "They must confirm the referral in writing within 24 hours."


def cited(client: TestClient, words: str, version: int = 1) -> LexborHTMLParser:
    text = client.get(f"/v1/documents/{ID}/text?version={version}").text
    start = text.index(words)
    response = client.get(f"/cite/{ID}/{version}/{start}-{start + len(words)}")
    assert response.status_code == 200
    return LexborHTMLParser(response.text)


@pytest.mark.parametrize("document_id", [ID, "6-2-escalation", "family-c"])
def test_the_page_holds_the_canonical_text_unaltered(client: TestClient, document_id: str) -> None:
    text = client.get(f"/v1/documents/{document_id}/text").text
    page = LexborHTMLParser(client.get(f"/cite/{document_id}/1/30-{len(text) - 30}").text)
    assert page.css_first("#page-text").text() == text


@pytest.mark.parametrize(
    "words",
    [
        CHANGED,
        "what was done in < 24 hours.",
        "who is worried & why",
        "Referrer | Within 24 hours\nDecision",
        "How to refer\n\n2.1.1 A practitioner",
    ],
)
def test_exactly_the_cited_words_are_marked(client: TestClient, words: str) -> None:
    page = cited(client, words)
    marked = "".join(mark.text() for mark in page.css("#page-text mark"))
    assert marked == words.replace("\n", "")
    assert len(page.css("#cited")) == 1
    assert page.css_first("mark").attributes.get("id") == "cited"


def test_headings_lists_and_tables_keep_their_form(client: TestClient) -> None:
    page = cited(client, SAME)
    assert [heading.text() for heading in page.css("article h3")] == ["How to refer", "Time limits"]
    assert len(page.css("article p.item")) == 3
    assert len(page.css("article table tr")) == 3
    assert [cell.text() for cell in page.css("article th")][-1] == "Time limit"


def test_the_page_gives_review_dates_and_the_original(client: TestClient) -> None:
    page = cited(client, SAME)
    facts = page.css_first(".facts").text()
    assert "9 March 2026" in facts
    assert "9 March 2027" in facts
    assert client.get(page.css_first(".facts a").attributes["href"] or "").content == REFERRAL.encode()
    assert page.css_first(".banner") is None


@pytest.mark.parametrize(
    "place", [f"{ID}/1/5-5", f"{ID}/1/9-5", f"{ID}/1/0-999999", f"{ID}/2/0-5", "nobody/1/0-5", f"{ID}/1/a-b"]
)
def test_a_place_that_does_not_exist_is_a_404(client: TestClient, place: str) -> None:
    assert client.get(f"/cite/{place}").status_code == 404


@pytest.mark.parametrize("place", [f"{ID}/0/0-5", f"{ID}/99999999999999999999/0-5", f"{ID}/1/0-99999999999"])
def test_numbers_that_no_place_can_have_are_a_404(client: TestClient, place: str) -> None:
    assert client.get(f"/cite/{place}").status_code == 404


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Iterator[TestClient]:
    """A referral chapter in two versions, and a briefing that was withdrawn."""
    library = write_library(tmp_path_factory.mktemp("revised"))
    settings = settings_for(tmp_path_factory.mktemp("revised-data"))
    with open_store(settings, library, store.embedder) as opened:
        new = REFERRAL.replace("within 24 hours.", "within 2 working days.")
        write_library(library, FILES | {"2.1-making-a-referral.md": new})
        (library / "family-c.md").unlink()
        IngestPipeline(opened, settings.ingest).run([library])
        yield TestClient(create_app(settings, opened))


def test_a_banner_leads_to_the_same_words_in_a_newer_version(revised: TestClient) -> None:
    page = cited(revised, SAME)
    banner = page.css_first(".banner")
    assert "A newer version holds the same words" in banner.text()
    link = banner.css_first("a").attributes["href"] or ""
    assert LexborHTMLParser(revised.get(link).text).css_first("#cited").text() == SAME


def test_a_banner_tells_that_the_words_have_changed(revised: TestClient) -> None:
    page = cited(revised, CHANGED)
    assert page.css_first("#cited").text() == CHANGED
    assert "This text has changed since it was cited" in page.css_first(".banner").text()


def test_the_current_version_has_no_banner_and_names_the_older(revised: TestClient) -> None:
    page = cited(revised, SAME, version=2)
    assert page.css_first(".banner") is None
    assert page.css_first(f"a[href='/documents/{ID}?version=1']") is not None


def test_an_older_version_can_be_read_whole(revised: TestClient) -> None:
    page = LexborHTMLParser(revised.get(f"/documents/{ID}?version=1").text)
    assert "There is a newer version" in page.css_first(".banner").text()


def test_an_old_citation_of_a_withdrawn_document_still_opens(revised: TestClient) -> None:
    response = revised.get("/cite/family-c/1/0-8")
    assert response.status_code == 200
    assert "has been withdrawn" in response.text
    listed = [document["id"] for document in revised.get("/v1/documents").json()]
    assert "family-c" not in listed
    everything = [document["id"] for document in revised.get("/v1/documents?withdrawn=true").json()]
    assert "family-c" in everything


def test_changes_are_listed_paragraph_by_paragraph(revised: TestClient) -> None:
    (change,) = revised.get("/v1/changes", params={"document_id": ID}).json()
    assert change["kind"] == "reworded"
    assert change["version"] == 2
    assert "24 hours" in change["before"]
    assert "2 working days" in change["after"]
    assert revised.get("/v1/changes?document_id=6-2-escalation").json() == []
