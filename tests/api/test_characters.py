"""What comes in is read in whole characters, wherever it comes in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.characters import without_halves
from tests.api.making import QUESTION

JSON = {"Content-Type": "application/json"}
HALF = "\\ud83d"
DANGER = "He is hitting her right now and she is bleeding"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (rb'"cut \ud83d"', "cut "),
        (rb'"cut \uDE00 twice \uD83D\ud83d"', "cut  twice "),
        (rb'"whole \ud83d\ude00"', "whole \U0001f600"),
        (rb'"a backslash \\ud83d"', r"a backslash \ud83d"),
        (b'"raw \xed\xa0\xbd"', "raw "),
        ('"wide \\ud83d"'.encode("utf-16"), "wide "),
        ('"caf\u00e9 \U0001f600"'.encode(), "caf\u00e9 \U0001f600"),
    ],
)
def test_halves_are_dropped_and_all_else_stays(sent: bytes, read: str) -> None:
    assert json.loads(without_halves(sent)) == read


def test_what_cannot_be_read_stays_as_it_is() -> None:
    assert without_halves(b'"\xff\xfe\xfa') == b'"\xff\xfe\xfa'


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/questions", {"question": f"{QUESTION}HALF", "role": "HALF", "HALF": 1}),
        ("/v1/questions", {"question": QUESTION, "conversation_id": "HALFgood"}),
        ("/v1/search", {"query": f"{QUESTION}HALF"}),
        ("/v1/applicable-procedures", {"situation": "A baby has a bruise. HALF", "role": "HALFhealth"}),
        (
            "/v1/chat/completions",
            {
                "model": "HALF",
                "messages": [
                    {"role": "user", "content": f"{QUESTION}HALF"},
                    {"role": "assistant", "content": "HALF"},
                    {"role": "userHALF", "content": [{"type": "text", "text": "who decides on it?HALF"}]},
                ],
            },
        ),
    ],
)
def test_half_a_character_keeps_nobody_from_an_answer(client: TestClient, path: str, body: Any) -> None:
    sent = json.dumps(body).replace("HALF", HALF)
    assert client.post(path, content=sent, headers=JSON).status_code == 200


def test_half_a_character_keeps_nobody_from_the_signpost(client: TestClient) -> None:
    sent = json.dumps({"question": f"{DANGER} HALF"}).replace("HALF", HALF)
    answer = client.post("/v1/questions", content=sent, headers=JSON).json()
    assert answer["status"] == "immediate_danger"


def test_details_beside_half_a_character_are_found(client: TestClient) -> None:
    sent = b'{"question": "Tom Baker is seven \\ud800"}'
    answer = client.post("/v1/questions", content=sent, headers=JSON)
    assert "Baker" not in answer.text


@pytest.mark.parametrize("charset", ["punycode", "unicode_escape", "utf-16", "nonsense"])
@pytest.mark.parametrize("path", ["/ask", "/procedures", "/procedures/dates", "/sessions", "/alerts"])
def test_no_form_chooses_how_it_is_read(client: TestClient, path: str, charset: str) -> None:
    fields = "".join(
        f'--XX\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n\\ud83d\r\n'
        for name in ("question", "situation", "show", "theme", "email")
    )
    kind = {"Content-Type": f"multipart/form-data; charset={charset}; boundary=XX"}
    response = client.post(path, content=f"{fields}--XX--\r\n", headers=kind)
    assert response.status_code in (200, 404, 422)
