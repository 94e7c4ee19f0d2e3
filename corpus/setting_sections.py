"""The sections of the settings: each room is handed its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_cache_path
from pydantic import BaseModel, ConfigDict, Field, FilePath, SecretStr, field_validator, model_validator

USUAL_MODEL = "all-mpnet-base-v2"

# Nobody means more than a hundred years, or than a year for a wait. Somewhere beyond, dates can no longer be
# worked out, clocks no longer wait, and libraries no longer take the number.
MOST_HOURS = 876_000
Days = Annotated[int, Field(le=36_500)]
Hours = Annotated[float, Field(le=MOST_HOURS)]
Minutes = Annotated[float, Field(le=525_600)]
Seconds = Annotated[float, Field(le=31_536_000)]
Count = Annotated[int, Field(le=1_000_000)]


def said(given: Any) -> Any:
    """Without the names that have nothing behind them, as .env.example writes them: their defaults hold."""
    if not isinstance(given, dict):
        return given
    return {
        name: value for name, value in given.items() if not (isinstance(value, str) and not value.strip())
    }


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _only_what_is_said(cls, given: Any) -> Any:
        return said(given)


def _parted(value: Any) -> Any:
    """A list that is written with commas."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


class DatabaseSettings(Section):
    url: str | None = Field(
        None, description="SQLAlchemy URL of a PostgreSQL database; without it, SQLite in the data folder."
    )


class VectorSettings(Section):
    url: str | None = Field(
        None, description="Address of a `chroma run` server; without it, Chroma embedded in the data folder."
    )
    collection: str = Field("passages", description="Name of the Chroma collection.")


class EmbeddingSettings(Section):
    model: str = Field(
        USUAL_MODEL,
        description="all-MiniLM-L6-v2, all-mpnet-base-v2, or the path of a sentence-transformers folder.",
    )
    # One thread each: two threads on two busy cores made a query wait up to a second.
    threads: int = Field(1, ge=1, le=1024, description="Threads that one embedding may use.")
    batch_size: Count = Field(8, ge=1, description="Most texts embedded at once; fewer where they are long.")
    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("safeguarding-assistant"),
        description="Where the exported model is kept.",
    )


class IngestSettings(Section):
    max_file_mb: Count = Field(50, ge=1, description="Largest file that is read, in MB.")
    reader_seconds: Seconds = Field(30, gt=0, description="Longest time that reading one file may take.")
    reader_memory_mb: Count = Field(1024, ge=256, description="Most memory that reading one file may take.")
    passage_words: Count = Field(120, ge=40, description="Longest passage, in words, where text can be cut.")


class WebSettings(Section):
    """How web manuals are fetched, and how often."""

    user_agent: str = Field(
        "SafeguardingAssistant/1.0",
        description="How it names itself to sites; add an address where their keepers can reach you.",
    )
    delay_seconds: Seconds = Field(1.0, ge=0, description="Least time between two pages of a site.")
    silence_seconds: Seconds = Field(
        10, gt=0, description="Longest silence of a site in the middle of a page."
    )
    page_seconds: Seconds = Field(30, gt=0, description="Longest time that one page may take.")
    max_pages: Count = Field(500, ge=1, description="Most pages of one site.")
    max_depth: Count = Field(6, ge=0, description="Most links from the start address to a page.")
    max_minutes: Minutes = Field(60, gt=0, description="Longest time that one site may take.")
    max_wait_seconds: Seconds = Field(
        120, ge=0, description="Longest wait that a busy site may ask for; else the rest is left for later."
    )
    private_hosts: tuple[str, ...] = Field(
        (), description="Hosts of your own network that may be fetched, with commas between them."
    )
    every_hours: Hours = Field(24, ge=0, description="How often a source is looked at, unless it says so.")
    check_seconds: Seconds = Field(60, gt=0, description="How often the service looks for what is due.")

    @field_validator("user_agent")
    @classmethod
    def _fits_a_header(cls, value: str) -> str:
        if not (value.isascii() and value.isprintable()):
            raise ValueError("it must be one line of plain letters, digits and signs (ASCII)")
        return value

    @field_validator("private_hosts", mode="before")
    @classmethod
    def _part_at_commas(cls, value: Any) -> Any:
        return _parted(value)


class ScreenSettings(Section):
    names: bool = Field(True, description="Look for names with the built-in recogniser, not by rules alone.")


class RetrievalSettings(Section):
    candidates: Count = Field(50, ge=5, description="Passages taken from each index before fusion.")
    limit: Count = Field(12, ge=1, description="Passages handed on after fusion.")
    min_confidence: float = Field(0.06, ge=0, le=1, description="Below it, the answer is `not_in_corpus`.")
    min_answerability: float = Field(
        0.25,
        ge=0,
        le=1,
        description="Below it, the answer is `not_in_corpus`, with the nearest that was found.",
    )
    reranker: str = Field("", description="A function, package.module:name, making a LangChain compressor.")
    reranker_weight: float = Field(
        1.0, ge=0, le=1000, description="Weight of the reranker's standardised scores."
    )
    reranker_depth: Count = Field(
        20, ge=2, description="How many of the first passages the reranker is shown."
    )


class AnswerSettings(Section):
    max_sentences: Count = Field(6, ge=1, description="Most quoted sentences in one answer.")
    max_further: Count = Field(4, ge=0, description="Most passages named below them, folded away.")
    front_door_name: str = Field(
        "your local authority's children's social care front door",
        description="Whom to contact about a child at risk.",
    )
    front_door_phone: str = Field("", description="Its telephone number in office hours.")
    out_of_hours_phone: str = Field("", description="Its telephone number at all other times.")


