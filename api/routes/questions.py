"""A question in, a verified answer out: at once, or as server-sent events."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel

from api.dependencies import ServiceOf, require_length
from api.errors import fault_body, responses
from api.schemas import AnswerOut, QuestionIn

router = APIRouter(prefix="/v1", tags=["questions"])

EVENT_STREAM = "text/event-stream"
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": (
            f"The answer; with `Accept: {EVENT_STREAM}` as the events `status` (with the signpost), then "
            "each `sentence` and each `citation` that it is first to rest on, and last the whole `answer`; "
            "or `error`, a problem, in its place. What is sent has been verified."
        ),
        "content": {EVENT_STREAM: {"example": 'event: status\ndata: {"status": "answered"}\n\n'}},
    }
}
_IN_STATUS = {"id", "conversation_id", "status", "message", "signpost", "suggestion", "confidence"}


@router.post(
    "/questions",
    response_model=AnswerOut,
    responses=_STREAM | responses(HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
)
def ask(asked: QuestionIn, request: Request, service: ServiceOf) -> AnswerOut | Response:
    """Answer a question in the exact words of the documents.

    A question that is not answered ends in another `status`, not in an error.
    """
    require_length(asked.question, service)

    conversation_id = asked.conversation_id or uuid4().hex

    def answered() -> AnswerOut:
        return AnswerOut.of(service.ask(asked.question, conversation_id), conversation_id=conversation_id)

    if EVENT_STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_stream(answered), media_type=EVENT_STREAM)
    return answered()


def _stream(answered: Callable[[], AnswerOut]) -> Iterator[bytes]:
    try:
        yield from _events(answered())
    except Exception as error:
        # The response has begun: the fault can only be told as one more event.
        yield format_sse_event(event="error", data_str=json.dumps(fault_body(error)))


def _events(answer: AnswerOut) -> Iterator[bytes]:
    yield _event("status", answer, _IN_STATUS)
    citations = {citation.number: citation for citation in answer.citations}
    for sentence in answer.answer:
        yield _event("sentence", sentence)
        for number in sentence.citations:
            if number in citations:
                yield _event("citation", citations.pop(number))
    yield _event("answer", answer)


def _event(name: str, content: BaseModel, only: set[str] | None = None) -> bytes:
    return format_sse_event(event=name, data_str=content.model_dump_json(include=only))
