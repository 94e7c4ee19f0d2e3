"""`assistant session` writes the file that its name asks for, and refuses what it must."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from api.cli import app
from corpus.store import Store
from tests.assistant.sessions.saying import NAME, TRUE, chat_model, truth
from tests.assistant.sessions.small import CHAPTER_ID, DOCUMENT, small_store
from tests.scripted_model import ScriptedModel
from tests.stand_ins import WordsEmbedder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings, store, _ = small_store(tmp_path)
    store.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "api.cli_support.Store", lambda settings, purpose: Store(settings, purpose, WordsEmbedder())
    )
    return settings.data_dir


def run(data: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["session", "--data", str(data), *arguments], env={"COLUMNS": "200"})
    return result.exit_code, result.output


def test_a_pack_is_written_and_kept(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "pack.docx"
    asked = ("--document", DOCUMENT, "--document", CHAPTER_ID, "--minutes", "15", "--format", "supervision")

    code, said = run(data, *asked, "--output", str(file))

    assert code == 0
    assert "The whole session" in said
    assert "15" in said
    assert docx.Document(str(file)).paragraphs[1].text.startswith("15 minutes · group supervision")


def test_json_tells_the_whole_pack(data: Path, tmp_path: Path) -> None:
    code, said = run(data, "--document", DOCUMENT, "--output", str(tmp_path / "pack.md"), "--json")

    assert code == 0
    assert json.loads(said)["plan"]["minutes"] == 30


def test_phrased_key_messages_are_counted(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_CHAT__MODEL", NAME)
    model = ScriptedModel(pieces=[truth()])
    monkeypatch.setattr("assistant.models.open_chat_model", lambda _: chat_model(model))
    file = tmp_path / "pack.md"

    code, said = run(data, "--document", DOCUMENT, "--minutes", "60", "--phrased", "--output", str(file))

    assert code == 0
    assert f"2 of 2 key messages are said in short by {NAME}." in said
    assert TRUE["P1"] in file.read_text(encoding="utf-8")


def test_without_a_model_the_command_says_that_the_pack_is_quotes_alone(data: Path, tmp_path: Path) -> None:
    code, said = run(data, "--document", DOCUMENT, "--phrased", "--output", str(tmp_path / "pack.md"))

    assert code == 0
    assert "No chat model is configured" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--document", DOCUMENT, "--output", "pack.txt"), 2, "--output ends in"),
        (("--document", DOCUMENT, "--minutes", "20", "--output", "pack.md"), 2, "--minutes is one of"),
        (("--output", "pack.md"), 2, "Give one of"),
        (("--change", "nothing", "--output", "pack.md"), 2, "ID@VERSION"),
        (("--change", f"{CHAPTER_ID}@²", "--output", "pack.md"), 2, "ID@VERSION"),
        (("--change", f"{CHAPTER_ID}@{2**63}", "--output", "pack.md"), 2, "ID@VERSION"),
        (("--document", DOCUMENT, "--output", "nowhere/pack.md"), 1, "The folder nowhere is not there"),
        (("--document", "nowhere", "--output", "pack.md"), 1, "There is no document nowhere"),
        (("--theme", "beekeeping", "--output", "pack.md"), 1, "Try other words"),
        (("--theme", "Jane Smith, born 12/03/2011", "--output", "pack.md"), 4, "Without the details"),
    ],
)
def test_what_cannot_be_made_is_refused_and_says_why(
    data: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    found, output = run(data, *arguments)

    assert found == code
    assert said in output
    assert not Path("pack.md").exists()


def test_a_wrong_template_is_told_before_a_pack_is_made(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "theirs.pptx").write_text("This is no template.")
    monkeypatch.setenv("ASSISTANT_SESSIONS__PPTX_TEMPLATE", "theirs.pptx")
    monkeypatch.setattr("assistant.sessions.desk.SessionDesk.make", None)

    code, said = run(data, "--document", DOCUMENT, "--output", str(tmp_path / "pack.pptx"))

    assert code == 1
    assert "correct ASSISTANT_SESSIONS__PPTX_TEMPLATE" in said


def test_a_file_for_which_there_is_no_room_costs_neither_the_pack_nor_the_file_before(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "pack.md"
    file.write_text("before")
    monkeypatch.setattr(os, "fsync", full)

    code, said = run(data, "--document", DOCUMENT, "--output", str(file))

    assert code == 1
    assert "The disk is full: the file" in said
    assert "The session itself is kept as http://" in said
    assert file.read_text() == "before"
