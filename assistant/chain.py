"""Records chained by hashes: whatever is changed, put in, taken out or moved breaks the chain.

hash = SHA-256(hash of the record before + canonical JSON of the record's header). In the header, what was
asked and what was said stand as digests alone, so that both can be removed and the chain still holds. Each
is digested with a random salt that goes with it: nobody can tell from a digest that is left what it was of.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from corpus.passages import digest
from corpus.tables import answers, state

BASE = "answers base"
"""The key of the state that names the newest record that was removed at the end of its time."""

HEAD = "answers head"
"""The key of the state that names the newest record of all."""

_WHICH = state.c.key == bindparam("which")
_READ = select(state.c.value).where(_WHICH)
_WRITE = update(state).where(_WHICH)
_CHAINING = frozenset({"previous_hash", "hash"})
_HEADER = tuple(column.name for column in answers.c if column.name not in _CHAINING)


@dataclass(frozen=True, slots=True)
class Link:
    """A record's place in the chain."""

    sequence: int
    hash: str


GENESIS = Link(0, "0" * 64)


def canonical(value: Mapping[str, Any]) -> str:
    """Always the same for the same value; ASCII, so that any text gets through any database unchanged."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain)


def sealed(content: Mapping[str, Any]) -> str:
    """Canonical JSON with a salt of its own."""
    return canonical({**content, "salt": secrets.token_hex(16)})


def linked(before: Link, header: Mapping[str, Any]) -> Link:
    """The place of a record with this header after the one before; further keys are left out of account."""
    content = {name: header[name] for name in _HEADER}
    return Link(header["sequence"], digest(before.hash + canonical(content)))


def read_link(connection: Connection, key: str) -> Link | None:
    """One of the two links that the state names."""
    value = connection.execute(_READ, {"which": key}).scalar()
    if value is None:
        return None
    sequence, _, link_hash = str(value).partition(" ")
    return Link(int(sequence), link_hash)


def write_link(connection: Connection, key: str, link: Link) -> None:
    value = f"{link.sequence} {link.hash}"
    if not connection.execute(_WRITE, {"which": key, "value": value}).rowcount:
        connection.execute(insert(state), {"key": key, "value": value})


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        # As `asdict`, which copies all that is in it and takes twenty times as long.
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form.")