class RecordsSettings(Section):
    keep: bool = Field(True, description="Record every answer in the register, chained by hashes.")
    retention_days: Days = Field(
        30, ge=1, description="Days after which questions, conversations and comments are removed."
    )
    # Six years: the usual limitation period of the Limitation Act 1980, sections 2 and 5.
    audit_days: Days = Field(
        2192, ge=1, description="Days after which a record is removed as a whole, cited words included."
    )


class ChatSettings(Section):
    """Without a `model`, answers are put together from quotes alone."""

    model: str = Field("", description="Chat model as provider:name, such as openai:gpt-5; none by default.")
    base_url: str | None = Field(
        None, description="Address of the chat model, where it is not the provider's."
    )
    api_key: SecretStr | None = Field(
        None, description="Key of the chat model; without it, the provider's own variable is read."
    )
    timeout_seconds: Seconds = Field(30, gt=0, description="Longest time that the model may write.")
    chunk_seconds: Seconds = Field(
        10, gt=0, description="Longest silence of the model, its first word included."
    )
    max_retries: Count = Field(2, ge=0, description="Further tries where the model does not begin to answer.")
    breaker_faults: Count = Field(3, ge=1, description="Faults in a row after which the model is left alone.")
    breaker_seconds: Seconds = Field(60, gt=0, description="How long it is left alone then.")
    max_tokens: Count = Field(800, ge=50, description="Most tokens that the model may write.")
    temperature: float | None = Field(
        None, ge=0, le=2, description="How freely the model writes; without it, the model's own default."
    )
    passages: int = Field(8, ge=1, le=50, description="Passages that the model is shown.")
    min_sentences: Count = Field(
        1, ge=1, description="With fewer verified sentences, quotes are given instead."
    )
    min_share: float = Field(
        0.5, ge=0, le=1, description="With a lower share of verified sentences, quotes are given instead."
    )


class AlertSettings(Section):
    """Without an `smtp_url`, alerts go out by feed and by webhook alone."""

    smtp_url: SecretStr = Field(
        SecretStr(""),
        description="Mail server: smtp://user:password@host:587 (with STARTTLS), smtps://host:465, or "
        "smtp+plain://host:25 for a relay of your own network without encryption; none by default.",
    )
    sender: str = Field("", description="Address that alerts come from.")
    public_url: str = Field(
        "", description="Where people reach the service, for links in alerts: https://assistant.example.org."
    )
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="Secret that webhooks are signed with, at least 24 characters."
    )
    webhook_private: bool = Field(False, description="Send webhooks to addresses of private networks, too.")
    check_seconds: Seconds = Field(60, gt=0, description="How often what is to be sent is looked for.")
    settle_minutes: Minutes = Field(
        10, ge=0, description="How long changes of an ingest that was broken off are held back."
    )
    timeout_seconds: Seconds = Field(20, gt=0, description="Longest wait for a mail server or webhook.")
    give_up_days: Days = Field(
        7, ge=1, description="Days after which a message that nobody took is given up."
    )
    keep_days: Days = Field(30, ge=1, description="Days after which a sent message is removed.")
    confirm_hours: int = Field(
        48, ge=1, le=MOST_HOURS, description="Hours after which an unconfirmed address is removed."
    )
    max_confirmations: Count = Field(
        60, ge=1, description="Most addresses an hour that are asked to confirm."
    )

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("it must begin with https:// or http://")
        return value.rstrip("/")


class ReportSettings(Section):
    lists: Path | None = Field(
        None,
        description="Folder with your own themes.yaml or outdated.yaml, in place of the built-in lists.",
    )
    due_days: Days = Field(60, ge=0, description="Days ahead for which reviews count as soon due.")


class ApiSettings(Section):
    host: str = Field("127.0.0.1", description="Address to listen on; loopback unless told otherwise.")
    port: int = Field(8321, ge=1, le=65535, description="Port to listen on.")
    allowed_origins: tuple[str, ...] = Field(
        (), description="Other web origins that may call the service, with commas between them."
    )
    max_body_kb: Count = Field(64, ge=1, description="Largest request body, in kB.")
    max_history_kb: Count = Field(
        1000,
        ge=1,
        description="The same for chat completions, where each question brings its whole conversation.",
    )
    admin_token: SecretStr = Field(
        SecretStr(""),
        description="Secret of those who keep the library, at least 24 characters; without it, the library "
        "can be changed only from the machine itself.",
    )
    max_question_chars: Count = Field(2000, ge=50, description="Longest question, in characters.")

    @field_validator("admin_token")
    @classmethod
    def _is_long_enough(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) < 24:
            raise ValueError("it must have at least 24 characters")
        return value

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _part_at_commas(cls, value: Any) -> Any:
        return _parted(value)


class SessionSettings(Section):
    """The looks of session packs as files."""

    logo: FilePath | None = Field(None, description="PNG or JPEG that stands on the first page and slide.")
    logo_text: str = Field("", description="What the logo shows, for those who do not see it.")
    docx_template: FilePath | None = Field(None, description="The partnership's own Word file (.docx).")
    pptx_template: FilePath | None = Field(None, description="The partnership's own PowerPoint file (.pptx).")
