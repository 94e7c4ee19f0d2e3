"""Settings come from where they should, and nothing misspelt or ill-fitting passes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.settings import Settings, known_names, load_settings
from scripts.env_example import EXAMPLE, defaults, example


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A `.env` in the checkout is nobody's business here."""
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_defaults_hold() -> None:
    settings = load_settings()

    assert settings == Settings()
    assert settings.api.host == "127.0.0.1"
    assert (settings.database.url, settings.vectors.url) == (None, None)


def test_nested_values_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_API__PORT", "9000")
    monkeypatch.setenv("ASSISTANT_API__ALLOWED_ORIGINS", "https://a.example, https://b.example")
    monkeypatch.setenv("ASSISTANT_DATA_DIR", "elsewhere")

    settings = load_settings()

    assert settings.api.port == 9000
    assert settings.api.allowed_origins == ("https://a.example", "https://b.example")
    assert settings.data_dir == Path("elsewhere")
    assert settings.api.host == "127.0.0.1"


def test_the_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("ASSISTANT_API__PORT=9000\nASSISTANT_LOG_LEVEL=debug\nOTHERS=1\n")
    monkeypatch.setenv("ASSISTANT_API__PORT", "9001")

    settings = load_settings()

    assert (settings.api.port, settings.log_level) == (9001, "debug")


def test_the_data_folder_that_is_named_comes_before_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", "elsewhere")

    assert load_settings(Path("here")).data_dir == Path("here")


@pytest.mark.parametrize(
    "name",
    [
        "ASSISTANT_PORT",
        "ASSISTANT_API__PROT",
        "ASSISTANT_API",
        "ASSISTANT_API__PORT__X",
        "assistant_apis__port",
    ],
)
@pytest.mark.parametrize("place", ["environment", "file"])
def test_an_unknown_name_is_refused(name: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if place == "file":
        Path(".env").write_text(f"{name}=1\n")
    else:
        monkeypatch.setenv(name, "1")

    with pytest.raises(SettingsError, match=rf"Unknown setting: {name}\. See \.env\.example"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSISTANT_API__PORT", "http"),
        ("ASSISTANT_API__PORT", "0"),
        ("ASSISTANT_RETRIEVAL__MIN_CONFIDENCE", "1.5"),
        ("ASSISTANT_INGEST__READER_SECONDS", "0"),
        ("ASSISTANT_LOG_LEVEL", "LOUD"),
        ("ASSISTANT_RECORDS__AUDIT_DAYS", "1000000"),
        ("ASSISTANT_ALERTS__CONFIRM_HOURS", "999999999"),
        ("ASSISTANT_WEB__CHECK_SECONDS", "1e308"),
        ("ASSISTANT_ALERTS__SETTLE_MINUTES", "inf"),
        ("ASSISTANT_EMBEDDING__THREADS", "9999999999999999999"),
        ("ASSISTANT_RETRIEVAL__RERANKER_WEIGHT", "inf"),
        ("ASSISTANT_WEB__USER_AGENT", "Schützen/1.0"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=f"The setting {name} is wrong: "):
        load_settings()


def test_a_section_refuses_unknown_keys() -> None:
    with pytest.raises(ValueError, match="Extra inputs are not permitted"):
        Settings(api={"prot": 1})


def test_the_example_names_every_setting_with_what_it_is_for_and_its_default() -> None:
    assert EXAMPLE.read_text() == example(), "write it anew: python -m scripts.env_example"

    for name, purpose in known_names().items():
        assert f"\n# {purpose}\n# {name}=" in EXAMPLE.read_text()
        assert len(purpose) > 10


def test_the_example_with_all_its_defaults_taken_says_the_same_as_no_file() -> None:
    values = [f"{name}={default}\n" for name, default in defaults().items()]
    Path(".env").write_text("".join(values))

    assert load_settings() == Settings(_env_file=None)  # type: ignore[call-arg]


def test_every_number_has_an_end() -> None:
    endless = [
        f"{section}.{name}"
        for section, field in Settings.model_fields.items()
        for name, inner in getattr(field.annotation, "model_fields", {}).items()
        if inner.annotation in (int, float) and not any(hasattr(each, "le") for each in inner.metadata)
    ]

    assert endless == []


def test_a_name_with_nothing_behind_it_takes_back_what_the_file_says(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("ASSISTANT_CHAT__MODEL=openai:gpt-5\nASSISTANT_API__PORT=9000\n")
    monkeypatch.setenv("ASSISTANT_CHAT__MODEL", "")
    monkeypatch.setenv("ASSISTANT_API__PORT", " ")

    settings = load_settings()

    assert (settings.chat.model, settings.api.port) == ("", 8321)


def test_a_file_that_is_no_utf_8_is_named() -> None:
    Path(".env").write_bytes("ASSISTANT_ANSWERS__FRONT_DOOR_NAME=Café".encode("utf-16"))

    with pytest.raises(SettingsError, match=r"\.env cannot be read: .* It is a text file in UTF-8"):
        load_settings()


def test_a_value_in_another_coding_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    latin = "Café".encode("latin-1").decode(errors="surrogateescape")
    monkeypatch.setenv("ASSISTANT_ANSWERS__FRONT_DOOR_NAME", latin)

    with pytest.raises(
        SettingsError, match=r"ASSISTANT_ANSWERS__FRONT_DOOR_NAME is wrong: it is no UTF-8 text"
    ):
        load_settings()


def test_a_data_folder_whose_name_is_no_text_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"data folder caf\\xe9 holds bytes that are no text.*--data DIR"):
        load_settings(Path(os.fsdecode(b"caf\xe9")))
