"""Reports at the doors: pages, JSON, CSV, the command, and what is recorded beside a recommendation."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from assistant.reports.catalogue import CATALOGUE
from assistant.reports.notes import Notes
from corpus.settings import Settings
from corpus.store import Store
from tests.api.making import FILES, open_store, settings_for, write_library
from tests.assistant.reports.making import briefing
from tests.stand_ins import WordsEmbedder

RUNNER = CliRunner()
PATH = "reports/recommendations/learning/recommendation-1"
LEARNING = briefing("Learning", "The partnership should see to <b>it</b>.", "Schools should tell the police.")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_for(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def store(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    library = write_library(tmp_path_factory.mktemp("library"), FILES | {"learning.md": LEARNING})
    with open_store(settings, library, WordsEmbedder()) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(settings: Settings, store: Store) -> Iterator[TestClient]:
    with at_the_machine(settings, store) as connected:
        yield connected


def at_the_machine(settings: Settings, store: Store | None = None) -> TestClient:
    """Somebody who may see reports: see `api.administration`."""
    app = create_app(settings, store)
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000))


def test_the_list_and_the_page_name_every_report(client: TestClient) -> None:
    names = [each["name"] for each in client.get("/v1/reports").json()]
    assert names == list(CATALOGUE)
    page = client.get("/reports").text
    assert all(f'href="/reports/{name}"' in page for name in names)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_report_is_a_page_json_and_csv_of_the_same_rows(client: TestClient, name: str) -> None:
    page = client.get(f"/reports/{name}")
    made = client.get(f"/v1/reports/{name}").json()
    saved = client.get(f"/v1/reports/{name}?format=csv")

    assert page.status_code == 200
    assert made["title"] in page.text
    assert saved.headers["content-type"].startswith("text/csv")
    assert f'filename="{name}.csv"' in saved.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(saved.text.removeprefix("\ufeff"))))
    assert len(rows) == len(made["rows"])
    assert all({column["key"] for column in made["columns"]} <= set(row) for row in rows)


def test_words_of_documents_are_text_on_the_page(client: TestClient) -> None:
    page = client.get("/reports/recommendations").text
    assert "<b>it</b>" not in page


def test_what_people_asked_is_for_the_keepers_of_the_library_alone(settings: Settings, store: Store) -> None:
    with TestClient(create_app(settings, store), follow_redirects=False) as stranger:
        assert stranger.get("/reports").status_code == 200
        for path in ("/reports/unanswered", f"/{PATH}"):
            assert stranger.get(path).headers["location"] == "/library/sign-in"
        assert stranger.post(f"/{PATH}", data={"progress": "done"}).status_code == 303
        assert stranger.get("/v1/reports/unanswered").status_code == 401
        assert stranger.get("/v1/reports/feedback?format=csv").status_code == 401
        assert stranger.put(f"/v1/{PATH}", json={"progress": "done"}).status_code == 401
    assert Notes(store.register.engine).all() == {}


def test_a_report_that_is_not_there_is_not_found(client: TestClient) -> None:
    for path in ("/v1/reports/unknown", "/v1/reports/UNKNOWN", "/reports/unknown"):
        assert client.get(path).status_code == 404
    for path in (f"/{PATH}9", "/reports/recommendations/unknown/recommendation-1"):
        assert client.get(path).status_code == 404
    assert client.put(f"/v1/{PATH}9", json={}).status_code == 404


def record(client: TestClient, **fields: str) -> Any:
    return client.post(f"/{PATH}", data={"progress": "open", **fields}, follow_redirects=True)


def test_what_is_recorded_is_shown_in_the_report_and_can_be_emptied(client: TestClient, store: Store) -> None:
    page = record(
        client, progress="under way", owner="Named nurse", due="2026-06-30", evidence="Audit <i>1</i>"
    )
    assert "It was kept." in page.text
    assert "Audit &lt;i&gt;1&lt;/i&gt;" in page.text
    [row, _] = client.get("/v1/reports/recommendations").json()["rows"]
    assert (row["progress"], row["owner"], row["due"], row["evidence"]) == (
        "under way",
        "Named nurse",
        "2026-06-30",
        "Audit <i>1</i>",
    )
    record(client)
    assert Notes(store.register.engine).all() == {}


def test_details_of_real_people_are_put_out_before_it_is_kept(client: TestClient, store: Store) -> None:
    page = record(client, evidence="Discussed with Tom Baker, NHS number 943 476 5919, at the panel.")
    assert "Details of real people" in page.text
    [note] = Notes(store.register.engine).all().values()
    assert "Baker" not in note.evidence
    assert "943 476 5919" not in note.evidence
    assert note.evidence.startswith("Discussed with [name]")
    record(client)


def test_danger_is_signposted_and_nothing_is_kept(client: TestClient, store: Store) -> None:
    page = record(client, evidence="He is hitting her right now")
    assert 'role="alert"' in page.text
    assert "999" in page.text
    told = client.put(f"/v1/{PATH}", json={"evidence": "He is hitting her right now"}).json()
    assert "999" in told["signpost"]
    assert Notes(store.register.engine).all() == {}


@pytest.mark.parametrize(
    "fields", [{"progress": "<b>"}, {"due": "tomorrow"}, {"evidence": "x" * 2001}, {"owner": "x" * 2001}]
)
def test_what_cannot_be_kept_is_told_without_repeating_it(client: TestClient, fields: dict[str, str]) -> None:
    response = record(client, **fields)
    assert response.status_code == 422
    assert "Please check what you entered" in response.text
    assert "xxxx" not in response.text


def test_a_line_break_counts_as_one_character(client: TestClient) -> None:
    assert record(client, evidence="Audit.\r\n" * 280).status_code == 200
    record(client)


def test_a_field_that_is_not_known_is_refused_without_being_repeated(client: TestClient) -> None:
    refused = client.put(f"/v1/{PATH}", json={"Tom Baker is seven": "yes"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "body")
    assert "Baker" not in refused.text


def test_other_sites_cannot_record_anything(client: TestClient) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(f"/{PATH}", data={"progress": "done"}, headers=elsewhere).status_code == 403
    assert client.put(f"/v1/{PATH}", json={"progress": "done"}, headers=elsewhere).status_code == 403


def test_programs_record_the_same(client: TestClient, store: Store) -> None:
    given = {"progress": "done", "owner": "Board", "due": "2026-06-30", "evidence": "Minute 4"}
    assert client.put(f"/v1/{PATH}", json=given).json() == given
    assert client.put(f"/v1/{PATH}", json={"progress": "lost"}).status_code == 422
    [note] = Notes(store.register.engine).all().values()
    assert note.owner == "Board"
    record(client)


def test_the_command_prints_saves_and_says_what_there_is(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    def run(*arguments: str) -> Any:
        return RUNNER.invoke(app, ["report", *arguments, "--data", str(settings.data_dir)])

    assert store.register.documents()
    assert "Escalation" in run("reviews").output
    assert json.loads(run("reviews", "--json").stdout)["rows"][0]["state"] == "overdue"
    assert run("reviews", "--csv").stdout.startswith('\ufeff"document"')
    target = tmp_path / "reviews.csv"
    assert "rows written" in run("reviews", "--output", str(target)).output
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("reviews", "--csv", "--json").exit_code == 2
    wrong = run("unknown")
    assert wrong.exit_code == 1
    assert "There are: reviews," in wrong.output
    assert run("reviews", "--output", str(tmp_path / "none" / "x.csv")).exit_code == 1


def test_without_a_store_a_report_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"no database" * 100)
    with at_the_machine(settings_for(tmp_path)) as client:
        assert client.get("/v1/reports/reviews").status_code == 503
        assert client.get("/reports").status_code == 200
        assert client.get("/v1/changes.atom").status_code == 503
