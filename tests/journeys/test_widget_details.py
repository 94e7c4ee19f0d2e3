"""What is recognised as case data while it is typed, by the widget's own rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from api.widget import FOLDER


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    source = (FOLDER / "case-data.js").read_text(encoding="utf-8")
    page.evaluate(
        """async (source) => {
          const address = `data:text/javascript,${encodeURIComponent(source)}`;
          Object.assign(window, await import(address));
        }""",
        source,
    )
    yield page
    page.close()


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("NHS 943 476 5919.", "NHS [NHS number]."),
        ("NHS 9434765919", "NHS [NHS number]"),
        ("her NI is QQ 12 34 56 C", "her NI is [NI number]"),
        ("UPN A012345678901", None),
        ("pupil H801200001001 moved", "pupil [pupil number] moved"),
        ("ring 07700 900123 or +44 20 7946 0018", "ring [phone] or [phone]"),
        ("write to ann.b@example.org now", "write to [e-mail] now"),
        ("a boy, dob 3/4/2015, was seen", "a boy, dob [date of birth], was seen"),
        ("She was born on 12th of May 2019.", "She was born on [date of birth]."),
        ("date of birth: 2019-05-12", "date of birth: [date of birth]"),
        ("they live in SW1A 1AA", "they live in [postcode]"),
    ],
)
def test_details_are_found_and_taken_out(blank: Page, text: str, without: str | None) -> None:
    found = blank.evaluate("text => withoutDetails(text, findDetails(text))", text)
    assert found == (text if without is None else without)


@pytest.mark.parametrize(
    "text",
    [
        "How soon must a referral be confirmed in writing?",
        "What does paragraph 3.2.10 say about a baby of 4 months?",
        "Is a section 47 enquiry needed within 15 working days, or by 10 March 2026?",
        "What does Working Together 2026 say, and section 47 2nd part?",
        "Ring 999, 101, 0800 1111 or 0300 123 4567",
        "943 476 5918 has a wrong check digit",
        "a baby born in 2019 and a policy reviewed on 3/4/2015",
        "Family C, Child Q, s17 and s47, EHCP, 24 hours, 45 working days",
    ],
)
def test_what_leads_to_nobody_is_left_alone(blank: Page, text: str) -> None:
    assert blank.evaluate("text => findDetails(text)", text) == []
