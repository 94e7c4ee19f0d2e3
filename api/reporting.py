"""What the doors need to make reports: the service's register and embedder, and what was made last."""

from __future__ import annotations

from datetime import date

from api.service import Service
from assistant.answers import Answer, AnswerStatus
from assistant.reports.context import Memory, ReportContext
from corpus.errors import AssistantError


class DangerTold(AssistantError):
    """What was to be kept tells of immediate danger; nothing of it was."""


class Reporting:
    """One for a service, so that what takes seconds is made once for each state of the library."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._memory = Memory()

    def context(self, today: date) -> ReportContext:
        """Raises StoreError where the store could not be opened."""
        store = self._service.store
        settings = self._service.settings.reports
        return ReportContext(store.register, settings, today, lambda: store.embedder, self._memory)

    def kept_words(self, text: str) -> str:
        """The words as they may be kept: details of real people put out. Raises DangerTold."""
        screened = self._service.screen(text)
        if not isinstance(screened, Answer):
            return screened.text
        if screened.status is AnswerStatus.IMMEDIATE_DANGER:
            raise DangerTold(self._service.replies.message(screened.status), self._service.replies.signpost)
        return screened.suggestion or ""
