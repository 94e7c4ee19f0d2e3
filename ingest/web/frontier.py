"""What is still to be visited, breadth first: each address once, of one site, and none that never ends."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass

from ingest.web.addresses import is_trap, page_of, site_of

_MOST_QUERIES = 100


@dataclass(frozen=True, slots=True)
class Address:
    """`depth` counts links from the start; `text` is the words of the link that was `found_on` a page."""

    url: str
    depth: int
    text: str
    found_on: str


class Frontier:
    """Begun at a start address, whose site it keeps to. `max_depth` counts links from there."""

    def __init__(self, start: str, max_depth: int) -> None:
        self.site = site_of(start)
        self._max_depth = max_depth
        self._waiting = deque([Address(start, 0, "", "")])
        self._known = {start}
        self._queries: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def next(self) -> Address:
        """The one that has waited longest."""
        return self._waiting.popleft()

    def has_met(self, url: str) -> bool:
        """Whether the address was met before; from now on it was."""
        met = url in self._known
        self._known.add(url)
        return met

    def add(self, address: Address) -> str:
        """Queue an address; where it is not to be visited though a reader might miss it, the reason why."""
        if site_of(address.url) != self.site or self.has_met(address.url):
            return ""
        if address.depth > self._max_depth:
            return f"More than {self._max_depth} links away from the start."
        if is_trap(address.url):
            return "Its address repeats itself, as a trap's does."
        if "?" in address.url:
            self._queries[page_of(address.url)] += 1
            if self._queries[page_of(address.url)] > _MOST_QUERIES:
                return f"More than {_MOST_QUERIES} addresses differ only behind the question mark."
        self._waiting.append(address)
        return ""
