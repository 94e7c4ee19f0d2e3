"""What is in the outbox goes out, by e-mail or webhook, and is marked when the other side has taken it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine

from assistant.alerts.choices import Choices
from assistant.alerts.delivery import NotDelivered, Refused, Unreachable
from assistant.alerts.gathering import Gatherer
from assistant.alerts.mail import MailServer, message
from assistant.alerts.outbox import Outbox, Waiting
from assistant.alerts.subscriptions import Channel, Subscription, Subscriptions
from assistant.alerts.webhook import WebhookPoster
from assistant.alerts.writing import Writer
from assistant.records import Clock, now
from assistant.themes import Themes
from corpus.errors import SettingsError
from corpus.register import Register
from corpus.settings import AlertSettings

log = logging.getLogger(__name__)

_MARGIN = timedelta(minutes=1)
# Connecting, greeting, login and the message itself may each wait so long.
_WAITS = 6
_MOST_REFUSALS = 3


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: how many messages it wrote, sent, put off, and gave up."""

    written: int = 0
    sent: int = 0
    put_off: int = 0
    given_up: int = 0


class AlertSender:
    """Any number of these may run at once, in any number of processes. `stopped` ends a round early."""

    def __init__(
        self,
        engine: Engine,
        settings: AlertSettings,
        themes: Themes,
        clock: Clock = now,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._stopped = stopped
        self._settings = settings
        self._clock = clock
        self._gatherer = Gatherer(engine, settings, themes, clock)
        self._choices = Choices(Register(engine), themes)
        self._subscriptions = Subscriptions(engine, clock)
        self._writer = Writer(settings.public_url)
        lease = _WAITS * timedelta(seconds=settings.timeout_seconds) + _MARGIN
        self._outbox = Outbox(engine, lease, clock)

    def run(self) -> Round:
        """Remove what is over its time, write what there is to tell, and send what is due."""
        self._subscriptions.purge(self._settings.confirm_hours)
        self._outbox.purge(self._settings.keep_days)
        written = self._gatherer.gather()
        sent, put_off, given_up = self._send_due()
        return Round(written, sent, put_off, given_up)

    def _send_due(self) -> tuple[int, int, int]:
        sent = put_off = given_up = 0
        owners = {each.id: each for each in self._subscriptions.all()}
        carriers = _Carriers(self._settings)
        try:
            for waiting in self._outbox.due():
                if self._stopped():
                    break
                owner = owners.get(waiting.subscription_id)
                if owner is None or waiting.channel in carriers.out or not self._outbox.claim(waiting):
                    continue
                try:
                    self._send(waiting, owner, carriers)
                except NotDelivered as fault:
                    for_good = self._put_off(waiting, fault)
                    if for_good and self._outbox.refusals(owner.id) >= _MOST_REFUSALS:
                        # Nobody reads there any more: the address is not kept for nothing.
                        self._subscriptions.end(owner.id, owner.token)
                    given_up, put_off = given_up + for_good, put_off + (not for_good)
                    if isinstance(fault, Unreachable):
                        carriers.out.add(waiting.channel)
                else:
                    self._outbox.sent(waiting)
                    sent += 1
        finally:
            carriers.close()
        return sent, put_off, given_up

    def _send(self, waiting: Waiting, owner: Subscription, carriers: _Carriers) -> None:
        if owner.channel is Channel.WEBHOOK:
            body = waiting.content.encode()
            return carriers.webhooks().send(owner.address, waiting.id, body, self._clock())
        if waiting.kind == "confirm":
            interest = self._choices.in_words(owner.interest)
            subject, text = self._writer.confirmation(owner, interest, self._settings.confirm_hours)
            unsubscribe = ""
        else:
            content = json.loads(waiting.content)
            subject, text = content["subject"], content["text"]
            unsubscribe = self._writer.unsubscribe_link(owner)
        # First of all, for it looks at the settings: where they are wrong, webhooks still go out.
        server = carriers.mail()
        mail = message(
            self._settings, waiting.id, owner.address, subject, text, waiting.created_at, unsubscribe
        )
        return server.send(mail, owner.address)

    def _put_off(self, waiting: Waiting, fault: NotDelivered) -> bool:
        """Whether it is given up."""
        age = self._clock() - waiting.created_at
        for_good = isinstance(fault, Refused) or age > timedelta(days=self._settings.give_up_days)
        self._outbox.failed(waiting, fault.message, for_good=for_good)
        what = "given up" if for_good else "put off"
        log.warning("An alert (%s) was %s: %s", waiting.channel.value, what, fault.message)
        return for_good


class _Carriers:
    """Opened when first needed. `out` names those that nothing more is given to in this round."""

    def __init__(self, settings: AlertSettings) -> None:
        self._settings = settings
        self._mail: MailServer | None = None
        self._webhooks: WebhookPoster | None = None
        self.out: set[Channel] = set()

    def mail(self) -> MailServer:
        if self._mail is None:
            try:
                self._mail = MailServer(self._settings)
            except SettingsError as error:
                raise Unreachable(str(error)) from error
        return self._mail

    def webhooks(self) -> WebhookPoster:
        if self._webhooks is None:
            try:
                self._webhooks = WebhookPoster(self._settings)
            except SettingsError as error:
                raise Unreachable(str(error)) from error
        return self._webhooks

    def close(self) -> None:
        if self._mail is not None:
            self._mail.close()
