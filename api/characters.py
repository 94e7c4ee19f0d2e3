"""What comes in is read as UTF-8, in whole characters.

A client that cuts a text between the two halves of an emoji sends one of them alone, which nothing can write
again: it is dropped before anything reads it.
"""

from __future__ import annotations

import json
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Scope

# An escaped pair stays, and so does what a backslash stands before; group 1 is a half that stands alone.
_ESCAPED_OR_HALF = re.compile(
    r"\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][\da-fA-F]{2}|[\ud800-\udfff])"
    r"|\\.",
    re.DOTALL | re.ASCII,
)
_CHARSET = re.compile(r";\s*charset\s*=\s*(?:\"[^\"]*\"|[^;]*)", re.IGNORECASE)


def in_utf_8(scope: Scope) -> Scope:
    """The request without a charset of its own choice: some cannot be read, some bring in halves."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    kind = headers.get("content-type")
    if kind is not None and _CHARSET.search(kind):
        headers["content-type"] = _CHARSET.sub("", kind)
    return {**scope, "headers": headers.raw}


def is_json(scope: Scope) -> bool:
    """Whether the body is said to be JSON."""
    return "json" in Headers(scope=scope).get("content-type", "").lower()


def without_halves(body: bytes) -> bytes:
    """JSON without halves of characters, escaped or not; what cannot be read stays as it is."""
    encoding = json.detect_encoding(body)
    try:
        text = body.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return body
    whole = _ESCAPED_OR_HALF.sub(lambda match: "" if match[1] else match[0], text)
    return body if whole == text else whole.encode()
