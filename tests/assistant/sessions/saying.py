"""Models that say the key messages of a pack in short, and the packs that come of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from assistant.models import ChatModel
from assistant.sessions.pack import Item, Pack, Voice
from assistant.sessions.phrasing import Phraser
from corpus.settings import ChatSettings
from corpus.store import Store
from tests.assistant.sessions.making import items
from tests.scripted_model import ScriptedModel, in_tokens

# What is true of the small review, by the short names of its messages.
TRUE = {
    "P1": "A housing officer must be asked what the home is like.",
    "P2": "The review says that no adult asked K about the night.",
}
NAME = "openai:scripted"


def line(text: str, *names: str) -> str:
    """As the prompt asks for it."""
    return json.dumps({"text": text, "sources": list(names)}) + "\n"


def truth() -> str:
    return "".join(line(text, name) for name, text in TRUE.items())


def chat_model(model: ScriptedModel) -> ChatModel:
    settings = ChatSettings(model=NAME, chunk_seconds=0.3, timeout_seconds=0.6)
    return ChatModel(model, settings, sleep=lambda _: None)


def phrased_by(model: ScriptedModel, pack: Pack, store: Store) -> Pack:
    return Phraser(chat_model(model), store)(pack)


def phrased(store: Store, pack: Pack, pieces: Iterable[str], **model: Any) -> Pack:
    return phrased_by(ScriptedModel(pieces=pieces, **model), pack, store)


def in_short(pack: Pack) -> list[Item]:
    return [item for item in items(pack) if item.voice is Voice.PHRASED]


class Reporter(ScriptedModel):
    """Reports the second sentence that it is shown of each message, or the first where there is but one."""

    pieces: Any = ()

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> Iterator[ChatGenerationChunk]:
        shown = re.findall(r'<passage name="(P\d+)">\n(.*?)\n</passage>', str(messages[1].content), re.DOTALL)
        self.pieces = in_tokens("".join(line(_reported(text), name) for name, text in shown))
        yield from super()._stream(messages, stop, run_manager, **options)


def _reported(text: str) -> str:
    rows = text.split("\n")
    said = rows[min(1, len(rows) - 1)].rstrip(".")
    return f"The review says that {said[:1].lower()}{said[1:]}."
