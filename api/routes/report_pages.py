"""The pages of reports, and the form beside each recommendation: for the keepers of the library."""

from __future__ import annotations

from http import HTTPStatus
from itertools import groupby
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from api.administration import KEEPERS_FORM, KEEPERS_PAGE
from api.dependencies import DocumentId, PagesOf, ServiceOf, Today, Written
from api.pages import Pages
from api.report_schemas import MOST_WORDS, NoteIn
from api.reporting import DangerTold
from api.routes.reports import ReportingOf, keep_note
from assistant.reports.catalogue import CATALOGUE, report
from assistant.reports.notes import Progress
from assistant.reports.tracker import NAME as TRACKER
from assistant.reports.tracker import Tracked, one_tracked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Name = Annotated[str, Path(pattern="^[a-z-]{1,40}$")]
Anchor = Annotated[str, Path(pattern="^[A-Za-z0-9_.-]{1,200}$")]
# A matrix is read across, not row by row.
_WIDE = frozenset({"coverage"})
_WRONG = "Please check what you entered: the date, and that no field is too long."


@router.get("/reports")
def listed(pages: PagesOf) -> HTMLResponse:
    """What reports there are, by what they answer."""
    groups = {group: list(kept) for group, kept in groupby(CATALOGUE.values(), key=lambda kept: kept.group)}
    return pages.render("reports.html", groups=groups)


@router.get("/reports/{name}", dependencies=KEEPERS_PAGE)
def shown(name: Name, pages: PagesOf, reporting: ReportingOf, today: Today) -> HTMLResponse:
    """One report as a table."""
    made = report(name, reporting.context(today))
    return pages.render("report.html", report=made, is_wide=name in _WIDE, is_tracker=name == TRACKER)


@router.get("/reports/recommendations/{document_id}/{anchor}", dependencies=KEEPERS_PAGE)
def recommendation(
    document_id: DocumentId,
    anchor: Anchor,
    pages: PagesOf,
    reporting: ReportingOf,
    today: Today,
    kept: Literal["", "yes", "without-details"] = "",
) -> HTMLResponse:
    """Both sides in full, and a form for what is recorded."""
    return _form(pages, one_tracked(reporting.context(today), document_id, anchor), kept=kept)


@router.post("/reports/recommendations/{document_id}/{anchor}", dependencies=KEEPERS_FORM)
def record(
    document_id: DocumentId,
    anchor: Anchor,
    pages: PagesOf,
    reporting: ReportingOf,
    service: ServiceOf,
    today: Today,
    progress: Annotated[str, Form()] = "",
    owner: Written = "",
    due: Annotated[str, Form()] = "",
    evidence: Written = "",
) -> Response:
    """Keep what was entered, without details of real people."""
    tracked = one_tracked(reporting.context(today), document_id, anchor)
    try:
        given = NoteIn.model_validate(
            {"progress": progress, "owner": owner, "due": due or None, "evidence": evidence}
        )
        kept = keep_note(reporting, service, today, document_id, anchor, given)
    except ValidationError:
        return _form(pages, tracked, _WRONG)
    except DangerTold as told:
        return pages.render("report_danger.html", message=told.message, urgent=True)
    was_changed = (kept.owner, kept.evidence) != (" ".join(owner.split()), " ".join(evidence.split()))
    query = "?kept=without-details" if was_changed else "?kept=yes"
    return RedirectResponse(f"/reports/recommendations/{document_id}/{anchor}{query}#page-record", 303)


def _form(pages: Pages, tracked: Tracked, fault: str = "", kept: str = "") -> HTMLResponse:
    return pages.render(
        "report_recommendation.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        tracked=tracked,
        progresses=list(Progress),
        most=MOST_WORDS,
        fault=fault,
        kept=kept,
    )
