"""For clients that speak OpenAI's chat completions: the same answers, with citations as footnotes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from api.chat_completions import MODEL, PATH, PREFIX, CompletionIn, Content, chunks, completion, content_of
from api.dependencies import AddressOf, ServiceOf, require_length
from api.errors import responses
from api.service import Service
from assistant.answers import Answer
from assistant.conversations import TURNS
from assistant.enquiry import Enquiry, Turn

router = APIRouter(prefix=PREFIX, tags=["OpenAI-compatible"])


@router.get("/models")
def models() -> dict[str, Any]:
    """The one model that there is."""
    model = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
    return {"object": "list", "data": [model]}


@router.post(
    PATH,
    response_model=None,
    responses=responses(HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
)
async def chat_completions(
    asked: CompletionIn, service: ServiceOf, address: AddressOf
) -> dict[str, Any] | Response:
    """Answer the user's last message in the exact words of the documents.

    The text is Markdown with footnotes; each annotation holds the exact quote, its link and its digest.
    """
    *before, last = asked.turns
    require_length(last.question, service)
    answer = await service.asking.run(
        lambda: service.ask(last.question, turns=_screened(before, service)), last.question
    )
    content = content_of(answer, address)
    created = int(time.time())
    if asked.stream:
        return StreamingResponse(_stream(answer, content, created), media_type="text/event-stream")
    return completion(answer, content, created)


def _screened(turns: Sequence[Turn], service: Service) -> tuple[Turn, ...]:
    """Without those that hold case data, which a client sends again and again."""
    most = service.settings.api.max_question_chars
    read = ((turn, service.screen(turn.question)) for turn in turns[-TURNS:] if len(turn.question) <= most)
    return tuple(replace(turn, question=own.text) for turn, own in read if isinstance(own, Enquiry))


def _stream(answer: Answer, content: Content, created: int) -> Iterator[str]:
    for chunk in chunks(answer, content, created):
        yield f"data: {json.dumps(chunk)}\n\n"
    yield "data: [DONE]\n\n"
