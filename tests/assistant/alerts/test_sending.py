"""A change is told once: by a mail server, one that is down, a moody one, and a sender that is killed."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.alerts.interest import Interest, Scope
from assistant.alerts.mail import MailServer
from assistant.alerts.outbox import Outbox
from assistant.alerts.sending import AlertSender, Round
from assistant.alerts.subscriptions import Channel
from assistant.themes import Themes
from corpus.database import open_database
from corpus.settings import AlertSettings, DatabaseSettings
from tests.alerting import Inbox, mail_server
from tests.assistant.alerts.making import (
    BASE,
    ESCALATION,
    REFERRAL,
    Clock,
    Library,
    alert_settings,
    confirmed,
)
from tests.assistant.recording import start

ALL = Interest(Scope.ALL)
ANN = "ann@example.org"


def follow(library: Library, clock: Clock, address: str = ANN, interest: Interest = ALL) -> None:
    library.subscriptions(clock).add(Channel.EMAIL, address, interest)


def test_a_changed_paragraph_is_one_e_mail_and_no_more(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    follow(library, clock)
    sender = library.sender(alert_settings(port), clock)
    assert sender.run() == Round()

    library.change(REFERRAL, "within 24 hours.\n\n2.1.2", "within 2 working days.\n\n2.1.2")

    assert sender.run() == Round(written=1, sent=1)
    assert sender.run() == Round()
    library.take_in()
    assert sender.run() == Round()
    [mail] = inbox.mails
    assert mail["To"] == ANN
    assert mail["From"] == "Safeguarding assistant <alerts@assistant.example.org>"
    assert mail["Subject"] == "Changed: Making a referral"


def test_its_first_two_lines_say_what_changed_and_what_that_does(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    follow(library, clock)
    library.change(
        REFERRAL,
        "They must confirm the referral in writing within 24 hours.",
        "They should confirm the referral in writing within 2 working days on 01632 960100.",
    )
    library.sender(alert_settings(port), clock).run()

    what, effect, *rest = inbox.mails[0].get_content().splitlines()

    assert what == "1 paragraph reworded in Making a referral."
    assert effect == (
        "Must, should or may: “must” became “should” (2.1.1). Time limits: “24 hours” became “2 working "
        "days” (2.1.1). Contacts: “01632 960100” added (2.1.1)."
    )
    assert f"Read it: {BASE}/documents/2-1-making-a-referral?version=2" in rest


def test_each_e_mail_can_be_ended_by_link_and_by_button(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away")
    library.sender(alert_settings(port), clock).run()

    [mail] = inbox.mails
    [owner] = library.subscriptions(clock).all()
    link = f"{BASE}/alerts/unsubscribe/{owner.id}/{owner.token}"
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in inbox.raw[0]  # as it is, for any mail program
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"To end it: {link}" in mail.get_content()


def test_nothing_is_lost_and_nothing_comes_twice_when_the_mail_server_is_down_for_ten_minutes(
    library: Library, clock: Clock, port: int
) -> None:
    people = [f"person{number}@example.org" for number in range(5)]
    for person in people:
        follow(library, clock, person)
    sender = library.sender(alert_settings(port), clock)
    library.change(REFERRAL, "at once", "straight away")

    for _ in range(20):
        assert sender.run().sent == 0
        clock.go(seconds=30)
    inbox = Inbox()
    with mail_server(inbox, port):
        for _ in range(10):
            sender.run()
            clock.go(minutes=10)

    assert sorted(mail["To"] for mail in inbox.mails) == people


def test_a_moody_server_is_tried_again_later_each_time_after_twice_as_long(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away")
    sender = library.sender(alert_settings(port), clock)
    inbox.answers = ["451 try again later", "451 try again later"]

    assert sender.run() == Round(written=1, put_off=1)
    assert sender.run() == Round()
    clock.go(seconds=31)
    assert sender.run() == Round(put_off=1)
    clock.go(seconds=31)
    assert sender.run() == Round()
    clock.go(seconds=31)
    assert sender.run() == Round(sent=1)
    assert len(inbox.mails) == 1


def test_an_address_that_is_refused_for_good_stops_no_other(
    library: Library, clock: Clock, inbox: Inbox, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    follow(library, clock, "nobody@example.org")
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away")
    sender = library.sender(alert_settings(port), clock)

    assert sender.run() == Round(written=2, sent=1, given_up=1)
    clock.go(days=1)
    assert sender.run() == Round()
    assert [mail["To"] for mail in inbox.mails] == [ANN]
    assert "nobody@" not in caplog.text
    assert "(550)" in caplog.text


def test_an_address_that_is_refused_three_times_is_removed(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    follow(library, clock, "nobody@example.org")
    follow(library, clock)
    sender = library.sender(alert_settings(port), clock)
    for before, after in (("at once", "today"), ("today", "straight away"), ("straight away", "at once")):
        assert len(library.subscriptions(clock).all()) == 2
        library.change(REFERRAL, before, after)
        sender.run()
    assert [each.address for each in library.subscriptions(clock).all()] == [ANN]
    assert len(inbox.to(ANN)) == 3


def test_without_encryption_nothing_leaves_the_machine(
    library: Library, clock: Clock, inbox: Inbox, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.alerts.mail._is_loopback", lambda _: False)
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away")
    assert library.sender(alert_settings(port), clock).run() == Round(written=1, put_off=1)
    clock.go(hours=1)
    plain = alert_settings(smtp_url=f"smtp+plain://127.0.0.1:{port}")
    assert library.sender(plain, clock).run() == Round(sent=1)
    assert len(inbox.mails) == 1


@pytest.mark.parametrize("sender", ["alerts", "@", "alerts@", "Alerts <alerts@example.org>", "a b@c.org"])
def test_a_wrong_sender_holds_up_e_mail_alone_and_loses_nothing(
    sender: str, library: Library, clock: Clock, inbox: Inbox, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away")
    wrong = alert_settings(port, sender=sender)
    assert library.sender(wrong, clock).run() == Round(written=1, put_off=1)
    assert "ASSISTANT_ALERTS__SENDER" in caplog.text
    clock.go(hours=1)
    assert library.sender(alert_settings(port), clock).run() == Round(sent=1)
    assert len(inbox.mails) == 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://mail:port",
        "smtp://mail:99999",
        "smtp://[::1",
    ],
)
def test_a_wrong_address_of_the_mail_server_loses_nothing(
    url: str, library: Library, clock: Clock, inbox: Inbox, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away")
    assert library.sender(alert_settings(smtp_url=url), clock).run() == Round(written=1, put_off=1)
    assert "ASSISTANT_ALERTS__SMTP_URL" in caplog.text
    clock.go(hours=1)
    assert library.sender(alert_settings(port), clock).run() == Round(sent=1)
    assert len(inbox.mails) == 1


def test_what_nobody_takes_for_a_week_is_given_up(library: Library, clock: Clock, port: int) -> None:
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away")
    sender = library.sender(alert_settings(port), clock)
    assert sender.run().put_off == 1
    clock.go(days=8)
    assert sender.run().given_up == 1
    assert Outbox(library.engine).counts().given_up == 1


def test_two_senders_at_once_send_each_message_once(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    people = [f"person{number:02}@example.org" for number in range(30)]
    for person in people:
        follow(library, clock, person)
    library.change(REFERRAL, "at once", "straight away")
    senders = [library.sender(alert_settings(port), clock) for _ in range(3)]

    with ThreadPoolExecutor(3) as threads:
        rounds = list(threads.map(AlertSender.run, senders))

    assert sorted(mail["To"] for mail in inbox.mails) == people
    assert sum(each.written for each in rounds) == sum(each.sent for each in rounds) == 30


def send_and_be_killed(folder: Path, settings: AlertSettings, clock: Clock, taken: bool) -> None:
    """Killed right before the server is given the message, or right after it has taken it."""

    def be_killed(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if taken:
        Outbox.sent = be_killed  # type: ignore[method-assign, assignment]
    else:
        MailServer.send = be_killed  # type: ignore[method-assign, assignment]
    AlertSender(open_database(DatabaseSettings(), folder), settings, Themes.load(), clock).run()


@pytest.mark.parametrize("taken", [False, True])
def test_a_sender_that_is_killed_loses_nothing(
    taken: bool, library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away")
    settings = alert_settings(port)
    process = start(send_and_be_killed, library.folder, settings, clock, taken)
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    assert len(inbox.mails) == taken

    sender = library.sender(settings, clock)
    assert sender.run() == Round()  # whoever has it may still be at it
    clock.go(minutes=5)
    assert sender.run() == Round(sent=1)
    clock.go(days=1)
    assert sender.run() == Round()
    # Taken, but not noted as taken: sent once more, and told by its id to be the same.
    assert len(inbox.mails) == 1 + taken
    assert len({mail["Message-ID"] for mail in inbox.mails}) == 1


def test_an_ingest_that_goes_on_is_told_of_when_it_has_ended(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away", ended=False)
    sender = library.sender(alert_settings(port), clock)

    assert sender.run() == Round()
    clock.go(minutes=11)

    assert sender.run() == Round(written=1, sent=1)
    assert len(inbox.mails) == 1


def test_several_changes_until_the_next_round_are_one_e_mail(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away")
    library.change(ESCALATION, "within 2 working days", "within 3 working days")
    library.sender(alert_settings(port), clock).run()

    [mail] = inbox.mails
    assert mail["Subject"] == "Changed: 2 documents"
    assert mail.get_content().splitlines()[0] == "2 paragraphs reworded in Making a referral and Escalation."


def test_new_and_withdrawn_documents_are_told_once(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    follow(library, clock)
    sender = library.sender(alert_settings(port), clock)
    library.files["7.1-visits.md"] = (
        "---\ntitle: Visits\nkind: procedure\n---\n# 7.1 Visits\n\n7.1.1 See the child.\n"
    )
    library.take_in()
    sender.run()
    del library.files[ESCALATION]
    library.take_in()
    sender.run()
    sender.run()

    assert [mail["Subject"] for mail in inbox.mails] == ["New: Visits", "Withdrawn: Escalation"]
    assert "Withdrawn: it answers no question any more." in inbox.mails[1].get_content()


@pytest.mark.parametrize(
    ("interest", "subjects"),
    [
        (Interest(Scope.DOCUMENT, "6-2-escalation"), ["Changed: Escalation"]),
        (Interest(Scope.CHAPTER, "2.1"), ["Changed: Making a referral"]),
        (Interest(Scope.CHAPTER, "2"), ["Changed: Making a referral"]),
        (Interest(Scope.CHAPTER, "7"), []),
        (Interest(Scope.THEME, "Disagreement and escalation"), ["Changed: Escalation"]),
        (Interest(Scope.THEME, "Online harm"), []),
    ],
)
def test_only_what_is_followed_is_told(
    interest: Interest,
    subjects: list[str],
    library: Library,
    clock: Clock,
    inbox: Inbox,
    port: int,
) -> None:
    follow(library, clock, ANN, interest)
    library.change(REFERRAL, "at once", "straight away")
    library.change(ESCALATION, "within 2 working days", "within 3 working days")
    library.sender(alert_settings(port), clock).run()
    assert [mail["Subject"] for mail in inbox.mails] == subjects


def test_who_begins_to_follow_is_told_of_what_comes_next_alone(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    subscriptions = library.subscriptions(clock)
    asked = subscriptions.request(ANN, ALL, most_waiting=10)
    library.change(REFERRAL, "at once", "straight away")
    confirmed(asked, subscriptions)
    sender = library.sender(alert_settings(port), clock)
    sender.run()
    assert [mail["Subject"] for mail in inbox.mails] == [
        "Please confirm: alerts about safeguarding documents"
    ]


def test_it_is_the_same_on_postgresql(
    tmp_path: Path, postgres_url: str, clock: Clock, inbox: Inbox, port: int
) -> None:
    library = Library(tmp_path, DatabaseSettings(url=postgres_url))
    people = [f"person{number}@example.org" for number in range(4)]
    for person in people:
        follow(library, clock, person)
    library.change(REFERRAL, "at once", "straight away")
    del library.files[ESCALATION]
    library.take_in()
    senders = [library.sender(alert_settings(port), clock) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(AlertSender.run, senders))
    assert sorted(mail["To"] for mail in inbox.mails) == people
    assert {mail["Subject"] for mail in inbox.mails} == {"Changed: 2 documents"}
    assert senders[0].run() == Round()
    library.close()


def test_sent_messages_are_removed_after_a_month(
    library: Library, clock: Clock, inbox: Inbox, port: int
) -> None:
    follow(library, clock)
    library.change(REFERRAL, "at once", "straight away")
    sender = library.sender(alert_settings(port), clock)
    sender.run()
    outbox = Outbox(library.engine, timedelta(minutes=1), clock)
    assert outbox.counts().sent == 1
    clock.go(days=31)
    sender.run()
    assert outbox.counts().sent == 0
    assert len(inbox.mails) == 1
