"""A site, and a crawler that knows no other and never waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.settings import WebSettings
from corpus.source_list import PageState
from ingest.web.crawler import Crawler
from ingest.web.fetching import Fetcher
from ingest.web.visits import Crawl
from tests.ingest.web.site import HOST, Site, resolver_of, running

Look = Callable[..., Crawl]


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


class Waits(list[float]):
    """What was waited for, in seconds, without waiting."""


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def look(site: Site, tmp_path: Path, waits: Waits) -> Iterator[Look]:
    """Crawl from a path of the site with these settings; `known` are the pages of an earlier crawl."""
    fetchers = []

    def crawl(
        path: str = "/",
        known: dict[str, PageState] | None = None,
        most: int = 1_000_000,
        hosts: dict[str, list[str]] | None = None,
        start: str = "",
        **settings: object,
    ) -> Crawl:
        given = {
            "private_hosts": (HOST,),
            "delay_seconds": 0,
            "silence_seconds": 2,
            "page_seconds": 1,
        } | settings
        web = WebSettings.model_validate(given)
        fetcher = Fetcher(web, most, resolver_of(**(hosts or {})))
        fetchers.append(fetcher)
        crawler = Crawler(fetcher, web, tmp_path, known or {}, sleep=waits.append)
        return crawler.crawl(start or f"{site.address}{path}")

    yield crawl
    for fetcher in fetchers:
        fetcher.close()
