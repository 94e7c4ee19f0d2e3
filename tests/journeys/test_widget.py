"""The widget on the assistant's own page: ask, read, open a source, say what one thinks, take it away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.api.making import QUESTION
from tests.journeys.sizes import SIZES, answered, ask, fits, opened


@pytest.fixture(params=SIZES)
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with opened(browser, request.param) as page:
        page.goto(f"{address}/")
        yield page


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, "phone", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{address}/")
        yield page


@pytest.fixture
def failing(browser: Browser, address: str) -> Iterator[Page]:
    """A page that may complain, since the network fails it."""
    with opened(browser, "phone", may_complain=True) as page:
        page.goto(f"{address}/")
        yield page


def answer_with(page: Page, status: int, **headers: str) -> None:
    page.route("**/v1/questions", lambda route: route.fulfill(status=status, headers=headers, body="{}"))


def test_a_question_leads_to_the_source_at_the_quoted_words(page: Page) -> None:
    # Given a question that the library answers
    fits(page)
    ask(page, QUESTION)
    answered(page)
    said = page.locator(".said", has_text="They must confirm the referral").first
    quote = said.locator("q").inner_text()
    # When its source is opened in place
    said.get_by_role("button", name="Making a referral").click()
    passage = said.get_by_role("group", name="Source")
    # Then it shows the quote among its neighbours, where it stands, how it binds and why it is here
    expect(passage.locator("mark")).to_have_text(quote)
    for words in ("How to refer", "2.1.1 A practitioner", "9 March 2027", "Law or instruction"):
        expect(passage).to_contain_text(words)
    expect(passage).to_contain_text("words of your question: “referral”, “confirmed”, “writing”")
    fits(page)
    # And a second tap opens the source, at the words
    with page.expect_popup() as popup:
        passage.get_by_role("link", name="Open the source at these words").click()
    source = popup.value
    expect(source.locator("#cited")).to_be_in_viewport()
    assert source.locator("#cited").inner_text() == quote
    fits(source)


def test_more_paragraphs_wait_folded_below_the_sentences(page: Page) -> None:
    # Given an answer
    ask(page, QUESTION)
    answered(page)
    folded = page.locator("details.further")
    expect(folded.locator(".said").first).to_be_hidden()
    # When what else was found is unfolded, and the first of it opened
    folded.locator("summary").click()
    first = folded.locator(".said").first
    quote = first.locator("q").inner_text()
    first.get_by_role("button").first.click()
    # Then its words stand among their neighbours, as those of any source
    expect(first.get_by_role("group", name="Source").locator("mark")).to_have_text(quote)
    fits(page)


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    # Given a question typed and sent by keyboard
    tab_to(page, "Your question")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answered(page)
    # When somebody goes back to the last source, opens it and goes on to its link
    tab_to(page, "Making a referral", "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, "Open the source at these words")
    # Then the source opens at the words
    with page.expect_popup() as popup:
        page.keyboard.press("Enter")
    expect(popup.value.locator("#cited")).to_be_in_viewport()


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press the key until what has the focus is called so.

    Every stop on the way must show that it has the focus, and not lie under the danger strip.
    """
    for _ in range(40):
        page.keyboard.press(key)
        focused, outline, is_free = page.evaluate(
            """() => {
              let at = document.activeElement;
              while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
              const name = at.getAttribute("aria-label") ?? at.labels?.[0]?.innerText ?? at.innerText;
              const root = document.querySelector("safeguarding-assistant").shadowRoot;
              const strip = root.querySelector(".strip");
              const box = at.getBoundingClientRect();
              const free = !at.getRootNode().host || strip.contains(at)
                || box.top >= strip.getBoundingClientRect().bottom;
              return [name, parseFloat(getComputedStyle(at).outlineWidth), free];
            }"""
        )
        assert outline >= 2
        assert is_free, focused
        if name in focused:
            return
    pytest.fail(f"the keyboard does not reach {name}")


