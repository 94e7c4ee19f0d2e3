"""Print how large and how fast the widget is: `python -m scripts.measure_widget ADDRESS`; half a minute.

ADDRESS is that of a running service with the sample library; a Chromium must be installed. Each question is
asked twice, in the widget and over HTTP alone, so that the difference is what the widget adds.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.browsers import chromium
from scripts.measuring import sample_questions, say

LOADS = 10
QUESTIONS = 20

_READY = """customElements.whenDefined("safeguarding-assistant").then(() => {
  window.ready = performance.now();
});"""
# From the key to the frame in which the first sentence is painted.
_WATCH = """() => {
  const root = document.querySelector("safeguarding-assistant").shadowRoot;
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const pressed = performance.now();
    const before = root.querySelectorAll(".said, .message").length;
    window.took = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        if (root.querySelectorAll(".said, .message").length <= before) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
      });
      watch.observe(root, { childList: true, subtree: true });
    });
  }, { capture: true });
}"""


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8321"
    script = httpx.get(f"{address}/widget.js", headers={"Accept-Encoding": "gzip"})
    size = int(script.headers["content-length"])
    say("widget.js, gzip", f"{size / 1000:.1f} kB", f"{len(script.content) / 1000:.1f} kB plain")
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        loads = [_interactive(browser, address) for _ in range(LOADS)]
        say(
            f"time to interactive, empty cache, median of {LOADS}", _ms(loads), f"at most {max(loads):.0f} ms"
        )
        _first_sentences(browser.new_page(), address)
        browser.close()


def _interactive(browser: Browser, address: str) -> float:
    """Milliseconds from the start of the navigation until a question can be typed into the widget."""
    page = browser.new_page()
    page.add_init_script(_READY)
    page.goto(address)
    page.wait_for_function("window.ready")
    took: float = page.evaluate("window.ready")
    page.close()
    return took


def _first_sentences(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("button.example").first.wait_for()
    page.evaluate(_WATCH)
    pairs = list(_pairs(page, address))
    shown, served = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    say(f"first sentence on the screen after Enter, median of {len(pairs)}", _ms(shown))
    say("first sentence from the service alone", _ms(served))
    say("what the widget adds", _ms([one - other for one, other in pairs]), "median of the differences")


def _pairs(page: Page, address: str) -> Iterator[tuple[float, float]]:
    """Milliseconds in the widget and over HTTP alone, by question. One question warms both up."""
    with httpx.Client(base_url=address) as client:
        for turn, question in enumerate(sample_questions()[: QUESTIONS + 1]):
            served = _served(client, question)
            box = page.get_by_role("textbox", name="question")
            box.fill(question)
            box.press("Enter")
            shown: float = page.evaluate("() => window.took")
            page.get_by_role("button", name="Stop").wait_for(state="hidden")
            if turn:
                yield shown, served


def _served(client: httpx.Client, question: str) -> float:
    started = time.perf_counter()
    headers = {"Accept": "text/event-stream"}
    with client.stream("POST", "/v1/questions", json={"question": question}, headers=headers) as response:
        for line in response.iter_lines():
            if line.startswith(("event: sentence", "event: answer")):
                break
        return (time.perf_counter() - started) * 1000


def _ms(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ms"


if __name__ == "__main__":
    main()
