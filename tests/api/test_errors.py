from __future__ import annotations

import errno

import pytest
from fastapi.testclient import TestClient

from api.service import Service
from corpus.errors import DiskFull, StoreBusy
from tests.api.making import QUESTION

SECRET = "Tom Baker is seven"


def test_unknown_addresses_are_problems(client: TestClient) -> None:
    response = client.get("/v1/nothing")
    assert response.status_code == 404
    assert response.json().keys() == {"type", "title", "status", "detail"}
    assert response.headers["content-type"] == "application/problem+json"


def test_a_wrong_method_is_a_problem_that_names_the_right_one(client: TestClient) -> None:
    response = client.get("/v1/questions")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        b'{"question": ["Tom Baker is seven"]}',
        b'{"question": {"Tom Baker is seven": 1}}',
        b'{"Tom Baker is seven": "Tom Baker is seven"}',
        b'{"question": "ok", "conversation_id": "Tom Baker is seven"}',
        b'{"question": "Tom Baker is seven',
        b'"Tom Baker is seven"',
        b'{"question": "Tom Baker is seven \xe9"}',
        b"[" * 30_000,
        b"",
    ],
)
def test_refused_input_is_never_repeated(client: TestClient, body: bytes) -> None:
    response = client.post("/v1/questions", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"
    assert "Baker" not in response.text


def test_refused_input_names_the_field(client: TestClient) -> None:
    response = client.post("/v1/search", json={"query": "neglect", "limit": 0})
    assert response.json()["errors"][0]["field"] == "body.limit"


def test_what_is_no_json_object_is_told_what_to_send(client: TestClient) -> None:
    sent = client.post("/v1/search", content=b'{"query": "neglect"}', headers={"Content-Type": "text/plain"})
    assert "application/json" in sent.json()["errors"][0]["reason"]
    unreadable = client.post("/v1/search", content=b"\xff", headers={"Content-Type": "application/json"})
    assert (unreadable.status_code, "UTF-8" in unreadable.json()["detail"]) == (400, True)


def test_a_page_that_cannot_take_a_form_says_what_to_do(client: TestClient) -> None:
    wrong = {"question": QUESTION, "conversation_id": "not one"}
    page = client.post("/ask", data=wrong, headers={"Accept": "text/html"})
    assert page.status_code == 422
    assert "check what you entered" in page.text


def test_a_question_over_the_limit_is_refused(client: TestClient) -> None:
    response = client.post("/v1/questions", json={"question": SECRET * 200})
    assert response.status_code == 413
    assert "2,000" in response.json()["detail"]
    assert SECRET not in response.text


def test_a_fault_nobody_foresaw_is_told_without_its_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(Service, "ask", broken)
    response = client.post("/v1/questions", json={"question": QUESTION})
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert SECRET not in response.text + caplog.text
    assert "ValueError" in caplog.text


def test_a_fault_of_the_store_is_a_503(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise StoreBusy("The folder /secret/path is in use.")

    monkeypatch.setattr("corpus.register.Register.documents", busy)
    response = client.get("/v1/documents")
    assert response.status_code == 503
    assert "/secret" not in response.text
    page = client.get("/library", headers={"Accept": "text/html"})
    assert page.status_code == 503
    assert page.headers["content-type"].startswith("text/html")


def test_a_browser_gets_a_page(client: TestClient) -> None:
    response = client.get("/cite/nobody/1/0-5", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "<h1>This page is not here</h1>" in response.text


@pytest.mark.parametrize(
    "fault",
    [
        DiskFull("The disk is full: 0 MB are free in /srv/data.", "Free some space."),
        OSError(errno.ENOSPC, "No space left on device"),
    ],
)
def test_a_full_disk_is_told_with_what_to_do_and_without_folders(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def full(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(Service, "ask", full)
    response = client.post("/v1/questions", json={"question": QUESTION})
    assert response.status_code == 503
    assert "The disk of the service is full" in response.json()["detail"]
    assert "free some space" in response.json()["detail"]
    assert "/srv" not in response.text


def test_a_form_that_has_no_room_as_it_is_read_is_told_as_a_full_disk(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("starlette.datastructures.UploadFile.write", full)
    response = client.post("/v1/documents", files={"file": ("visits.md", b"# Visits")})
    assert response.status_code == 503
    assert "The disk of the service is full" in response.json()["detail"]
