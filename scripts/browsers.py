"""The Chromium of this machine, for scripts that look at pages."""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium(playwright: Playwright) -> Browser:
    """Ends the script where none is installed."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise SystemExit("No Chromium is installed: `apt-get install chromium`.")
    return playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