def test_details_are_pointed_out_while_they_are_typed_and_can_be_taken_out(page: Page) -> None:
    # Given a question with a number and an address that lead to a person, not sent yet
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "questions" in request.url else None)
    box = page.get_by_role("textbox", name="Your question")
    box.type("Must I refer? Ring her on 07700 900 123, NHS 943 476 5919")
    warning = page.locator(".warning")
    expect(warning).to_contain_text("a telephone number and an NHS number")
    fits(page)
    # When they are taken out
    page.get_by_role("button", name="Take it out").click()
    # Then only labels are left, and nothing was sent
    expect(box).to_have_value("Must I refer? Ring her on [phone], NHS [NHS number]")
    expect(warning).to_be_empty()
    assert sent == []


def test_a_name_that_the_service_finds_is_shown_nowhere_and_asked_without(phone: Page) -> None:
    ask(phone, "How soon must a referral for Tom Baker be confirmed in writing?")
    expect(phone.locator(".offer")).to_contain_text("a referral for [name] be confirmed")
    expect(phone.locator("safeguarding-assistant")).not_to_contain_text("Baker")
    assert "Baker" not in phone.evaluate("() => JSON.stringify({...sessionStorage, ...localStorage})")
    phone.get_by_role("button", name="Ask this").click()
    answered(phone)


def test_danger_is_told_above_all_and_not_kept(page: Page) -> None:
    ask(page, "He is hitting her right now")
    expect(page.locator(".strip.urgent")).to_be_in_viewport()
    expect(page.locator(".strip.urgent").get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    expect(page.get_by_role("alert")).to_contain_text("Ring 999 first")
    ring = page.get_by_role("link", name="Ring 999")
    expect(ring).to_have_attribute("href", "tel:999")
    expect(ring).to_be_in_viewport()
    assert (ring.bounding_box() or {})["height"] >= 44
    # The strip, larger now, leaves room above what was asked.
    strip, turn = (page.locator(name).last.bounding_box() or {} for name in (".strip", ".turn"))
    assert turn["y"] - strip["y"] - strip["height"] >= 12
    expect(page.locator("safeguarding-assistant")).not_to_contain_text("hitting")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    assert "hitting" not in page.evaluate("() => JSON.stringify({...sessionStorage})")


def test_an_opinion_is_kept_with_its_reason(page: Page) -> None:
    ask(page, QUESTION)
    answered(page)
    # When somebody says that it was of no use, and why
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label("Something is missing").check()
    page.get_by_role("textbox", name="In your own words").fill("The form is not named.")
    conversation = page.evaluate("() => JSON.parse(Object.values(sessionStorage)[0]).id")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".thanks")).to_be_focused()
    # Then that is what the service has
    kept = page.request.get(f"{page.url}v1/conversations/{conversation}").json()
    opinion = kept["answers"][0]["feedback"]
    assert opinion == {"useful": False, "reason": "incomplete", "comment": "The form is not named."}


def test_an_answer_can_be_taken_away(phone: Page, tmp_path: Path) -> None:
    phone.add_init_script("window.print = () => { top.printed = document.body.innerText; }")
    phone.reload()
    ask(phone, QUESTION)
    answered(phone)
    # copied, with its citations
    phone.get_by_role("button", name="Copy with citations").click()
    expect(phone.locator(".toast")).to_have_text("Copied.")
    copied = phone.evaluate("() => navigator.clipboard.readText()")
    said = r"at once\. They must confirm the referral in writing within 24 hours\.”"
    assert re.search(rf"{said} \[\d]", copied)
    place = r"Making a referral, paragraph 2\.1\.1, version 1, reviewed 9 March 2026"
    assert re.search(rf"{place}\. http\S+/cite/\S+", copied)
    # downloaded
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Download").click()
    assert re.fullmatch(r"safeguarding-answers-\d{4}-\d\d-\d\d\.md", download.value.suggested_filename)
    download.value.save_as(tmp_path / "answers.md")
    text = (tmp_path / "answers.md").read_text(encoding="utf-8")
    assert f"## {QUESTION}" in text
    assert re.search(rf"- \*\*MUST\*\* “.*{said} \[", text)
    # printed, without the page around it
    phone.get_by_role("button", name="Print").click()
    printed = phone.evaluate("() => window.printed")
    assert "within 24 hours" in printed
    assert "Ask another question" not in printed


