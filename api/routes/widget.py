"""The chat widget's script, for our own pages and for those of the origins that the settings allow."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from api.widget import Script

router = APIRouter(include_in_schema=False)

# For a week a browser may start with the script that it has while it asks for a newer one: so the danger
# strip and its numbers also come up when the service is down.
_CACHING = "public, max-age=300, stale-while-revalidate=604800, stale-if-error=604800"


@router.get("/widget.js")
def script(request: Request) -> Response:
    """The custom element, in one file."""
    made: Script = request.app.state.widget
    headers = {"ETag": made.tag, "Cache-Control": _CACHING, "Vary": "Accept-Encoding, Origin"}
    if made.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    content = made.plain
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        content = made.gzipped
    return Response(content, media_type="text/javascript", headers=headers)
