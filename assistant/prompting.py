"""What a chat model is shown: a prompt of `prompts/`, and what it may rest on under short names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from corpus.passages import LivePassage, digest

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
        return self.about({name: _shown(live) for name, live in passages.items()}, question)

    def about(self, texts: Mapping[str, str], question: str = "") -> list[BaseMessage]:
        """The texts that sentences may rest on, keyed by the short names."""
        shown = "\n".join(_fenced(name, text) for name, text in texts.items())
        filled = {"passages": shown, "question": _defused(question)}
        request = _PLACE.sub(lambda place: filled[place[1]], self.request)
        return [SystemMessage(self.system), HumanMessage(request)]


def answer_prompt() -> Prompt:
    """For sentences that answer a question from passages."""
    return _prompt("answer.md")


def phrase_prompt() -> Prompt:
    """For one sentence that says in short what a few quotes say."""
    return _prompt("phrase.md")


@cache
def _prompt(file: str) -> Prompt:
    """As the file has it."""
    text = files("assistant").joinpath("prompts").joinpath(file).read_text(encoding="utf-8")
    system, _, request = text.partition(_RULE)
    return Prompt(system.strip(), request.strip(), f"{file}@{digest(text)[:_VERSION_DIGITS]}")


def _shown(live: LivePassage) -> str:
    """Without the printed number, which would be copied into the sentence."""
    passage = live.passage
    begin = passage.lines[0].start - passage.start if passage.lines else 0
    return "\n".join((" > ".join(passage.trail), passage.text[begin:]))


def _fenced(name: str, text: str) -> str:
    return "\n".join([f'<passage name="{name}">', _defused(text), "</passage>"])


def _defused(text: str) -> str:
    """No text can end its own fence."""
    return text.translate(_NO_FENCE)
