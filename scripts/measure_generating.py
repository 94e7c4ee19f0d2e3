"""What we add to a chat model's own time, until the first verified sentence and until the whole answer.

`python -m scripts.measure_generating STORE [TOKENS_PER_SECOND]`, on a store of the sample library that
nothing else uses. The model is scripted: it writes the first sentences of the passages that it is shown, so
many tokens a second. Ours is what passes before it is asked, retrieval included, and between a line's last
token and its release. R is the median time to embed one 12-word question.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from assistant.answers import Sentence
from assistant.enquiry import Enquiry, Found
from assistant.models import ChatModel
from assistant.retriever import HybridRetriever
from assistant.steps.compose import Compose
from assistant.steps.generate import Generate
from assistant.steps.verify import Verify
from assistant.support.checker import SupportChecker
from corpus.passages import Citation
from corpus.sentences import sentence_spans
from corpus.settings import AnswerSettings, ChatSettings, Settings
from corpus.store import Store
from scripts.measuring import QUESTION, milliseconds, sample_questions, say

_PASSAGE = re.compile(r'<passage name="(P\d+)">\n.*\n([\s\S]*?)\n</passage>')
_TOKEN = 4  # characters
_LINES = 4


class PacedModel(BaseChatModel):
    """Writes a token every `seconds`, and notes when it was asked and when each line was whole."""

    seconds: float
    _asked: float = PrivateAttr(0.0)
    _whole: list[float] = PrivateAttr(default_factory=list)

    @property
    def times(self) -> tuple[float, list[float]]:
        """When it was asked, and when each line was whole; seconds on the clock of `time.perf_counter`."""
        return self._asked, self._whole

    @property
    def _llm_type(self) -> str:
        return "paced"

    def _stream(self, messages: list[BaseMessage], *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
        self._asked, self._whole = time.perf_counter(), []
        for name, text in _PASSAGE.findall(str(messages[-1].content))[:_LINES]:
            start, end = sentence_spans(text)[0]
            line = json.dumps({"text": text[start:end], "sources": [name]}) + "\n"
            for at in range(0, len(line), _TOKEN):
                time.sleep(self.seconds)
                if at + _TOKEN >= len(line):
                    self._whole.append(time.perf_counter())
                yield ChatGenerationChunk(message=AIMessageChunk(content=line[at : at + _TOKEN]))

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError("It only streams.")


def overheads(store: Store, questions: Sequence[str], seconds: float) -> tuple[list[float], list[float]]:
    """Milliseconds of our own until the first sentence is released, and until the answer is verified."""
    settings = Settings()
    chat = ChatSettings(model="openai:paced", timeout_seconds=60, min_share=0)
    model, verify = PacedModel(seconds=seconds), Verify(store.register)
    checker, quotes = SupportChecker(store.embedder), Compose(AnswerSettings())
    find = store.register.candidates
    generate = Generate(ChatModel(model, chat), checker, find, quotes, verify, chat, most=_LINES)
    retriever = HybridRetriever(store=store, settings=settings.retrieval)
    firsts, wholes = [], []
    for question in questions:
        released: list[float] = []

        def note(_: Sentence, __: tuple[Citation, ...], at: list[float] = released) -> None:
            at.append(time.perf_counter())

        started = time.perf_counter()
        found = tuple(retriever.search(question))
        step = generate(enquiry_of(question, found, note))
        if isinstance(step, Enquiry):
            verify(step)
        ended = time.perf_counter()
        asked, whole = model.times
        before = asked - started
        if released:
            line = max(at for at in whole if at <= released[0])
            firsts.append((before + released[0] - line) * 1000)
        wholes.append((before + ended - whole[-1]) * 1000)
    return firsts, wholes


def enquiry_of(question: str, found: tuple[Found, ...], release: Any) -> Enquiry:
    """As retrieval hands it on."""
    return Enquiry(question, standalone=question, found=found, confidence=1.0, release=release)


def main() -> None:
    speed = float(sys.argv[2]) if len(sys.argv) > 2 else 50.0
    with Store(Settings(data_dir=Path(sys.argv[1])), "measure") as store:
        firsts, wholes = overheads(store, sample_questions()[:40], 1 / speed)
        floor = np.median([milliseconds(lambda: store.embedder.embed([QUESTION])) for _ in range(40)])
    say("R, embedding one question", f"{floor:.1f} ms")
    for name, values in (("first verified sentence", firsts), ("whole answer", wholes)):
        p50, p95 = np.percentile(values, [50, 95])
        told = f"{p50:.1f} / {p95:.1f} ms, {p50 / floor:.1f} / {p95 / floor:.1f} R"
        say(f"ours until the {name}, p50 / p95", told, f"{len(values)} answers")


if __name__ == "__main__":
    main()
