"""A conversation for whoever knows its id: all that is kept of it, and its removal."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from api.dependencies import ServiceOf, StoreOf
from api.errors import responses
from api.record_schemas import ConversationOut, RecordedAnswerOut
from assistant.archive import Archive
from assistant.transcript import as_markdown

router = APIRouter(prefix="/v1", tags=["conversations"])

ConversationId = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,64}$")]
Format = Annotated[Literal["json", "md"], Query(description="JSON, or Markdown to be filed.")]

_MARKDOWN = "text/markdown"
_FAULTS = responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
_EXPORT: dict[int | str, dict[str, Any]] = {
    200: {"description": "All that is kept.", "content": {_MARKDOWN: {"schema": {"type": "string"}}}}
}


@router.get("/conversations/{conversation_id}", response_model=ConversationOut, responses=_EXPORT | _FAULTS)
def export(conversation_id: ConversationId, store: StoreOf, format: Format = "json") -> Any:
    """Everything that is kept of a conversation, with the words that were cited."""
    records = Archive(store.register.engine).conversation(conversation_id)
    if format == "md":
        headers = {"Content-Disposition": 'attachment; filename="conversation.md"'}
        return Response(as_markdown(records), media_type=_MARKDOWN, headers=headers)
    answers = [RecordedAnswerOut.recorded(record, conversation_id) for record in records]
    return ConversationOut(id=conversation_id, answers=answers)


@router.delete("/conversations/{conversation_id}", status_code=HTTPStatus.NO_CONTENT, responses=_FAULTS)
def delete(conversation_id: ConversationId, service: ServiceOf) -> None:
    """Remove what was asked, said and thought in it, at once. That there were answers stays on record."""
    service.forget(conversation_id)
