from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.app import create_app
from api.security import Bodies
from corpus.store import Store
from tests.api.making import QUESTION, settings_for

HOME = "http://testserver"


def chunks(size: int) -> Iterator[bytes]:
    yield b'{"question": "'
    yield b"a" * size
    yield b'"}'


def test_a_request_that_breaks_off_is_not_taken_for_a_whole_one() -> None:
    reached: list[Message] = []
    sent: list[Message] = []
    coming: list[Message] = [
        {"type": "http.request", "body": b"progress=done&owner=Lead&evi", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def app(_: Scope, receive: Receive, __: Send) -> None:
        reached.append(await receive())

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/reports", "headers": []}
    asyncio.run(Bodies(app, 1_000)(scope, receive, send))
    assert reached == sent == []


@pytest.mark.parametrize("path", ["/", "/v1/documents", "/v1/nothing", "/static/style.css", "/openapi.json"])
def test_every_response_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/library", "/documents/2-1-making-a-referral"])
def test_no_page_holds_style_or_script_of_its_own(client: TestClient, path: str) -> None:
    page = client.get(path).text
    ours = re.findall('<script type="module" src="/[^"]*"></script>', page)
    assert re.findall("<script.*?</script>", page) == ours
    assert "<style" not in page
    assert "style=" not in page


def test_other_origins_are_closed(client: TestClient) -> None:
    response = client.get("/v1/documents", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in response.headers


def test_a_listed_origin_is_let_in_and_no_other(store: Store) -> None:
    settings = settings_for(store.data_dir, allowed_origins=["https://partner.example"])
    client = TestClient(create_app(settings, store))
    allowed = client.get("/v1/documents", headers={"Origin": "https://partner.example"})
    assert allowed.headers["access-control-allow-origin"] == "https://partner.example"
    assert "access-control-allow-credentials" not in allowed.headers
    refused = client.get("/v1/documents", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in refused.headers


@pytest.mark.parametrize("path", ["/v1/questions", "/v1/search", "/ask", "/v1/nothing"])
def test_a_large_body_is_refused_also_in_chunks(client: TestClient, path: str) -> None:
    headers = {"Content-Type": "application/json"}
    declared = client.post(path, content=b"".join(chunks(70_000)), headers=headers)
    chunked = client.post(path, content=chunks(70_000), headers=headers)
    for response in (declared, chunked):
        assert response.status_code == 413
        assert "ring 999" in response.json()["detail"]
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["x-content-type-options"] == "nosniff"


def test_a_small_body_in_chunks_is_taken(client: TestClient) -> None:
    response = client.post("/v1/questions", content=chunks(50), headers={"Content-Type": "application/json"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": HOME}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HOME}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[elsewhere"}, 403),
    ],
)
def test_only_our_own_pages_send_our_form(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/ask", data={"question": QUESTION}, headers=headers).status_code == status


def test_a_question_in_an_address_is_not_taken(client: TestClient) -> None:
    response = client.get("/ask", params={"question": QUESTION}, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "/"


def test_the_description_has_examples_and_loads_nothing_from_elsewhere(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    assert description["components"]["schemas"]["QuestionIn"]["examples"]
    assert (
        "application/problem+json"
        in description["paths"]["/v1/search"]["post"]["responses"]["422"]["content"]
    )
    assert client.get("/docs").status_code == 404
