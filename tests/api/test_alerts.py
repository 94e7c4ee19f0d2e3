"""Being told of changes, over HTTP: the feed, the page, and the links in e-mails."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from assistant.alerts.subscriptions import Subscriptions
from corpus.changes import Change, ChangeKind
from corpus.settings import Settings
from corpus.store import Store
from tests.alerting import Inbox, mail_server
from tests.api.making import settings_for
from tests.corpus.making import fill, new_version
from tests.services import free_port
from tests.stand_ins import WordsEmbedder

ANN = "ann@example.org"
RUNNER = CliRunner()
BEFORE = "Staff must see the child within 5 working days."
AFTER = "Staff should see the child within 7 working days."
REWORDED = Change(ChangeKind.REWORDED, "visits", BEFORE, AFTER)
TITLE = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    alerts = {
        "smtp_url": f"smtp://127.0.0.1:{free_port()}",
        "sender": "alerts@example.org",
        "public_url": "https://assistant.example.org/",
        "check_seconds": 0.05,
        "settle_minutes": 0,
    }
    return Settings.model_validate(settings_for(tmp_path).model_dump() | {"alerts": alerts})


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store(settings, "test", WordsEmbedder()) as opened:
        fill(opened, new_version("visits", BEFORE))
        yield opened


@pytest.fixture
def client(settings: Settings, store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(settings, store)) as connected:
        yield connected


def follow(client: TestClient, email: str = ANN, about: str = "all") -> str:
    response = client.post("/alerts", data={"email": email, "about": about})
    return f"{response.status_code} {response.text}"


def wait_for(inbox: Inbox, count: int) -> None:
    deadline = time.monotonic() + 20
    while len(inbox.mails) < count:
        assert time.monotonic() < deadline, f"{len(inbox.mails)} e-mails"
        time.sleep(0.02)


def link_in(text: str, what: str) -> str:
    found = re.search(rf"https://assistant\.example\.org(/alerts/{what}/\S+)", text)
    assert found is not None
    return found[1]


def test_from_the_form_to_the_e_mail_about_a_change_and_out_again(
    client: TestClient, store: Store, settings: Settings, inbox: Inbox
) -> None:
    port = int(settings.alerts.smtp_url.get_secret_value().rpartition(":")[2])
    with mail_server(inbox, port):
        # Given somebody who follows a document
        assert "Look into your e-mail" in follow(client, about="document:visits")
        wait_for(inbox, 1)
        confirm = link_in(inbox.mails[0].get_content(), "confirm")
        assert "Yes, tell me" in client.get(confirm).text
        assert Subscriptions(store.register.engine).all()[0].confirmed_at is None
        assert "You are following" in client.post(confirm).text
        # When the service takes in another version
        fill(store, new_version("visits", AFTER, changes=[REWORDED]))
        # Then there is one e-mail
        wait_for(inbox, 2)
        text = inbox.mails[1].get_content()
        assert text.startswith("1 paragraph reworded in On visits.")
        # and its link ends it
        end = link_in(text, "unsubscribe")
        assert "End it" in client.get(end).text
        assert (
            client.post(end, headers={"Origin": "null"}, data={"List-Unsubscribe": "One-Click"}).status_code
            == 200
        )
        assert Subscriptions(store.register.engine).all() == []
        assert client.post(end).status_code == 404
        time.sleep(0.3)
    assert len(inbox.mails) == 2


def test_the_page_says_the_same_whoever_is_subscribed(client: TestClient) -> None:
    assert follow(client) == follow(client)


@pytest.mark.parametrize("email", ["", "nobody", "<script>@example.org"])
def test_a_wrong_address_is_told_and_never_repeated(client: TestClient, email: str) -> None:
    said = follow(client, email)
    assert said.startswith("422")
    assert "That is not an e-mail address." in said
    assert "<script>@" not in said


def test_what_cannot_be_followed_is_told(client: TestClient) -> None:
    assert "Please choose one of the things in the list." in follow(client, about="theme:<b>x</b>")


def test_other_sites_cannot_send_the_form(client: TestClient) -> None:
    response = client.post("/alerts", data={"email": ANN}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


@pytest.mark.parametrize("path", ["/alerts/confirm/x/y", "/alerts/other/" + "0" * 32 + "/" + "x" * 43])
def test_an_address_that_no_link_has_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_without_a_mail_server_the_page_offers_the_feed_alone(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with Store(settings, "test", WordsEmbedder()) as store, TestClient(create_app(settings, store)) as client:
        page = client.get("/alerts").text
        assert "/v1/changes.atom" in page
        assert "Your e-mail address" not in page
        assert "not set up here" in follow(client)
        assert Subscriptions(store.register.engine).all() == []


def test_the_feed_is_atom_and_is_not_sent_twice(client: TestClient) -> None:
    first = client.get("/v1/changes.atom")
    assert first.headers["content-type"] == "application/atom+xml"
    feed = ET.fromstring(first.content)
    assert (
        feed.findtext("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title")
        == "New: On visits"
    )
    again = client.get("/v1/changes.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_document_has_a_feed_and_so_has_a_theme(client: TestClient) -> None:
    for path in ("/v1/documents/visits/changes.atom", "/v1/changes.atom?about=document:visits"):
        assert b"New: On visits" in client.get(path).content
    assert b"<entry>" not in client.get("/v1/changes.atom?about=theme:Online harm").content
    assert client.get("/v1/documents/unknown/changes.atom").status_code == 404
    assert client.get("/v1/changes.atom?about=theme:Unknown").status_code == 404


def test_the_commands_list_add_send_and_forget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*arguments: str) -> str:
        result = RUNNER.invoke(app, ["alerts", *arguments, "--data", str(tmp_path)])
        return f"{result.exit_code} {result.output}"

    assert "ASSISTANT_ALERTS__WEBHOOK_SECRET" in run("subscribe", "--webhook", "https://example.org/x")
    monkeypatch.setenv("ASSISTANT_ALERTS__WEBHOOK_SECRET", "x" * 24)
    assert "ASSISTANT_ALERTS__PUBLIC_URL" in run("subscribe", "--webhook", "https://example.org/x")
    monkeypatch.setenv("ASSISTANT_ALERTS__PUBLIC_URL", "https://assistant.example.org")
    assert run("subscribe", "--webhook", "https://example.org/x", "--about", "chapter:2.1").startswith(
        "0 Follows"
    )
    assert "chapter 2.1" in run("list")
    assert "token" not in run("list", "--json")
    assert run("send").startswith("0 0 written")
    assert run("forget", "https://example.org/x") == "0 Removed: 1 subscription.\n"
    assert run("forget", "https://example.org/x").startswith("1 ")
