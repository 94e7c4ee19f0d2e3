"""While the service runs, what is new is written into the outbox, and what is in the outbox goes out."""

from __future__ import annotations

import logging

from api.background import Background
from api.service import Service
from assistant.alerts.sending import AlertSender
from assistant.themes import Themes
from corpus.errors import AssistantError

log = logging.getLogger(__name__)


class Alerting(Background):
    """Again and again, at the interval of the settings."""

    name = "alerts"

    def __init__(self, service: Service) -> None:
        self._service = service
        super().__init__()

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
