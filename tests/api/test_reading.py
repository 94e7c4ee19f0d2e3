"""The page of a document: its contents, what changed, and the pages of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from api.app import create_app
from api.reading import contents, page_url, reworded
from ingest.pipeline import IngestPipeline
from tests.api.making import FILES, REFERRAL, open_store, settings_for, write_library
from tests.stand_ins import WordsEmbedder

PDF = Path(__file__).resolve().parents[2] / "corpus/library/procedures/4.6-private-fostering.pdf"
FOSTERING = "4-6-private-fostering"
REFERRALS = "2-1-making-a-referral"


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A chapter of which one paragraph was reworded and one taken out, and a PDF."""
    library = write_library(tmp_path_factory.mktemp("library"))
    (library / PDF.name).write_bytes(PDF.read_bytes())
    settings = settings_for(tmp_path_factory.mktemp("data"))
    with open_store(settings, library, WordsEmbedder()) as store:
        new = REFERRAL.replace("within 24 hours.\n", "within 2 working days.\n")
        new = new.replace("2.1.4 The front door may ask the referrer for more.\n", "")
        write_library(library, FILES | {"2.1-making-a-referral.md": new})
        IngestPipeline(store, settings.ingest).run([library])
        yield TestClient(create_app(settings, store))


def opened(client: TestClient, document: str, words: str, version: int = 1) -> LexborHTMLParser:
    text = client.get(f"/v1/documents/{document}/text?version={version}").text
    start = text.index(words)
    response = client.get(f"/cite/{document}/{version}/{start}-{start + len(words)}")
    assert response.status_code == 200
    return LexborHTMLParser(response.text)


def test_every_line_of_the_contents_leads_to_its_heading(revised: TestClient) -> None:
    page = LexborHTMLParser(revised.get(f"/documents/{REFERRALS}").text)
    links = page.css(".contents a")
    assert [link.text() for link in links] == ["How to refer", "Time limits"]
    for link in links:
        target = page.css_first(f"#page-text [id='{(link.attributes['href'] or '')[1:]}']")
        assert target.text() == link.text()


def test_the_change_of_a_reworded_paragraph_stands_beside_the_old_words(revised: TestClient) -> None:
    page = opened(revised, REFERRALS, "They must confirm the referral in writing within 24 hours.")
    assert page.css_first(".banner a").attributes["href"] == "#change"
    assert "24 hours" in page.css_first("#change del").text()
    assert "2 working days" in page.css_first("#change ins").text()
    link = page.css(".banner a")[1].attributes["href"] or ""
    assert link == f"/documents/{REFERRALS}#2.1.1"


def test_a_paragraph_that_is_gone_is_said_to_be_gone(revised: TestClient) -> None:
    page = opened(revised, REFERRALS, "The front door may ask the referrer for more.")
    assert "does not have it any more" in page.css_first("#change").text()
    assert page.css_first("#change ins") is None


def test_words_that_stayed_show_no_change(revised: TestClient) -> None:
    page = opened(revised, REFERRALS, "who is worried & why")
    assert page.css_first("#change") is None


def test_a_pdf_opens_at_the_page_of_the_cited_words(revised: TestClient) -> None:
    page = opened(revised, FOSTERING, "Practitioners should look for:")
    (link,) = [one for one in page.css(".facts a") if "PDF" in one.text()]
    assert link.text() == "Open page 2 of the PDF"
    assert link.attributes["href"] == f"/documents/{FOSTERING}/pdf?version=1#page=2"
    response = revised.get(link.attributes["href"] or "")
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"].startswith("inline")
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert response.content == PDF.read_bytes()


def test_what_is_no_pdf_is_never_shown_as_one(revised: TestClient) -> None:
    assert revised.get(f"/documents/{REFERRALS}/pdf").status_code == 404
    page = LexborHTMLParser(revised.get(f"/documents/{REFERRALS}").text)
    assert "PDF" not in page.css_first(".facts").text()


def test_a_passage_of_a_pdf_names_its_page(revised: TestClient) -> None:
    text = revised.get(f"/v1/documents/{FOSTERING}/text").text
    start = text.index("Practitioners should look for:")
    found = revised.get(f"/v1/passages/{FOSTERING}/1/{start}-{start + 20}").json()
    assert found["page_url"] == f"/documents/{FOSTERING}/pdf?version=1#page=2"


def test_the_accessibility_statement_is_linked_from_every_page(revised: TestClient) -> None:
    for path in ("/", "/library", f"/documents/{REFERRALS}"):
        assert 'href="/accessibility"' in revised.get(path).text
    statement = revised.get("/accessibility").text
    for words in ("Web Content Accessibility Guidelines 2.2", "Equality Advisory and Support Service"):
        assert words in statement


def test_the_contents_leave_out_the_title_and_what_lies_deep(revised: TestClient) -> None:
    register = revised.app.state.service.store.register  # type: ignore[attr-defined]
    version = register.version("family-c")
    found = contents(register.sections(version.id))
    assert (found[0].heading, found[0].level) == ("Key learning", 1)
    assert page_url(version, 3) is None
    passages = register.passages(version.id)
    assert reworded(passages, passages, passages[0].start) is None
    assert reworded(passages, passages, 10**9) is None
