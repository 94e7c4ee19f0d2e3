"""Every setting, declared once; each room is handed its own section.

Read from the environment and from a `.env` file: `ASSISTANT_` + section + `__` + name. A name that is
not declared here is refused, so that a misspelt setting cannot be silently ignored.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import SettingsError, reason_of
from corpus.evaluation_settings import EvaluationSettings
from corpus.file_names import is_text, shown
from corpus.setting_sections import (
    AlertSettings,
    AnswerSettings,
    ApiSettings,
    ChatSettings,
    DatabaseSettings,
    EmbeddingSettings,
    IngestSettings,
    RecordsSettings,
    ReportSettings,
    RetrievalSettings,
    ScreenSettings,
    Section,
    SessionSettings,
    VectorSettings,
    WebSettings,
    said,
)

PREFIX = "ASSISTANT_"
NESTED = "__"
_FILE = ".env"

__all__ = [
    "AlertSettings",
    "AnswerSettings",
    "ApiSettings",
    "ChatSettings",
    "DatabaseSettings",
    "EmbeddingSettings",
    "EvaluationSettings",
    "IngestSettings",
    "RecordsSettings",
    "ReportSettings",
    "RetrievalSettings",
    "ScreenSettings",
    "SessionSettings",
    "Settings",
    "VectorSettings",
    "WebSettings",
    "known_names",
    "load_settings",
]


class Settings(BaseSettings):
    """All settings. Build it with `load_settings`, which also refuses unknown names."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=NESTED,
        env_file=_FILE,
        # A list is written with commas, not as JSON, whose slips would come out unexplained.
        enable_decoding=False,
        extra="ignore",
        frozen=True,
    )

    data_dir: Path = Field(Path("data"), description="Folder of the default store.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    database: DatabaseSettings = DatabaseSettings()
    vectors: VectorSettings = VectorSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    ingest: IngestSettings = IngestSettings()
    web: WebSettings = WebSettings()
    screen: ScreenSettings = ScreenSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    answers: AnswerSettings = AnswerSettings()
    chat: ChatSettings = ChatSettings()
    records: RecordsSettings = RecordsSettings()
    alerts: AlertSettings = AlertSettings()
    reports: ReportSettings = ReportSettings()
    api: ApiSettings = ApiSettings()
    sessions: SessionSettings = SessionSettings()
    evaluation: EvaluationSettings = EvaluationSettings()

    @model_validator(mode="before")
    @classmethod
    def _only_what_is_said(cls, given: Any) -> Any:
        return said(given)

    @field_validator("log_level")
    @classmethod
    def _is_a_log_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError(f"it must be DEBUG, INFO, WARNING or ERROR, not {value!r}")
        return value


def known_names() -> dict[str, str]:
    """Each environment variable's name, with what it is for, in the order of declaration."""
    names: dict[str, str] = {}
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            for key, inner in field.annotation.model_fields.items():
                names[f"{PREFIX}{name}{NESTED}{key}".upper()] = inner.description or ""
        else:
            names[f"{PREFIX}{name}".upper()] = field.description or ""
    return names


def load_settings(data_dir: Path | None = None) -> Settings:
    """Settings from the environment and `.env`; `data_dir` overrides both.

    Raises SettingsError for an unknown name, a value that does not fit, or a `.env` that cannot be read.
    """
    given = [*os.environ, *_names_in_file()]
    unknown = sorted({name for name in given if name.upper().startswith(PREFIX)} - known_names().keys())
    if unknown:
        raise SettingsError(
            f"Unknown setting: {', '.join(unknown)}.",
            "See .env.example for all names.",
        )
    if garbled := [name for name in given if name.upper().startswith(PREFIX) and not _is_text(name)]:
        raise SettingsError(
            f"The setting {garbled[0]} is wrong: it is no UTF-8 text.",
            "Set the terminal or the service manager to UTF-8, or write it into .env.",
        )
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        where = NESTED.join(str(part) for part in first["loc"]).upper()
        raise SettingsError(
            f"The setting {PREFIX}{where} is wrong: {first['msg'].removeprefix('Value error, ')}.",
            "See .env.example.",
        ) from error
    except OSError as error:
        raise SettingsError(
            f"A file that the settings name may not be looked at: {reason_of(error)}.",
            "Let whoever starts the program into its folder.",
        ) from error
    if data_dir is not None:
        settings = settings.model_copy(update={"data_dir": data_dir})
    if not is_text(settings.data_dir):
        raise SettingsError(
            f"The name of the data folder {shown(settings.data_dir)} holds bytes that are no text.",
            "Choose another with --data DIR or ASSISTANT_DATA_DIR.",
        )
    return settings


def _names_in_file() -> list[str]:
    try:
        return list(dotenv_values(_FILE))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The file {Path(_FILE).resolve()} cannot be read: {reason_of(error)}.",
            "It is a text file in UTF-8, which whoever starts the program may read.",
        ) from error


def _is_text(name: str) -> bool:
    """Python lets bytes of the environment that are none pass, until they are to be written somewhere."""
    try:
        os.environ.get(name, "").encode()
    except UnicodeEncodeError:
        return False
    return True
