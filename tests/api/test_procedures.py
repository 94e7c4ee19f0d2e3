"""The door to applicable procedures and due dates: JSON, pages, calendar files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from api.app import create_app
from tests.api.making import open_store, settings_for, write_library
from tests.assistant.applicable.library import FILES, SITUATION

ENGAGE = "4-4-families-who-do-not-engage"
MISSING = "5-2-children-missing-from-home-or-care"
MARKUP = "<b>The parents</b> will not let the health visitor in & the child is not seen."


@pytest.fixture(scope="module")
def leads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = settings_for(tmp_path_factory.mktemp("leads-data"))
    library = write_library(tmp_path_factory.mktemp("leads"), FILES)
    with open_store(settings, library) as store, TestClient(create_app(settings, store)) as client:
        yield client


def test_a_situation_is_answered_in_the_agreed_shape(leads: TestClient) -> None:
    body = {"situation": SITUATION, "role": "Social care"}
    answer = leads.post("/v1/applicable-procedures", json=body).json()

    assert {"status", "applies", "may_apply", "considered", "not_covered", "citations"} <= answer.keys()
    assert answer["role"] == "social_care"
    first = answer["applies"][0]
    assert {"document_id", "title", "anchor", "strength", "because", "duties", "time_limits"} <= first.keys()
    numbers = {citation["number"] for citation in answer["citations"]}
    assert {because["citation"] for because in first["because"]} <= numbers
    roles = {role for step in answer["steps"] for role in step["roles"]}
    assert "health" not in roles


@pytest.mark.parametrize(
    "body", [{}, {"situation": ""}, {"situation": "A child.", "role": "wizard"}, {"situation": ["a"]}]
)
def test_what_does_not_fit_is_refused_without_being_repeated(leads: TestClient, body: object) -> None:
    refused = leads.post("/v1/applicable-procedures", json=body)
    assert refused.status_code == 422
    assert "wizard" not in refused.text


@pytest.mark.parametrize("situation", ["متى يجب اتخاذ قرار", "12345", "\U0001f476", " "])
def test_a_situation_without_a_word_of_english_meets_no_procedure(leads: TestClient, situation: str) -> None:
    found = leads.post("/v1/applicable-procedures", json={"situation": situation}).json()
    assert (found["status"], found["applies"] + found["may_apply"]) == ("out_of_scope", [])
    assert "Describe in a few sentences of English" in found["message"]


def test_a_text_that_is_too_long_is_refused(leads: TestClient) -> None:
    too_long = leads.post("/v1/applicable-procedures", json={"situation": "x" * 2001})
    assert (too_long.status_code, "ring 999" in too_long.text) == (413, True)


def test_without_a_store_the_signpost_is_given_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "taken"
    file.write_text("no folder")
    client = TestClient(create_app(settings_for(file)))
    answer = client.post("/v1/applicable-procedures", json={"situation": "He is hitting her now!"}).json()
    assert (answer["status"], answer["applies"]) == ("immediate_danger", [])
    assert "999" in answer["signpost"]


def test_nothing_that_was_typed_is_logged(leads: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        leads.post("/v1/applicable-procedures", json={"situation": SITUATION})
        leads.post("/procedures", data={"situation": SITUATION})
    assert "fist" not in caplog.text


def test_due_dates_are_counted_from_limits_that_were_read(leads: TestClient) -> None:
    limits = leads.get(f"/v1/documents/{ENGAGE}/time-limits").json()
    wanted = next(limit for limit in limits if limit["amount"] == 2)
    body = {"document_id": ENGAGE, "event": "2026-04-02", "starts": [wanted["start"]]}

    (counted,) = leads.post("/v1/due-dates", json=body).json()

    assert counted["due"] == "2026-04-08"
    assert [one["on"] for one in counted["left_out"]] == ["2026-04-03", "2026-04-06"]
    assert counted["citation"]["quote"].startswith("The health visitor must tell the manager")
    assert leads.get(counted["citation"]["url"]).status_code == 200


def test_a_limit_without_a_date_gives_its_reason(leads: TestClient) -> None:
    counted = leads.post("/v1/due-dates", json={"document_id": ENGAGE, "event": "2026-04-02"}).json()
    assert "at_once" in {one["reason"] for one in counted}


def test_due_dates_come_as_a_calendar_file(leads: TestClient) -> None:
    body = {"document_id": MISSING, "event": "2026-03-27", "time": "20:00"}
    file = leads.post("/v1/due-dates.ics", json=body)

    assert file.headers["content-type"].startswith("text/calendar")
    (entry,) = Calendar.from_ical(file.content).walk("VEVENT")
    # The clocks go forward in that night.
    assert f"{entry.decoded('dtstart'):%Y-%m-%d %H:%M}" == "2026-03-30 21:00"
    assert "return home interview" in entry["description"]
    assert "/cite/5-2-" in entry["description"]


def test_the_last_day_of_all_comes_into_a_calendar_file(leads: TestClient) -> None:
    body = {"document_id": MISSING, "event": "9999-12-28"}
    assert leads.post("/v1/due-dates", json=body).status_code == 200

    file = leads.post("/v1/due-dates.ics", json=body)

    assert file.status_code == 200
    days = [entry.decoded("dtstart") for entry in Calendar.from_ical(file.content).walk("VEVENT")]
    assert date.max in days


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"document_id": "no-such", "event": "2026-04-02"}, 404),
        ({"document_id": ENGAGE, "event": "2026-04-02", "starts": [1]}, 404),
        ({"document_id": ENGAGE, "version": 9, "event": "2026-04-02"}, 404),
        ({"document_id": ENGAGE, "event": "2026-02-30"}, 422),
        ({"document_id": "../x", "event": "2026-04-02"}, 422),
    ],
)
def test_no_such_limit_or_date_is_told(leads: TestClient, body: object, status: int) -> None:
    assert leads.post("/v1/due-dates", json=body).status_code == status
    assert leads.post("/v1/due-dates.ics", json=body).status_code == status


def test_the_page_shows_what_was_typed_as_text(leads: TestClient) -> None:
    page = leads.post("/procedures", data={"situation": MARKUP}).text
    assert "<b>The parents" not in page
    assert "&lt;b&gt;The parents&lt;/b&gt;" in page
    assert "These apply" in page


def test_the_permanent_link_opens_the_procedures_without_the_situation(leads: TestClient) -> None:
    link = leads.post("/v1/applicable-procedures", json={"situation": SITUATION}).json()["link"]
    page = leads.get(link)
    assert page.status_code == 200
    assert "a parent refuses or repeatedly cancels visits" in page.text
    assert "fist" not in page.text


@pytest.mark.parametrize("show", ["nothing~1", "a.b.c", f"{ENGAGE}~99", "x" * 4000])
def test_a_link_to_nothing_is_not_found(leads: TestClient, show: str) -> None:
    for path in ("/procedures", "/procedures/dates"):
        assert leads.get(path, params={"show": show}).status_code == 404


def test_dates_are_worked_out_on_the_page_and_a_wrong_one_is_told(leads: TestClient) -> None:
    sent = {"show": f"{ENGAGE}~1", "on-0-0": "2026-04-02", "on-0-1": "soon"}
    page = leads.post("/procedures/dates", data=sent).text
    assert "Wednesday 8 April 2026" in page
    wrong = leads.post("/procedures/dates", data={"show": f"{ENGAGE}~1", "on-0-0": "soon"}).text
    assert "Write the date as" in wrong
    file = leads.post("/procedures/dates.ics", data=sent)
    assert len(Calendar.from_ical(file.content).walk("VEVENT")) == 1


def test_other_sites_cannot_send_the_forms(leads: TestClient) -> None:
    for path in ("/procedures", "/procedures/dates", "/procedures/dates.ics"):
        sent = leads.post(path, data={"show": "x"}, headers={"Origin": "https://elsewhere.example"})
        assert sent.status_code == 403


def test_an_empty_page_asks_for_a_situation(leads: TestClient) -> None:
    assert "What is going on?" in leads.get("/procedures").text
    assert "Describe in a few sentences" in leads.post("/procedures", data={"situation": " "}).text
