"""The pages where a trainer makes, looks through, edits and logs session packs. They work without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import PagesOf, RegisterOf, ServiceOf, Today
from api.pages.sessions import PackView, choices
from api.security import refuse_other_sites
from api.service import Service
from api.session_desk import DeskOf, LookOf, PackId, screened, typed
from api.session_forms import FormFault, request_of, require_short, use_of
from assistant.sessions.editing import is_written
from assistant.sessions.pack import PartName
from corpus.errors import NoMaterial, NotFound

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_OURS = [Depends(refuse_other_sites)]
_NEWEST = 30
_NOT_ANEW = (
    "This pack cannot be made anew: the library no longer holds what it was made from. Choose something else."
)
_NOT_ENTERED = "Nothing was entered in the use log."


async def _sent(request: Request) -> Mapping[str, Any]:
    """Every field of the form, those that may be sent several times as lists."""
    form = await request.form()
    return {key: form.getlist(key) for key in form}


Sent = Annotated[Mapping[str, Any], Depends(_sent)]


@router.get("/sessions")
def choose(service: ServiceOf, pages: PagesOf, register: RegisterOf, desk: DeskOf) -> HTMLResponse:
    """The form, and the packs that were made."""
    return _form(service, pages, register, desk)


@router.post("/sessions", dependencies=_OURS)
async def make(
    sent: Sent, service: ServiceOf, pages: PagesOf, register: RegisterOf, desk: DeskOf
) -> Response:
    """To the new pack's page; or the form again, with what stands in the way."""
    theme = typed(_one(sent, "theme"))
    return await service.making.run(lambda: _made(sent, theme, service, pages, register, desk), theme)


def _made(
    sent: Mapping[str, Any],
    theme: str,
    service: Service,
    pages: PagesOf,
    register: RegisterOf,
    desk: DeskOf,
) -> Response:
    if answer := screened(service, theme, is_theme=True):
        message = service.replies.message(answer.status)
        return _form(
            service,
            pages,
            register,
            desk,
            dict(sent) | {"theme": [answer.suggestion or ""]},
            message,
            answer.status.value,
        )
    try:
        pack = desk.make(request_of(sent, theme))
    except (FormFault, NoMaterial, NotFound) as error:
        fault = (
            str(error) if not isinstance(error, NotFound) else "One of the documents is not there any more."
        )
        return _form(service, pages, register, desk, sent, fault)
    return RedirectResponse(f"/sessions/{pack.id}", 303)


@router.get("/sessions/uses")
def uses(pages: PagesOf, desk: DeskOf) -> HTMLResponse:
    """The use log of all packs."""
    return pages.render("session_uses.html", uses=desk.uses.uses())


@router.get("/sessions/{pack_id}")
def preview(pack_id: PackId, pages: PagesOf, desk: DeskOf, today: Today) -> HTMLResponse:
    return _pack(pack_id, pages, desk, today)


@router.get("/sessions/{pack_id}/print")
def print_ready(pack_id: PackId, pages: PagesOf, desk: DeskOf, look: LookOf) -> HTMLResponse:
    """The pack alone, laid out for paper."""
    return pages.render("session_print.html", view=PackView(desk.packs.get(pack_id).edited, look.base_url))


@router.post("/sessions/{pack_id}/anew", dependencies=_OURS)
async def make_anew(
    pack_id: PackId, service: ServiceOf, pages: PagesOf, desk: DeskOf, today: Today
) -> Response:
    """To the new pack; or the old one again, where the library holds no longer what it was made from."""
    return await service.making.run(lambda: _made_anew(pack_id, pages, desk, today))


def _made_anew(pack_id: PackId, pages: PagesOf, desk: DeskOf, today: Today) -> Response:
    desk.packs.get(pack_id)
    try:
        pack = desk.make_anew(pack_id)
    except (NotFound, NoMaterial):
        return _pack(pack_id, pages, desk, today, _NOT_ANEW)
    return RedirectResponse(f"/sessions/{pack.id}", 303)


@router.post("/sessions/{pack_id}/undo", dependencies=_OURS)
def undo(pack_id: PackId, desk: DeskOf) -> Response:
    """The pack as it was made."""
    desk.undo(pack_id)
    return RedirectResponse(f"/sessions/{pack_id}", 303)


