"""Ask, read the answer, follow a citation to the marked words: on a phone and on a desktop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.making import QUESTION

SIZES = {"phone": (360, 740), "desktop": (1280, 800)}


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Without JavaScript; a page that complains in the console fails the test."""
    width, height = SIZES[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=request.param == "phone",
        java_script_enabled=False,
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    yield opened
    context.close()
    assert complaints == []


def ask(page: Page, address: str, question: str) -> None:
    page.goto(f"{address}/")
    fits(page)
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask").click()


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    wide = page.locator("body").evaluate("body => body.ownerDocument.documentElement.scrollWidth")
    assert wide <= width


def test_a_question_leads_to_the_marked_words(page: Page, address: str) -> None:
    # Given a question that the library answers
    ask(page, address, QUESTION)
    # When the answer is read
    expect(page.get_by_role("heading", name="What the procedures say")).to_be_visible()
    expect(page.get_by_role("link", name="999")).to_be_visible()
    said = page.locator(".said", has_text="They must confirm the referral").first
    quote = said.locator("q").inner_text()
    fits(page)
    # and its citation followed
    said.get_by_role("link").click()
    # Then the very words are marked, and in view
    marked = page.locator("#cited")
    expect(marked).to_be_in_viewport()
    assert marked.inner_text() == quote
    fits(page)
    # with the name of the document that they stand in
    expect(page.get_by_text("Making a referral · version 1, the current one")).to_be_in_viewport()
    # and the way back leads to the answer
    page.go_back()
    expect(page.get_by_role("heading", name="What the procedures say")).to_be_visible()
    assert QUESTION not in page.url


def test_case_data_is_one_click_away_from_an_answer(page: Page, address: str) -> None:
    # Given a question that names a child
    ask(page, address, "How soon must a referral for Tom Baker be confirmed in writing?")
    # When the one without the name is taken as it is offered
    expect(page.get_by_label("Your question without the details")).to_have_value(
        "How soon must a referral for [name] be confirmed in writing?"
    )
    fits(page)
    page.get_by_role("button", name="Ask this").click()
    # Then it is answered
    expect(page.get_by_role("heading", name="What the procedures say")).to_be_visible()


def test_danger_is_told_at_once(page: Page, address: str) -> None:
    ask(page, address, "He is hitting her right now")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    fits(page)


def test_the_keyboard_is_enough(page: Page, address: str) -> None:
    # Given the first page
    page.goto(f"{address}/")
    # When somebody tabs past the links, types and goes on to the button
    box = page.get_by_label("Your question")
    for _ in range(15):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === box.ownerDocument.activeElement"):
            break
    page.keyboard.type(QUESTION)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # Then the answer is there
    expect(page.get_by_role("heading", name="What the procedures say")).to_be_visible()
