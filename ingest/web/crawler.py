"""A web manual from its start address or sitemap: breadth first, politely, and never without end."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from corpus.errors import IngestError
from corpus.room import told_of_disk
from corpus.settings import WebSettings
from corpus.source_list import PageState
from ingest.sources import HandedIn
from ingest.web import links
from ingest.web.addresses import Forbidden, normalised, site_of
from ingest.web.fetching import Failed, Fetcher, Page
from ingest.web.frontier import Address, Frontier
from ingest.web.patience import Ended, PatientFetcher
from ingest.web.robots import Robots, robots_of
from ingest.web.visits import Crawl, Seen, Visit

_MOST_FAILURES = 5
_MOST_SITEMAPS = 50


class Crawler:
    """Looks at one site. `known` are its pages as they were last seen, by address; bodies of what is new or
    changed are kept in `folder`. `sleep` and `clock` are in seconds."""

    def __init__(
        self,
        fetcher: Fetcher,
        settings: WebSettings,
        folder: Path,
        known: Mapping[str, PageState],
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetcher = fetcher
        self._settings = settings
        self._folder = folder
        self._known = known
        self._sleep = sleep
        self._clock = clock

    def crawl(self, start: str) -> Crawl:
        """Visit all that the start leads to. Raises IngestError for a start that is no web address."""
        url = normalised(start)
        if url is None:
            raise IngestError(f"{start} is no web address.", "It begins with https:// or http://.")
        self._crawl = Crawl(start)
        self._begun = self._clock()
        self._failures = self._fetched = self._sitemaps = 0
        self._bodies: dict[str, str] = {}
        self._frontier = Frontier(url, self._settings.max_depth)
        self._robots = Robots("", self._settings.user_agent)
        try:
            self._robots = robots_of(url, self._fetcher, self._permitted, self._settings.user_agent)
            self._patient = PatientFetcher(
                self._fetcher, self._settings, self._robots, self._sleep, self._clock
            )
            while self._frontier:
                self._require_limits()
                self._visit(self._frontier.next())
            self._look_for_the_lost()
        except Ended as error:
            self._crawl.ended, self._crawl.retry_hours = str(error), error.retry_hours
        except Failed as error:
            self._crawl.ended = f"robots.txt cannot be had, so the site is left alone. {error.message}"
        return self._crawl

    def _require_limits(self) -> None:
        if self._fetched >= self._settings.max_pages:
            raise Ended(f"More than {self._settings.max_pages} pages: the rest is not looked at.")
        if self._clock() - self._begun > self._settings.max_minutes * 60:
            raise Ended(f"More than {self._settings.max_minutes:g} minutes: the rest is not looked at.")
        self._fetched += 1

    def _visit(self, address: Address) -> None:
        known = self._known.get(address.url)
        try:
            page = self._get(address.url, known)
        except Forbidden as error:
            self._note(address, Seen.PASSED_OVER, error.message)
            if not address.depth:
                raise Ended(error.message, error.advice) from error
            return
        except Failed as error:
            self._fail(address, error, known)
            return
        self._failures = 0
        if page.url != address.url:
            if self._frontier.has_met(page.url):
                return  # another way to a page that is visited anyway
            known = self._known.get(page.url)
            if not address.depth:
                self._frontier.site = site_of(page.url)
            address = replace(address, url=page.url)
        self._take(address, page, known)

    def _take(self, address: Address, page: Page, known: PageState | None) -> None:
        if page.body is None:
            if known is None:
                self._note(address, Seen.FAILED, "The site says that nothing changed, which was not asked.")
            else:
                self._unchanged(address, known)
        elif links.is_sitemap(page.media_type, page.url, page.body):
            self._follow_sitemap(address, page.body)
        else:
            self._read(address, page, page.body, known)

    def _read(self, address: Address, page: Page, body: bytes, known: PageState | None) -> None:
        sha256 = hashlib.sha256(body).hexdigest()
        if sha256 in self._bodies:
            # Not followed either: a site that shows one page at ever new addresses would never end.
            self._note(address, Seen.PASSED_OVER, f"The same page as {self._bodies[sha256]}.")
            return
        self._bodies[sha256] = page.url
        web = links.read_page(body, page.url) if links.is_html(page.media_type, body) else links.NO_LINKS
        text = address.text or (known.link_text if known else "")
        is_document = not (web.is_index or web.keeps_out)
        state = PageState(page.url, page.etag, page.last_modified, sha256, text, web.links, is_document)
        if known is not None and known.sha256 == sha256:
            self._unchanged(address, state)
            return
        self._crawl.pages.append(state)
        if is_document:
            title = links.title_from(text)
            path = self._folder / f"{len(self._crawl.documents):05d}"
            with told_of_disk("The folder for temporary files"):
                path.write_bytes(body)
            name = links.file_name(page.url, page.media_type)
            self._crawl.documents.append(HandedIn(page.url, name, path, title))
            self._note(address, Seen.CHANGED if known else Seen.NEW, "", title)
        elif web.keeps_out:
            self._note(address, Seen.PASSED_OVER, "The page asks not to be taken in.")
        else:
            self._note(address, Seen.INDEX, "")
        self._follow(address, web.links)

    def _unchanged(self, address: Address, state: PageState) -> None:
        self._bodies.setdefault(state.sha256, state.url)
        self._crawl.pages.append(state)
        self._note(address, Seen.UNCHANGED if state.is_document else Seen.INDEX, "")
        self._follow(address, state.links)

    def _follow(self, address: Address, found: tuple[tuple[str, str], ...]) -> None:
        for url, text in found:
            self._queue(Address(url, address.depth + 1, text, address.url))

    def _follow_sitemap(self, address: Address, body: bytes) -> None:
        self._sitemaps += 1
        try:
            pages, sitemaps = links.read_sitemap(body)
        except ValueError as error:
            self._note(address, Seen.FAILED, f"The sitemap cannot be used: {error}.")
            return
        self._note(address, Seen.INDEX, "")
        for url in sitemaps if self._sitemaps < _MOST_SITEMAPS else ():
            self._queue(Address(url, address.depth + 1, "", address.url))
        for url in pages:
            # A sitemap lists pages of every depth: each is where a start address is.
            self._queue(Address(url, 1, "", address.url))

    def _queue(self, address: Address) -> None:
        reason = self._frontier.add(address)
        if reason:
            self._note(address, Seen.PASSED_OVER, reason)

    def _permitted(self, url: str) -> None:
        site, own = site_of(url), self._frontier.site
        # A start address may lead to the same name with or without www.
        is_first = not self._crawl.visits and site[1] == own[1]
        if site != own and not (is_first and site[0].removeprefix("www.") == own[0].removeprefix("www.")):
            raise Forbidden(f"It leads to another site ({site[0]}).")
        if not self._robots.allows(url):
            raise Forbidden("robots.txt does not allow it.")

    def _get(self, url: str, known: PageState | None) -> Page:
        return self._patient.get(url, self._permitted, links.is_wanted, known)

    def _fail(self, address: Address, error: Failed, known: PageState | None) -> None:
        is_gone = error.status in (404, 410)
        if is_gone and known is not None:
            self._note(address, Seen.GONE, error.message)
            return
        self._note(address, Seen.FAILED, f"A broken link. {error.message}" if is_gone else error.message)
        self._failures += not is_gone
        if not address.depth:
            raise Ended(error.message)
        if self._failures >= _MOST_FAILURES:
            raise Ended(f"{_MOST_FAILURES} pages one after another could not be had.")

    def _look_for_the_lost(self) -> None:
        """Pages that no link leads to any more: gone, or only forgotten?"""
        visited = {visit.url for visit in self._crawl.visits}
        for url, known in self._known.items():
            if url in visited:
                continue
            address = Address(url, 1, known.link_text, "")
            try:
                page = self._get(url, known)
            except Forbidden as error:
                self._note(address, Seen.PASSED_OVER, error.message)
            except Failed as error:
                self._fail(address, error, known)
            else:
                self._lost(address, page, known)

    def _lost(self, address: Address, page: Page, known: PageState) -> None:
        if page.url != address.url:
            self._note(address, Seen.GONE, f"It redirects to {page.url}.")
        elif known.is_document:
            reason = "No page leads there any more. Withdraw it if something else took its place."
            self._note(address, Seen.UNLINKED, reason)
        else:
            self._note(address, Seen.INDEX, "")

    def _note(self, address: Address, seen: Seen, reason: str, title: str | None = None) -> None:
        self._crawl.visits.append(Visit(address.url, seen, title, reason, address.found_on))
