"""What is to be sent, kept until somebody has taken it: nothing is lost, and no two send the same at once.

A message is marked as sent after the other side has taken it. A process that is killed between these two
moments sends it once more, under the same id, by which the other side can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, delete, func, or_, select, update

from assistant.alerts.subscriptions import Channel
from assistant.records import Clock, now
from corpus.database import transaction
from corpus.tables_alerts import outbox, subscriptions

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_MANY = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is due; `kind` is "confirm" or "digest", `content` what was written when it was made."""

    id: str
    subscription_id: str
    channel: Channel
    kind: str
    content: str
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages wait, how many were sent, and how many were given up, of those that are kept."""

    waiting: int
    sent: int
    given_up: int


class Outbox:
    """`lease` is how long one message may take; after it, another process may try."""

    def __init__(self, engine: Engine, lease: timedelta = timedelta(minutes=3), clock: Clock = now) -> None:
        self._engine = engine
        self._lease = lease
        self._clock = clock

    def due(self) -> list[Waiting]:
        """Messages that could be sent now, oldest first. Each has to be claimed before it is sent."""
        query = (
            select(outbox, subscriptions.c.channel)
            .join(subscriptions, subscriptions.c.id == outbox.c.subscription_id)
            .where(self._is_due())
            .order_by(outbox.c.created_at, outbox.c.id)
            .limit(_MANY)
        )
        with transaction(self._engine) as connection:
            return [_waiting(row) for row in connection.execute(query)]

    def claim(self, message: Waiting) -> bool:
        """False where another process has it, or it was removed meanwhile."""
        values = {"claimed_until": self._clock() + self._lease}
        mine = (outbox.c.id == message.id) & self._is_due()
        with transaction(self._engine) as connection:
            return bool(connection.execute(update(outbox).where(mine).values(values)).rowcount)

    def sent(self, message: Waiting) -> None:
        """The other side has taken it. What it said is removed."""
        self._mark(message.id, sent_at=self._clock(), content="", claimed_until=None, fault=None)

    def failed(self, message: Waiting, fault: str, *, for_good: bool) -> None:
        """Try again later, each time after twice as long; or never."""
        wait = min(_FIRST_WAIT * 2 ** min(message.attempts, 20), _LONGEST_WAIT)
        values: dict[str, Any] = {"attempts": message.attempts + 1, "fault": fault[:200]}
        if for_good:
            values |= {"content": "", "given_up": True}
        self._mark(message.id, due_at=self._clock() + wait, claimed_until=None, **values)

    def refusals(self, subscription_id: str) -> int:
        """How many messages to it were given up, of those that are kept."""
        which = (outbox.c.subscription_id == subscription_id) & outbox.c.given_up.is_(True)
        with transaction(self._engine) as connection:
            query = select(func.count()).select_from(outbox).where(which)
            return int(connection.execute(query).scalar() or 0)

    def counts(self) -> Counts:
        is_sent, is_given_up = outbox.c.sent_at.is_not(None), outbox.c.given_up.is_(True)
        with transaction(self._engine) as connection:

            def count(which: Any) -> int:
                query = select(func.count()).select_from(outbox).where(which)
                return int(connection.execute(query).scalar() or 0)

            return Counts(count(~is_sent & ~is_given_up), count(is_sent), count(is_given_up))

    def purge(self, keep_days: int) -> int:
        """Remove what was sent or given up so many days ago; how many."""
        done = or_(outbox.c.sent_at.is_not(None), outbox.c.given_up.is_(True))
        old = outbox.c.created_at < self._clock() - timedelta(days=keep_days)
        with transaction(self._engine) as connection:
            return int(connection.execute(delete(outbox).where(done, old)).rowcount)

    def _is_due(self) -> Any:
        at = self._clock()
        is_free = or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until < at)
        is_open = outbox.c.sent_at.is_(None) & outbox.c.given_up.is_(False)
        return is_open & (outbox.c.due_at <= at) & is_free

    def _mark(self, message_id: str, **values: Any) -> None:
        with transaction(self._engine) as connection:
            connection.execute(update(outbox).where(outbox.c.id == message_id).values(values))


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        id=row.id,
        subscription_id=row.subscription_id,
        channel=Channel(row.channel),
        kind=row.kind,
        content=row.content,
        attempts=row.attempts,
        created_at=row.created_at,
    )
