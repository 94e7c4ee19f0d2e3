"""A link to words that were cited once: what has become of them since, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ingest.pipeline import IngestPipeline
from tests.api.making import FILES, REFERRAL, open_store, settings_for, write_library
from tests.journeys.conftest import running
from tests.journeys.sizes import SIZES, fits, opened
from tests.stand_ins import WordsEmbedder

ID = "2-1-making-a-referral"
SAME = "The front door may ask the referrer for more."
CHANGED = "They must confirm the referral in writing within 24 hours."
NEW = REFERRAL.replace("within 24 hours.", "within 2 working days.")


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service whose referral chapter has changed, and whose briefing was withdrawn."""
    library = write_library(tmp_path_factory.mktemp("revised"))
    settings = settings_for(tmp_path_factory.mktemp("revised-data"))
    with open_store(settings, library, WordsEmbedder()) as store:
        write_library(library, FILES | {"2.1-making-a-referral.md": NEW})
        (library / "family-c.md").unlink()
        IngestPipeline(store, settings.ingest).run([library])
        with running(settings, store) as address:
            yield address


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with opened(browser, request.param, java_script_enabled=True) as page:
        yield page


def follow(page: Page, address: str, words: str) -> None:
    """Open the link to words of the first version."""
    text = page.request.get(f"{address}/v1/documents/{ID}/text?version=1").text()
    start = text.index(words)
    page.goto(f"{address}/cite/{ID}/1/{start}-{start + len(words)}#cited")
    expect(page.locator("#cited")).to_be_in_viewport()


def test_changed_words_come_with_the_change(page: Page, revised: str) -> None:
    # Given a link to words that have changed since
    follow(page, revised, CHANGED)
    banner = page.get_by_text("This text has changed since it was cited")
    expect(banner).to_be_in_viewport()
    # When the change is looked at
    page.get_by_role("link", name="See the change").click()
    # Then the words are there, as they were and as they are
    change = page.get_by_role("region", name="What changed in this paragraph")
    expect(change).to_be_in_viewport()
    expect(change.locator("del")).to_contain_text("24 hours")
    expect(change.locator("ins")).to_contain_text("2 working days")
    fits(page)
    assert Axe().run(page).violations_count == 0
    # and the version of today is one tap away
    page.get_by_role("link", name="read version 2").click()
    expect(page.locator("#page-text")).to_contain_text("within 2 working days")


def test_words_that_stayed_lead_to_the_current_version(page: Page, revised: str) -> None:
    follow(page, revised, SAME)
    page.get_by_role("link", name="See them in version 2").click()
    expect(page.locator("#cited")).to_have_text(SAME)
    expect(page.locator("#cited")).to_be_in_viewport()
    # and from there back to the older one, whole
    page.get_by_role("link", name="Version 1").click()
    expect(page.get_by_text("There is a newer version")).to_be_in_viewport()


def test_a_withdrawn_document_says_so(page: Page, revised: str) -> None:
    page.goto(f"{revised}/cite/family-c/1/0-8#cited")
    expect(page.get_by_text("This document has been withdrawn")).to_be_in_viewport()
    fits(page)
