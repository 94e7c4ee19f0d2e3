"""The pages where a question can be typed and the documents can be seen."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import PagesOf, ServiceOf, Written, require_length
from api.schemas import ConversationId
from api.security import refuse_other_sites

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def home(pages: PagesOf) -> HTMLResponse:
    """An empty form, and a conversation of its own."""
    return pages.render("ask.html", answer=None, conversation_id=uuid4().hex)


@router.get("/ask")
def ask_again() -> Response:
    """Where a browser goes that opens the address of an answer anew. A question is never in an address."""
    return RedirectResponse("/", status_code=303)


@router.post("/ask", dependencies=[Depends(refuse_other_sites)])
async def ask(
    service: ServiceOf,
    pages: PagesOf,
    question: Written = "",
    conversation_id: Annotated[ConversationId | None, Form()] = None,
    no_immediate_danger: Annotated[bool, Form()] = False,
) -> HTMLResponse:
    """The page with the answer and a form for the next question."""
    require_length(question, service)
    answer = await service.asking.run(
        lambda: service.ask(question, conversation_id, is_safe=no_immediate_danger), question
    )
    citations = {citation.number: citation for citation in answer.citations}
    response = pages.render(
        "ask.html", answer=answer, citations=citations, conversation_id=conversation_id or uuid4().hex
    )
    # Kept by this browser alone, so that it can go back to the answer after following a citation.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@router.get("/accessibility")
def accessibility(pages: PagesOf) -> HTMLResponse:
    """The accessibility statement, which the law asks of public bodies."""
    return pages.render("accessibility.html")
