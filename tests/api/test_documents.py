from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from tests.api.making import REFERRAL

REFERRAL_ID = "2-1-making-a-referral"


def test_the_list_has_the_promised_shape(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()
    assert [document["title"] for document in listed] == [
        "Escalation",
        "Learning briefing: Family C",
        "Making a referral",
    ]
    promised = "id title kind version last_reviewed next_review sections passages"
    assert listed[0].keys() >= set(promised.split())
    assert listed[2]["last_reviewed"] == "2026-03-09"


def test_a_document_comes_with_its_section_tree(client: TestClient) -> None:
    document = client.get(f"/v1/documents/{REFERRAL_ID}").json()
    (chapter,) = document["section_tree"]
    assert chapter["heading"] == "2.1 Making a referral"
    assert [section["heading"] for section in chapter["sections"]] == ["How to refer", "Time limits"]
    assert [section["number"] for section in chapter["sections"][0]["sections"]] == ["2.1.1", "2.1.2"]
    assert document["versions"] == [1]


def test_the_text_is_plain_utf_8(client: TestClient) -> None:
    response = client.get(f"/v1/documents/{REFERRAL_ID}/text")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "what was done in < 24 hours" in response.text


def test_the_original_is_a_download_byte_for_byte(client: TestClient, library: Path) -> None:
    response = client.get(f"/v1/documents/{REFERRAL_ID}/original")
    assert response.content == REFERRAL.encode()
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == 'attachment; filename="2.1-making-a-referral.md"'
    assert library.joinpath("2.1-making-a-referral.md").read_bytes() == response.content


def test_what_does_not_exist_is_a_404_problem(client: TestClient) -> None:
    for tail in ("", "/text", "/original"):
        for address in (f"nobody{tail}", f"{REFERRAL_ID}{tail}?version=9", f"No%20Id{tail}"):
            response = client.get(f"/v1/documents/{address}")
            assert response.status_code == 404
            assert response.headers["content-type"] == "application/problem+json"
            assert "obody" not in response.text


def test_a_fresh_library_has_no_changes(client: TestClient) -> None:
    assert client.get("/v1/changes").json() == []
    assert client.get("/v1/changes?limit=0").status_code == 422
