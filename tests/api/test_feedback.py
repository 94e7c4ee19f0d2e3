from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from corpus.store import Store
from corpus.tables import answer_feedback, metadata
from tests.api.making import QUESTION, settings_for
from tests.stand_ins import UnwillingEmbedder

DANGER = "He is hitting her right now and she is bleeding"
CASE = "The words for Tom Baker, born 3 March 2015, were of an older edition."


@pytest.fixture
def answer(client: TestClient) -> dict[str, Any]:
    return dict(client.post("/v1/questions", json={"question": QUESTION}).json())


def feedback_on(client: TestClient, answer: dict[str, Any]) -> Any:
    exported = client.get(f"/v1/conversations/{answer['conversation_id']}").json()
    return exported["answers"][0]["feedback"]


def test_feedback_is_kept_and_the_last_one_counts(client: TestClient, answer: dict[str, Any]) -> None:
    first = client.post("/v1/feedback", json={"answer_id": answer["id"], "useful": True})
    body = {"answer_id": answer["id"], "useful": False, "reason": "incomplete", "comment": "Say  who."}
    second = client.post("/v1/feedback", json=body)

    assert (first.status_code, second.status_code, second.content) == (204, 204, b"")
    assert feedback_on(client, answer) == {"useful": False, "reason": "incomplete", "comment": "Say who."}


def test_case_data_is_put_out_of_a_comment(client: TestClient, answer: dict[str, Any], store: Store) -> None:
    body = {"answer_id": answer["id"], "useful": False, "comment": CASE}
    assert client.post("/v1/feedback", json=body).status_code == 204

    comment = feedback_on(client, answer)["comment"]
    assert comment.endswith("were of an older edition.")
    assert "[name]" in comment
    with store.register.engine.connect() as connection:
        rows = str([connection.execute(select(table)).all() for table in metadata.sorted_tables])
    assert "Baker" not in rows


def test_danger_in_a_comment_is_signposted_and_not_kept(
    client: TestClient, answer: dict[str, Any], store: Store
) -> None:
    body = {"answer_id": answer["id"], "useful": False, "comment": DANGER}
    response = client.post("/v1/feedback", json=body)

    assert response.status_code == 200
    assert "999" in response.json()["signpost"]
    assert "hitting" not in response.text
    assert feedback_on(client, answer) is None
    with store.register.engine.connect() as connection:
        assert "hitting" not in str(connection.execute(select(answer_feedback)).all())


def test_danger_is_signposted_without_a_store(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"this is no database" * 100)
    with TestClient(create_app(settings_for(tmp_path), embedder=UnwillingEmbedder())) as client:
        body = {"answer_id": "f" * 32, "useful": False}
        assert client.post("/v1/feedback", json=body | {"comment": DANGER}).status_code == 200
        assert client.post("/v1/feedback", json=body | {"comment": "Fine"}).status_code == 503


def test_feedback_on_an_unknown_answer_is_not_found(client: TestClient) -> None:
    response = client.post("/v1/feedback", json={"answer_id": "f" * 32, "useful": True})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "Tom Baker"},
        {"comment": "Tom Baker " * 101},
        {"useful": "Tom Baker"},
        {"answer_id": "Tom Baker"},
    ],
)
def test_refused_feedback_is_never_repeated(client: TestClient, wrong: dict[str, str]) -> None:
    response = client.post("/v1/feedback", json={"answer_id": "f" * 32, "useful": True} | wrong)
    assert response.status_code == 422
    assert "Baker" not in response.text
