from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from corpus.settings import RecordsSettings
from corpus.store import Store
from tests.api.making import QUESTION, settings_for
from tests.stand_ins import UnwillingEmbedder

FOLLOW_UP = "And who decides on it?"
CASE = "My pupil Tom Baker, born 3 March 2015, has a bruise. What should I do?"
DANGER = "He is kicking her right now and she is bleeding"


@pytest.fixture
def unrecorded(store: Store) -> TestClient:
    """A service that keeps no records."""
    settings = settings_for(store.data_dir).model_copy(update={"records": RecordsSettings(keep=False)})
    return TestClient(create_app(settings, store))


def ask(client: TestClient, question: str, conversation_id: str | None = None) -> dict[str, Any]:
    response = client.post("/v1/questions", json={"question": question, "conversation_id": conversation_id})
    assert response.status_code == 200
    return dict(response.json())


def test_an_answer_names_its_conversation_and_a_follow_up_is_read_in_its_light(client: TestClient) -> None:
    first = ask(client, QUESTION)
    follow_up = ask(client, FOLLOW_UP, first["conversation_id"])

    assert len(first["conversation_id"]) == 32
    assert first["standalone"].startswith(QUESTION)
    assert follow_up["conversation_id"] == first["conversation_id"]
    assert follow_up["question"] == FOLLOW_UP
    assert QUESTION in follow_up["standalone"]


def test_a_conversation_goes_on_after_the_service_was_started_anew(client: TestClient, store: Store) -> None:
    first = ask(client, QUESTION)
    another = TestClient(create_app(settings_for(store.data_dir), store))
    assert QUESTION in ask(another, FOLLOW_UP, first["conversation_id"])["standalone"]


def test_a_guessable_id_serves_for_follow_ups_and_opens_nothing(client: TestClient) -> None:
    ask(client, QUESTION, "monday")
    assert QUESTION in ask(client, FOLLOW_UP, "monday")["standalone"]
    assert client.get("/v1/conversations/monday").status_code == 404


def test_a_conversation_is_exported_as_it_was(client: TestClient) -> None:
    conversation_id = uuid4().hex
    given = [ask(client, question, conversation_id) for question in (QUESTION, FOLLOW_UP)]

    exported = client.get(f"/v1/conversations/{conversation_id}").json()

    assert exported["id"] == conversation_id
    for answer, record in zip(given, exported["answers"], strict=True):
        assert record.pop("at").endswith("Z")
        assert record.pop("feedback") is None
        assert record == answer | {"signpost": None}


def test_a_conversation_is_exported_as_markdown(client: TestClient) -> None:
    answer = ask(client, QUESTION)
    response = client.get(f"/v1/conversations/{answer['conversation_id']}?format=md")
    assert response.headers["content-type"].startswith("text/markdown")
    assert "attachment" in response.headers["content-disposition"]
    assert answer["citations"][0]["url"] in response.text
    assert QUESTION in response.text


def test_of_case_data_and_danger_an_export_holds_the_status_alone(client: TestClient) -> None:
    conversation_id = ask(client, QUESTION)["conversation_id"]
    for text in (CASE, DANGER):
        ask(client, text, conversation_id)

    response = client.get(f"/v1/conversations/{conversation_id}")

    records = response.json()["answers"]
    assert [each["status"] for each in records] == ["answered", "case_data", "immediate_danger"]
    assert [each["question"] for each in records] == [QUESTION, "", ""]
    for words in ("Baker", "2015", "has a bruise", "kicking"):
        assert words not in response.text


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream", "text/html"])
def test_no_file_of_the_store_holds_a_word_of_case_data_or_danger(
    client: TestClient, store: Store, accept: str
) -> None:
    conversation_id = uuid4().hex
    for text in (QUESTION, CASE, DANGER):
        body = {"question": text, "conversation_id": conversation_id}
        client.post("/v1/questions", json=body, headers={"Accept": accept})
        client.post("/ask", data=body, headers={"Accept": accept})

    files = [path.read_bytes() for path in store.data_dir.rglob("*") if path.is_file()]
    for words in (b"Baker", b"3 March 2015", b"kicking her"):
        assert not any(words in content for content in files)
    assert any(QUESTION.encode() in content for content in files)


def test_a_deleted_conversation_is_gone_at_once(client: TestClient) -> None:
    answer = ask(client, QUESTION)
    address = f"/v1/conversations/{answer['conversation_id']}"

    assert client.delete(address).status_code == 204

    for response in (client.get(address), client.delete(address)):
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert "no such answer or conversation" in response.json()["detail"]
    assert ask(client, FOLLOW_UP, answer["conversation_id"])["standalone"] == FOLLOW_UP


@pytest.mark.parametrize("name", ["unknown" * 5, "a%20b", "%F0%9F%91%B6", "x" * 65])
def test_an_unknown_conversation_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/v1/conversations/{name}").status_code == 404
    assert client.delete(f"/v1/conversations/{name}").status_code == 404


def test_where_nothing_is_recorded_a_conversation_is_in_memory_alone(unrecorded: TestClient) -> None:
    first = ask(unrecorded, QUESTION)
    address = f"/v1/conversations/{first['conversation_id']}"

    assert first["id"] is None
    assert QUESTION in ask(unrecorded, FOLLOW_UP, first["conversation_id"])["standalone"]
    assert unrecorded.get(address).status_code == 404
    assert unrecorded.delete(address).status_code == 204
    assert ask(unrecorded, FOLLOW_UP, first["conversation_id"])["standalone"] == FOLLOW_UP


def test_an_answer_that_cannot_be_recorded_is_given_all_the_same(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("assistant.records.write_link", broken)
    first = ask(client, QUESTION)
    follow_up = ask(client, FOLLOW_UP, first["conversation_id"])

    assert (first["status"], first["id"]) == ("answered", None)
    assert QUESTION in follow_up["standalone"]
    assert QUESTION not in caplog.text


def test_without_a_store_an_answer_has_no_id(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"this is no database" * 100)
    with TestClient(create_app(settings_for(tmp_path), embedder=UnwillingEmbedder())) as client:
        assert ask(client, DANGER)["id"] is None
        assert client.get(f"/v1/conversations/{uuid4().hex}").status_code == 503
