"""Take the pictures of `docs/pictures`: `python -m scripts.take_pictures ADDRESS`.

ADDRESS is that of a running service with the sample library; a Chromium must be installed.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from scripts.browsers import chromium
from scripts.measuring import ROOT

PICTURES = ROOT / "docs/pictures"
PHONE, DESKTOP, ZOOMED = (360, 740), (1280, 860), (320, 215)
QUESTION = "How soon must the front door decide on a referral?"
# Enough for flat pages with smooth letters, at a third of the size.
_COLOURS = 128
_PARTNER = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A partnership</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body { font: 18px/1.6 Georgia, serif; margin: 0; color: #222 }
header { background: #5b2a57; color: #fff; padding: 26px 60px; font-size: 24px }
main { padding: 20px 60px; max-width: 640px }</style>
<script type="module" src="/widget.js"></script></head>
<body><header>Safeguarding Children Partnership</header>
<main><h1>Working together to keep children safe</h1>
<p>Our procedures, briefings and training for everybody who works with children and families.</p>
<p>Ask a question about them with the button in the corner.</p></main>
<safeguarding-assistant></safeguarding-assistant></body></html>"""


@dataclass(frozen=True, slots=True)
class Shot:
    """`pose` brings an opened page into the state that is to be seen."""

    name: str
    size: tuple[int, int]
    scheme: str
    pose: Callable[[Page, str], None]
    scale: float = 1


def home(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("button.example").last.wait_for()


def ask(page: Page, address: str, question: str = QUESTION) -> None:
    home(page, address)
    box = page.get_by_role("textbox", name="question")
    box.fill(question)
    box.press("Enter")
    page.locator(".turn .after").wait_for(state="attached")


def open_source(page: Page, address: str) -> None:
    ask(page, address)
    page.locator("button.source").first.click()
    page.locator(".passage .links").first.wait_for()
    page.locator(".said").first.evaluate("said => said.scrollIntoView()")


def read_source(page: Page, address: str) -> None:
    open_source(page, address)
    page.locator(".passage blockquote").first.scroll_into_view_if_needed()
    page.mouse.wheel(0, 60)


def follow(page: Page, address: str) -> None:
    open_source(page, address)
    page.goto(page.locator(".links a").first.get_attribute("href") or "")


def old_version(page: Page, address: str) -> None:
    document = "2-3-strategy-discussions"
    text = f"{address}/v1/documents/{document}/text"
    old, new = (httpx.get(text, params={"version": number}).text for number in (1, 2))
    words = next(line for line in old.splitlines() if len(line) > 60 and line not in new)
    start = old.index(words)
    page.goto(f"{address}/cite/{document}/1/{start}-{start + len(words)}#change")


def danger(page: Page, address: str) -> None:
    ask(page, address, "He is hitting her right now")


def details(page: Page, address: str) -> None:
    home(page, address)
    page.get_by_role("textbox", name="question").fill("Must I refer? Her mother's number is 07700 900 123")
    page.get_by_role("button", name="Take it out").wait_for()


def elsewhere(page: Page, address: str) -> None:
    """In a page as a partnership's site could have it, which the browser is given for an address of ours."""
    page.route(f"{address}/partner", lambda route: route.fulfill(body=_PARTNER, content_type="text/html"))
    page.goto(f"{address}/partner")
    page.get_by_role("button", name="Ask about safeguarding").click()
    page.locator("button.example").last.wait_for()
    box = page.get_by_role("textbox", name="question")
    box.fill("How soon must the front door decide what happens to a referral?")
    box.press("Enter")
    page.locator(".turn .after").wait_for()
    page.locator("button.source").first.click()
    page.locator(".passage .links").first.wait_for()


def fault(page: Page, address: str) -> None:
    home(page, address)
    page.route("**/v1/questions", lambda route: route.abort())
    box = page.get_by_role("textbox", name="question")
    box.fill(QUESTION)
    box.press("Enter")
    page.locator(".fault").wait_for()


def preview(page: Page, address: str) -> None:
    """A new version of a chapter, a paragraph of which was lost on the way. It stays waiting on the desk."""
    chapter = (ROOT / "corpus/library/procedures/4.2-neglect.md").read_text(encoding="utf-8")
    lost = "\n\n".join(part for part in chapter.split("\n\n") if not part.startswith("4.2.5"))
    page.goto(f"{address}/library/manage")
    file = {"name": "neglect.md", "mimeType": "text/markdown", "buffer": lost.encode()}
    page.get_by_label("File").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("It becomes").select_option(label="a new version of: Neglect")
    page.get_by_role("button", name="Show how it is understood").click()
    page.get_by_role("heading", name="Look at this first").wait_for()


def coverage(page: Page, address: str) -> None:
    page.goto(f"{address}/reports/coverage")


def choose(page: Page, address: str) -> None:
    page.goto(f"{address}/sessions")


SHOTS = (
    Shot("home-desktop", DESKTOP, "light", home),
    Shot("home-phone", PHONE, "light", home),
    Shot("ask-desktop", DESKTOP, "light", ask),
    Shot("ask-phone", PHONE, "light", ask),
    Shot("source-in-place-desktop-dark", DESKTOP, "dark", open_source),
    Shot("source-in-place-phone", PHONE, "light", open_source),
    Shot("cite-desktop", DESKTOP, "light", follow),
    Shot("cite-phone-dark", PHONE, "dark", follow),
    Shot("changed-since-desktop", DESKTOP, "light", old_version),
    Shot("changed-since-phone-dark", PHONE, "dark", old_version),
    Shot("danger-phone", PHONE, "light", danger),
    Shot("details-phone", PHONE, "light", details),
    Shot("fault-phone-dark", PHONE, "dark", fault),
    Shot("elsewhere-desktop", DESKTOP, "light", elsewhere),
    Shot("elsewhere-phone", PHONE, "light", elsewhere),
    Shot("library-preview-desktop", DESKTOP, "light", preview),
    Shot("library-preview-phone", PHONE, "light", preview),
    Shot("reports-coverage-desktop", DESKTOP, "light", coverage),
    Shot("session-choose-desktop", DESKTOP, "light", choose),
    Shot("zoom-400-ask", ZOOMED, "light", ask, scale=4),
    Shot("zoom-400-source", ZOOMED, "light", read_source, scale=4),
)


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8321"
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        for shot in SHOTS:
            width, height = shot.size
            context = browser.new_context(
                viewport={"width": width, "height": height},
                is_mobile=shot.size == PHONE,
                color_scheme=shot.scheme,  # type: ignore[arg-type]
                device_scale_factor=shot.scale,
            )
            page = context.new_page()
            shot.pose(page, address)
            page.wait_for_timeout(200)
            _keep(page.screenshot(), PICTURES / f"{shot.name}.png")
            context.close()
        browser.close()


def _keep(picture: bytes, path: Path) -> None:
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name:<36} {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
