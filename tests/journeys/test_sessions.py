"""A trainer makes a pack, edits it and takes it away: with the keyboard alone, and on a phone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from api.app import create_app
from tests.assistant.sessions.small import small_store
from tests.journeys.conftest import _wait_until_started

SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desktop": {"width": 1280, "height": 800},
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings, store, _ = small_store(tmp_path_factory.mktemp("session-journey"))
    with store, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(settings, store), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        _wait_until_started(server)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(params=sorted(SIZES))
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZES[request.param], java_script_enabled=True)
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    yield opened
    context.close()


def press_until(page: Page, name: str, key: str = "Tab", most: int = 120) -> None:
    """Move the focus on until it is on the control whose text or label begins so."""
    for _ in range(most):
        page.keyboard.press(key)
        words = page.evaluate(
            "(() => { const e = document.activeElement;"
            " return (e.labels && e.labels[0] ? e.labels[0].innerText : e.innerText || '').trim() })()"
        )
        if words.startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached with {key}")


def test_from_the_form_to_the_file_with_the_keyboard_alone(service: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{service}/sessions")
    press_until(page, "Reviews")
    page.keyboard.press("Enter")
    press_until(page, "Learning briefing: Child K")
    page.keyboard.press("Space")
    press_until(page, "Make the pack")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions/*")
    assert page.inner_text("h1") == "Learning briefing: Child K, a tenancy nobody asked about"
    assert page.inner_text("table.order tr.whole td:nth-child(3)") == "0:30"

    page.focus("#page-messages .tools a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/parts/messages")
    press_until(page, "Add lines of your own")
    page.keyboard.type("Invite the housing officer.")
    press_until(page, "Save")
    page.keyboard.press("Enter")
    page.wait_for_url("**#page-messages")
    assert "The trainer's words Invite the housing officer." in page.inner_text("#page-messages")

    page.focus("#page-quiz form[action$=out] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#page-left-out")
    assert page.locator("#page-quiz").count() == 0

    with page.expect_download() as download:
        page.click("text=Word")
    path = tmp_path / "pack.docx"
    download.value.save_as(path)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "Invite the housing officer." in text
    assert "Quiz" not in text


# Counts what would be sent, after the page has had its say, and holds it back.
_HOLD = """form => form.addEventListener("submit", (event) => {
  form.dataset.sent = Number(form.dataset.sent ?? 0) + Number(!event.defaultPrevented);
  event.preventDefault();
})"""


def test_a_pack_that_takes_its_time_is_said_to_be_made_and_made_once(service: str, page: Page) -> None:
    page.goto(f"{service}/sessions")
    form = page.locator("form.make")
    form.evaluate(_HOLD)
    for _ in range(2):
        page.get_by_role("button", name="Make the pack").click()
        expect(page.get_by_role("status")).to_have_text("The pack is being made. This takes some seconds.")
    expect(form).to_have_attribute("data-sent", "1")


def test_no_page_scrolls_sideways_and_none_has_a_fault_of_access(service: str, page: Page) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.goto(f"{service}/sessions")
    page.click("summary:has-text('Reviews')")
    page.check("text=Learning briefing: Child K")
    page.click("text=Make the pack")
    page.wait_for_url("**/sessions/*")
    made = page.url.split("#")[0]

    for address in (
        f"{service}/sessions",
        made,
        f"{made}/parts/discussion",
        f"{made}/print",
        f"{service}/sessions/uses",
    ):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width == 0, address
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found] == [], address
    assert faults == []


def test_a_use_is_entered_on_the_packs_own_page(service: str, page: Page) -> None:
    page.goto(f"{service}/sessions")
    page.click("summary:has-text('Reviews')")
    page.check("text=Learning briefing: Child K")
    page.click("text=Make the pack")
    page.wait_for_url("**/sessions/*")
    page.fill("#page-team", "Duty team")
    page.fill("#page-people", "7")
    page.fill("#page-agreed", "Ask housing.")
    page.click("text=Enter it")
    page.wait_for_url("**#page-uses")

    assert "Duty team, 7 people" in page.inner_text("#page-uses")