@router.post("/sessions/{pack_id}/parts/{name}/{action}", dependencies=_OURS)
def arrange(pack_id: PackId, name: PartName, action: str, desk: DeskOf) -> Response:
    """Move a part up or down, leave it out or put it back; then to where it stands."""
    actions = {
        "up": lambda: desk.move(pack_id, name, -1),
        "down": lambda: desk.move(pack_id, name, 1),
        "out": lambda: desk.leave_out(pack_id, name),
        "back": lambda: desk.put_back(pack_id, name),
    }
    if action not in actions:
        raise NotFound("There is no such action.")
    actions[action]()
    anchor = "left-out" if action == "out" else name.value
    return RedirectResponse(f"/sessions/{pack_id}#page-{anchor}", 303)


@router.get("/sessions/{pack_id}/parts/{name}")
def edit_form(pack_id: PackId, name: PartName, pages: PagesOf, desk: DeskOf) -> HTMLResponse:
    """The part's lines, to keep or drop, and to write in their place."""
    return _part(pack_id, name, pages, desk)


@router.post("/sessions/{pack_id}/parts/{name}", dependencies=_OURS)
def edit(
    pack_id: PackId, name: PartName, sent: Sent, service: ServiceOf, pages: PagesOf, desk: DeskOf
) -> Response:
    part = desk.packs.get(pack_id).pack.part(name)
    if part is None:
        raise NotFound("This pack has no such part.")
    items = {item.key: item for item in part.items}
    words = {key: typed(_one(sent, f"words-{key}")) for key in items if f"words-{key}" in sent}
    added = typed(_one(sent, "added"))
    changed = [text for key, text in words.items() if is_written(items[key], text)]
    try:
        require_short(added, *changed)
    except FormFault as error:
        return _part(pack_id, name, pages, desk, str(error))
    if answer := screened(service, added, *changed):
        message = service.replies.message(answer.status)
        return _part(pack_id, name, pages, desk, message, answer.status.value)
    kept = frozenset(key for key in items if f"keep-{key}" in sent)
    desk.write(pack_id, name, kept, words, added)
    return RedirectResponse(f"/sessions/{pack_id}#page-{name.value}", 303)


@router.post("/sessions/{pack_id}/uses", dependencies=_OURS)
def log_use(
    pack_id: PackId, sent: Sent, service: ServiceOf, pages: PagesOf, desk: DeskOf, today: Today
) -> Response:
    desk.packs.get(pack_id)
    team, agreed = typed(_one(sent, "team")), typed(_one(sent, "actions"))
    if answer := screened(service, team, agreed):
        message = service.replies.message(answer.status)
        return _pack(pack_id, pages, desk, today, f"{message} {_NOT_ENTERED}", answer.status.value)
    try:
        desk.uses.add(use_of(pack_id, sent, team, agreed, today))
    except FormFault as error:
        return _pack(pack_id, pages, desk, today, f"{error} {_NOT_ENTERED}")
    return RedirectResponse(f"/sessions/{pack_id}#page-uses", 303)


def _form(
    service: Service,
    pages: PagesOf,
    register: RegisterOf,
    desk: DeskOf,
    sent: Mapping[str, Any] | None = None,
    fault: str = "",
    status: str = "",
) -> HTMLResponse:
    return pages.render(
        "sessions.html",
        422 if fault else 200,
        choices=choices(register),
        packs=desk.packs.newest(_NEWEST),
        has_model=bool(service.settings.chat.model),
        sent=sent or {},
        fault=fault,
        urgent=status == "immediate_danger",
    )


def _pack(
    pack_id: str, pages: PagesOf, desk: DeskOf, today: Today, fault: str = "", status: str = ""
) -> HTMLResponse:
    kept = desk.packs.get(pack_id)
    return pages.render(
        "session.html",
        422 if fault else 200,
        view=PackView(kept.edited),
        kept=kept,
        outdated=desk.outdated(kept),
        uses=desk.uses.uses(pack_id),
        today=today,
        fault=fault,
        urgent=status == "immediate_danger",
    )


def _part(
    pack_id: str, name: PartName, pages: PagesOf, desk: DeskOf, fault: str = "", status: str = ""
) -> HTMLResponse:
    kept = desk.packs.get(pack_id)
    part = kept.pack.part(name)
    if part is None:
        raise NotFound("This pack has no such part.")
    return pages.render(
        "session_part.html",
        422 if fault else 200,
        view=PackView(kept.pack),
        part=part,
        edits=kept.edits,
        fault=fault,
        urgent=status == "immediate_danger",
    )


def _one(sent: Mapping[str, Any], key: str) -> str:
    values = [each for each in sent.get(key, []) if isinstance(each, str)]
    return values[0] if values else ""
