"""Chat models: the one place where they are made, and what stands between us and their faults."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from enum import StrEnum
from http import HTTPStatus
from queue import Empty, SimpleQueue
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langsmith import tracing_context

from corpus.errors import ChatModelError, SettingsError, reason_of
from corpus.settings import ChatSettings

log = logging.getLogger(__name__)

Clock = Callable[[], float]

_BACKOFF_SECONDS = 0.5
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}
_ADVICE = "See docs/models.md."
# Providers whose package is one of our own extras.
_EXTRAS = {"openai": "openai", "azure_openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}


class Fault(StrEnum):
    """What became of a call that did not end well."""

    FAILED = "model failed"
    SLOW = "model slow"
    LEFT_ALONE = "model left alone"


class ModelFault(ChatModelError):
    """A call that did not end well; what had been written before it stands."""

    def __init__(self, fault: Fault, told: str = "") -> None:
        """`told` is what is known of the cause: never its message, which may repeat the question."""
        cause = f" ({told})" if told else ""
        super().__init__(f"The chat model gave no whole answer: {fault.value}{cause}.", _ADVICE)
        self.fault = fault


class CircuitBreaker:
    """After so many `faults` in a row lets nobody through for so many `seconds`, then one to try it again."""

    def __init__(self, faults: int, seconds: float, clock: Clock = time.monotonic) -> None:
        self._most = faults
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._faults = 0
        self._closed_from = 0.0

    def allows(self) -> bool:
        with self._lock:
            if self._faults < self._most:
                return True
            if self._clock() < self._closed_from:
                return False
            # Others wait until the one that tries has come back, or has had as long again.
            self._closed_from = self._clock() + self._seconds
            return True

    def note(self, *, is_fault: bool) -> None:
        with self._lock:
            self._faults = self._faults + 1 if is_fault else 0
            self._closed_from = self._clock() + self._seconds


class ChatModel:
    """A chat model that answers in time or not at all. `name` is recorded with what it wrote."""

    def __init__(
        self,
        model: BaseChatModel,
        settings: ChatSettings,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = settings.model
        self._model = model
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._breaker = CircuitBreaker(settings.breaker_faults, settings.breaker_seconds, clock)

    def stream(self, messages: Sequence[BaseMessage]) -> Generator[str]:
        """What the model writes, piece by piece. Raises ModelFault, also after some pieces.

        Whoever has enough may stop: that is no fault.
        """
        if not self._breaker.allows():
            raise ModelFault(Fault.LEFT_ALONE)
        is_fault = False
        try:
            yield from self._tries(messages, self._clock() + self._settings.timeout_seconds)
        except Exception as error:
            is_fault = True
            # A message may repeat the question.
            told = f"{type(error).__name__} {_status(error) or ''}".strip()
            log.warning("The chat model failed: %s", told)
            raise ModelFault(Fault.SLOW if isinstance(error, TimeoutError) else Fault.FAILED, told) from None
        finally:
            self._breaker.note(is_fault=is_fault)

    def _tries(self, messages: Sequence[BaseMessage], deadline: float) -> Iterator[str]:
        """Tries again only before the first piece, so that nothing is said twice."""
        for attempt in range(self._settings.max_retries + 1):
            has_begun = False
            try:
                for piece in filter(None, self._in_time(messages, deadline)):
                    has_begun = True
                    yield piece
                return
            except Exception as error:
                wait = _BACKOFF_SECONDS * 2**attempt * random.uniform(1, 1.5)
                is_last = attempt == self._settings.max_retries or self._clock() + wait >= deadline
                if has_begun or is_last or not _may_pass(error):
                    raise
            self._sleep(wait)

    def _in_time(self, messages: Sequence[BaseMessage], deadline: float) -> Iterator[str]:
        """Raises TimeoutError. A provider's client knows no limit on the whole, so it runs in a thread."""
        pieces: SimpleQueue[str | BaseException | None] = SimpleQueue()
        is_wanted = threading.Event()
        is_wanted.set()
        arguments = (messages, pieces, is_wanted)
        threading.Thread(target=self._write, args=arguments, daemon=True, name="chat-model").start()
        try:
            while True:
                patience = min(self._settings.chunk_seconds, deadline - self._clock())
                try:
                    piece = pieces.get(timeout=max(patience, 0))
                except Empty:
                    raise TimeoutError from None
                if piece is None:
                    return
                if isinstance(piece, BaseException):
                    raise piece
                yield piece
        finally:
            is_wanted.clear()

    def _write(
        self,
        messages: Sequence[BaseMessage],
        pieces: SimpleQueue[str | BaseException | None],
        is_wanted: threading.Event,
    ) -> None:
        try:
            # LangChain sends a trace, questions and all, to another service where its variables are set.
            with tracing_context(enabled=False):
                for chunk in self._model.stream(list(messages)):
                    if not is_wanted.is_set():
                        return
                    pieces.put(str(chunk.text))
        except BaseException as error:
            pieces.put(error)
        else:
            pieces.put(None)


def open_chat_model(settings: ChatSettings) -> ChatModel:
    """The model that the settings name. Raises SettingsError; whether it can be reached shows at the first
    question."""
    provider, _, name = settings.model.partition(":")
    if not (provider and name):
        raise SettingsError(
            f"The chat model {settings.model} has no provider.", f"Write openai:name. {_ADVICE}"
        )
    try:
        model = init_chat_model(name, model_provider=provider, **_options(provider, settings))
    except ImportError as error:
        extra = _EXTRAS.get(provider)
        missing = f"Install `safeguarding-assistant[{extra}]`." if extra else f"{reason_of(error)}."
        raise SettingsError(
            f"The package for the chat model {settings.model} is not installed.",
            f"{missing} {_ADVICE}",
        ) from error
    except Exception as error:
        # Each provider's package has its own error for a key or an address that is not there.
        raise SettingsError(
            f"The chat model {settings.model} cannot be used: {reason_of(error)}.", _ADVICE
        ) from error
    if not isinstance(model, BaseChatModel):
        raise SettingsError(f"{settings.model} is not a chat model.", _ADVICE)
    return ChatModel(model, settings)


def _options(provider: str, settings: ChatSettings) -> dict[str, Any]:
    """Retries are ours: a provider's own would neither know our limit nor keep the circuit breaker told."""
    key = settings.api_key.get_secret_value() if settings.api_key else None
    # A little longer than ours, which tells what happened; the client's only sets its thread free.
    patience = settings.chunk_seconds * 1.5
    where = "azure_endpoint" if provider == "azure_openai" else "base_url"
    options: dict[str, Any] = {where: settings.base_url or None, "temperature": settings.temperature}
    if provider == "ollama":
        options |= {"num_predict": settings.max_tokens, "client_kwargs": {"timeout": patience}}
    else:
        limits = {"timeout": patience, "max_retries": 0, "max_tokens": settings.max_tokens}
        options |= {"api_key": key, **limits}
    return {name: value for name, value in options.items() if value is not None}


def _status(error: Exception) -> int | None:
    """The HTTP status, where the provider's error has one."""
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def _may_pass(error: Exception) -> bool:
    """Whether trying again may help: not where the request itself is refused, nor where time ran out."""
    status = _status(error)
    if isinstance(error, TimeoutError):
        return False
    return status is None or status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR
