"""The command line, with the real model on a small folder, as a person would use it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from corpus.database import open_database
from corpus.settings import DatabaseSettings
from tests.services import free_port
from tests.stand_ins import WordsEmbedder

RUNNER = CliRunner()
CHAPTER = """---
title: Making a referral
kind: procedure
last_reviewed: 2026-03-09
next_review: 2027-03-09
---

# 2.1 Making a referral

## Deciding on a referral

2.1.1 The front door manager must decide on a referral within 1 working day.

2.1.2 The front door should tell the referrer the outcome within 3 working days.
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which one chapter was taken."""
    folder = tmp_path_factory.mktemp("manual")
    (folder / "2.1-referral.md").write_text(CHAPTER, encoding="utf-8")
    store = tmp_path_factory.mktemp("data")
    result = run("ingest", str(folder), data=store)
    assert result.exit_code == 0, result.output
    assert "1 added" in result.output
    return store


def run(*arguments: str, data: Path):  # type: ignore[no-untyped-def]
    return RUNNER.invoke(app, [*arguments, "--data", str(data)])


def test_ask_answers_in_the_documents_words(data: Path) -> None:
    result = run("ask", "How soon must the front door decide on a referral?", "--json", data=data)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["status"] == "answered"
    assert "The front door manager must decide on a referral within 1 working day." in [
        citation["quote"] for citation in answer["citations"]
    ]


def test_ask_says_so_when_the_documents_hold_nothing(data: Path) -> None:
    result = run("ask", "What does a parking permit cost in Vienna?", data=data)
    assert result.exit_code == 4
    assert "found nothing" in result.output


def test_danger_prints_999_before_anything_else(data: Path) -> None:
    result = run("ask", "He is hitting her now", data=data)
    assert result.output.startswith("If a child is in immediate danger, ring 999 now.")


def test_documents_lists_kind_and_review_dates(data: Path) -> None:
    [document] = json.loads(run("documents", "--json", data=data).stdout)
    assert document["id"] == "2-1-referral"
    assert document["kind"] == "procedure"
    assert document["next_review"] == "2027-03-09"


def test_search_finds_a_paragraph_by_its_words(data: Path) -> None:
    [first, *_] = json.loads(run("search", "tell the referrer", "--json", data=data).stdout)
    assert first["number"] == "2.1.2"


def test_search_passes_over_bytes_that_are_no_text(data: Path) -> None:
    result = run("search", os.fsdecode(b"tell the referrer caf\xe9"), data=data)
    assert result.exit_code == 0
    assert "within 3 working days" in result.output


def test_doctor_finds_all_well_and_rebuilds_without_embedding(data: Path) -> None:
    result = run("doctor", "--rebuild", "--json", data=data)
    assert result.exit_code == 0, result.output
    assert all(finding["is_well"] for finding in json.loads(result.stdout))


def test_a_refused_file_shows_in_report_and_exit_status(data: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    result = run("ingest", str(tmp_path), data=data)
    assert result.exit_code == 3
    assert "broken.pdf" in result.output
    assert "1 refused" in result.output


def test_a_name_that_steers_a_terminal_or_is_no_text_is_spelt_out(data: Path, tmp_path: Path) -> None:
    for name in (b"caf\xe9.md", b"red\x1b[31m\n.pdf"):
        (tmp_path / os.fsdecode(name)).write_bytes(b"%PDF-1.4 nothing")
    result = run("ingest", str(tmp_path), data=data)
    assert result.exit_code == 3
    assert r"caf\xe9.md" in result.output
    assert r"red\x1b[31m\n.pdf" in result.output
    assert "\x1b" not in result.output
    listed = run("library", "ingests", data=data)
    assert listed.exit_code == 0


def test_a_path_that_is_not_there_is_two_plain_lines(data: Path, tmp_path: Path) -> None:
    result = run("ingest", str(tmp_path / "nowhere"), data=data)
    assert result.exit_code == 1
    assert "There is no file or folder" in result.output
    assert "Traceback" not in result.output


def test_a_misspelt_setting_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_RETREIVAL__LIMIT", "3")
    result = run("documents", data=data)
    assert result.exit_code == 1
    assert "ASSISTANT_RETREIVAL__LIMIT" in result.output


def test_changes_shows_what_a_new_version_changed(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "manual"
    folder.mkdir()
    (folder / "2.1-referral.md").write_text(CHAPTER, encoding="utf-8")
    run("ingest", str(folder), data=data)
    (folder / "2.1-referral.md").write_text(CHAPTER.replace("3 working", "2 working"), encoding="utf-8")
    run("ingest", str(folder), data=data)
    [change] = json.loads(run("changes", "--json", data=data).stdout)
    assert change["change"]["kind"] == "reworded"
    assert change["change"]["after"].endswith("within 2 working days.")


LATER = "UPDATE alembic_version SET version_num = 'later'"
BEYOND = str(2**63)


@pytest.mark.parametrize(
    "command",
    [
        ("documents",),
        ("changes",),
        ("ask", "How soon?"),
        ("search", "referral"),
        ("audit", "verify"),
        ("sync", "list"),
        ("alerts", "list"),
        ("report", "reviews"),
        ("library", "ingests"),
        ("doctor",),
    ],
)
@pytest.mark.parametrize("fault", ["schema", "address", "nobody"])
def test_a_database_that_cannot_be_used_is_told_by_every_command(
    command: tuple[str, ...], fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.store.open_embedder", lambda _: WordsEmbedder())
    monkeypatch.setattr("api.doctor._model", lambda _: "")
    if fault == "schema":
        engine = open_database(DatabaseSettings(), tmp_path)
        with engine.begin() as connection:
            connection.exec_driver_sql(LATER)
        engine.dispose()
        told = "its schema later is not known here"
    elif fault == "address":
        monkeypatch.setenv("ASSISTANT_DATABASE__URL", "mysql://user:secret@host/name")
        told = "ASSISTANT_DATABASE__URL is no address of a PostgreSQL database"
    else:
        monkeypatch.setenv(
            "ASSISTANT_DATABASE__URL", f"postgresql://user:secret@127.0.0.1:{free_port()}/name"
        )
        told = "Start the database, or correct ASSISTANT_DATABASE__URL"

    result = run(*command, data=tmp_path)

    assert result.exit_code == 1
    assert told in " ".join(result.output.split())
    assert "secret" not in result.output


@pytest.mark.parametrize(
    "command",
    [
        ("serve", "--port", "99999"),
        ("serve", "--port", "-1"),
        ("changes", "--limit", BEYOND),
        ("library", "ingests", "--limit", BEYOND),
        ("library", "roll-back", BEYOND),
        ("audit", "list", "--limit", BEYOND),
        ("audit", "list", "--document", "x", "--version", BEYOND),
        ("sync", "add", ".", "--max-pages", BEYOND),
        ("sync", "add", ".", "--max-depth", BEYOND),
        ("sync", "add", ".", "--every-hours", "inf"),
    ],
)
def test_a_number_beyond_its_limits_is_wrong_use(command: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*command, data=tmp_path)

    assert result.exit_code == 2
    assert "Invalid value for" in result.output


@pytest.mark.parametrize("host", ["nowhere.invalid", "http://localhost", "a\0b"])
def test_a_host_that_is_none_is_told_as_one(host: str, tmp_path: Path) -> None:
    result = run("serve", "--host", host, data=tmp_path)

    assert result.exit_code == 1
    assert "There is no address" in result.output
    assert "--host" in result.output


def test_doctor_says_that_the_data_folder_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.doctor._model", lambda _: "")
    (tmp_path / "file").write_text("This is no folder.")

    result = run("doctor", "--json", data=tmp_path / "file")

    findings = {finding["name"]: finding for finding in json.loads(result.stdout)}
    assert "cannot be written" in findings["disk"]["detail"]
    assert not findings["store"]["is_well"]
