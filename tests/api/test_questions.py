from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import anyio.to_thread
import pytest
from fastapi.testclient import TestClient

from api.service import Service
from assistant.answers import Answer
from assistant.conversations import Conversations
from assistant.enquiry import Release, Turn
from tests.api.making import QUESTION

DANGER = "He is hitting her right now and she is bleeding"
CASE = "My pupil Tom Baker, born 3 March 2015, has a bruise. What should I do?"


def ask(client: TestClient, question: str, **more: Any) -> dict[str, Any]:
    response = client.post("/v1/questions", json={"question": question, **more})
    assert response.status_code == 200
    return dict(response.json())


def events(client: TestClient, question: str) -> list[tuple[str, Any]]:
    response = client.post(
        "/v1/questions", json={"question": question}, headers={"Accept": "text/event-stream"}
    )
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    blocks = [block.splitlines() for block in response.text.strip().split("\n\n")]
    return [(name[len("event: ") :], json.loads(data[len("data: ") :])) for name, data in blocks]


def test_an_answer_has_the_promised_shape(client: TestClient) -> None:
    answer = ask(client, QUESTION)
    promised = "id status question answer citations signpost suggestion confidence timings message"
    assert answer.keys() >= set(promised.split())
    assert answer["status"] == "answered"
    assert answer["question"] == QUESTION
    assert re.fullmatch("[0-9a-f]{32}", answer["id"])
    assert answer["answer"][0].keys() >= {"text", "group", "modality", "citations"}
    citation = "number document_id title kind version anchor heading_trail page quote start end sha256 url"
    assert answer["citations"][0].keys() >= {*citation.split(), "last_reviewed"}
    assert "999" in answer["signpost"]


def test_every_quote_stands_word_for_word_in_its_document(client: TestClient) -> None:
    for citation in ask(client, QUESTION)["citations"]:
        address = f"/v1/documents/{citation['document_id']}/text?version={citation['version']}"
        text = client.get(address).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert hashlib.sha256(citation["quote"].encode()).hexdigest() == citation["sha256"]


def test_every_link_of_an_answer_opens(client: TestClient) -> None:
    for citation in ask(client, QUESTION)["citations"]:
        assert client.get(citation["url"]).status_code == 200


