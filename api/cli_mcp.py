"""`assistant mcp`: the tools, over standard input and output."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import anyio
import httpx
import typer

from api import cli_output as output
from api.cli_support import Data, settings_for
from corpus.errors import AssistantError, StoreBusy, StoreError, reason_of
from corpus.settings import Settings

_SECONDS = 60.0


def mcp(
    service: Annotated[
        str | None,
        typer.Option(
            help="Address of a running service, such as http://127.0.0.1:8321; else the store is opened here."
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Serve ask, search, open_citation, applicable_procedures and documents to an agent (MCP, stdio)."""
    with output.faults():
        anyio.run(_serve, settings_for(data), service)


async def _serve(settings: Settings, address: str | None) -> None:
    from api.mcp_server import create_mcp

    async with connected(settings, address) as client:
        await create_mcp(client).run_stdio_async()


@asynccontextmanager
async def connected(settings: Settings, address: str | None) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service at the address, or of one opened in this process.

    Raises StoreError where the store cannot be opened, AssistantError where no service answers.
    """
    if address is not None:
        async with _client(address) as client:
            await _look(client, address)
            yield client
        return
    from api.app import create_app

    app = create_app(settings)
    service = app.state.service
    service.open()
    try:
        if not service.is_open:
            raise _not_open(service.fault)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client
    finally:
        service.close()


def _not_open(fault: AssistantError | None) -> AssistantError:
    if fault is not None and not isinstance(fault, StoreBusy):
        return fault
    return StoreError(
        "The store cannot be opened.",
        "Where a service runs on it, name that: assistant mcp --service http://127.0.0.1:8321",
    )


def _client(address: str) -> httpx.AsyncClient:
    try:
        return httpx.AsyncClient(base_url=address, timeout=_SECONDS)
    except httpx.InvalidURL as error:
        raise AssistantError(
            f"{address} is no web address: {reason_of(error)}.", "Write it like http://127.0.0.1:8321."
        ) from error


async def _look(client: httpx.AsyncClient, address: str) -> None:
    try:
        (await client.get("/healthz")).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise AssistantError(f"No service answers at {address}.", "Start it with: assistant serve") from error
