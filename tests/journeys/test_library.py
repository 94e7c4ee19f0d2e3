"""The business manager hands in, looks, publishes, sees what changed, withdraws and rolls back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.api.making import REFERRAL, open_store, settings_for, write_library
from tests.journeys.conftest import running
from tests.stand_ins import WordsEmbedder

SIZES = {"phone": (360, 740), "desktop": (1280, 800)}
SOONER = REFERRAL.replace("in writing within 24 hours", "in writing within 12 hours").replace(
    "2.1.4 The front", "2.1.5 The front"
)
PICTURES = os.environ.get("LIBRARY_PICTURES")
"""A folder to put pictures of the pages into, for the documentation."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One of its own, since its library is changed; each size leaves it as it found it."""
    settings = settings_for(tmp_path_factory.mktemp("desk-data"))
    library = write_library(tmp_path_factory.mktemp("desk-library"))
    with open_store(settings, library, WordsEmbedder()) as store, running(settings, store) as started:
        yield started


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Without JavaScript."""
    width, height = SIZES[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=request.param == "phone",
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


def looked_at(page: Page, name: str) -> None:
    """Nothing has to be scrolled sideways; a picture is kept where one is wanted."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    wide = page.locator("body").evaluate("body => body.ownerDocument.documentElement.scrollWidth")
    assert wide <= width, name
    if PICTURES:
        size = "phone" if width < 400 else "desktop"
        page.screenshot(path=Path(PICTURES) / f"library-{name}-{size}.png")


def hand_in(page: Page, service: str, name: str, text: str, document: str) -> None:
    page.goto(f"{service}/library")
    page.get_by_role("link", name="look after the library").click()
    page.get_by_label("File").set_input_files(
        {"name": name, "mimeType": "text/markdown", "buffer": text.encode()}
    )
    page.get_by_label("It becomes").select_option(label=document)
    looked_at(page, "desk")
    page.get_by_role("button", name="Show how it is understood").click()


def test_a_new_version_is_looked_at_published_and_rolled_back(page: Page, service: str) -> None:
    # Given a new version of a chapter, handed in at the desk
    hand_in(page, service, "referral.md", SOONER, "a new version of: Making a referral")
    # When the manager looks at how it was understood
    expect(page.get_by_role("heading", name="Making a referral", exact=True)).to_be_visible()
    expect(page.get_by_text("Paragraph 2.1.3 is followed by 2.1.5")).to_be_visible()
    changes = page.get_by_role("region", name="Against the present version")
    expect(changes.locator("ins", has_text="12")).to_be_visible()
    expect(changes.locator("del", has_text="24")).to_be_visible()
    looked_at(page, "preview")
    # and publishes it
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("its words answer questions from now on")
    looked_at(page, "published")
    # Then everybody can read what has changed
    page.goto(f"{service}/changes")
    expect(page.locator("ins", has_text="12").first).to_be_visible()
    expect(page.get_by_text("has another number, and the same words").first).to_be_visible()
    looked_at(page, "changes")
    # and follow it into the version before, where a banner says that it has changed
    page.get_by_role("link", name="2.1.1 as it was in version").first.click()
    expect(page.get_by_text("This text has changed since it was cited.")).to_be_visible()
    expect(page.locator("#cited").first).to_contain_text("2.1.1")
    # When the ingest is rolled back
    page.goto(f"{service}/library/manage")
    page.locator("#page-ingests ~ ul").get_by_role("link").first.click()
    looked_at(page, "ingest")
    page.get_by_role("button", name="Roll back ingest").click()
    # Then the words of before are back
    expect(page.get_by_text("rolled back").first).to_be_visible()
    page.goto(f"{service}/documents/2-1-making-a-referral")
    expect(page.get_by_text("in writing within 24 hours")).to_be_visible()


def test_a_document_is_superseded_and_restored(page: Page, service: str) -> None:
    # Given the desk
    page.goto(f"{service}/library/manage")
    # When a document is superseded by another
    page.get_by_role("link", name="Withdraw or supersede Escalation").click()
    looked_at(page, "document")
    page.get_by_label("The document that takes its place").select_option(label="Making a referral")
    page.get_by_role("button", name="Supersede").click()
    # Then it is told of, and gone from the library
    expect(page.get_by_role("status")).to_contain_text("Superseded")
    expect(page.get_by_text("superseded by")).to_be_visible()
    looked_at(page, "superseded")
    page.goto(f"{service}/library")
    expect(page.get_by_role("link", name="Escalation", exact=True)).to_have_count(0)
    # and its page says so
    page.goto(f"{service}/documents/6-2-escalation")
    expect(page.get_by_role("link", name="Read the one that took its place")).to_be_visible()
    # When it is restored
    page.goto(f"{service}/library/manage")
    page.get_by_role("button", name="Restore Escalation").click()
    # Then it answers again
    page.goto(f"{service}/library")
    expect(page.get_by_role("link", name="Escalation", exact=True)).to_be_visible()


def test_a_file_that_cannot_be_read_is_refused_with_advice(page: Page, service: str) -> None:
    page.goto(f"{service}/library/manage")
    page.get_by_label("File").set_input_files(
        {"name": "picture.pdf", "mimeType": "application/pdf", "buffer": b"\x89PNG\r\n\x1a\n"}
    )
    page.get_by_role("button", name="Show how it is understood").click()
    expect(page.get_by_role("alert")).to_contain_text("The file is a picture.")
    looked_at(page, "refused")


@pytest.mark.parametrize("path", ["/library", "/library/manage", "/library/documents/family-c", "/changes"])
def test_the_pages_can_be_used_by_everybody(browser: Browser, service: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{service}{path}")
    results = Axe().run(page)
    context.close()
    assert results.violations_count == 0, results.generate_report()
