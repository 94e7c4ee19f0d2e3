"""Once a day, and when the service starts, what is over its time is removed from the records."""

from __future__ import annotations

import logging
import threading
from types import TracebackType

from api.service import Service
from assistant.audit import Audit
from corpus.errors import AssistantError

log = logging.getLogger(__name__)

_DAY_SECONDS = 86_400.0
_AGAIN_SECONDS = 600.0


class DailyPurge:
    """A thread that runs while the service does, and ends with it."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily purge")

    def __enter__(self) -> DailyPurge:
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
        log.info("Over their time: %d questions and %d records.", purged.questions, purged.records)
        # The log is often kept elsewhere: a chain cut short or written anew is told by it.
        log.info("The newest record is %d with the hash %s.", head.sequence, head.hash)
        return True
