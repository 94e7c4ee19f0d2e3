"""From changes to messages: what is new is written into the outbox, once for each subscription."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, update

from assistant.alerts.interest import concerning
from assistant.alerts.news import News, NewsDesk, Settled, Sort
from assistant.alerts.subscriptions import Channel, Subscription, Subscriptions, put
from assistant.alerts.writing import Writer
from assistant.records import Clock, now
from assistant.themes import Themes
from corpus.database import transaction
from corpus.settings import AlertSettings
from corpus.tables_alerts import subscriptions


class Gatherer:
    """Any number of these may run at once, in any number of processes."""

    def __init__(self, engine: Engine, settings: AlertSettings, themes: Themes, clock: Clock = now) -> None:
        self._engine = engine
        self._themes = themes
        self._clock = clock
        self._patience = timedelta(minutes=settings.settle_minutes)
        self._desk = NewsDesk(engine)
        self._subscriptions = Subscriptions(engine, clock)
        self._writer = Writer(settings.public_url)

    def gather(self) -> int:
        """Write a digest for each subscription that the news since its last concerns; how many."""
        settled = self._desk.settled(self._clock(), self._patience)
        # Most subscriptions were told of the same, and are told the same now.
        news_since = lru_cache(maxsize=16)(self._news)
        written = 0
        for subscription in self._subscriptions.all():
            if subscription.confirmed_at is None:
                continue
            news = news_since(subscription.through, subscription.withdrawn_through, settled)
            own = list(concerning(news, subscription.interest, self._themes))
            withdrawn = [each.at for each in news if each.sort is Sort.WITHDRAWN]
            told = {
                "through": max(subscription.through, settled.through),
                "withdrawn_through": max(withdrawn, default=subscription.withdrawn_through),
            }
            written += self._write(subscription, own, told)
        return written

    def _news(self, after: int, withdrawn_after: datetime | None, settled: Settled) -> list[News]:
        """What was withdrawn is told of once no ingest goes on, together with what came in its place."""
        found = self._desk.between(after, settled.through)
        return [*found, *self._desk.withdrawn(withdrawn_after)] if settled.all else found

    def _write(self, subscription: Subscription, own: Sequence[News], told: Mapping[str, Any]) -> bool:
        """In one transaction with moving the subscription on: never one without the other."""
        if all(getattr(subscription, name) == value for name, value in told.items()):
            return False
        table = subscriptions.c
        is_as_read = (table.id == subscription.id) & (table.through == subscription.through)
        is_as_read &= table.withdrawn_through.is_not_distinct_from(subscription.withdrawn_through)
        with transaction(self._engine) as connection:
            moved = connection.execute(update(subscriptions).where(is_as_read).values(told))
            if not moved.rowcount or not own:
                return False
            put(connection, subscription.id, "digest", self._content(subscription, own), self._clock())
            return True

    def _content(self, subscription: Subscription, own: Sequence[News]) -> str:
        if subscription.channel is Channel.EMAIL:
            return self._writer.mail(subscription, own)
        return self._writer.payload(own)
