"""Settings come from where they should, and nothing misspelt or ill-fitting passes."""

from __future__ import annotations

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
    values = [f"{name}={default}\n" for name, default in defaults().items() if default]
    Path(".env").write_text("".join(values))

    assert load_settings() == Settings(_env_file=None)  # type: ignore[call-arg]
