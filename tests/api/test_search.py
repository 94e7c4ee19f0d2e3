from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient


def search(client: TestClient, query: str, **more: Any) -> dict[str, Any]:
    response = client.post("/v1/search", json={"query": query, **more})
    assert response.status_code == 200
    return dict(response.json())


def test_passages_have_the_promised_shape_and_stand_in_the_text(client: TestClient) -> None:
    found = search(client, "confirm the referral in writing", limit=2)
    assert len(found["passages"]) == 2
    assert 0 <= found["confidence"] <= 1
    for passage in found["passages"]:
        promised = "document_id title anchor heading_trail page text start end score"
        assert passage.keys() >= set(promised.split())
        text = client.get(f"/v1/documents/{passage['document_id']}/text").text
        assert text[passage["start"] : passage["end"]] == passage["text"]
        assert client.get(passage["url"]).status_code == 200


def test_the_limit_does_not_change_the_confidence(client: TestClient) -> None:
    one, many = (search(client, "who lived in the home", limit=limit) for limit in (1, 9))
    assert one["confidence"] == many["confidence"]


def test_context_gives_the_neighbours_under_the_same_heading(client: TestClient) -> None:
    best = search(client, "the front door may ask the referrer for more", limit=1, context=2)["passages"][0]
    assert best["anchor"] == "2.1.4"
    assert best["context_before"]
    assert all("6.2" not in text for text in best["context_before"])
    assert best["context_after"] == []


def test_without_context_no_neighbours_come(client: TestClient) -> None:
    best = search(client, "the front door may ask the referrer for more", limit=1)["passages"][0]
    assert best["context_before"] == best["context_after"] == []


def test_case_data_is_refused_without_repeating_it(client: TestClient) -> None:
    response = client.post("/v1/search", json={"query": "referral for Mr Tom Baker, NHS number 943 476 5919"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert "real person" in response.json()["detail"]
    assert "Baker" not in response.text
    assert "943" not in response.text


def test_danger_is_signposted_before_anything_is_searched(client: TestClient) -> None:
    found = search(client, "he is hitting her right now")
    assert found["passages"] == []
    assert "999" in found["signpost"]
    assert "999" in found["message"]


def test_nothing_visible_finds_nothing(client: TestClient) -> None:
    assert search(client, "\u200b \u200b")["passages"] == []


def test_what_is_not_written_in_english_is_told_so_and_finds_nothing(client: TestClient) -> None:
    found = search(client, "متى يجب اتخاذ قرار")
    assert (found["passages"], "in English" in found["message"]) == ([], True)
