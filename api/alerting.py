"""While the service runs, what is new is written into the outbox, and what is in the outbox goes out."""

from __future__ import annotations

import logging
import threading
from types import TracebackType

from api.service import Service
from assistant.alerts.sending import AlertSender
from assistant.themes import Themes
from corpus.errors import AssistantError

log = logging.getLogger(__name__)


class Alerting:
    """A thread that runs while the service does, and ends with it."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="alerts")

    def __enter__(self) -> Alerting:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        settings = self._service.settings
        while not self._stopped.wait(settings.alerts.check_seconds):
            try:
                themes = Themes.load(settings.reports.lists)
                engine = self._service.store.register.engine
                AlertSender(engine, settings.alerts, themes, stopped=self._stopped.is_set).run()
            except AssistantError as error:
                log.warning("Alerts could not be sent: %s", error)
            except Exception as error:
                # One round may fail for whatever reason; what was to be sent is still there for the next. Its
                # message may hold an address.
                log.error("Alerts could not be sent: %s", type(error).__name__)  # noqa: TRY400
