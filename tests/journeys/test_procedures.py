"""A lead describes a situation, reads what applies, narrows it to a role, and works out the dates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from tests.api.making import open_store, settings_for, write_library
from tests.assistant.applicable.library import FILES
from tests.journeys.conftest import running

SIZES = {"phone": (360, 740), "desktop": (1280, 800)}
SITUATION = (
    "The parents of two young children will not let the health visitor in. "
    "Last month the father threatened her. "
    "There is no sign that the children have gone missing."
)


@pytest.fixture(scope="module")
def leads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over a small manual and a review."""
    settings = settings_for(tmp_path_factory.mktemp("leads-data"))
    library = write_library(tmp_path_factory.mktemp("leads"), FILES)
    with open_store(settings, library) as store, running(settings, store) as started:
        yield started


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """With scripts; a page that complains in the console fails the test."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    yield opened
    context.close()
    assert complaints == []


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert page.viewport_size is not None
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"]


def test_a_situation_leads_to_procedures_duties_and_dates(page: Page, leads: str) -> None:
    # Given a situation
    page.goto(f"{leads}/procedures")
    fits(page)
    page.get_by_label("What is going on?").fill(SITUATION)
    page.get_by_role("button", name="Find procedures").click()

    # Then what applies stands with the words that meet, and what is denied under "considered"
    applies = page.get_by_role("region", name="These apply")
    expect(applies.get_by_role("heading", name="Families who do not engage")).to_be_visible()
    expect(applies.get_by_text("a parent refuses or repeatedly cancels visits")).to_be_visible()
    considered = page.get_by_role("region", name="Considered, does not seem to apply")
    expect(considered.get_by_text("You say that this is not so")).to_be_visible()
    expect(page.get_by_role("region", name="These do not agree")).to_be_visible()
    fits(page)
    assert "fist" not in page.url

    # and it can be copied
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Families who do not engage" in copied

    # When the lead narrows it to health
    page.get_by_label("Show what these must do").select_option("health")
    page.get_by_role("button", name="Find procedures").click()
    steps = page.get_by_role("region", name="What to do, in order")
    expect(steps.get_by_text("within 2 working days of the visit").first).to_be_visible()
    expect(steps.get_by_text("A police officer may visit")).to_have_count(0)

    # and follows the way to the dates
    page.get_by_role("link", name="Work out dates").click()
    page.get_by_role("group", name="From: the visit").first.get_by_label("Date").fill("2026-04-02")
    page.get_by_role("button", name="Work out").click()
    expect(page.get_by_text("8 April 2026")).to_be_visible()
    expect(page.get_by_text("Good Friday")).to_be_visible()
    fits(page)

    # Then they can be put into a calendar
    with page.expect_download() as download:
        page.get_by_role("button", name="Save for a calendar").click()
    entries = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    assert [f"{entry.decoded('dtstart'):%Y-%m-%d}" for entry in entries] == ["2026-04-08"]


def test_a_citation_opens_at_its_words_and_the_way_back_leads_to_the_findings(page: Page, leads: str) -> None:
    page.goto(f"{leads}/procedures")
    page.get_by_label("What is going on?").fill(SITUATION)
    page.get_by_role("button", name="Find procedures").click()
    page.get_by_role("region", name="These apply").locator(".source a").first.click()
    expect(page.locator("#cited")).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("region", name="These apply")).to_be_visible()


def test_the_permanent_link_shows_the_procedures_and_not_the_situation(page: Page, leads: str) -> None:
    page.goto(f"{leads}/procedures")
    page.get_by_label("What is going on?").fill(SITUATION)
    page.get_by_role("button", name="Find procedures").click()
    page.get_by_role("link", name="Permanent link").click()
    expect(page.get_by_role("heading", name="When they apply")).to_be_visible()
    expect(page.get_by_text("health visitor in")).to_have_count(0)
    fits(page)
