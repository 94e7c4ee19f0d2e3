"""The permanent link to a set of procedures: documents and versions, and not a word of the situation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from corpus.procedures import Role

_ONE = re.compile(r"(?P<document>[a-z0-9-]{1,200})~(?P<version>\d{1,9})")
MOST = 12


def link_to(documents: Iterable[tuple[str, int]], role: Role | None = None) -> str | None:
    """Relative to the service; None for no documents."""
    names = [f"{document}~{version}" for document, version in documents][:MOST]
    if not names:
        return None
    query = {"show": ".".join(names)} | ({"role": role.value} if role else {})
    return f"/procedures?{urlencode(query)}"


def documents_in(show: str) -> list[tuple[str, int]]:
    """The documents and versions that a link names, each once; what cannot be one is passed over."""
    found = (_ONE.fullmatch(part) for part in show.split(".")[:MOST])
    return list(dict.fromkeys((m["document"], int(m["version"])) for m in found if m))
