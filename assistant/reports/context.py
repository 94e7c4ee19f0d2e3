"""What reports are made from."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from assistant.reports.library import LiveDocument, live_documents
from assistant.themes import Themes
from corpus.embedding import Embedder
from corpus.register import Register
from corpus.settings import ReportSettings

Made = TypeVar("Made")


class Memory:
    """The last thing that was made of one state of the library: what takes seconds is made once for each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: frozenset[int] | None = None
        self._made: Any = None

    def of(self, state: frozenset[int], make: Callable[[], Made]) -> Made:
        """What was made of this state, or is made now; others who want it meanwhile wait."""
        with self._lock:
            if self._state != state:
                self._made = make()
                self._state = state
            made: Made = self._made
            return made


@dataclass(frozen=True)
class ReportContext:
    """`embedder` is asked for only by the reports that compare meanings; the documents are read once.

    `web` says what is wrong with a web address, empty for nothing; without it the web is not asked.
    """

    register: Register
    settings: ReportSettings
    today: date
    embedder: Callable[[], Embedder]
    memory: Memory = field(default_factory=Memory)
    web: Callable[[str], str] | None = None

    @cached_property
    def documents(self) -> list[LiveDocument]:
        return list(live_documents(self.register))

    @cached_property
    def themes(self) -> Themes:
        return Themes.load(self.settings.lists)
