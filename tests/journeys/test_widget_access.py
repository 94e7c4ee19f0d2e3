"""Accessible to WCAG 2.2 AA, as far as software can tell: every page and every state of the widget."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from scripts.hearing import Listener
from tests.api.making import QUESTION
from tests.journeys.hosts import Host
from tests.journeys.hosts import page as page_with
from tests.journeys.sizes import SIZES, answered, ask, fits, opened

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DANGER = "He is hitting her right now"
CASE = "My pupil Tom Baker has a bruise. Must I refer?"
DOCUMENT = "2-1-making-a-referral"
PAGES = ["/", "/accessibility", f"/documents/{DOCUMENT}", f"/cite/{DOCUMENT}/1/60-120", "/nowhere"]
PAGES += ["/procedures", "/sessions", "/library", "/changes", "/reports", "/alerts"]


def check(page: Page) -> None:
    """No rule of axe-core is broken."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert [(rule["id"], rule["nodes"]) for rule in found.response["violations"]] == []


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_every_page_keeps_the_rules(browser: Browser, address: str, size: str, scheme: str) -> None:
    with opened(browser, size, may_complain=True, color_scheme=scheme) as page:
        for path in PAGES:
            response = page.goto(f"{address}{path}")
            assert response is not None
            assert response.status == (404 if path == "/nowhere" else 200)
            check(page)
            fits(page)


