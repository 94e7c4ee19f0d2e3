"""The records from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from api.cli import app
from assistant.records import Records
from corpus.database import open_database
from corpus.settings import DatabaseSettings
from corpus.tables import answers
from tests.assistant.recording import CONVERSATION, QUOTE, answered, citation

RUNNER = CliRunner()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with three records, two of them of one conversation."""
    engine = open_database(DatabaseSettings(), tmp_path)
    records = Records(engine)
    records.keep(answered("first"), CONVERSATION)
    records.keep(answered("second", citation(version=4)), CONVERSATION)
    records.keep(answered("third", citation(document="6-2-escalation")))
    records.close()
    engine.dispose()
    return tmp_path


def run(data: Path, *arguments: str) -> Any:
    return RUNNER.invoke(app, ["audit", *arguments, "--data", str(data)])


def listed(data: Path, *arguments: str) -> list[str]:
    result = run(data, "list", "--json", *arguments)
    assert result.exit_code == 0, result.output
    return [record["answer"]["question"] for record in json.loads(result.stdout)]


def test_verify_says_ok_and_prints_the_head(data: Path) -> None:
    result = run(data, "verify")
    verdict = json.loads(run(data, "verify", "--json").stdout)
    assert result.exit_code == 0, result.output
    assert "3 records, from number 1" in result.output
    assert f"OK. Head: {verdict['head']}" in result.output
    assert verdict["broken"] is None
    assert run(data, "verify", "--expect", verdict["head"]).exit_code == 0


def test_verify_names_a_changed_record_and_fails(data: Path) -> None:
    engine = open_database(DatabaseSettings(), data)
    with engine.begin() as connection:
        connection.execute(update(answers).where(answers.c.sequence == 2).values(confidence=0.9))
    engine.dispose()

    result = run(data, "verify")
    verdict = json.loads(run(data, "verify", "--json").stdout)

    assert result.exit_code == 1
    assert f"Broken at record 2 ({verdict['broken']['id']}): It was changed." in result.output


def test_verify_fails_where_a_noted_head_is_gone(data: Path) -> None:
    result = run(data, "verify", "--expect", "f" * 64)
    assert result.exit_code == 1
    assert "No record has the hash that was noted" in result.output


def test_list_finds_answers_by_what_they_cite(data: Path) -> None:
    assert listed(data) == ["third", "second", "first"]
    assert listed(data, "--limit", "1") == ["third"]
    assert listed(data, "--document", "2-1-referral") == ["second", "first"]
    assert listed(data, "--document", "2-1-referral", "--version", "4") == ["second"]
    assert "second" in run(data, "list").output


def test_export_prints_a_record_a_line_or_one_conversation(data: Path) -> None:
    lines = [json.loads(line) for line in run(data, "export").stdout.splitlines()]
    assert [line["answer"]["question"] for line in lines] == ["first", "second", "third"]
    assert lines[0]["answer"]["citations"][0]["quote"] == QUOTE

    one = run(data, "export", "--conversation", CONVERSATION).stdout.splitlines()
    assert len(one) == 2

    page = run(data, "export", "--conversation", CONVERSATION, "--markdown")
    assert page.stdout.startswith("# Conversation\n")
    assert run(data, "export", "--markdown").exit_code == 2


def test_purge_removes_what_is_asked_for_and_the_chain_holds(data: Path) -> None:
    [third, *_] = json.loads(run(data, "list", "--json").stdout)
    assert json.loads(run(data, "purge", "--json").stdout) == {"questions": 0, "records": 0}

    assert "what was asked in 2 answers" in run(data, "purge", "--conversation", CONVERSATION).output
    assert run(data, "purge", "--answer", third["answer"]["id"]).exit_code == 0

    assert listed(data) == ["", "", ""]
    assert run(data, "verify").exit_code == 0


def test_what_is_not_there_is_told_plainly(data: Path, tmp_path: Path) -> None:
    for arguments in (["export", "--conversation", "x" * 32], ["purge", "--answer", "x" * 32]):
        result = run(data, *arguments)
        assert result.exit_code == 1
        assert "is kept" in result.output
        assert "Traceback" not in result.output
    assert "There are no records." in run(tmp_path / "new", "verify").output
