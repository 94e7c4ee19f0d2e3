"""How large a request may be that hands in a document."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.types import Scope

from api.administration import Administration
from api.security import MostOf
from corpus.settings import IngestSettings

_PATHS = frozenset({"/library/uploads", "/v1/documents"})


def largest_upload(administration: Administration, settings: IngestSettings) -> MostOf:
    """For those alone who may hand in a file: others' bodies are not even read.

    Twice as large as a file may be, so that one that is too large is refused on the desk, in its words.
    """
    most = 2 * settings.max_file_mb * 1_000_000

    def most_of(scope: Scope) -> int | None:
        if scope["method"] != "POST" or scope["path"] not in _PATHS:
            return None
        return most if administration.allows(HTTPConnection(scope)) else None

    return most_of
