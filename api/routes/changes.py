"""What changed between versions, paragraph by paragraph."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from api.dependencies import RegisterOf
from api.errors import responses
from api.schemas import ChangeOut

router = APIRouter(prefix="/v1", tags=["changes"], responses=responses(HTTPStatus.SERVICE_UNAVAILABLE))


@router.get("/changes")
def changes(
    register: RegisterOf,
    document_id: Annotated[
        str | None, Query(max_length=200, pattern="^[a-z0-9-]+$", description="Only those of this document.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="Most changes.")] = 200,
) -> list[ChangeOut]:
    """Newest first."""
    return [ChangeOut.of(recorded) for recorded in register.changes(document_id, limit)]
