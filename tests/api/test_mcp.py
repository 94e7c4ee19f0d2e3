"""A real client of the Model Context Protocol gets a cited answer, and can open what is cited."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from api.app import create_app
from api.cli_mcp import connected
from api.mcp_server import create_mcp
from corpus.errors import AssistantError, SettingsError, StoreError
from corpus.ownership import Ownership
from corpus.settings import ChatSettings, Settings
from corpus.store import Store
from tests.api.making import QUESTION, settings_for


@asynccontextmanager
async def tools(settings: Settings, store: Store) -> AsyncIterator[Client]:
    transport = httpx.ASGITransport(create_app(settings, store))
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
        Client(create_mcp(client)) as session,
    ):
        yield session


def run(settings: Settings, store: Store, work: Callable[[Client], Coroutine[Any, Any, Any]]) -> Any:
    async def inside() -> Any:
        async with tools(settings, store) as session:
            return await work(session)

    return anyio.run(inside)


def content(result: Any) -> Any:
    assert not result.is_error, result.content
    return result.structured_content or json.loads(result.content[0].text)


def test_the_tools_say_what_they_are_for(api_settings: Settings, store: Store) -> None:
    async def names(session: Client) -> dict[str, str]:
        return {tool.name: tool.description or "" for tool in (await session.list_tools()).tools}

    found = run(api_settings, store, names)
    assert found.keys() == {"ask", "search", "open_citation", "applicable_procedures", "documents"}
    assert all(found.values())


def test_a_question_is_answered_with_citations_that_open(api_settings: Settings, store: Store) -> None:
    async def asked(session: Client) -> tuple[Any, Any]:
        answer = content(await session.call_tool("ask", {"question": QUESTION}))
        cited = answer["citations"][0]
        place = {key: cited[key] for key in ("document_id", "version", "start", "end")}
        return cited, content(await session.call_tool("open_citation", place))

    cited, opened = run(api_settings, store, asked)
    assert opened["quote"] == cited["quote"]
    assert opened["url"] == cited["url"]
    assert opened["is_current"]


def test_a_place_that_does_not_exist_is_told(api_settings: Settings, store: Store) -> None:
    async def opened(session: Client) -> Any:
        place = {"document_id": "none", "version": 1, "start": 0, "end": 5}
        return await session.call_tool("open_citation", place)

    result = run(api_settings, store, opened)
    assert result.is_error
    assert "no such document" in result.content[0].text


def test_search_and_documents_answer(api_settings: Settings, store: Store) -> None:
    async def both(session: Client) -> tuple[Any, Any]:
        found = await session.call_tool("search", {"query": "time limit for a referral", "limit": 2})
        return content(found), await session.call_tool("documents", {})

    found, documents = run(api_settings, store, both)
    assert 1 <= len(found["passages"]) <= 2
    assert not documents.is_error


def test_a_store_that_another_process_owns_is_told(tmp_path: Path) -> None:
    async def opened() -> None:
        async with connected(settings_for(tmp_path), None):
            pass

    ownership = Ownership(tmp_path, "serve")
    try:
        with pytest.raises(StoreError, match="--service"):
            anyio.run(opened)
    finally:
        ownership.release()


def test_a_wrong_setting_is_told_as_what_it_is(tmp_path: Path) -> None:
    wrong = settings_for(tmp_path).model_copy(update={"chat": ChatSettings(model="gpt")})

    async def opened() -> None:
        async with connected(wrong, None):
            pass

    with pytest.raises(SettingsError, match="The chat model gpt has no provider"):
        anyio.run(opened)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://127.0.0.1:9", "No service answers"),
        ("nonsense", "No service answers"),
        ("http://127.0.0.1:port", "is no web address"),
    ],
)
def test_an_address_where_nothing_answers_is_told(tmp_path: Path, address: str, told: str) -> None:
    async def opened() -> None:
        async with connected(settings_for(tmp_path), address):
            pass

    with pytest.raises(AssistantError, match=told):
        anyio.run(opened)


def test_the_command_speaks_over_standard_input_and_output(tmp_path: Path) -> None:
    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "api.cli", "mcp", "--data", str(tmp_path / "data")]
    )

    async def asked() -> Any:
        async with stdio_client(parameters) as streams, ClientSession(*streams) as session:
            await session.initialize()
            return await session.call_tool("ask", {"question": "He is hitting her right now"})

    answer = content(anyio.run(asked))
    assert answer["status"] == "immediate_danger"
