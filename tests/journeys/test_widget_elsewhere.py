"""The widget in pages of others: hostile ones, and with a service that is slow, breaks off or is down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus.settings import Settings
from corpus.store import Store
from tests.api.making import QUESTION
from tests.journeys.conftest import running
from tests.journeys.hosts import HOSTILE, Host, Slow, policy, slow_service
from tests.journeys.hosts import page as page_with
from tests.journeys.sizes import SIZES, answered, ask, opened

SENTENCE = {"text": "They must ring at once.", "group": "procedure", "modality": "must", "citations": [1]}
CITATION = {
    "number": 1,
    "document_id": "a",
    "title": "Making a referral",
    "kind": "procedure",
    "version": 1,
    "anchor": "2.1.1",
    "heading_trail": ["2.1 Making a referral"],
    "page": 3,
    "quote": "They must ring at once.",
    "start": 0,
    "end": 23,
    "sha256": "",
    "url": "/cite/a/1/0-23#cited",
    "last_reviewed": "2026-03-09",
}
STATUS = {"id": None, "status": "answered", "message": "", "signpost": None, "suggestion": None}
ASKED = {"question": QUESTION, "standalone": QUESTION}
ANSWER = STATUS | ASKED | {"answer": [SENTENCE], "citations": [CITATION]}
_LOOK = """e => {
  const s = getComputedStyle(e);
  return [s.color, s.fontSize, s.direction, s.float, s.fontStyle, s.letterSpacing];
}"""


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def slow() -> Iterator[Slow]:
    with slow_service() as service:
        yield service


@pytest.fixture
def waiting(browser: Browser, address: str, host: Host, slow: Slow, size: str) -> Iterator[Page]:
    """A page whose widget asks the slow service."""
    host.pages["/slow"] = ({}, page_with(address, f'mode="inline" service="{slow.address}"'))
    with opened(browser, size, may_complain=True) as page:
        page.goto(f"{host.address}/slow")
        yield page


def test_a_hostile_page_of_another_origin_cannot_spoil_it(
    browser: Browser, address: str, host: Host, size: str
) -> None:
    # Given a page with the strictest policy, and style rules that attack everything from outside
    host.pages["/hostile.css"] = ({"Content-Type": "text/css"}, HOSTILE)
    link = '<link rel="stylesheet" href="/hostile.css">'
    host.pages["/hostile"] = ({"Content-Security-Policy": policy(address)}, page_with(address, "", link))
    with opened(browser, size) as page:
        page.goto(f"{host.address}/hostile")
        # When the assistant is opened and asked
        page.get_by_role("button", name="Ask about safeguarding").click()
        panel = page.get_by_role("dialog", name="Safeguarding assistant")
        expect(panel.get_by_role("textbox", name="Your question")).to_be_focused()
        ask(page, QUESTION)
        answered(page)
        # Then it looks as it does at home
        words = panel.locator(".said q").first
        assert words.evaluate(_LOOK) == ["rgb(27, 35, 39)", "16px", "ltr", "none", "normal", "normal"]
        # and a source opens from there
        panel.get_by_role("button", name="Making a referral").first.click()
        link_to = panel.get_by_role("link", name="Open the source").first
        assert (link_to.get_attribute("href") or "").startswith(f"{address}/cite/")
        # and the panel closes by Escape, back to where one came from
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Ask about safeguarding")).to_be_focused()


def test_a_small_screen_is_filled_and_what_is_behind_out_of_reach(
    browser: Browser, address: str, host: Host
) -> None:
    host.pages["/plain"] = ({}, page_with(address, "", "").replace("Hosts", '<a href="#">A link behind</a>'))
    with opened(browser, "phone") as page:
        page.goto(f"{host.address}/plain")
        page.get_by_role("button", name="Ask about safeguarding").click()
        box = page.get_by_role("dialog").bounding_box()
        assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
        can_focus = "link => { link.focus(); return document.activeElement === link }"
        behind = page.get_by_role("link", name="A link behind")
        assert not behind.evaluate(can_focus)
        page.get_by_role("button", name="Close the assistant").click()
        assert behind.evaluate(can_focus)


def test_the_danger_strip_is_there_with_the_service_stopped(
    browser: Browser, settings: Settings, opened_store: Store, host: Host, size: str
) -> None:
    with opened(browser, size, may_complain=True) as page:
        # Given somebody who has seen the widget before, with the partnership's own numbers
        with running(settings, opened_store) as service:
            numbers = 'mode="inline" front-door="the front door" front-door-phone="01632 960 211"'
            host.pages[f"/stopped-{size}"] = ({}, page_with(service, numbers))
            page.goto(f"{host.address}/stopped-{size}")
            expect(page.locator(".strip")).to_be_visible()
        # When the service is down and they come again
        page.goto("about:blank")
        page.goto(f"{host.address}/stopped-{size}")
        # Then the numbers are on the screen
        strip = page.locator(".strip")
        expect(strip.get_by_role("link", name="999")).to_be_in_viewport()
        expect(strip.get_by_role("link", name="01632 960 211")).to_have_attribute("href", "tel:01632960211")
        # and stay there, also when a question gets no answer
        ask(page, QUESTION)
        expect(page.locator(".fault")).to_contain_text("cannot be reached")
        expect(strip.get_by_role("link", name="999")).to_be_in_viewport()


def test_sentences_show_as_they_come_and_the_answer_is_spoken_once(waiting: Page, slow: Slow) -> None:
    ask(waiting, QUESTION)
    progress = waiting.locator(".progress")
    expect(progress).to_have_text("Searching the documents")
    slow.send("progress", {"text": "Searching 212 paragraphs"})
    expect(progress).to_have_text("Searching 212 paragraphs")
    slow.send("status", STATUS)
    expect(progress).to_have_text("Checking the quotes")
    slow.send("sentence", SENTENCE)
    expect(waiting.locator(".said")).to_contain_text("They must ring at once.")
    # What is not finished is not read out.
    expect(waiting.get_by_role("status")).to_have_text("Searching the documents")
    slow.send("citation", CITATION)
    source = waiting.get_by_role("button", name="Making a referral")
    expect(source).to_contain_text("paragraph 2.1.1 · page 3 · reviewed 9 March 2026")
    # A source that was opened meanwhile stays open, and says what it can without the service.
    source.click()
    expect(waiting.locator(".passage")).to_contain_text("could not be fetched")
    slow.send("answer", ANSWER)
    slow.end()
    expect(waiting.get_by_role("status")).to_have_text(
        "Answer of one sentence. What the procedures say: must: They must ring at once. "
        "From Making a referral, paragraph 2.1.1, page 3."
    )
    expect(waiting.locator(".passage")).to_be_visible()
    expect(progress).to_be_empty()


def test_an_item_stands_below_its_lead_in_without_a_verb_of_its_own(waiting: Page, slow: Slow) -> None:
    lead, item = "They should not tell the parent where that could:", "destroy evidence; or"
    sentences = [
        SENTENCE | {"text": lead, "modality": "should"},
        SENTENCE | {"text": item, "modality": "should", "citations": [2], "is_item": True},
    ]
    citations = [CITATION | {"quote": lead}, CITATION | {"number": 2, "quote": item}]
    ask(waiting, QUESTION)
    slow.send("status", STATUS)
    for sentence, citation in zip(sentences, citations, strict=True):
        slow.send("sentence", sentence)
        slow.send("citation", citation)
    slow.send("answer", STATUS | ASKED | {"answer": sentences, "citations": citations})
    slow.end()
    card = waiting.locator(".said")
    expect(card).to_have_count(1)
    expect(card.locator("q")).to_have_text([lead, item])
    expect(card.locator(".words .verb")).to_have_text(["should"])
    expect(card.locator("button.source")).to_have_count(2)
    expect(waiting.get_by_role("status")).to_contain_text(f"paragraph 2.1.1, page 3. {item}.")


def test_a_table_row_is_shown_as_cells_with_its_characters_unaltered(waiting: Page, slow: Slow) -> None:
    row = "Decision | Front door manager | 1 working day"
    sentence = SENTENCE | {"text": row, "modality": None, "highlights": [[32, 45]]}
    citation = CITATION | {"quote": row}
    ask(waiting, QUESTION)
    slow.send("status", STATUS)
    slow.send("sentence", sentence)
    slow.send("citation", citation)
    slow.send("answer", STATUS | ASKED | {"answer": [sentence], "citations": [citation]})
    slow.end()
    quote = waiting.locator(".said q")
    expect(quote.locator(".cell")).to_have_text(["Decision", "Front door manager", "1 working day"])
    expect(quote.locator(".asked-for")).to_have_text("1 working day")
    assert quote.evaluate("quote => quote.textContent") == row


def test_an_answer_can_be_stopped_and_what_came_stays(waiting: Page, slow: Slow) -> None:
    ask(waiting, QUESTION)
    slow.send("status", STATUS)
    slow.send("sentence", SENTENCE)
    expect(waiting.locator(".said")).to_be_visible()
    waiting.get_by_role("button", name="Stop").click()
    expect(waiting.locator(".fault")).to_contain_text("Stopped.")
    expect(waiting.locator(".said")).to_be_visible()
    expect(waiting.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_an_answer_that_breaks_off_is_said_to_be_so(waiting: Page, slow: Slow) -> None:
    ask(waiting, QUESTION)
    slow.send("status", STATUS)
    slow.send("sentence", SENTENCE)
    slow.end()
    expect(waiting.locator(".fault")).to_contain_text("broke off")
    expect(waiting.get_by_role("button", name="Try again")).to_be_visible()


def test_waiting_long_is_explained(waiting: Page) -> None:
    waiting.clock.install()
    ask(waiting, QUESTION)
    expect(waiting.locator(".progress")).to_have_text("Searching the documents")
    waiting.clock.fast_forward(8_500)
    expect(waiting.locator(".progress")).to_contain_text("You can wait, or stop")
    waiting.clock.fast_forward(60_000)
    expect(waiting.locator(".fault")).to_contain_text("No answer came within a minute")


def test_the_answer_as_a_whole_outranks_what_was_streamed(waiting: Page, slow: Slow) -> None:
    ask(waiting, QUESTION)
    slow.send("status", STATUS)
    slow.send("sentence", SENTENCE | {"text": "Not so."})
    slow.send("citation", CITATION)
    slow.send("answer", ANSWER)
    slow.end()
    expect(waiting.locator(".said")).to_have_count(1)
    expect(waiting.locator(".said q")).to_have_text("They must ring at once.")


def test_the_role_of_the_asker_and_the_conversation_go_with_the_question(
    browser: Browser, address: str, host: Host, slow: Slow
) -> None:
    host.pages["/role"] = ({}, page_with(address, f'mode="inline" asker="teacher" service="{slow.address}"'))
    with opened(browser, "phone", may_complain=True) as page:
        page.goto(f"{host.address}/role")
        slow.send("answer", ANSWER)
        slow.end()
        ask(page, QUESTION)
        answered(page)
        (asked,) = slow.asked
        assert asked["role"] == "teacher"
        assert len(asked["conversation_id"]) == 32
