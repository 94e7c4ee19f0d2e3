"""What somebody thinks of an answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from api.dependencies import ServiceOf
from api.errors import responses
from api.record_schemas import FeedbackIn, SignpostOut
from assistant.answers import AnswerStatus
from assistant.enquiry import Enquiry
from assistant.feedback import Feedback, FeedbackBox

router = APIRouter(prefix="/v1", tags=["feedback"])

_SIGNPOST: dict[int | str, dict[str, Any]] = {
    200: {"model": SignpostOut, "description": "The comment tells of immediate danger; nothing was kept."}
}


@router.post(
    "/feedback",
    status_code=HTTPStatus.NO_CONTENT,
    response_class=Response,
    responses=_SIGNPOST | responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
)
def give(given: FeedbackIn, service: ServiceOf) -> Response:
    """Keep feedback in place of any before on the same answer.

    Details of real people are put out of the comment before it is kept.
    """
    screened = service.screen(given.comment or "")
    if isinstance(screened, Enquiry):
        comment = screened.text
    elif screened.status is AnswerStatus.IMMEDIATE_DANGER:
        signpost = SignpostOut(
            message=service.replies.message(screened.status), signpost=service.replies.signpost
        )
        return JSONResponse(signpost.model_dump())
    else:
        comment = screened.suggestion or ""
    feedback = Feedback(given.useful, given.reason, comment or None)
    FeedbackBox(service.store.register.engine).put(given.answer_id, feedback)
    return Response(status_code=HTTPStatus.NO_CONTENT)
