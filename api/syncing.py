"""The schedule: sources that are due are looked at, and uploads go live on their day."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from api.background import Background
from api.service import Service
from corpus.errors import AssistantError
from corpus.file_names import shown
from ingest.syncing import Sync
from ingest.web.addresses import Resolver, resolve

log = logging.getLogger(__name__)


class ScheduledSync(Background):
    """At the interval of the settings. Tests pass `now` and `resolver`."""

    name = "scheduled sync"

    def __init__(
        self,
        service: Service,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        resolver: Resolver = resolve,
    ) -> None:
        self._service = service
        self._now = now
        self._resolver = resolver
        super().__init__()

    def _run(self) -> None:
        # The first look waits, too: a service that starts should answer before it crawls.
        while not self._stopped.wait(self._service.settings.web.check_seconds):
            self.look()

    def look(self) -> None:
        """One look at what is due. A fault is logged and noted with the source; the next look tries again."""
        try:
            library = self._service.library
            for outcome in library.publish_due(self._now().date()):
                # Without its name, which somebody typed.
                log.info("An upload whose day had come was %s.", outcome.status.value)
            sync = sync_of(self._service, self._pause, self._resolver)
            due = [source for source in sync.sources.all() if source.is_due(self._now())]
        except AssistantError as error:
            log.warning("What is due could not be looked for: %s", error)
            return
        except Exception as error:
            # One look may fail for whatever reason; the next must still be had. Its message may hold a name.
            log.error("What is due could not be looked for: %s", type(error).__name__)  # noqa: TRY400
            return
        for source in due:
            if self._stopped.is_set():
                return
            try:
                counts = sync.run(source).report.as_json()["counts"]
                log.info("Looked at %s: %s.", shown(source.location), counts)
            except _Stopped:
                return
            except AssistantError as error:
                log.warning("%s could not be brought in step: %s", shown(source.location), error)
            except Exception as error:
                log.error("%s could not be brought in step: %s", shown(source.location), type(error).__name__)  # noqa: TRY400

    def _pause(self, seconds: float) -> None:
        """Between two pages; a service that is stopped does not wait for a site."""
        if self._stopped.wait(seconds):
            raise _Stopped


class _Stopped(Exception):
    """The service ends: the crawl is broken off, and begun anew some time."""


def sync_of(service: Service, sleep: Callable[[float], None], resolver: Resolver = resolve) -> Sync:
    """Raises StoreError where the store is not open."""
    settings = service.settings
    return Sync(service.library, service.store, settings.ingest, settings.web, sleep=sleep, resolver=resolver)
