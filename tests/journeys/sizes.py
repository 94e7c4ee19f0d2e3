"""The two screens of every journey, and what the journeys of the widget share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

SIZES = {"phone": (360, 740), "desktop": (1280, 800)}


@contextmanager
def opened(browser: Browser, size: str, *, may_complain: bool = False, **more: object) -> Iterator[Page]:
    """A page in a context of its own; a script that fails or a complaint in the console fails the test."""
    width, height = SIZES[size]
    given = {"viewport": {"width": width, "height": height}, "is_mobile": size == "phone", **more}
    context = browser.new_context(**given)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    context.close()
    assert may_complain or complaints == []


def ask(page: Page, question: str) -> None:
    """Type into the widget, and press Enter."""
    box = page.get_by_role("textbox", name="question")
    box.fill(question)
    box.press("Enter")


def answered(page: Page) -> None:
    """Wait for the end of an answer."""
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    expect(page.get_by_role("heading", name="What the procedures say").last).to_be_visible()


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    wide = page.locator("body").evaluate("body => body.ownerDocument.documentElement.scrollWidth")
    assert wide <= width