def test_the_conversation_stays_in_this_tab_until_it_is_left_aside(phone: Page, address: str) -> None:
    ask(phone, QUESTION)
    answered(phone)
    phone.reload()
    expect(phone.get_by_role("heading", name=QUESTION)).to_be_visible()
    other = phone.context.new_page()
    other.goto(address)
    expect(other.get_by_role("heading", name="What would you like to know?")).to_be_visible()
    assert other.evaluate("() => ({...sessionStorage, ...localStorage})") == {}
    before = phone.evaluate("() => JSON.parse(Object.values(sessionStorage)[0]).id")
    phone.get_by_role("button", name="Start afresh").click()
    expect(phone.get_by_role("heading", name=QUESTION)).to_have_count(0)
    assert phone.evaluate("() => ({...sessionStorage})") == {}
    ask(phone, QUESTION)
    answered(phone)
    assert phone.evaluate("() => JSON.parse(Object.values(sessionStorage)[0]).id") != before


def test_a_suggestion_from_the_librarys_headings_is_answered(phone: Page) -> None:
    examples = phone.locator("button.example")
    expect(examples.first).to_be_visible()
    phone.get_by_role("button", name=re.compile("Making a referral|Escalation")).first.click()
    answered(phone)


def test_what_was_not_found_can_be_asked_in_other_words(phone: Page) -> None:
    ask(phone, "Which bus goes to Paris?")
    phone.get_by_role("button", name="Change the question").click()
    box = phone.get_by_role("textbox", name="question")
    expect(box).to_have_value("Which bus goes to Paris?")
    expect(box).to_be_focused()


def test_the_keyboard_of_a_phone_makes_room_for_the_answer(browser: Browser, address: str) -> None:
    with opened(browser, "phone", has_touch=True) as page:
        page.goto(f"{address}/")
        ask(page, QUESTION)
        answered(page)
        expect(page.get_by_role("textbox", name="question")).not_to_be_focused()
    # On a desk the next question can be typed at once.
    with opened(browser, "desktop") as page:
        page.goto(f"{address}/")
        ask(page, QUESTION)
        answered(page)
        expect(page.get_by_role("textbox", name="question")).to_be_focused()


def test_the_next_answer_stands_at_the_top(browser: Browser, address: str) -> None:
    with opened(browser, "desktop", viewport={"width": 820, "height": 1180}) as page:
        page.goto(f"{address}/")
        for question in (QUESTION, "How soon must the front door decide?"):
            ask(page, question)
            answered(page)
        strip = page.locator(".strip").bounding_box() or {}
        top = (page.locator(".turn").last.bounding_box() or {})["y"]
        assert 0 <= top - strip["height"] < 60


def test_nothing_to_ask_is_said_and_not_sent(phone: Page) -> None:
    phone.get_by_role("button", name="Ask", exact=True).click()
    box = phone.get_by_role("textbox", name="Your question")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(re.compile("Type a question first"))


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (429, {"Retry-After": "12"}, "try again in 12 seconds"),
        (429, {}, "Too many questions"),
        (500, {}, "Something went wrong on our side"),
        (422, {}, "could not be taken"),
    ],
)
def test_a_fault_has_a_plain_message_and_a_way_on(
    failing: Page, status: int, headers: dict[str, str], words: str
) -> None:
    answer_with(failing, status, **headers)
    ask(failing, QUESTION)
    expect(failing.locator(".fault")).to_contain_text(words)
    expect(failing.get_by_role("status")).to_contain_text(words)
    failing.unroute("**/v1/questions")
    failing.get_by_role("button", name="Try again").click()
    answered(failing)
    expect(failing.locator(".fault")).to_have_count(0)


