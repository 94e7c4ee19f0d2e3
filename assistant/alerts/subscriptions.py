"""Who is told of what. An e-mail address is used only once its owner has confirmed it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from assistant.alerts.interest import Interest, Scope
from assistant.records import Clock, now
from corpus.database import flush, next_in_line, transaction
from corpus.errors import AssistantError, NotKept
from corpus.tables import documents, versions
from corpus.tables_alerts import outbox, subscriptions

_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_LONGEST = 254
_GONE = ("There is no such subscription.", "It was ended, or never confirmed in time.")


class Channel(StrEnum):
    EMAIL = "email"
    WEBHOOK = "webhook"


class AddressError(AssistantError):
    """What was given is no e-mail address or web address."""


class TooManyRequests(AssistantError):
    """More addresses are waiting to be confirmed than the settings allow."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """`token` is what its owner alone is sent; `through` the newest version that it was told of,
    `withdrawn_through` the time of the newest withdrawal."""

    id: str
    channel: Channel
    address: str
    interest: Interest
    token: str
    created_at: datetime
    confirmed_at: datetime | None
    through: int
    withdrawn_through: datetime | None


class Subscriptions:
    """Keeps them in the register."""

    def __init__(self, engine: Engine, clock: Clock = now) -> None:
        self._engine = engine
        self._clock = clock

    def request(self, address: str, interest: Interest, most_waiting: int) -> Subscription | None:
        """A subscription by e-mail that waits to be confirmed, with its request to confirm in the outbox.

        None where there is one already: nobody can make us write to an address again and again, and nobody
        learns who is subscribed. Raises AddressError, and TooManyRequests above `most_waiting` an hour.
        """
        address = email_address(address)
        hour_ago = self._clock() - timedelta(hours=1)
        waiting = (subscriptions.c.confirmed_at.is_(None)) & (subscriptions.c.created_at > hour_ago)
        with next_in_line(self._engine) as connection:
            if _find(connection, Channel.EMAIL, address, interest) is not None:
                return None
            count = select(func.count()).select_from(subscriptions).where(waiting)
            if int(connection.execute(count).scalar() or 0) >= most_waiting:
                raise TooManyRequests("Too many addresses wait to be confirmed.", "Try again in an hour.")
            made = self._insert(connection, Channel.EMAIL, address, interest, confirmed=False)
            put(connection, made.id, "confirm", "", self._clock())
            return made

    def add(self, channel: Channel, address: str, interest: Interest) -> Subscription:
        """One that needs no confirmation, made by whoever runs the service. Raises AddressError."""
        address = email_address(address) if channel is Channel.EMAIL else web_address(address)
        with next_in_line(self._engine) as connection:
            row = _find(connection, channel, address, interest)
            if row is not None:
                same = subscriptions.c.id == row.id
                if row.confirmed_at is None:
                    connection.execute(update(subscriptions).where(same).values(confirmed_at=self._clock()))
                return _subscription(connection.execute(select(subscriptions).where(same)).one())
            return self._insert(connection, channel, address, interest, confirmed=True)

    def confirm(self, subscription_id: str, token: str) -> Subscription:
        """From now on it is told of changes. Raises NotKept for a link that is no longer good."""
        with transaction(self._engine) as connection:
            found = _owned(connection, subscription_id, token)
            same = subscriptions.c.id == found.id
            values = {"confirmed_at": self._clock()} | _told(connection)
            if found.confirmed_at is None:
                connection.execute(update(subscriptions).where(same).values(values))
            return found

    def owned(self, subscription_id: str, token: str) -> Subscription:
        """The subscription that a link speaks of. Raises NotKept."""
        with transaction(self._engine) as connection:
            return _owned(connection, subscription_id, token)

    def end(self, subscription_id: str, token: str) -> None:
        """Remove it, its address and all that was to be sent. Raises NotKept."""
        with transaction(self._engine) as connection:
            _remove(connection, [_owned(connection, subscription_id, token).id])
        flush(self._engine)

    def forget(self, address: str) -> int:
        """Remove all of an address; how many there were."""
        with transaction(self._engine) as connection:
            matching = func.lower(subscriptions.c.address) == address.strip().lower()
            found = list(connection.execute(select(subscriptions.c.id).where(matching)).scalars())
            _remove(connection, found)
        flush(self._engine)
        return len(found)

    def all(self) -> list[Subscription]:
        """Oldest first."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(subscriptions).order_by(subscriptions.c.created_at))
            return [_subscription(row) for row in rows]

    def purge(self, confirm_hours: int) -> int:
        """Remove addresses that were not confirmed in time; how many."""
        before = self._clock() - timedelta(hours=confirm_hours)
        late = (subscriptions.c.confirmed_at.is_(None)) & (subscriptions.c.created_at < before)
        with transaction(self._engine) as connection:
            found = list(connection.execute(select(subscriptions.c.id).where(late)).scalars())
            _remove(connection, found)
        if found:
            flush(self._engine)
        return len(found)

    def _insert(
        self, connection: Connection, channel: Channel, address: str, interest: Interest, *, confirmed: bool
    ) -> Subscription:
        at = self._clock()
        made = Subscription(
            id=uuid4().hex,
            channel=channel,
            address=address,
            interest=interest,
            token=secrets.token_urlsafe(32),
            created_at=at,
            confirmed_at=at if confirmed else None,
            **_told(connection),
        )
        values = {name: getattr(made, name) for name in made.__dataclass_fields__ if name != "interest"}
        values |= {"channel": channel.value, "scope": interest.scope.value, "target": interest.target}
        connection.execute(insert(subscriptions).values(values))
        return made


