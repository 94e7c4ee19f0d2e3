"""For whatever watches over the service: is it up, can it answer?"""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.dependencies import ServiceOf
from api.errors import responses
from api.schemas import HealthOut, ReadinessOut

router = APIRouter(tags=["health"])


# On the loop itself: whoever watches must not wait for a thread behind slow work.
@router.get("/healthz")
async def healthz() -> HealthOut:
    """The process is up, whatever the state of the store."""
    return HealthOut()


@router.get("/readyz", responses=responses(HTTPStatus.SERVICE_UNAVAILABLE))
def readyz(service: ServiceOf) -> ReadinessOut:
    """Register, indexes and model answer; a store that could not be opened before is tried again."""
    documents, passages = service.counts()
    return ReadinessOut(documents=documents, passages=passages)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(service: ServiceOf) -> Response:
    """Counts and times in the format of Prometheus: statuses and steps, nothing of what was asked or said."""
    lost = service.records.lost if service.records else 0
    return Response(service.telemetry.page(lost), media_type=CONTENT_TYPE_LATEST)
