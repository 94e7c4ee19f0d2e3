"""Kept sources brought in step: folders by an ingest, web manuals by a crawl and then the same ingest."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import AssistantError, IngestError
from corpus.file_names import is_text, shown
from corpus.room import told_of_disk
from corpus.settings import IngestSettings, WebSettings
from corpus.source_list import KeptSource, PageState, SourceKind, SourceList
from corpus.store import Store
from ingest.library import Library
from ingest.pipeline import IngestPipeline
from ingest.report import Outcome, Report, Status
from ingest.sources import find_files, is_absent, require_there
from ingest.web.addresses import Resolver, resolve
from ingest.web.crawler import Crawler
from ingest.web.fetching import Fetcher
from ingest.web.visits import Crawl, Seen, Visit

_FEWEST_LOST = 4
_EMPTY = (
    "The folder is empty, so nothing is withdrawn: its drive may not be mounted. To take documents out for "
    "good, withdraw them."
)
_TOO_MANY_GONE = (
    "More than half of the pages seem to be gone at once, so nothing is withdrawn. Look at the site: it may "
    "be under repair or ask people to log in."
)


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of one source."""

    source: KeptSource
    report: Report


class Sync:
    """All kept sources of one library. `sleep` is in seconds, `resolver` looks up the names of hosts."""

    def __init__(
        self,
        library: Library,
        store: Store,
        settings: IngestSettings,
        web: WebSettings,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        resolver: Resolver = resolve,
    ) -> None:
        self._library = library
        self._store = store
        self._settings = settings
        self._web = web
        self._clock = clock
        self._sleep = sleep
        self._resolver = resolver
        self.sources = SourceList(store.register.engine)

    def run(self, source: KeptSource) -> Synced:
        """Bring the library in step with a source and note the report with it.

        Raises AssistantError where that is not possible at all; that is noted, too.
        """
        try:
            report, retry_hours = self._folder(source) if _is_folder(source) else self._manual(source)
        except AssistantError as error:
            failed = Report(
                [Outcome(source.location, Status.REFUSED, reason=error.message, advice=error.advice)]
            )
            self.sources.note(source, self._clock(), failed.as_json())
            raise
        self.sources.note(source, self._clock(), report.as_json(), retry_hours)
        return Synced(source, report)

    def dry_run(self, source: KeptSource) -> Crawl:
        """What would be looked at and taken, with nothing changed. Raises IngestError."""
        if _is_folder(source):
            files = find_files([Path(source.location)])
            return Crawl(source.location, [Visit(file.label, Seen.NEW) for file in files])
        with _temporary_folder() as folder:
            return self._crawl(source, Path(folder), self.sources.pages(source.id))

    def _folder(self, source: KeptSource) -> tuple[Report, None]:
        pipeline = IngestPipeline(self._store, self._settings, self._clock)
        folder = Path(source.location)
        with self._library.alone():
            if not folder.is_dir() or find_files([folder]):
                return pipeline.run([folder], source.document_kind), None
            report = pipeline.take([], [source.location], source.document_kind, lambda _state, _copies: False)
        report.outcomes.append(Outcome(source.location, Status.REFUSED, reason=_EMPTY))
        return report, None

    def _manual(self, source: KeptSource) -> tuple[Report, float | None]:
        known = self.sources.pages(source.id)
        with _temporary_folder() as folder:
            # The library is changed only when everything has been fetched, so that nobody waits for the site.
            crawl = self._crawl(source, Path(folder), known)
            gone = set(crawl.gone)
            too_many = len(gone) > max(_FEWEST_LOST, sum(page.is_document for page in known.values()) / 2)
            if too_many:
                gone = set()
            pipeline = IngestPipeline(self._store, self._settings, self._clock)
            with self._library.alone():
                report = pipeline.take(
                    crawl.documents,
                    [source.location],
                    source.document_kind,
                    lambda state, _: state.source in gone,
                )
        refused = {outcome.source for outcome in report.outcomes if outcome.status is Status.REFUSED}
        # What could not be read is fetched again the next time, and reported again.
        pages = [page for page in crawl.pages if page.url not in refused]
        self.sources.keep_pages(source.id, pages, gone, self._clock())
        report.outcomes.extend(crawl.outcomes())
        if too_many:
            report.outcomes.append(Outcome(source.location, Status.REFUSED, reason=_TOO_MANY_GONE))
        return report, crawl.retry_hours

    def _crawl(self, source: KeptSource, folder: Path, known: dict[str, PageState]) -> Crawl:
        limits = {
            name: value
            for name, value in (("max_pages", source.max_pages), ("max_depth", source.max_depth))
            if value is not None
        }
        web = self._web.model_copy(update=limits)
        fetcher = Fetcher(web, self._settings.max_file_mb * 1_000_000, self._resolver)
        try:
            crawler = Crawler(fetcher, web, folder, known, sleep=self._sleep)
            return crawler.crawl(source.location)
        finally:
            fetcher.close()


def source_kind(location: str) -> tuple[SourceKind, str]:
    """What a location is, and the form in which it is kept. Raises IngestError for what is neither."""
    if location.startswith(("http://", "https://")):
        return SourceKind.WEB, location
    path = Path(location)
    if is_absent(location):
        raise IngestError(
            f"There is no folder {shown(location)}.",
            "Give a folder, or an address that begins with https://.",
        )
    require_there(path)
    if not is_text(path.resolve()):
        raise IngestError(
            f"The name of the folder {shown(location)} holds bytes that are no text.",
            "Rename it, or the folder above it that is named so, and add it again.",
        )
    return SourceKind.FOLDER, str(path.resolve())


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    with told_of_disk("The folder for temporary files"):
        return tempfile.TemporaryDirectory(prefix="manual")


def _is_folder(source: KeptSource) -> bool:
    return source.kind is SourceKind.FOLDER
