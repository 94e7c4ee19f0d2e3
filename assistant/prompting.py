"""What a chat model is shown: the prompt of `prompts/answer.md`, and passages under short names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from corpus.passages import LivePassage, digest

_FILE = "answer.md"
_RULE = "\n---\n"
_PLACE = re.compile(r"\{(passages|question)\}")
_VERSION_DIGITS = 12
# Single angle quotation marks.
_NO_FENCE = str.maketrans({"<": "\u2039", ">": "\u203a"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """`version` is made from the file's digest: whoever changes a word changes the version."""

    system: str
    request: str
    version: str

    def messages(self, question: str, passages: Mapping[str, LivePassage]) -> list[BaseMessage]:
        """`question` has been screened and stands alone; `passages` are keyed by the short names."""
        shown = "\n".join(_fenced(name, live) for name, live in passages.items())
        filled = {"passages": shown, "question": _defused(question)}
        request = _PLACE.sub(lambda place: filled[place[1]], self.request)
        return [SystemMessage(self.system), HumanMessage(request)]


@cache
def answer_prompt() -> Prompt:
    """As the file has it."""
    text = files("assistant").joinpath("prompts").joinpath(_FILE).read_text(encoding="utf-8")
    system, _, request = text.partition(_RULE)
    return Prompt(system.strip(), request.strip(), f"{_FILE}@{digest(text)[:_VERSION_DIGITS]}")


def _fenced(name: str, live: LivePassage) -> str:
    passage = live.passage
    # Without the printed number, which would be copied into the sentence.
    begin = passage.lines[0].start - passage.start if passage.lines else 0
    shown = (" > ".join(passage.trail), passage.text[begin:])
    return "\n".join([f'<passage name="{name}">', *map(_defused, shown), "</passage>"])


def _defused(text: str) -> str:
    """No text can end its own fence."""
    return text.translate(_NO_FENCE)
