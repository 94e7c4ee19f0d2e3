"""Webhooks: signed, sent until somebody has taken them, and never to where they must not go."""

from __future__ import annotations

import json

import pytest

from assistant.alerts.delivery import NotDelivered, Refused
from assistant.alerts.interest import Interest, Scope
from assistant.alerts.sending import Round
from assistant.alerts.subscriptions import AddressError, Channel
from assistant.alerts.webhook import WebhookPoster, is_public, signature
from corpus.errors import SettingsError
from tests.alerting import Hook
from tests.assistant.alerts.making import REFERRAL, SECRET, Clock, Library, alert_settings
from tests.services import free_port

ALL = Interest(Scope.ALL)


def test_a_change_is_posted_with_a_signature_that_the_receiver_can_check(
    library: Library, clock: Clock
) -> None:
    hook, port = Hook(), free_port()
    with hook.serving(port) as address:
        library.subscriptions(clock).add(Channel.WEBHOOK, address, ALL)
        library.change(REFERRAL, "within 24 hours.\n\n2.1.2", "within 48 hours.\n\n2.1.2")
        assert library.sender(alert_settings(), clock).run() == Round(written=1, sent=1)

    [(headers, body)] = hook.calls
    told = json.loads(body)
    timestamp = int(headers["webhook-timestamp"])
    assert timestamp == int(clock.time.timestamp())
    assert headers["webhook-signature"] == signature(SECRET, headers["webhook-id"], timestamp, body)
    assert headers["webhook-signature"] != signature(SECRET, headers["webhook-id"], timestamp + 1, body)
    assert told["summary"][0] == "1 paragraph reworded in Making a referral."
    assert told["documents"][0]["changes"] == [{"kind": "reworded", "anchor": "2.1.1"}]


def test_a_webhook_that_fails_is_tried_again_with_the_same_id(library: Library, clock: Clock) -> None:
    hook, port = Hook(), free_port()
    hook.answers = [500, 302, 429]
    with hook.serving(port) as address:
        library.subscriptions(clock).add(Channel.WEBHOOK, address, ALL)
        library.change(REFERRAL, "at once", "straight away")
        sender = library.sender(alert_settings(), clock)
        rounds = []
        for _ in range(5):
            rounds.append(sender.run())
            clock.go(minutes=10)

    assert [each.sent for each in rounds] == [0, 0, 0, 1, 0]
    assert len({headers["webhook-id"] for headers, _ in hook.calls}) == 1
    assert len({body for _, body in hook.calls}) == 1
    assert len(hook.calls) == 4  # a redirect is not followed


def test_a_webhook_that_is_down_keeps_no_other_waiting(library: Library, clock: Clock) -> None:
    hook, port = Hook(), free_port()
    subscriptions = library.subscriptions(clock)
    subscriptions.add(Channel.WEBHOOK, f"http://127.0.0.1:{free_port()}/gone", ALL)
    with hook.serving(port) as address:
        subscriptions.add(Channel.WEBHOOK, address, ALL)
        library.change(REFERRAL, "at once", "straight away")
        assert library.sender(alert_settings(), clock).run() == Round(written=2, sent=1, put_off=1)
    assert len(hook.calls) == 1


def test_a_webhook_that_says_it_is_gone_is_left_alone(library: Library, clock: Clock) -> None:
    hook, port = Hook(), free_port()
    hook.answers = [410]
    with hook.serving(port) as address:
        library.subscriptions(clock).add(Channel.WEBHOOK, address, ALL)
        library.change(REFERRAL, "at once", "straight away")
        assert library.sender(alert_settings(), clock).run() == Round(written=1, given_up=1)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)
def test_private_addresses_are_refused(address: str, clock: Clock) -> None:
    poster = WebhookPoster(alert_settings(webhook_private=False), resolve=lambda *_: [address])
    assert not is_public(address)
    with pytest.raises(NotDelivered, match="private address"):
        poster.send("https://hooks.example.org/x", "1", b"{}", clock.time)


def test_one_private_address_among_public_ones_is_enough_to_refuse(clock: Clock) -> None:
    found = ["93.184.215.14", "10.0.0.1"]
    poster = WebhookPoster(alert_settings(webhook_private=False), resolve=lambda *_: found)
    with pytest.raises(NotDelivered, match="private address"):
        poster.send("https://hooks.example.org/x", "1", b"{}", clock.time)


def test_without_encryption_nothing_goes_to_the_public_network(clock: Clock) -> None:
    poster = WebhookPoster(alert_settings(webhook_private=False), resolve=lambda *_: ["93.184.215.14"])
    with pytest.raises(Refused, match="https"):
        poster.send("http://hooks.example.org/x", "1", b"{}", clock.time)


def test_the_address_that_was_checked_is_the_one_that_is_called(clock: Clock) -> None:
    hook, port = Hook(), free_port()
    answers = iter([["127.0.0.1"]])  # a second look-up would fail
    poster = WebhookPoster(alert_settings(), resolve=lambda *_: next(answers))
    with hook.serving(port):
        poster.send(f"http://hooks.example.org:{port}/hook", "1", b"{}", clock.time)
    [(headers, _)] = hook.calls
    assert headers["host"] == f"hooks.example.org:{port}"


def test_a_short_secret_signs_nothing() -> None:
    with pytest.raises(SettingsError, match="at least 24 characters"):
        WebhookPoster(alert_settings(webhook_secret="short"))


@pytest.mark.parametrize(
    "address",
    ["", "example.org", "ftp://example.org", "https://", "https://user:pass@example.org/", "http://["],
)
def test_what_is_no_web_address_is_refused(address: str, library: Library, clock: Clock) -> None:
    with pytest.raises(AddressError):
        library.subscriptions(clock).add(Channel.WEBHOOK, address, ALL)
