"""Whether a web address that a document prints can still be opened. Asked for on purpose, never by itself."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from assistant.alerts.webhook import Resolve, is_public, resolve

_MOST_REDIRECTS = 3
_AGENT = "safeguarding-assistant (link check)"
_WITHOUT_HEAD = frozenset({400, 403, 405, 501})


class WebCheck:
    """Calls each address once, `pause` seconds after the one before; none of a private network."""

    def __init__(
        self,
        timeout: float = 10,
        pause: float = 1.0,
        resolve: Resolve = resolve,
        allow: Callable[[str], bool] = is_public,
    ) -> None:
        self._timeout = timeout
        self._pause = pause
        self._resolve = resolve
        self._allow = allow
        self._known: dict[str, str] = {}

    def __call__(self, address: str) -> str:
        """What is wrong with it in a few words; empty where it opens."""
        address = address if "://" in address else f"https://{address}"
        if address not in self._known:
            if self._known:
                time.sleep(self._pause)
            self._known[address] = self._fault(address)
        return self._known[address]

    def _fault(self, address: str) -> str:
        try:
            url = httpx.URL(address)
            with httpx.Client(timeout=self._timeout, follow_redirects=False, trust_env=False) as client:
                for _ in range(_MOST_REDIRECTS + 1):
                    response = self._call(client, url)
                    if response is None:
                        return "It leads to a private address, which is not called."
                    if not response.has_redirect_location:
                        return _told(response.status_code)
                    url = url.join(response.headers["location"])
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return f"It cannot be reached ({type(error).__name__})."
        return "It leads from one address to the next without end."

    def _call(self, client: httpx.Client, url: httpx.URL) -> httpx.Response | None:
        """The answer without its body; None where the host is not to be called."""
        port = url.port or (443 if url.scheme == "https" else 80)
        found = self._resolve(url.host, port)
        if not found or not all(map(self._allow, found)):
            return None
        response = self._ask(client, "HEAD", url, found[0])
        return self._ask(client, "GET", url, found[0]) if response.status_code in _WITHOUT_HEAD else response

    @staticmethod
    def _ask(client: httpx.Client, method: str, url: httpx.URL, target: str) -> httpx.Response:
        headers = {"Host": url.netloc.decode(), "User-Agent": _AGENT}
        checked = url.copy_with(host=target)
        with client.stream(method, checked, headers=headers, extensions={"sni_hostname": url.host}) as answer:
            return answer


def _told(status: int) -> str:
    if status in (404, 410):
        return f"There is no such page any more ({status})."
    return "" if status < 400 or status in (401, 403, 429) else f"The site answers {status}."
