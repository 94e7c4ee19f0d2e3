"""The page for leads: a situation, the procedures that apply, and the dates that follow. It works without
scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import AddressOf, PagesOf, RegisterOf, ServiceOf, Written, require_length
from api.pages.procedures import DATES, ROLE_NAMES, ROLES, VERDICTS, DatesForm, grouped
from api.routes.procedures import CALENDAR, Now
from api.security import refuse_other_sites
from assistant.applicable.links import documents_in
from assistant.applicable.results import Findings, Verdict
from assistant.applicable.showing import show as shown_alone
from assistant.due_dates import DueDates, calendar_file
from corpus.errors import NotFound

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_OURS = [Depends(refuse_other_sites)]
_LONGEST_LINK = 3_000


@router.get("/procedures")
def form(pages: PagesOf, register: RegisterOf, show: str = "", role: str = "") -> HTMLResponse:
    """An empty form; or with `show`, the procedures that a permanent link names."""
    if not show:
        return _page(pages, None, "", "")
    if len(show) > _LONGEST_LINK or not (chosen := documents_in(show)):
        raise NotFound("The link names no procedure.")
    return _page(pages, shown_alone(register, chosen, ROLES.get(role)), "", role)


@router.post("/procedures", dependencies=_OURS)
async def find(
    service: ServiceOf,
    pages: PagesOf,
    situation: Written = "",
    role: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """The page with what applies. What was typed is in no address and is not kept."""
    require_length(situation, service)
    found = await service.asking.run(lambda: service.find_procedures(situation, ROLES.get(role)), situation)
    response = _page(pages, found, found.situation or found.suggestion or "", role)
    # Kept by this browser alone, so that it can go back to the findings after following a citation.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@router.get("/procedures/dates")
def dates(pages: PagesOf, register: RegisterOf, show: str = "") -> HTMLResponse:
    """The time limits of the procedures that the link names, with fields for the events' dates."""
    return _dates(pages, DatesForm.of(DueDates(register), documents_in(show[:_LONGEST_LINK]), {}))


async def _sent(request: Request) -> Mapping[str, str]:
    sent = await request.form()
    return {key: value for key, value in sent.items() if isinstance(value, str)}


Sent = Annotated[Mapping[str, str], Depends(_sent)]


@router.post("/procedures/dates", dependencies=_OURS)
def count(pages: PagesOf, register: RegisterOf, sent: Sent) -> HTMLResponse:
    """The same with the dates that were asked for."""
    chosen = documents_in(sent.get("show", "")[:_LONGEST_LINK])
    return _dates(pages, DatesForm.of(DueDates(register), chosen, sent))


@router.post("/procedures/dates.ics", dependencies=_OURS)
def count_for_calendar(register: RegisterOf, sent: Sent, address: AddressOf, at: Now) -> Response:
    """These dates as a file for a calendar."""
    chosen = documents_in(sent.get("show", "")[:_LONGEST_LINK])
    counted = DatesForm.of(DueDates(register), chosen, sent).counted
    content = calendar_file(counted, at, address)
    headers = {"Content-Disposition": 'attachment; filename="due-dates.ics"'}
    return Response(content, media_type=CALENDAR, headers=headers)


def _dates(pages: PagesOf, filled: DatesForm) -> HTMLResponse:
    if not filled.groups:
        raise NotFound("The link names no procedure with time limits.")
    return pages.render("procedures_dates.html", filled=filled, reasons=DATES)


def _page(pages: PagesOf, found: Findings | None, text: str, role: str) -> HTMLResponse:
    return pages.render(
        "procedures.html",
        found=found,
        by_verdict={} if found is None else {v.value: found.of(v) for v in Verdict},
        citations={} if found is None else {c.number: c for c in found.citations},
        steps={} if found is None else grouped(found.steps),
        text=text,
        role=role if role in ROLES else "",
        roles=ROLES,
        role_names=ROLE_NAMES,
        verdicts=VERDICTS,
    )
