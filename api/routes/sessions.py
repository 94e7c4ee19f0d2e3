"""Session packs over HTTP: made, read, fetched as files, logged as used."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response

from api.dependencies import ServiceOf, Today
from api.errors import CaseDataFound, problem, responses
from api.service import Service
from api.session_desk import DeskOf, LookOf, PackId, screened, typed
from api.session_schemas import NOT_YET_HELD, SessionIn, SessionOut, UseIn, UseOut
from assistant.answers import AnswerStatus
from assistant.sessions.exports.files import FileKind, as_file, file_name
from assistant.sessions.exports.sheet import Look
from assistant.sessions.pack import Pack
from assistant.sessions.uses import Use, as_csv

router = APIRouter(prefix="/v1", tags=["sessions"])

_FAULTS = responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {kind.media_type: {"schema": {"type": "string", "format": "binary"}} for kind in FileKind},
    }
}


@router.post("/sessions", response_model=SessionOut, responses=_FAULTS)
async def make(asked: SessionIn, service: ServiceOf, desk: DeskOf) -> SessionOut | Response:
    """Make a pack and keep it. A theme with details of real people is refused; danger is signposted."""
    theme = typed(asked.source.theme)
    return await service.making.run(lambda: _made(asked, theme, service, desk), theme)


@router.get("/sessions/uses.csv", response_class=Response, responses=_FAULTS)
def uses(desk: DeskOf) -> Response:
    """The use log of all packs."""
    headers = {"Content-Disposition": 'attachment; filename="session-use-log.csv"'}
    return Response(as_csv(desk.uses.uses()), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/sessions/{pack_id}.{kind}", response_class=Response, responses=_FILE | _FAULTS)
async def fetch(pack_id: PackId, kind: FileKind, service: ServiceOf, desk: DeskOf, look: LookOf) -> Response:
    """The pack as a file, with the trainer's edits."""
    return await service.making.run(lambda: _file(desk.packs.get(pack_id).edited, kind, look))


@router.get("/sessions/{pack_id}", responses=_FAULTS)
def read(pack_id: PackId, desk: DeskOf) -> SessionOut:
    """A pack with the trainer's edits, and what of it has changed since."""
    return _shown(desk, pack_id)


@router.post("/sessions/{pack_id}/anew", responses=_FAULTS)
async def make_anew(pack_id: PackId, service: ServiceOf, desk: DeskOf) -> SessionOut:
    """The same session from the library as it is now; the pack before stays."""
    return await service.making.run(lambda: _shown(desk, desk.make_anew(pack_id).id))


@router.post("/sessions/{pack_id}/uses", response_model=UseOut, responses=_FAULTS)
def log_use(
    pack_id: PackId, given: UseIn, service: ServiceOf, desk: DeskOf, today: Today
) -> UseOut | Response:
    """Enter a session that was held."""
    desk.packs.get(pack_id)
    if given.on > today:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, NOT_YET_HELD)
    team, actions = typed(given.team), typed(given.actions)
    if refusal := _refusal(service, team, actions):
        return refusal
    return UseOut.of(desk.uses.add(Use(pack_id, given.on, team, given.people, actions)))


def _made(asked: SessionIn, theme: str, service: Service, desk: DeskOf) -> SessionOut | Response:
    if refusal := _refusal(service, theme, is_theme=True):
        return refusal
    return _shown(desk, desk.make(asked.request(theme)).id)


def _file(pack: Pack, kind: FileKind, look: Look) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file_name(pack, kind)}"'}
    return Response(as_file(pack, kind, look), media_type=kind.media_type, headers=headers)


def _shown(desk: DeskOf, pack_id: str) -> SessionOut:
    kept = desk.packs.get(pack_id)
    return SessionOut.of(kept, desk.outdated(kept))


def _refusal(service: Service, *texts: str, is_theme: bool = False) -> Response | None:
    """Raises CaseDataFound."""
    answer = screened(service, *texts, is_theme=is_theme)
    if answer is None:
        return None
    if answer.status is AnswerStatus.CASE_DATA:
        raise CaseDataFound(
            "What was typed seems to hold details of a real person. It was not kept.",
            "Leave them out and try again.",
        )
    message = service.replies.message(answer.status)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, message, signpost=service.replies.signpost)