def test_a_question_goes_through_one_other_thread_and_no_more(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_over: list[object] = []
    run_sync = anyio.to_thread.run_sync

    async def counted(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        handed_over.append(work)
        return await run_sync(work, *given, **named)

    # Each costs a tenth of what all of HTTP may, and more where many ask at once.
    monkeypatch.setattr("anyio.to_thread.run_sync", counted)
    ask(client, QUESTION)
    assert len(handed_over) == 1


def test_only_who_names_a_conversation_has_its_turns_looked_up(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    turns = Conversations.turns

    def counted(self: Conversations, conversation_id: str) -> tuple[Turn, ...]:
        looked_up.append(conversation_id)
        return turns(self, conversation_id)

    monkeypatch.setattr(Conversations, "turns", counted)
    first = ask(client, QUESTION)["conversation_id"]
    assert not looked_up
    ask(client, QUESTION, conversation_id=first)
    assert looked_up == [first]


def test_two_answers_have_two_ids(client: TestClient) -> None:
    assert ask(client, QUESTION)["id"] != ask(client, QUESTION)["id"]


def test_a_conversation_takes_a_follow_up(client: TestClient) -> None:
    ask(client, QUESTION, conversation_id="one")
    follow_up = ask(client, "And who decides on it?", conversation_id="one", role="teacher")
    assert follow_up["status"] == "answered"


def test_a_stream_opens_with_the_signpost_and_ends_with_the_answer(client: TestClient) -> None:
    streamed = events(client, QUESTION)
    names = [name for name, _ in streamed]
    assert names[:3] == ["status", "sentence", "citation"]
    assert names[-1] == "answer"
    assert "999" in streamed[0][1]["signpost"]
    answer = streamed[-1][1]
    assert [data for name, data in streamed if name == "sentence"] == answer["answer"]
    assert [data for name, data in streamed if name == "citation"] == answer["citations"]


def test_a_stream_tells_danger_first(client: TestClient) -> None:
    streamed = events(client, DANGER)
    assert [name for name, _ in streamed] == ["status", "answer"]
    assert streamed[0][1]["status"] == "immediate_danger"


def test_a_stream_that_breaks_ends_in_a_problem(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(QUESTION)

    monkeypatch.setattr(Service, "ask", broken)
    (name, data), *rest = events(client, QUESTION)
    assert (name, rest) == ("error", [])
    assert data["status"] == 500
    assert QUESTION not in json.dumps(data)


def test_a_stream_hands_over_each_sentence_that_is_ready(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Service.ask

    def model(self: Service, question: str, conversation: str, release: Release, **_: Any) -> Answer:
        answer = asked(self, question, conversation)
        release(answer.sentences[0], answer.citations[:1])
        return answer

    monkeypatch.setattr(Service, "ask", model)
    streamed = events(client, QUESTION)
    assert [name for name, _ in streamed[:3]] == ["status", "sentence", "citation"]
    assert streamed[0][1].keys() == {"status", "signpost"}
    answer = streamed[-1][1]
    assert [data for name, data in streamed if name == "sentence"] == answer["answer"]
    assert [data for name, data in streamed if name == "citation"] == answer["citations"]
    assert [name for name, _ in streamed].count("status") == 1


def test_a_stream_begins_anew_where_what_was_said_does_not_stand(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Service.ask

    def model(self: Service, question: str, conversation: str, release: Release, **_: Any) -> Answer:
        answer = asked(self, question, conversation)
        release(replace(answer.sentences[0], text="Bees sleep."), answer.citations[:1])
        return answer

    monkeypatch.setattr(Service, "ask", model)
    streamed = events(client, QUESTION)
    second = [name for name, _ in streamed].index("status", 1)
    sentences = [data for name, data in streamed[second:] if name == "sentence"]
    assert sentences == streamed[-1][1]["answer"]


def test_the_time_limit_that_was_asked_for_is_marked(client: TestClient) -> None:
    answer = ask(client, "Within how many hours must a referral be confirmed in writing?")
    marked = [s["text"][start:end] for s in answer["answer"] for start, end in s["highlights"]]
    assert "within 24 hours" in marked


def test_what_is_not_asked_of_the_documents_gets_its_reply(client: TestClient) -> None:
    answer = ask(client, "hello, who are you?")
    assert answer["status"] == "out_of_scope"
    assert "not a person" in answer["message"]


def test_whoever_says_that_nobody_is_in_danger_is_answered_below_the_signpost(client: TestClient) -> None:
    question = f"{DANGER}. {QUESTION}"
    assert ask(client, question)["status"] == "immediate_danger"
    answer = ask(client, question, no_immediate_danger=True)
    assert answer["status"] == "answered"
    assert "999" in answer["signpost"]


def test_danger_is_signposted_and_not_given_back(client: TestClient) -> None:
    answer = ask(client, DANGER)
    assert answer["status"] == "immediate_danger"
    assert "999" in answer["signpost"]
    assert "999" in answer["message"]
    assert "hitting" not in json.dumps(answer)


def test_case_data_comes_back_as_a_question_without_it(client: TestClient) -> None:
    answer = ask(client, CASE)
    assert answer["status"] == "case_data"
    assert answer["suggestion"]
    assert "Baker" not in json.dumps(answer)
    assert "2015" not in json.dumps(answer)


def test_what_is_not_held_is_said(client: TestClient) -> None:
    answer = ask(client, "What is the boiling point of tungsten?")
    assert answer["status"] == "not_in_corpus"
    assert answer["message"]
    assert answer["answer"] == []


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream", "text/html"])
def test_no_log_line_holds_a_question(
    client: TestClient, caplog: pytest.LogCaptureFixture, accept: str
) -> None:
    caplog.set_level("DEBUG")
    for question in (QUESTION, DANGER, CASE):
        client.post("/v1/questions", json={"question": question}, headers={"Accept": accept})
        client.post("/v1/search", json={"query": question})
        client.post("/ask", data={"question": question}, headers={"Accept": accept})
    for words in (QUESTION, "hitting her", "Baker"):
        assert words not in caplog.text
