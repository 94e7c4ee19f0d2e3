"""A chat model that writes what it is told to, when it is told to."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field, PrivateAttr


class ScriptedModel(BaseChatModel):
    """Writes `pieces`, each after `seconds`; raises `faults` in place of the first piece, one a call, and
    `last_fault` after the last piece."""

    pieces: Any
    seconds: float = 0.0
    faults: list[Exception] = Field(default_factory=list)
    last_fault: Any = None
    _seen: list[list[BaseMessage]] = PrivateAttr(default_factory=list)

    @property
    def seen(self) -> list[list[BaseMessage]]:
        """The messages of each call."""
        return self._seen

    @property
    def shown(self) -> str:
        """Everything that the last call was shown."""
        return "\n".join(str(message.content) for message in self._seen[-1])

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 (LangChain's signature)
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self._seen.append(messages)
        if self.faults:
            raise self.faults.pop(0)
        for piece in self.pieces:
            time.sleep(self.seconds)
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        if self.last_fault is not None:
            raise self.last_fault

    def _generate(self, messages: list[BaseMessage], *arguments: Any, **options: Any) -> ChatResult:
        text = "".join(str(chunk.message.content) for chunk in self._stream(messages, *arguments, **options))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])


class HTTPFault(Exception):
    """As the providers' packages raise it."""

    def __init__(self, status_code: int) -> None:
        super().__init__(f"HTTP {status_code}")
        self.status_code = status_code


def in_tokens(text: str) -> Iterable[str]:
    """The text in pieces of about a token each."""
    return [text[at : at + 4] for at in range(0, len(text), 4)]