def test_an_answer_without_javascript_keeps_the_rules(browser: Browser, address: str) -> None:
    with opened(browser, "phone") as page:
        page.route("**/widget.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        for question in (QUESTION, DANGER, CASE):
            page.goto(f"{address}/")
            page.get_by_label("Your question").fill(question)
            # Until its style sheet has come, nothing on the page has the size that it is to have.
            with page.expect_navigation(wait_until="load"):
                page.get_by_role("button", name="Ask").click()
            check(page)


def _answer(page: Page) -> None:
    ask(page, QUESTION)
    answered(page)


def _open_source(page: Page) -> None:
    _answer(page)
    page.get_by_role("button", name="Making a referral").first.click()
    expect(page.locator(".why").first).to_be_visible()


def _give_reason(page: Page) -> None:
    _answer(page)
    page.get_by_role("button", name="No", exact=True).click()


def _type_details(page: Page) -> None:
    page.get_by_role("textbox", name="question").fill("Her postcode is SW1A 1AA")
    expect(page.get_by_role("button", name="Take it out")).to_be_visible()


def _give_case_data(page: Page) -> None:
    ask(page, CASE)
    expect(page.locator(".offer")).to_be_visible()


def _tell_of_danger(page: Page) -> None:
    ask(page, DANGER)
    expect(page.locator(".strip.urgent")).to_be_visible()


def _fail(page: Page) -> None:
    page.route("**/v1/questions", lambda route: route.fulfill(status=503, body="{}"))
    ask(page, QUESTION)
    expect(page.locator(".fault")).to_be_visible()


def _wait(page: Page) -> None:
    def never(_: Route) -> None:
        """Leave the question unanswered."""

    page.route("**/v1/questions", never)
    ask(page, QUESTION)
    expect(page.locator(".progress")).not_to_be_empty()


STATES: dict[str, Callable[[Page], None]] = {
    "beginning": lambda page: expect(page.locator("button.example").first).to_be_visible(),
    "waiting": _wait,
    "answered": _answer,
    "source open": _open_source,
    "giving a reason": _give_reason,
    "details typed": _type_details,
    "case data": _give_case_data,
    "danger": _tell_of_danger,
    "fault": _fail,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_every_state_of_the_widget_keeps_the_rules(
    browser: Browser, address: str, host: Host, size: str, state: str
) -> None:
    scheme = "dark" if size == "phone" else "light"
    more = '<meta name="color-scheme" content="light dark">'
    host.pages["/panel"] = ({}, page_with(address, "open", more))
    with opened(browser, size, may_complain=True, color_scheme=scheme) as page:
        page.goto(f"{host.address}/panel")
        STATES[state](page)
        check(page)
        fits(page)


def test_the_launcher_keeps_the_rules(browser: Browser, address: str, host: Host) -> None:
    host.pages["/closed"] = ({}, page_with(address))
    with opened(browser, "phone") as page:
        page.goto(f"{host.address}/closed")
        expect(page.get_by_role("link", name="999")).to_be_in_viewport()
        check(page)


def test_nothing_is_lost_at_400_per_cent(browser: Browser, address: str) -> None:
    # Given a window of 1280 by 800 pixels, enlarged four times
    context = browser.new_context(viewport={"width": 320, "height": 200})
    page = context.new_page()
    page.goto(f"{address}/")
    _open_source(page)
    # Then nothing has to be scrolled sideways, the danger strip leaves room to read, and all can be reached
    fits(page)
    strip = page.locator(".strip").bounding_box()
    assert strip is not None
    assert strip["height"] <= 100
    for name in ("Copy with citations", "Ask again", "Ask", "Print", "Download", "Start afresh"):
        button = page.get_by_role("button", name=name, exact=True)
        button.scroll_into_view_if_needed()
        button.click(trial=True)
    page.get_by_role("link", name="Open the source").first.click(trial=True)
    for path in PAGES:
        page.goto(f"{address}{path}")
        fits(page)
    context.close()


def test_targets_are_large_enough(browser: Browser, address: str) -> None:
    with opened(browser, "phone") as page:
        page.goto(f"{address}/")
        _open_source(page)
        small = page.evaluate(
            """() => {
              const root = document.querySelector("safeguarding-assistant").shadowRoot;
              return [...root.querySelectorAll("button, textarea, .links a")]
                .map((one) => [one.innerText, one.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.width < 24 || box.height < 24));
            }"""
        )
        assert small == []


def test_nothing_moves_for_those_who_ask_for_that(browser: Browser, address: str) -> None:
    with opened(browser, "phone", may_complain=True, reduced_motion="reduce") as page:
        page.goto(f"{address}/")
        _wait(page)
        assert page.evaluate("() => document.getAnimations({ subtree: true }).length") == 0
        moving = "() => document.querySelector('safeguarding-assistant').shadowRoot.getAnimations().length"
        assert page.evaluate(moving) == 0


def test_forced_colours_keep_what_colour_tells(browser: Browser, address: str) -> None:
    with opened(browser, "desktop", forced_colors="active") as page:
        page.goto(f"{address}/")
        _open_source(page)
        border = "e => getComputedStyle(e).borderTopStyle"
        for selector in (".verb", ".composer .main", ".mark"):
            assert page.locator(selector).first.evaluate(border) != "none"
        ground = "e => getComputedStyle(e).backgroundColor"
        passage = page.locator(".passage mark").first
        assert passage.evaluate(ground) != page.locator(".passage").first.evaluate(ground)


def test_a_screen_reader_is_told_the_finished_answer_once(browser: Browser, address: str) -> None:
    with opened(browser, "desktop") as page:
        page.goto(f"{address}/")
        expect(page.locator("button.example").first).to_be_visible()
        listener = Listener(page)
        # When a question is asked and answered
        _answer(page)
        page.wait_for_timeout(200)
        # Then two things were said: that it is being looked for, and the whole answer, with its places
        searching, answer = listener.heard()
        held = page.request.get(f"{address}/v1/suggestions").json()
        assert searching == f"polite: Searching {held['passages']} paragraphs in 3 documents"
        assert answer.startswith("polite: Answer of ")
        assert answer.count("They must confirm the referral in writing within 24 hours.") == 1
        assert "must: A practitioner who believes that a child is suffering" in answer
        assert "From Making a referral, paragraph 2.1.1" in answer
        # and the focus has stayed where the next question is typed
        assert listener.focused().startswith("Ask another question, textbox, Leave out names")


def test_danger_interrupts_a_screen_reader(browser: Browser, address: str) -> None:
    with opened(browser, "desktop") as page:
        page.goto(f"{address}/")
        listener = Listener(page)
        _tell_of_danger(page)
        page.wait_for_timeout(200)
        urgent = [words for words in listener.heard() if words.startswith("assertive: ")]
        assert len(urgent) == 1
        assert "If a child is in immediate danger, ring 999 now." in urgent[0]