def test_offline_the_numbers_stay_and_the_question_waits(failing: Page) -> None:
    failing.context.set_offline(True)
    expect(failing.locator(".warning")).to_contain_text("You are offline")
    ask(failing, QUESTION)
    expect(failing.locator(".fault")).to_contain_text("Your question was not sent")
    expect(failing.locator(".strip").get_by_role("link", name="999")).to_be_in_viewport()
    failing.context.set_offline(False)
    failing.get_by_role("button", name="Try again").click()
    answered(failing)


def test_markup_in_a_question_or_an_answer_stays_text(phone: Page) -> None:
    words = "Must a referral be confirmed <img src=x onerror=alert(1)> in writing?"

    said = {"id": None, "status": "unavailable", "question": words, "standalone": "", "answer": []}
    said |= {"citations": [], "message": "<b id=x>No</b>", "signpost": None, "suggestion": None}
    body = f"event: answer\ndata: {json.dumps(said)}\n\n"

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="text/event-stream", body=body)

    phone.route("**/v1/questions", answer)
    ask(phone, words)
    expect(phone.locator(".message")).to_have_text("<b id=x>No</b>")
    expect(phone.get_by_role("heading", name="<img")).to_be_visible()
    expect(phone.locator("img, #x")).to_have_count(0)


def test_words_typed_before_the_script_has_come_are_kept(browser: Browser, address: str) -> None:
    with opened(browser, "phone") as page:
        waiting: list[Route] = []
        page.route("**/widget.js", lambda route: waiting.append(route))
        page.goto(f"{address}/", wait_until="commit")
        page.get_by_label("Your question").fill("Must I ")
        expect(page.get_by_role("link", name="999")).to_be_in_viewport()
        waiting[0].continue_()
        expect(page.locator("safeguarding-assistant .composer textarea")).to_have_value("Must I ")


def test_an_empty_library_is_said_to_be_empty(browser: Browser, address: str) -> None:
    with opened(browser, "phone") as page:
        nothing = {"suggestions": [], "documents": 0, "passages": 0}
        page.route("**/v1/suggestions", lambda route: route.fulfill(json=nothing))
        page.goto(f"{address}/")
        expect(page.get_by_text("There are no documents in the library yet")).to_be_visible()
        fits(page)


def test_a_word_without_end_stays_inside_the_screen(failing: Page) -> None:
    answer_with(failing, 503)
    ask(failing, "safeguarding" * 40)
    expect(failing.locator(".fault")).to_be_visible()
    fits(failing)
    heading = failing.get_by_role("heading", name="safeguardingsafeguarding").bounding_box()
    assert heading is not None
    assert heading["x"] + heading["width"] <= SIZES["phone"][0]


def test_what_was_asked_for_is_marked_in_the_quote(phone: Page) -> None:
    ask(phone, "Within how many hours must a referral be confirmed in writing?")
    answered(phone)
    expect(phone.locator(".asked-for").first).to_have_text("Within 24 hours", ignore_case=True)


def test_whoever_says_that_nobody_is_in_danger_is_asked_without_the_details(phone: Page) -> None:
    ask(phone, f"Mrs Ashdown is hitting her right now. {QUESTION}")
    expect(phone.locator(".message.immediate_danger")).to_be_visible()
    expect(phone.locator(".offer blockquote")).to_contain_text("Mrs [name] is hitting her right now.")
    phone.get_by_role("button", name="Nobody is in danger now").click()
    answered(phone)
    expect(phone.get_by_text("ring 999 now").first).to_be_visible()
    expect(phone.get_by_text("Ashdown")).to_have_count(0)


def test_whoever_says_that_nobody_is_in_danger_is_answered_below_the_strip(phone: Page) -> None:
    ask(phone, f"He is hitting her right now. {QUESTION}")
    expect(phone.locator(".message.immediate_danger")).to_be_visible()
    phone.get_by_role("button", name="Nobody is in danger now").click()
    answered(phone)
    expect(phone.get_by_text("ring 999 now").first).to_be_visible()
