"""What only a setting brings in, tried out: chat model, reranker, own files and lists, mail and webhooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.alerts.mail import MailServer
from assistant.alerts.webhook import WebhookPoster
from assistant.lists import read_list
from assistant.reports.stale import Outdated
from assistant.sessions.desk import look_of
from assistant.sessions.exports.files import FileKind, require_own_files
from assistant.themes import Themes
from corpus.settings import Settings

Look = Callable[[], str]
"""Says what was found. Raises AssistantError."""

_HELLO = "Answer with the one word yes."


def connections(settings: Settings) -> Iterator[tuple[str, Look]]:
    """By name, each to be looked at; only what the settings name."""
    if settings.chat.model:
        yield "chat model", lambda: _chat_model(settings)
    if settings.retrieval.reranker:
        yield "reranker", lambda: _reranker(settings)
    own = settings.sessions
    if own.logo or own.docx_template or own.pptx_template:
        yield "session files", lambda: _session_files(settings)
    if settings.reports.lists:
        yield "lists", lambda: _lists(settings)
    if settings.alerts.smtp_url.get_secret_value():
        yield "mail", lambda: _mail(settings)
    if settings.alerts.webhook_secret.get_secret_value():
        yield "webhooks", lambda: _webhooks(settings)


def _chat_model(settings: Settings) -> str:
    """It is asked for one word: a wrong name or key shows only there."""
    # Half a second to import, which nobody should wait for who has no chat model.
    from langchain_core.messages import HumanMessage

    from assistant.models import open_chat_model

    model = open_chat_model(settings.chat)
    for _ in model.stream([HumanMessage(_HELLO)]):
        break
    return f"{model.name} answers."


def _reranker(settings: Settings) -> str:
    from assistant.reranking import load_compressor

    made = load_compressor(settings.retrieval.reranker)
    return f"{settings.retrieval.reranker} made a {type(made).__name__}."


def _session_files(settings: Settings) -> str:
    look = look_of(settings.sessions, "")
    for kind in FileKind:
        require_own_files(kind, look)
    return "Logo and templates can be used."


def _lists(settings: Settings) -> str:
    themes = Themes.load(settings.reports.lists)
    Outdated(read_list("outdated.yaml", settings.reports.lists))
    return f"{len(themes.by_name)} themes, and what is outdated."


def _mail(settings: Settings) -> str:
    """Without a call: the server may count who calls and says nothing."""
    MailServer(settings.alerts)
    return "The mail server's address and the sender can be used; neither was tried."


def _webhooks(settings: Settings) -> str:
    WebhookPoster(settings.alerts)
    return "The secret is long enough."
