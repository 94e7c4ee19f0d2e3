"""Pages got politely: a pause between two, and a busy site waited for as long as it asks, within limits."""

from __future__ import annotations

from collections.abc import Callable

from corpus.errors import IngestError
from corpus.settings import WebSettings
from corpus.source_list import PageState
from ingest.web.fetching import Failed, Fetcher, Page, Permitted, Wanted
from ingest.web.robots import Robots

_TRIES = 3
_HOUR = 3600.0
_PASSING = (429, 500, 502, 503, 504)


class Ended(IngestError):
    """The crawl cannot or need not go on; `retry_hours` is when the site asks us to come back."""

    retry_hours: float | None = None


class PatientFetcher:
    """A fetcher for one site with its rules. `sleep` and `clock` are in seconds."""

    def __init__(
        self,
        fetcher: Fetcher,
        settings: WebSettings,
        robots: Robots,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
    ) -> None:
        self._fetcher = fetcher
        self._settings = settings
        self._delay = robots.delay(settings.delay_seconds)
        self._sleep = sleep
        self._clock = clock
        self._last: float | None = None

    def get(self, url: str, permitted: Permitted, wanted: Wanted, known: PageState | None) -> Page:
        """The page, asked for only if it has changed since it was known.

        Raises Forbidden and Failed as `Fetcher.get` does, Ended where the site asks to be left alone.
        """
        headers = {}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        left = _TRIES
        while True:
            left -= 1
            self._pause()
            try:
                return self._fetcher.get(url, permitted, wanted, headers)
            except Failed as error:
                if not self._waits_for(error, left):
                    raise

    def _pause(self) -> None:
        if self._last is not None and (wait := self._last + self._delay - self._clock()) > 0:
            self._sleep(wait)
        self._last = self._clock()

    def _waits_for(self, error: Failed, left: int) -> bool:
        """Whether to try again, having waited as long as the site asks."""
        if error.status not in _PASSING:
            return False
        wait = error.retry_after
        if wait is not None and wait > self._settings.max_wait_seconds:
            ended = Ended(f"The site asks to be left alone for {wait / 60:.0f} minutes.")
            ended.retry_hours = wait / _HOUR
            raise ended
        if not left:
            if error.status == 429:
                raise Ended("The site keeps answering 429: too many requests.")
            return False
        self._sleep(5 * self._settings.delay_seconds if wait is None else wait)
        return True