def put(connection: Connection, subscription_id: str, kind: str, content: str, at: datetime) -> str:
    """Write into the outbox what is to be sent at once; the message's id."""
    message_id = uuid4().hex
    values: dict[str, Any] = {"id": message_id, "subscription_id": subscription_id, "kind": kind}
    values |= {"content": content, "created_at": at, "due_at": at, "attempts": 0, "given_up": False}
    connection.execute(insert(outbox).values(values))
    return message_id


def email_address(text: str) -> str:
    """The address without white space around it. Raises AddressError."""
    address = text.strip()
    if len(address) > _LONGEST or not _EMAIL.fullmatch(address) or ".." in address:
        raise AddressError("That is not an e-mail address.", "Write it like name@example.org.")
    return address


def web_address(text: str) -> str:
    """The address without white space around it. Raises AddressError."""
    try:
        parts = urlsplit(text.strip())
        is_whole = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or parts.username or parts.password:
        raise AddressError("That is not a web address.", "Write it like https://example.org/hook.")
    return text.strip()


def _find(connection: Connection, channel: Channel, address: str, interest: Interest) -> Row[Any] | None:
    table = subscriptions.c
    same = (
        (table.channel == channel.value)
        & (func.lower(table.address) == address.lower())
        & (table.scope == interest.scope.value)
        & (table.target == interest.target)
    )
    return connection.execute(select(subscriptions).where(same)).first()


def _owned(connection: Connection, subscription_id: str, token: str) -> Subscription:
    query = select(subscriptions).where(subscriptions.c.id == subscription_id)
    row = connection.execute(query).first()
    if row is None or not secrets.compare_digest(row.token.encode(), token.encode()):
        raise NotKept(*_GONE)
    return _subscription(row)


def _told(connection: Connection) -> dict[str, Any]:
    """A subscription begins with what comes next."""
    newest = connection.execute(select(func.max(versions.c.id))).scalar()
    withdrawn = connection.execute(select(func.max(documents.c.withdrawn_at))).scalar()
    return {"through": int(newest or 0), "withdrawn_through": withdrawn}


def _remove(connection: Connection, ids: list[str]) -> None:
    connection.execute(delete(outbox).where(outbox.c.subscription_id.in_(ids)))
    connection.execute(delete(subscriptions).where(subscriptions.c.id.in_(ids)))


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(
        id=row.id,
        channel=Channel(row.channel),
        address=row.address,
        interest=Interest(Scope(row.scope), row.target),
        token=row.token,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        through=row.through,
        withdrawn_through=row.withdrawn_through,
    )
