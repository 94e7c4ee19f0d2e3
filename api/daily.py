"""Once a day, and when the service starts, what is over its time is removed from the records."""

from __future__ import annotations

import logging

from api.background import Background
from api.service import Service
from assistant.audit import Audit
from corpus.errors import AssistantError

log = logging.getLogger(__name__)

_DAY_SECONDS = 86_400.0
_AGAIN_SECONDS = 600.0


class DailyPurge(Background):
    """At start, then each day; sooner where it failed."""

    name = "daily purge"

    def __init__(self, service: Service) -> None:
        self._service = service
        super().__init__()

    def _run(self) -> None:
        wait = 0.0
        while not self._stopped.wait(wait):
            wait = _DAY_SECONDS if self._purge() else _AGAIN_SECONDS

    def _purge(self) -> bool:
        """False where it has to be tried again: the store may not be open yet."""
        try:
            purged = self._service.retention.purge()
            head = Audit(self._service.store.register.engine).head()
        except AssistantError as error:
            log.warning("The records could not be purged: %s", error)
            return False
        except Exception as error:
            # One purge may fail for whatever reason; the next must still be had. Its message may hold what
            # was asked.
            log.error("The records could not be purged: %s", type(error).__name__)  # noqa: TRY400
            return False
        log.info("Over their time: %d questions and %d records.", purged.questions, purged.records)
        # The log is often kept elsewhere: a chain cut short or written anew is told by it.
        log.info("The newest record is %d with the hash %s.", head.sequence, head.hash)
        return True
