"""The service counts its answers and tells nothing of what was asked."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from tests.api.making import QUESTION


def counted(client: TestClient, status: str) -> float:
    found = re.search(
        rf'^assistant_answers_total{{status="{status}"}} (\S+)$', client.get("/metrics").text, re.M
    )
    return float(found[1]) if found else 0.0


def test_each_answer_is_counted_by_its_status(client: TestClient) -> None:
    before = counted(client, "answered"), counted(client, "case_data")
    client.post("/v1/questions", json={"question": QUESTION})
    client.post("/v1/questions", json={"question": "My pupil Tom Baker has a bruise"})
    assert (counted(client, "answered"), counted(client, "case_data")) == (before[0] + 1, before[1] + 1)


def test_steps_are_timed_and_words_are_not_told(client: TestClient) -> None:
    client.post("/v1/questions", json={"question": QUESTION})
    page = client.get("/metrics").text
    assert 'assistant_step_seconds_count{step="retrieve"}' in page
    assert "assistant_lost_records " in page
    assert "referral" not in page
