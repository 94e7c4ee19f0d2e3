"""What a site's robots.txt asks for (RFC 9309)."""

from __future__ import annotations

from urllib.parse import urlsplit

from protego import Protego

from ingest.web.addresses import Forbidden
from ingest.web.fetching import Failed, Fetcher, Permitted

_LONGEST_DELAY = 30.0


class Robots:
    """The rules of one site for one robot; no rules where the site has no such file."""

    def __init__(self, text: str, agent: str) -> None:
        self._rules = Protego.parse(text)
        self._agent = agent

    def allows(self, url: str) -> bool:
        return bool(self._rules.can_fetch(url, self._agent))

    def delay(self, least: float) -> float:
        """Seconds between two pages: what the site asks for, up to half a minute, and at least `least`."""
        asked = self._rules.crawl_delay(self._agent) or 0.0
        return max(least, min(float(asked), _LONGEST_DELAY))


def robots_of(url: str, fetcher: Fetcher, permitted: Permitted, agent: str) -> Robots:
    """The rules of the site that the address is of. Raises Failed where the file cannot be had just now.

    A site that says there is none (4xx) has no rules; one whose server fails is left alone, as the RFC says.
    """
    parts = urlsplit(url)
    try:
        page = fetcher.get(f"{parts.scheme}://{parts.netloc}/robots.txt", permitted, lambda *_: True)
    except Forbidden:
        return Robots("", agent)  # it leads to another site: no file of this one
    except Failed as error:
        if error.status is not None and 400 <= error.status < 500 and error.status != 429:
            return Robots("", agent)
        raise
    return Robots((page.body or b"").decode("utf-8", "replace"), agent)
