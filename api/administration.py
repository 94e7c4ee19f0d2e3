"""Who may change the library: whoever sits at the machine itself, or has the admin token.

Without a token only requests from the machine's own loopback address count, and only under a loopback name: a
proxy in front, or a page that had its name pointed at this machine, must not open what is meant for one desk.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from http import HTTPStatus
from ipaddress import ip_address
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.requests import HTTPConnection

from api.security import refuse_other_sites
from corpus.settings import ApiSettings

COOKIE = "library"
_HOURS = 12
_SIGN_IN = "/library/sign-in"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


class Administration:
    """Tells from a request whether it may change the library. `token` is empty where none is set."""

    def __init__(self, settings: ApiSettings) -> None:
        self._token = settings.admin_token.get_secret_value()

    @property
    def has_token(self) -> bool:
        return bool(self._token)

    def allows(self, request: HTTPConnection) -> bool:
        """Whether the request comes from a keeper of the library."""
        if not self._token:
            return _is_at_the_machine(request)
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_token(given.strip()):
            return True
        return self._is_session(request.cookies.get(COOKIE, ""))

    def session(self, token: str) -> str | None:
        """A cookie's value that stands for the token for some hours; None for a wrong token."""
        if not self._token or not self._is_token(token):
            return None
        until = str(int(time.time()) + _HOURS * 3600)
        return f"{until}.{self._signed(until)}"

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._token.encode())

    def _is_session(self, cookie: str) -> bool:
        until, _, signature = cookie.partition(".")
        if not until.isdecimal() or not hmac.compare_digest(signature.encode(), self._signed(until).encode()):
            return False
        return int(until) > time.time()

    def _signed(self, until: str) -> str:
        return hmac.new(self._token.encode(), until.encode(), hashlib.sha256).hexdigest()


def _is_at_the_machine(request: HTTPConnection) -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    host = request.url.hostname or ""
    client = request.client.host if request.client else ""
    return (host == "localhost" or _is_loopback(host)) and _is_loopback(client)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def administration_of(request: HTTPConnection) -> Administration:
    found: Administration = request.app.state.administration
    return found


def _page_for_keepers(request: Request) -> None:
    """Raises HTTPException that leads to the page where one signs in."""
    if not administration_of(request).allows(request):
        raise HTTPException(HTTPStatus.SEE_OTHER, headers={"Location": _SIGN_IN})


def _call_for_keepers(request: Request) -> None:
    """Raises HTTPException 401."""
    if not administration_of(request).allows(request):
        raise HTTPException(HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})


KEEPERS_PAGE = [Depends(_page_for_keepers)]
"""Of a page that only keepers of the library see."""
KEEPERS_FORM = [Depends(_page_for_keepers), Depends(refuse_other_sites)]
"""Of a form that only keepers send, from our own pages."""
KEEPERS_CALL = [Depends(_call_for_keepers), Depends(refuse_other_sites)]
"""Of a call of the HTTP interface."""


def _is_keeper(request: Request) -> bool:
    return administration_of(request).allows(request)


IsKeeper = Annotated[bool, Depends(_is_keeper)]
AdministrationOf = Annotated[Administration, Depends(administration_of)]
