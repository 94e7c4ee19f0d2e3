"""From a report to what is recorded of it, and from a form to the e-mail about a change; on both sizes."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from corpus.settings import Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from tests.alerting import Inbox, mail_server
from tests.api.making import FILES, open_store, settings_for, write_library
from tests.assistant.reports.making import briefing
from tests.journeys.conftest import running
from tests.journeys.sizes import SIZES, fits, opened
from tests.services import free_port
from tests.stand_ins import WordsEmbedder

PICTURES = os.environ.get("REPORT_PICTURES")
"""A folder to put pictures of the pages into, for the documentation."""

LEARNING = briefing(
    "Learning from Child Z",
    "Schools should confirm a referral in writing within 24 hours.",
    "The council should require that interpreters are trained and briefed.",
)


@dataclass(frozen=True)
class Place:
    """A running service over a library of its own, and its mail."""

    address: str
    store: Store
    settings: Settings
    library: Path
    inbox: Inbox


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    port, inbox = free_port(), Inbox()
    alerts = {
        "smtp_url": f"smtp://127.0.0.1:{port}",
        "sender": "alerts@example.org",
        "public_url": "https://assistant.example.org",
        "check_seconds": 0.1,
        "settle_minutes": 0,
    }
    plain = settings_for(tmp_path_factory.mktemp("reports-data")).model_dump()
    settings = Settings.model_validate(plain | {"alerts": alerts})
    library = write_library(tmp_path_factory.mktemp("reports-library"), FILES | {"learning.md": LEARNING})
    with (
        open_store(settings, library, WordsEmbedder()) as store,
        mail_server(inbox, port),
        running(settings, store) as address,
    ):
        yield Place(address, store, settings, library, inbox)


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Without JavaScript; a page that complains in the console fails the test."""
    with opened(browser, request.param, java_script_enabled=False) as page:
        yield page


def looked_at(page: Page, name: str) -> None:
    """Nothing has to be scrolled sideways; a picture is kept where one is wanted."""
    fits(page)
    if PICTURES:
        size = "phone" if page.viewport_size and page.viewport_size["width"] < 400 else "desktop"
        page.screenshot(path=Path(PICTURES) / f"reports-{name}-{size}.png")


@pytest.mark.parametrize(
    "path",
    ["/alerts", "/reports", "/reports/recommendations", "/reports/contradictions", "/reports/coverage"],
)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_stands_in_the_way_of_assistive_technology(
    browser: Browser, size: str, path: str, place: Place
) -> None:
    with opened(browser, size) as page:
        page.goto(f"{place.address}{path}")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, found.generate_report()


def test_every_report_can_be_read_and_saved(page: Page, place: Place) -> None:
    page.goto(f"{place.address}/reports")
    looked_at(page, "list")
    names = page.locator(".shelf a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(names) == 10
    for name in names:
        page.goto(f"{place.address}{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        fits(page)


def test_an_overdue_review_is_one_click_from_the_document(page: Page, place: Place) -> None:
    # Given the list of reports
    page.goto(f"{place.address}/reports")
    # When the reviews are opened
    page.get_by_role("link", name="Reviews overdue and due").click()
    expect(page.get_by_text("1 overdue")).to_be_visible()
    expect(page.get_by_role("link", name="Save for a spreadsheet (CSV)")).to_be_visible()
    # Then the document is one click away
    page.get_by_role("link", name="Escalation").click()
    expect(page.get_by_role("heading", name="6.2 Escalation")).to_be_visible()


def test_a_recommendation_is_followed_to_both_quotes_and_recorded(page: Page, place: Place) -> None:
    # Given the tracker
    page.goto(f"{place.address}/reports/recommendations")
    entry = page.locator(".tracked", has_text="within 24 hours").first
    # When a recommendation is opened
    entry.get_by_role("link", name="Recommendation 1").click()
    fits(page)
    # and somebody records who sees to it
    page.get_by_label("Progress").select_option("under way")
    page.get_by_label("Owner").fill("Head of safeguarding in education")
    page.get_by_label("By").fill("2026-06-30")
    page.get_by_label("Evidence").fill("Told by Tom Baker at the panel")
    page.get_by_role("button", name="Keep").click()
    # Then it is kept without the name, and says so
    expect(page.get_by_text("Details of real people")).to_be_visible()
    expect(page.get_by_label("Evidence")).to_have_value(re.compile(r"Told by \[name\] at the panel"))
    looked_at(page, "recommendation")
    # and stands in the tracker
    page.get_by_role("link", name="Recommendations tracker").click()
    expect(page.locator(".recorded").first).to_contain_text("Head of safeguarding in education")
    looked_at(page, "tracker")
    # and the briefing opens at the very words
    page.locator(".tracked").first.get_by_role("link", name="Recommendation 1").click()
    page.get_by_role("link", name="Open the briefing at these words").click()
    expect(page.locator("#cited")).to_contain_text("Schools should confirm a referral")


def test_from_the_form_to_the_e_mail_about_a_change_and_out_again(
    page: Page, place: Place, request: pytest.FixtureRequest
) -> None:
    who = f"{request.node.callspec.params['page']}@example.org"
    # Given somebody who asks to be told
    page.goto(f"{place.address}/alerts")
    looked_at(page, "alerts")
    page.get_by_label("What you want to follow").select_option("chapter:6.2")
    page.get_by_label("Your e-mail address").fill(who)
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_role("heading", name="Look into your e-mail")).to_be_visible()
    # and confirms
    page.goto(place.address + link_in(mail_to(place, who, 1), "confirm"))
    page.get_by_role("button", name="Yes, tell me").click()
    expect(page.get_by_text("chapter 6.2")).to_be_visible()
    fits(page)
    # When the chapter changes
    file = place.library / "6.2-escalation.md"
    days = re.search(r"within (\d+) working", file.read_text())
    assert days is not None
    changed = file.read_text().replace(days[0], f"within {int(days[1]) + 1} working")
    file.write_text(changed)
    IngestPipeline(place.store, place.settings.ingest).run([place.library])
    # Then one e-mail says so in two lines
    text = mail_to(place, who, 2)
    assert text.splitlines()[0] == "1 paragraph reworded in Escalation."
    assert f"became “{int(days[1]) + 1} working days” (6.2.2)" in text.splitlines()[1]
    # and its link ends it
    page.goto(place.address + link_in(text, "unsubscribe"))
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_role("heading", name="It has ended")).to_be_visible()


def mail_to(place: Place, who: str, count: int) -> str:
    """The last of so many e-mails."""
    deadline = time.monotonic() + 20
    while len(mails := place.inbox.to(who)) < count:
        assert time.monotonic() < deadline, f"{len(mails)} e-mails"
        time.sleep(0.05)
    assert len(mails) == count
    return str(mails[-1].get_content())


def link_in(text: str, what: str) -> str:
    found = re.search(rf"https://assistant\.example\.org(/alerts/{what}/\S+)", text)
    assert found is not None
    return found[1]
