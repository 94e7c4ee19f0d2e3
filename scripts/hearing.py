"""What a screen reader is told by a page in a real browser: what has the focus, and what live regions say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

# Live regions inside the widget are made before anything is said in them, as screen readers need it.
_LISTEN = """() => {
  const root = document.querySelector("safeguarding-assistant").shadowRoot;
  window.heard = [];
  for (const region of root.querySelectorAll("[aria-live]")) {
    new MutationObserver(() => {
      const words = region.textContent.trim();
      if (words) window.heard.push(`${region.getAttribute("aria-live")}: ${words}`);
    }).observe(region, { childList: true, characterData: true, subtree: true });
  }
}"""
_TAKE = "() => window.heard.splice(0)"
_STATES = ("expanded", "invalid", "checked")


class Listener:
    """Listens to the widget of `page` from now on, in Chromium."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._tools = page.context.new_cdp_session(page)
        page.evaluate(_LISTEN)

    def heard(self) -> list[str]:
        """What live regions said since this was last asked, each as `polite: …` or `assertive: …`."""
        said: list[str] = self._page.evaluate(_TAKE)
        return said

    def focused(self) -> str:
        """Name, role, states and description of what has the focus, as the accessibility tree has them."""
        nodes = self._tools.send("Accessibility.getFullAXTree")["nodes"]
        focused = [node for node in nodes if _property(node, "focused")]
        # The page itself has the focus as long as nothing in it has.
        inside = [node for node in focused if _value(node, "role") != "RootWebArea"]
        return ", ".join(_told(inside[-1])) if inside else "the page"


def _told(node: dict[str, Any]) -> Iterator[str]:
    yield str(_value(node, "name"))
    yield str(_value(node, "role"))
    for state in _STATES:
        value = _property(node, state)
        if value not in (None, "false"):
            yield f"{state}: {str(value).lower()}"
    if _value(node, "description"):
        yield str(_value(node, "description"))


def _value(node: dict[str, Any], name: str) -> Any:
    return node.get(name, {}).get("value")


def _property(node: dict[str, Any], name: str) -> Any:
    found = (each["value"].get("value") for each in node.get("properties", []) if each["name"] == name)
    return next(found, None)
