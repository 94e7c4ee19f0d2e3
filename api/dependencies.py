"""What the routes are handed, and the forms that their parameters take."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Form, Path, Query, Request
from pydantic import AfterValidator

from api.pages import Pages
from api.service import Service
from corpus.database import LARGEST
from corpus.documents import Version
from corpus.errors import TooLarge
from corpus.register import Register
from corpus.store import Store

DocumentId = Annotated[str, Path(pattern="^[a-z0-9-]{1,200}$", examples=["2-1-making-a-referral"])]
VersionNumber = Annotated[int, Path(ge=1, le=LARGEST)]
Offset = Annotated[int, Path(ge=0, le=LARGEST)]
RowId = Annotated[int, Path(ge=1, le=LARGEST)]
ChosenVersion = Annotated[
    int | None, Query(ge=1, le=LARGEST, description="The newest, where it is left out.")
]
Written = Annotated[
    # A browser sends each line break as two characters; whoever typed it was shown one.
    str, AfterValidator(lambda text: text.replace("\r\n", "\n")), Form()
]


# What only looks something up is a coroutine: anything else FastAPI would hand to another thread, and wait.
async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceOf = Annotated[Service, Depends(_service)]


async def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


async def _store(service: ServiceOf) -> Store:
    return service.store


StoreOf = Annotated[Store, Depends(_store)]


async def _register(store: StoreOf) -> Register:
    return store.register


def _version(register: RegisterOf, document_id: DocumentId, version: ChosenVersion = None) -> Version:
    return register.version(document_id, version)


async def _address(request: Request, service: ServiceOf) -> str:
    """What links that leave the service begin with, without a slash at the end."""
    return service.settings.alerts.public_url or str(request.base_url).rstrip("/")


async def today() -> date:
    """The day that review dates are held against."""
    return date.today()


def require_length(text: str, service: Service) -> str:
    """The text itself. Raises TooLarge."""
    most = service.settings.api.max_question_chars
    if len(text) > most:
        # It is not read, and so not screened: whoever tells of danger in it must not be left without this.
        raise TooLarge(
            f"The text is longer than {most:,} characters.",
            "Please shorten it. If a child is in immediate danger, ring 999 now.",
        )
    return text


AddressOf = Annotated[str, Depends(_address)]
PagesOf = Annotated[Pages, Depends(_pages)]
RegisterOf = Annotated[Register, Depends(_register)]
VersionOf = Annotated[Version, Depends(_version)]
Today = Annotated[date, Depends(today)]
