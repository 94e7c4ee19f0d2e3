"""How handing over a message can end, other than well."""

from __future__ import annotations

from corpus.errors import AssistantError


class NotDelivered(AssistantError):
    """Tried again later. The message names no address: it is logged and kept."""


class Unreachable(NotDelivered):
    """The other side cannot be reached at all: nothing else need be tried there for now."""


class Refused(NotDelivered):
    """The other side will never take it."""
