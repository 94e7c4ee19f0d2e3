"""What one could ask, from the library's own headings."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import ServiceOf, Today
from api.errors import responses

router = APIRouter(prefix="/v1", tags=["questions"])


class SuggestionOut(BaseModel):
    """A question, and the heading that it was made from."""

    question: str
    heading: str
    title: str
    document_id: str

    model_config = ConfigDict(from_attributes=True)


class SuggestionsOut(BaseModel):
    """Questions to begin with, and how large the library is that answers them."""

    suggestions: list[SuggestionOut]
    documents: int = Field(description="Documents that answer questions.")
    passages: int = Field(description="Paragraphs that are searched.")


@router.get("/suggestions", responses=responses(HTTPStatus.SERVICE_UNAVAILABLE))
def suggest(
    service: ServiceOf,
    today: Today,
    limit: Annotated[int, Query(ge=1, le=12, description="Most suggestions.")] = 4,
) -> SuggestionsOut:
    """Other ones every day."""
    register = service.store.register
    found = service.suggestions.on(today, limit)
    return SuggestionsOut(
        suggestions=[SuggestionOut.model_validate(each) for each in found],
        documents=len(register.live_versions()),
        passages=register.live_count(),
    )
