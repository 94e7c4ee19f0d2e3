"""A store that could not be opened when the service started is tried again until it can be."""

from __future__ import annotations

import logging

from api.background import Background
from api.service import Service

log = logging.getLogger(__name__)

_AGAIN_SECONDS = 30.0


class Opening(Background):
    """Ends once the store is open: an ingest that had it has ended, or a full disk has room again."""

    name = "opening"

    def __init__(self, service: Service) -> None:
        self._service = service
        super().__init__()

    def _run(self) -> None:
        if self._service.is_open:
            return
        while not self._service.is_open:
            if self._stopped.wait(_AGAIN_SECONDS):
                return
            self._service.open()
        log.info("The store is open.")
        self._service.prepare()
