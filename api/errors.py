"""Every fault that leaves the service is a problem (RFC 9457), or a page where a browser asked for one.

Nothing that was sent comes back in it: what somebody typed may name a child.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.pages import Pages
from corpus.errors import (
    AssistantError,
    DiskFull,
    IngestError,
    ModelError,
    NoMaterial,
    NoSuchPack,
    NotFound,
    NotKept,
    SettingsError,
    StoreBusy,
    StoreError,
    TooLarge,
)
from corpus.room import disk_full, tells_of_full_disk

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

# Fixed words, since a fault's own message may name folders or repeat what was asked.
_UNAVAILABLE = "The documents cannot be searched at the moment. Please try again later."
_NOT_SET_UP = "The service is not set up for this. Please tell those who run it: its log says what is wrong."
_BUSY = "The library is being changed at this moment. Please try again in a minute."
_DISK_FULL = (
    "The disk of the service is full, so nothing new can be kept. What was kept before is safe. "
    "Whoever looks after the service has to free some space; then try again."
)
_BY_KIND: tuple[tuple[type[AssistantError], HTTPStatus, str], ...] = (
    (NotKept, HTTPStatus.NOT_FOUND, "There is no such answer or conversation, or it is no longer kept."),
    (NoSuchPack, HTTPStatus.NOT_FOUND, "There is no such session pack."),
    (NotFound, HTTPStatus.NOT_FOUND, "There is no such document, version or place in a text."),
    (DiskFull, HTTPStatus.SERVICE_UNAVAILABLE, _DISK_FULL),
    (StoreBusy, HTTPStatus.SERVICE_UNAVAILABLE, _BUSY),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE, _UNAVAILABLE),
    (ModelError, HTTPStatus.SERVICE_UNAVAILABLE, _UNAVAILABLE),
    (SettingsError, HTTPStatus.INTERNAL_SERVER_ERROR, _NOT_SET_UP),
)
_WRONG_SHAPE = "The request does not have the right shape. `errors` says which field is wrong, and how."
_WRONG_FORM = "What was sent cannot be read. Please go back, check what you entered and send it again."
_NO_OBJECT = "Send a JSON object, with the header `Content-Type: application/json`"
_BY_STATUS = {
    HTTPStatus.BAD_REQUEST: "The request cannot be read. Send JSON in UTF-8, or a form as its page has it.",
    HTTPStatus.FORBIDDEN: "This form was sent from another site. Please ask from the assistant's own page.",
    HTTPStatus.SEE_OTHER: "Please sign in first.",
    HTTPStatus.UNAUTHORIZED: "This is for those who keep the library: send the admin token as bearer token.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take this method.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong on our side. Please try again.",
}
# What stands above the page; the interface has the standard's own phrases.
_HEADINGS = {
    HTTPStatus.FORBIDDEN: "This cannot be done from here",
    HTTPStatus.NOT_FOUND: "This page is not here",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That is too large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something is missing or not right",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not available at the moment",
}


class CaseDataFound(AssistantError):
    """A search held details of a real person."""


def problem(status: int, detail: str, **more: Any) -> JSONResponse:
    """`more` are further members of the problem, as RFC 9457 allows."""
    return JSONResponse(_body(status, detail) | more, status_code=status, media_type=MEDIA_TYPE)


def fault_response(request: Request, error: Exception) -> Response:
    """The response to any fault."""
    status, detail = _told(error)
    return _response(request, status, detail)


def fault_body(error: Exception) -> dict[str, Any]:
    """The problem alone, where a response has begun already."""
    return _body(*_told(error))


def add_handlers(app: FastAPI) -> None:
    """Answer known faults, refused input and unknown addresses."""
    app.add_exception_handler(AssistantError, fault_response)
    app.add_exception_handler(RequestValidationError, _refused_input)
    app.add_exception_handler(HTTPException, _http_fault)


def responses(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """These problems, as OpenAPI describes them."""
    return {
        int(status): {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": _SCHEMA}}}
        for status in (*statuses, HTTPStatus.UNPROCESSABLE_ENTITY)
    }


def _body(status: int, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


def _told(error: Exception) -> tuple[int, str]:
    """Status and wording. A fault on our side is logged, an unforeseen one by type and place alone."""
    if isinstance(error, OSError) and tells_of_full_disk(error):
        error = disk_full()
    if not isinstance(error, AssistantError):
        log.error("%s at %s", type(error).__name__, _place(error))
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return status, _BY_STATUS[status]
    status, detail = _known(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s: %s", type(error).__name__, error)
    return status, detail


def _known(error: AssistantError) -> tuple[HTTPStatus, str]:
    if isinstance(error, TooLarge):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error)
    if isinstance(error, CaseDataFound | IngestError | NoMaterial):
        return HTTPStatus.UNPROCESSABLE_ENTITY, str(error)
    for kind, status, detail in _BY_KIND:
        if isinstance(error, kind):
            return status, detail
    return HTTPStatus.INTERNAL_SERVER_ERROR, _BY_STATUS[HTTPStatus.INTERNAL_SERVER_ERROR]


def _refused_input(request: Request, error: Exception) -> Response:
    faults: Sequence[Mapping[str, Any]] = error.errors() if isinstance(error, RequestValidationError) else ()
    if any(fault["loc"][0] == "path" for fault in faults):
        # An address that no document can have is an address that does not exist.
        return _response(request, HTTPStatus.NOT_FOUND, _BY_STATUS[HTTPStatus.NOT_FOUND])
    listed = [{"field": _field(fault), "reason": _reason(fault)} for fault in faults]
    detail = _WRONG_FORM if _asks_for_a_page(request) else _WRONG_SHAPE
    return _response(request, HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=listed)


def _field(fault: Mapping[str, Any]) -> str:
    """Only the part that we named ourselves: deeper keys, and unknown ones, may be the sender's words."""
    location = fault["loc"][:-1] if fault["type"] == "extra_forbidden" else fault["loc"]
    return ".".join(str(part) for part in location[:2])


def _reason(fault: Mapping[str, Any]) -> str:
    is_whole = tuple(fault["loc"]) == ("body",) and fault["type"] != "extra_forbidden"
    return _NO_OBJECT if is_whole else str(fault["msg"]).removeprefix("Value error, ")


def _http_fault(request: Request, error: Exception) -> Response:
    if error.__cause__ is not None and tells_of_full_disk(error.__cause__):
        # A form is put on the disk as it is read, and any fault of that is called a bad request.
        return fault_response(request, disk_full())
    known = error if isinstance(error, HTTPException) else HTTPException(HTTPStatus.INTERNAL_SERVER_ERROR)
    status = HTTPStatus(known.status_code)
    response = _response(request, status, _BY_STATUS.get(status, status.phrase))
    response.headers.update(known.headers or {})
    return response


def _response(request: Request, status: int, detail: str, **more: Any) -> Response:
    if _asks_for_a_page(request):
        pages: Pages = request.app.state.pages
        heading = _HEADINGS.get(HTTPStatus(status), HTTPStatus(status).phrase)
        return pages.render("error.html", status=status, title=heading, detail=detail)
    return problem(status, detail, **more)


def _asks_for_a_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1/")


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    if trace is None:
        return "an unknown place"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "example": "about:blank"},
        "title": {"type": "string", "example": HTTPStatus.NOT_FOUND.phrase},
        "status": {"type": "integer", "example": 404},
        "detail": {"type": "string", "example": "There is no such document, version or place in a text."},
        "errors": {
            "type": "array",
            "description": "Which fields were refused, and why; never what they held.",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
    },
}
