"""`assistant doctor` says what is wrong with what only a setting brings in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api import doctor
from assistant.models import ChatModel
from corpus.settings import (
    AlertSettings,
    ChatSettings,
    ReportSettings,
    RetrievalSettings,
    SessionSettings,
    Settings,
)
from tests.api.making import settings_for
from tests.scripted_model import HTTPFault, ScriptedModel
from tests.stand_ins import WordsEmbedder

NAME = "openai:scripted"


@pytest.fixture(autouse=True)
def _without_the_large_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.store.open_embedder", lambda _: WordsEmbedder())
    monkeypatch.setattr("api.doctor.open_embedder", lambda _: WordsEmbedder())


def examined(folder: Path, **sections: Any) -> dict[str, tuple[bool, str]]:
    settings: Settings = settings_for(folder / "data").model_copy(update=sections)
    return {each.name: (each.is_well, each.detail) for each in doctor.examine(settings)}


def test_what_no_setting_names_is_not_spoken_of(tmp_path: Path) -> None:
    assert list(examined(tmp_path)) == ["model", "names", "disk", "register", "indexes"]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("This is no picture.")
    found = examined(
        tmp_path,
        chat=ChatSettings(model="gpt"),
        retrieval=RetrievalSettings(reranker="nowhere:make"),
        sessions=SessionSettings(logo=tmp_path / "logo.png"),
        reports=ReportSettings(lists=tmp_path / "nowhere"),
        alerts=AlertSettings(smtp_url="smtp://mail:port", webhook_secret="short"),
    )

    wrong = {name: detail for name, (is_well, detail) in found.items() if not is_well}
    assert list(wrong) == ["chat model", "reranker", "session files", "lists", "mail", "webhooks"]
    assert "has no provider" in wrong["chat model"]
    assert "ASSISTANT_RETRIEVAL__RERANKER" in wrong["reranker"]
    assert "ASSISTANT_SESSIONS__LOGO" in wrong["session files"]
    assert "nowhere is not there" in wrong["lists"]
    assert "ASSISTANT_ALERTS__SMTP_URL" in wrong["mail"]
    assert "ASSISTANT_ALERTS__WEBHOOK_SECRET" in wrong["webhooks"]


def test_what_is_right_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted = ScriptedModel(pieces=["Yes"])
    monkeypatch.setattr("assistant.models.open_chat_model", lambda chat: ChatModel(scripted, chat))
    (tmp_path / "lists").mkdir()
    found = examined(
        tmp_path,
        chat=ChatSettings(model=NAME),
        retrieval=RetrievalSettings(reranker="tests.assistant.test_reranking:make_reranker"),
        sessions=SessionSettings(logo_text="ours"),
        reports=ReportSettings(lists=tmp_path / "lists"),
        alerts=AlertSettings(
            smtp_url="smtp://mail.example.org", sender="a@example.org", webhook_secret="s" * 24
        ),
    )

    assert all(is_well for is_well, _ in found.values())
    assert found["chat model"][1] == f"{NAME} answers."
    assert len(scripted.seen) == 1
    assert "session files" not in found


def test_a_chat_model_that_does_not_answer_to_its_name_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted = ScriptedModel(pieces=[], faults=[HTTPFault(404)])
    monkeypatch.setattr("assistant.models.open_chat_model", lambda chat: ChatModel(scripted, chat))

    is_well, detail = examined(tmp_path, chat=ChatSettings(model=NAME))["chat model"]

    assert not is_well
    assert "HTTPFault 404" in detail
