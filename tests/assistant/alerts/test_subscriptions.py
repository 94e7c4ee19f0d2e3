"""Who follows what: confirmed by the owner alone, ended at once, gone from the files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.alerts.choices import Choices
from assistant.alerts.interest import Interest, Scope
from assistant.alerts.sending import Round
from assistant.alerts.subscriptions import AddressError, Channel, TooManyRequests
from assistant.themes import Themes
from corpus.database import flush
from corpus.errors import NotFound, NotKept
from tests.alerting import Inbox
from tests.assistant.alerts.making import BASE, REFERRAL, Clock, Library, alert_settings, confirmed

ALL = Interest(Scope.ALL)
ANN = "ann@example.org"


def test_nothing_but_a_request_to_confirm_is_sent_before_the_owner_has_confirmed(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    subscriptions = library.subscriptions(clock)
    asked = subscriptions.request(f"  {ANN} ", ALL, most_waiting=10)
    assert asked is not None
    sender = library.sender(alert_settings(port), clock)
    sender.run()
    library.change(REFERRAL, "at once", "straight away")
    assert sender.run() == Round()

    [mail] = inbox.mails
    assert mail["To"] == ANN
    assert f"{BASE}/alerts/confirm/{asked.id}/{asked.token}" in mail.get_content()

    confirmed(asked, subscriptions)
    library.change(REFERRAL, "straight away", "without delay")
    assert sender.run() == Round(written=1, sent=1)


def test_asking_again_sends_no_further_e_mail(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    subscriptions = library.subscriptions(clock)
    assert subscriptions.request(ANN, ALL, most_waiting=10) is not None
    for spelling in (ANN, "Ann@Example.org", f" {ANN}"):
        assert subscriptions.request(spelling, ALL, most_waiting=10) is None
    library.sender(alert_settings(port), clock).run()
    assert len(inbox.mails) == 1


def test_only_so_many_strangers_can_be_written_to_in_an_hour(library: Library, clock: Clock) -> None:
    subscriptions = library.subscriptions(clock)
    for number in range(3):
        subscriptions.request(f"person{number}@example.org", ALL, most_waiting=3)
    with pytest.raises(TooManyRequests):
        subscriptions.request("one-too-many@example.org", ALL, most_waiting=3)
    clock.go(hours=2)
    assert subscriptions.request("later@example.org", ALL, most_waiting=3) is not None


def test_an_address_that_is_not_confirmed_in_time_is_removed(
    library: Library, clock: Clock, port: int
) -> None:
    subscriptions = library.subscriptions(clock)
    asked = subscriptions.request(ANN, ALL, most_waiting=10)
    assert asked is not None
    clock.go(hours=49)
    library.sender(alert_settings(port), clock).run()
    assert subscriptions.all() == []
    with pytest.raises(NotKept):
        subscriptions.confirm(asked.id, asked.token)


def test_a_wrong_token_does_nothing(library: Library, clock: Clock) -> None:
    subscriptions = library.subscriptions(clock)
    owner = subscriptions.add(Channel.EMAIL, ANN, ALL)
    for wrong in ("", "x" * 43, owner.token[:-1], f"{owner.token}x", "é"):
        with pytest.raises(NotKept):
            subscriptions.end(owner.id, wrong)
    assert [each.address for each in subscriptions.all()] == [ANN]


def test_ending_removes_the_address_and_what_was_to_be_sent_from_the_files(
    library: Library, clock: Clock, port: int
) -> None:
    subscriptions = library.subscriptions(clock)
    owner = subscriptions.add(Channel.EMAIL, "unforgettable-name@example.org", ALL)
    library.change(REFERRAL, "at once", "straight away")
    library.sender(alert_settings(port), clock).run()

    subscriptions.end(owner.id, owner.token)

    assert subscriptions.all() == []
    assert flush(library.engine)
    files = [file for file in Path(library.folder).iterdir() if file.name.startswith("register")]
    assert not any(b"unforgettable-name" in file.read_bytes() for file in files)


def test_an_address_that_is_not_confirmed_in_time_leaves_the_files_too(
    library: Library, clock: Clock
) -> None:
    subscriptions = library.subscriptions(clock)
    subscriptions.request("unforgettable-name@example.org", ALL, most_waiting=10)
    clock.go(hours=49)

    assert subscriptions.purge(48) == 1

    files = [file for file in Path(library.folder).iterdir() if file.name.startswith("register")]
    assert not any(b"unforgettable-name" in file.read_bytes() for file in files)


def test_forgetting_an_address_ends_all_that_it_follows(library: Library, clock: Clock) -> None:
    subscriptions = library.subscriptions(clock)
    subscriptions.add(Channel.EMAIL, ANN, ALL)
    subscriptions.add(Channel.EMAIL, ANN, Interest(Scope.CHAPTER, "2.1"))
    subscriptions.add(Channel.EMAIL, "bob@example.org", ALL)
    assert subscriptions.forget("ANN@example.org") == 2
    assert [each.address for each in subscriptions.all()] == ["bob@example.org"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "ann@example.org\nBcc: all@example.org",
        "ann@example.org, bob@example.org",
        "Ann <ann@example.org>",
        "ann..b@example.org",
        f"{'a' * 65}@example.org",
        f"ann@{'a.' * 150}org",
    ],
)
def test_what_is_no_e_mail_address_is_refused(address: str, library: Library, clock: Clock) -> None:
    with pytest.raises(AddressError) as refused:
        library.subscriptions(clock).request(address, ALL, most_waiting=10)
    assert len(address) < 15 or address not in str(refused.value)


def test_what_can_be_followed_is_what_there_is(library: Library) -> None:
    choices = Choices(library.register, Themes.load())
    groups = {heading: dict(entries) for heading, entries in choices.groups()}
    assert groups["Chapters"] == {"chapter:2.1": "2.1 Making a referral", "chapter:6.2": "6.2 Escalation"}
    assert groups["Documents"]["document:family-c"] == "Learning briefing: Family C"
    for entries in groups.values():
        for written, called in entries.items():
            words = choices.in_words(choices.interest(written))
            assert called.lower().removeprefix("2.1 ") in words.lower() or re.match(r"chapter \d", words)


@pytest.mark.parametrize(
    "about", ["", "nothing", "document:unknown", "chapter:x", "chapter:", "theme:Unknown"]
)
def test_what_is_not_there_cannot_be_followed(about: str, library: Library) -> None:
    with pytest.raises(NotFound):
        Choices(library.register, Themes.load()).interest(about)
