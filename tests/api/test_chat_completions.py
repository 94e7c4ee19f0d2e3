"""The official OpenAI client gets a cited answer, whole and in pieces."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from openai import OpenAI, UnprocessableEntityError

from tests.api.making import QUESTION


@pytest.fixture
def openai(client: TestClient) -> OpenAI:
    """Not to be closed: it would close the client that all tests share."""
    return OpenAI(base_url="http://testserver/v1", api_key="none", http_client=client, max_retries=0)


def ask(openai: OpenAI, *texts: str) -> Any:
    roles = ("user", "assistant")
    messages: Any = [{"role": roles[place % 2], "content": text} for place, text in enumerate(texts)]
    return openai.chat.completions.create(model="safeguarding-assistant", messages=messages)


def test_the_model_is_listed(openai: OpenAI) -> None:
    assert [model.id for model in openai.models.list()] == ["safeguarding-assistant"]


def test_each_sentence_carries_a_link_that_opens_its_words(openai: OpenAI, client: TestClient) -> None:
    message = ask(openai, QUESTION).choices[0].message
    assert message.annotations
    for annotation in message.annotations:
        cited = annotation.url_citation
        said = message.content[cited.start_index : cited.end_index].replace("\\", "").replace("\n  ", "\n")
        assert said == cited.model_extra["quote"]
        assert cited.url.startswith("http://testserver/cite/")
        assert client.get(cited.url).status_code == 200
        assert cited.url in message.content


def test_the_pieces_make_up_the_whole(openai: OpenAI) -> None:
    whole = ask(openai, QUESTION).choices[0].message
    messages: Any = [{"role": "user", "content": QUESTION}]
    stream = openai.chat.completions.create(model="any", messages=messages, stream=True)
    deltas = [chunk.choices[0] for chunk in stream]
    assert "".join(each.delta.content or "" for each in deltas) == whole.content
    assert deltas[-1].finish_reason == "stop"
    [brought] = [each.delta.model_extra["annotations"] for each in deltas if each.delta.model_extra]
    assert [each["url_citation"]["url"] for each in brought] == [
        each.url_citation.url for each in whole.annotations
    ]


def test_a_follow_up_is_read_with_the_messages_before_it(openai: OpenAI) -> None:
    first = ask(openai, QUESTION).choices[0].message.content
    answer = ask(openai, QUESTION, first, "and who decides on it?")
    assert answer.status == "answered"
    assert "/cite/2-1-making-a-referral/" in answer.choices[0].message.content


def test_danger_is_signposted_first_and_case_data_is_not_given_back(openai: OpenAI) -> None:
    danger = ask(openai, "He is hitting her right now and she is bleeding")
    assert danger.choices[0].message.content.startswith("If a child is in immediate danger, ring 999")
    case = ask(openai, "My pupil Tom Baker, born 3 March 2015, has a bruise. What should I do?")
    assert case.status == "case_data"
    assert "Baker" not in case.choices[0].message.content


def test_case_data_in_an_earlier_message_is_left_out(openai: OpenAI) -> None:
    answer = ask(openai, "My pupil Tom Baker has a bruise", "I have not kept it.", QUESTION)
    assert answer.status == "answered"
    assert "Baker" not in answer.model_dump_json()


def test_content_in_parts_is_read(openai: OpenAI) -> None:
    messages: Any = [{"role": "user", "content": [{"type": "text", "text": QUESTION}]}]
    answer: Any = openai.chat.completions.create(model="any", messages=messages)
    assert answer.status == "answered"


@pytest.mark.parametrize(
    "messages", [[], [{"role": "system", "content": "Hi"}], [{"role": "user", "content": " "}]]
)
def test_a_request_that_asks_nothing_is_refused(openai: OpenAI, messages: Any) -> None:
    with pytest.raises(UnprocessableEntityError):
        openai.chat.completions.create(model="any", messages=messages)


def history(turns: int) -> list[dict[str, str]]:
    """Some 2 kB a turn."""
    before = [{"role": role, "content": "Who decides? " * 80} for role in ("user", "assistant")]
    return [*before * turns, {"role": "user", "content": QUESTION}]


def test_a_long_conversation_is_answered_all_the_same(client: TestClient) -> None:
    response = client.post("/v1/chat/completions", json={"messages": history(100)})
    assert (response.status_code, response.json()["status"]) == (200, "answered")


def test_a_conversation_that_is_far_too_long_is_told_what_to_leave_out(client: TestClient) -> None:
    response = client.post("/v1/chat/completions", json={"messages": history(600)})
    assert response.status_code == 413
    assert "the last messages are enough" in response.json()["detail"]
    # No other route takes as much.
    assert client.post("/v1/questions", json={"messages": history(100)}).status_code == 413


def test_what_is_no_text_is_not_read_as_text(client: TestClient) -> None:
    parts = [{"type": "text", "text": None}, {"type": "text", "text": ["a"]}]
    asked = {"messages": [{"role": "user", "content": parts}], "stream": None}
    assert client.post("/v1/chat/completions", json=asked).status_code == 422
    parts.append({"type": "text", "text": QUESTION})
    assert client.post("/v1/chat/completions", json=asked).json()["status"] == "answered"
