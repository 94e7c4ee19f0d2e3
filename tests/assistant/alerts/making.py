"""A library that changes, and people who follow it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.alerts.sending import AlertSender
from assistant.alerts.subscriptions import Subscription, Subscriptions
from assistant.themes import Themes
from corpus.settings import AlertSettings, DatabaseSettings
from tests.api.making import FILES
from tests.quick_library import QuickLibrary
from tests.services import free_port

SECRET = "a secret of more than 24 characters"
BASE = "https://assistant.example.org"
REFERRAL, ESCALATION = "2.1-making-a-referral.md", "6.2-escalation.md"


@dataclass
class Clock:
    """Stands still until it is moved on."""

    time: datetime = field(default_factory=lambda: datetime.now(UTC) + timedelta(minutes=1))

    def __call__(self) -> datetime:
        return self.time

    def go(self, **span: float) -> None:
        self.time += timedelta(**span)


class Library(QuickLibrary):
    """The small library, with those who follow it."""

    def __init__(self, folder: Path, database: DatabaseSettings | None = None) -> None:
        super().__init__(folder, FILES, database=database or DatabaseSettings())

    def subscriptions(self, clock: Clock) -> Subscriptions:
        return Subscriptions(self.engine, clock)

    def sender(self, settings: AlertSettings, clock: Clock) -> AlertSender:
        return AlertSender(self.engine, settings, Themes.load(), clock)


def alert_settings(port: int | None = None, **more: Any) -> AlertSettings:
    values: dict[str, Any] = {
        "smtp_url": f"smtp://127.0.0.1:{port or free_port()}",
        "sender": "alerts@assistant.example.org",
        "public_url": BASE,
        "webhook_secret": SECRET,
        "webhook_private": True,
        "timeout_seconds": 5,
    }
    return AlertSettings.model_validate(values | more)


def confirmed(subscription: Subscription | None, subscriptions: Subscriptions) -> Subscription:
    """The same, confirmed by its owner."""
    assert subscription is not None
    return subscriptions.confirm(subscription.id, subscription.token)
