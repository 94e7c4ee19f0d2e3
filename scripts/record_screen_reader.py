"""Print what a screen reader is told through one answer: `python -m scripts.record_screen_reader ADDRESS`.

ADDRESS is that of a running service with the sample library; a Chromium must be installed.
"""

from __future__ import annotations

import sys
import textwrap

from playwright.sync_api import sync_playwright

from scripts.browsers import chromium
from scripts.hearing import Listener
from scripts.measuring import QUESTION


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8321"
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.locator("button.example").first.wait_for()
        listener = Listener(page)

        def press(key: str, until: str) -> None:
            for _ in range(30):
                page.keyboard.press(key)
                focused = listener.focused()
                _tell(key, focused)
                if until in focused:
                    return

        press("Tab", "Your question")
        page.keyboard.type("Must I refer? dob 3/4/2019")
        page.wait_for_timeout(900)
        _tell("types: Must I refer? dob 3/4/2019", *listener.heard())
        page.keyboard.press("Control+a")
        page.keyboard.type(QUESTION)
        page.wait_for_timeout(900)
        _tell(f"types: {QUESTION}", *listener.heard())
        page.keyboard.press("Enter")
        page.locator(".after").wait_for()
        page.wait_for_timeout(300)
        _tell("Enter", *listener.heard(), f"focus stays on: {listener.focused()}")
        press("Shift+Tab", "No, button")
        press("Shift+Tab", "Making a referral")
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        _tell("Enter", listener.focused())
        press("Tab", "Open the source")
        browser.close()


def _tell(did: str, *heard: str) -> None:
    print(f"\n[{did}]")
    for words in heard or ("(silence)",):
        print(textwrap.fill(words, 110, initial_indent="    ", subsequent_indent="      "))


if __name__ == "__main__":
    main()
