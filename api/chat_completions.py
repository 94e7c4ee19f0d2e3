"""The shapes of OpenAI's chat completions, as far as a client needs them to show a cited answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from starlette.types import Scope

from api.security import MostOf
from assistant.answers import Answer, AnswerStatus
from assistant.citing import place_of
from assistant.enquiry import Turn
from assistant.markdown import escaped
from corpus.passages import Citation
from corpus.settings import ApiSettings

MODEL = "safeguarding-assistant"
PREFIX, PATH = "/v1", "/chat/completions"

_LINKED = re.compile(r"/cite/([a-z0-9-]{1,200})/")


class MessageIn(BaseModel):
    """One message; of a content in parts, the texts count."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, str) or self.content is None:
            return self.content or ""
        texts = [part.get("text") for part in self.content if part.get("type") == "text"]
        return "\n".join(text for text in texts if isinstance(text, str))


class CompletionIn(BaseModel):
    """The last message of the user is the question, and those before it are its conversation. Sampling
    settings and system messages change nothing: answers are quotes, or verified."""

    model: str = MODEL
    messages: list[MessageIn] = Field(min_length=1)
    stream: bool | None = None

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [{"messages": [{"role": "user", "content": "How soon must a referral be decided?"}]}]
        },
    )

    @field_validator("messages")
    @classmethod
    def _asks_something(cls, messages: list[MessageIn]) -> list[MessageIn]:
        if not any(message.role == "user" and message.text.strip() for message in messages):
            raise ValueError("there must be a message of the user with some text")
        return messages

    @property
    def turns(self) -> list[Turn]:
        """What the user said, not yet screened, the question last; `cited` are the documents that the answer
        to it linked to."""
        turns: list[Turn] = []
        for message in self.messages:
            if message.role == "user" and message.text.strip():
                turns.append(Turn(message.text.strip()))
            elif message.role == "assistant" and turns:
                linked = dict.fromkeys(_LINKED.findall(message.text))
                turns[-1] = replace(turns[-1], cited=tuple(linked))
        return turns


def largest_history(settings: ApiSettings) -> MostOf:
    """Clients send a conversation anew with each question, and it grows, though few of its turns are read."""

    def most_of(scope: Scope) -> int | None:
        is_one = scope["method"] == "POST" and scope["path"] == f"{PREFIX}{PATH}"
        return settings.max_history_kb * 1000 if is_one else None

    return most_of


@dataclass(frozen=True, slots=True)
class Content:
    """An answer as Markdown, in pieces that can be sent one after the other; `annotations` point into all."""

    pieces: tuple[str, ...]
    annotations: tuple[dict[str, Any], ...]

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def content_of(answer: Answer, base_url: str) -> Content:
    """Sentences with their footnotes, and the places that these name. `base_url` ends without a slash."""
    pieces = [f"{escaped(paragraph)}\n\n" for paragraph in _opening(answer)]
    marks: list[tuple[int, int, Citation]] = []
    citations = {citation.number: citation for citation in answer.citations}
    group = None
    for sentence in answer.sentences:
        heading = f"**{sentence.group.heading}**\n\n" if sentence.group is not group else ""
        group = sentence.group
        verb = f"**{sentence.verb.value.upper()}** " if sentence.verb else ""
        indent = "  " if sentence.is_item else ""
        before = f"{heading}{indent}- {verb}"
        said = escaped(sentence.text, f"{indent}  ")
        start = sum(map(len, pieces)) + len(before)
        notes = "".join(f" [^{number}]" for number in sentence.citations)
        marks += [(start, start + len(said), citations[number]) for number in sentence.citations]
        pieces.append(f"{before}{said}{notes}\n\n")
    pieces += [_footnote(citation, base_url) for citation in answer.citations]
    return Content(tuple(pieces), tuple(_annotation(*mark, base_url) for mark in marks))


def _opening(answer: Answer) -> Iterator[str]:
    """Danger is signposted first, and what stands in the way of an answer is told with whom to turn to."""
    if answer.signpost and answer.status is not AnswerStatus.ANSWERED:
        yield answer.signpost
    if answer.message:
        yield answer.message
    if answer.suggestion:
        yield f"Without the details: {answer.suggestion}"
    for notice in answer.notices:
        yield notice.text


def _footnote(citation: Citation, base_url: str) -> str:
    page = f", page {citation.page}" if citation.page else ""
    reviewed = f", last reviewed {citation.last_reviewed:%d %B %Y}" if citation.last_reviewed else ""
    place = f"{escaped(place_of(citation))}{page}, version {citation.version}{reviewed}"
    return f"[^{citation.number}]: [{place}]({base_url}{citation.url})\n"


def _annotation(start: int, end: int, citation: Citation, base_url: str) -> dict[str, Any]:
    """OpenAI's `url_citation`; the quote, which Markdown may have escaped in the text, goes with it."""
    place = {
        "start_index": start,
        "end_index": end,
        "title": place_of(citation),
        "url": base_url + citation.url,
        "quote": citation.quote,
        "sha256": citation.sha256,
    }
    return {"type": "url_citation", "url_citation": place}


def completion(answer: Answer, content: Content, created: int) -> dict[str, Any]:
    """The whole answer; `created` in seconds since 1970."""
    message = {"role": "assistant", "content": content.text, "annotations": list(content.annotations)}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    return _head(answer, created, "chat.completion") | {"choices": [choice], "usage": usage}


def chunks(answer: Answer, content: Content, created: int) -> Iterator[dict[str, Any]]:
    """The same in pieces, the last of which brings the annotations."""
    head = _head(answer, created, "chat.completion.chunk")
    deltas: Sequence[dict[str, Any]] = [
        {"role": "assistant", "content": ""},
        *({"content": piece} for piece in content.pieces),
        {"annotations": list(content.annotations)},
    ]
    for delta in deltas:
        yield head | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    yield head | {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}


def _head(answer: Answer, created: int, kind: str) -> dict[str, Any]:
    """`status` is ours: a client that knows it need not read the text to tell a refusal."""
    return {
        "id": f"chatcmpl-{answer.id or created}",
        "object": kind,
        "created": created,
        "model": MODEL,
        "status": answer.status.value,
    }
