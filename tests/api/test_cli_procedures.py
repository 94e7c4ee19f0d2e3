"""`assistant procedures`: for people, for programs, and wrong use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.api.making import open_store, settings_for, write_library
from tests.assistant.applicable.library import FILES, SITUATION

runner = CliRunner()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("cli-leads")
    library = write_library(tmp_path_factory.mktemp("cli-manual"), FILES)
    with open_store(settings_for(folder), library):
        pass
    return str(folder)


def test_what_applies_is_printed_with_its_words_and_duties(data: str) -> None:
    result = runner.invoke(app, ["procedures", SITUATION, "--data", data])
    assert result.exit_code == 0
    assert "These apply" in result.output
    assert "MUST" in result.output
    assert "4.4.1" in result.output


def test_json_has_the_shape_of_the_door(data: str) -> None:
    result = runner.invoke(app, ["procedures", SITUATION, "--role", "social care", "--json", "--data", data])
    found = json.loads(result.output)
    assert found["role"] == "social_care"
    assert found["applies"]


def test_a_role_that_is_none_is_told(data: str) -> None:
    result = runner.invoke(app, ["procedures", SITUATION, "--role", "wizard", "--data", data])
    assert result.exit_code == 2


def test_nothing_found_has_its_own_exit_status(data: str) -> None:
    result = runner.invoke(app, ["procedures", "The printer is broken.", "--data", data])
    assert result.exit_code == 4
    assert "no procedure in this library" in " ".join(result.output.split())


def test_without_a_store_the_way_out_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("no folder")
    result = runner.invoke(app, ["procedures", SITUATION, "--data", str(tmp_path / "taken")])
    assert result.exit_code == 1
