"""A question in, a verified answer out: at once, or as server-sent events."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from api.dependencies import ServiceOf, require_length
from api.errors import responses
from api.schemas import AnswerOut, QuestionIn
from api.streaming import events
from assistant.enquiry import Release

router = APIRouter(prefix="/v1", tags=["questions"])

EVENT_STREAM = "text/event-stream"
# Some proxies keep a response back until it is whole.
_UNBUFFERED = {"X-Accel-Buffering": "no"}
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": (
            f"The answer; with `Accept: {EVENT_STREAM}` as the events `status` (with the signpost), then "
            "each `sentence` and each `citation` that it is first to rest on, and last the whole `answer`; "
            "or `error`, a problem, in its place. What is sent has been verified; a chat model's sentences "
            "come as they are verified, and a second `status` begins anew."
        ),
        "content": {EVENT_STREAM: {"example": 'event: status\ndata: {"status": "answered"}\n\n'}},
    }
}


@router.post(
    "/questions",
    response_model=AnswerOut,
    responses=_STREAM | responses(HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
)
async def ask(asked: QuestionIn, request: Request, service: ServiceOf) -> Response:
    """Answer a question in the exact words of the documents.

    A question that is not answered ends in another `status`, not in an error.
    """
    require_length(asked.question, service)

    is_first = asked.conversation_id is None
    conversation_id = asked.conversation_id or uuid4().hex

    def answered(release: Release | None = None) -> AnswerOut:
        answer = service.ask(
            asked.question,
            conversation_id,
            release,
            is_safe=asked.no_immediate_danger,
            is_first=is_first,
        )
        return AnswerOut.of(answer, conversation_id=conversation_id)

    if EVENT_STREAM in request.headers.get("accept", ""):
        stream = events(service.asking, answered, asked.question, service.replies.signpost)
        return StreamingResponse(stream, media_type=EVENT_STREAM, headers=_UNBUFFERED)
    # Written there, in that thread: FastAPI would take another one to see that the answer has its own shape.
    written = await service.asking.run(lambda: answered().model_dump_json(), asked.question)
    return Response(written, media_type="application/json")
