"""The assistant as tools of the Model Context Protocol: what an agent asks goes through the same doors."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated, Any

import httpx
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

_INSTRUCTIONS = (
    "Answers about safeguarding children from one partnership's procedures, guidance and learning briefings, "
    "in their exact words. Show `signpost` before anything else. Quote `text` and `quote` unchanged, with "
    "the citation's link, and keep must, should and may. Where the status is not `answered` or "
    "`partly_answered`, say `message` and add nothing of your own. Never send names, dates of birth or other "
    "details of people."
)
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)

Text = Annotated[str, Field(min_length=1, description="Without details of real people.")]


def create_mcp(client: httpx.AsyncClient) -> MCPServer:
    """A server whose tools ask the HTTP interface through `client`, which knows its address."""
    server = MCPServer(
        "safeguarding-assistant",
        title="Safeguarding assistant",
        instructions=_INSTRUCTIONS,
        version=version("safeguarding-assistant"),
    )

    @server.tool(annotations=_READS)
    async def ask(
        question: Text,
        conversation_id: Annotated[
            str | None, Field(description="That of the answer before, for a follow-up.")
        ] = None,
    ) -> dict[str, Any]:
        """Answer a question in the exact words of the documents, each sentence with citations."""
        asked = {"question": question, "conversation_id": conversation_id}
        return await _sent(client, "/v1/questions", asked)

    @server.tool(annotations=_READS)
    async def search(
        query: Text, limit: Annotated[int, Field(ge=1, le=50, description="Most passages.")] = 5
    ) -> dict[str, Any]:
        """Find passages, best first, each with its place and link."""
        return await _sent(client, "/v1/search", {"query": query, "limit": limit})

    @server.tool(annotations=_READS)
    async def applicable_procedures(
        situation: Text,
        role: Annotated[str | None, Field(description="Such as school, health or police.")] = None,
    ) -> dict[str, Any]:
        """The procedures that apply to a situation, the words that make them apply, and who must do what."""
        asked = {"situation": situation, "role": role}
        return await _sent(client, "/v1/applicable-procedures", asked)

    @server.tool(annotations=_READS)
    async def open_citation(
        document_id: Annotated[str, Field(pattern="^[a-z0-9-]{1,200}$")],
        version: Annotated[int, Field(ge=1)],
        start: Annotated[int, Field(ge=0)],
        end: Annotated[int, Field(ge=1)],
        around: Annotated[int, Field(ge=0, le=5_000, description="Characters on each side.")] = 600,
    ) -> dict[str, Any]:
        """The cited words with what stands around them, in the version that was cited, and whether that is
        still the current one."""
        path = f"/v1/documents/{document_id}"
        document = await _got(client, path, version)
        text = (await _fetched(client, f"{path}/text", version)).text
        if not start < end <= len(text):
            raise ToolError(f"There are no characters {start} to {end}. Take the numbers from a citation.")
        return {
            "title": document["title"],
            "version": version,
            "is_current": document["version"] == document["current_version"] and not document["withdrawn"],
            "last_reviewed": document["last_reviewed"],
            "before": text[max(start - around, 0) : start],
            "quote": text[start:end],
            "after": text[end : end + around],
            "url": f"/cite/{document_id}/{version}/{start}-{end}#cited",
        }

    @server.tool(annotations=_READS)
    async def documents() -> list[dict[str, Any]]:
        """All documents that are held, with their kinds and review dates."""
        found: list[dict[str, Any]] = (await _fetched(client, "/v1/documents")).json()
        return found

    return server


async def _sent(client: httpx.AsyncClient, path: str, asked: dict[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in asked.items() if value is not None}
    result: dict[str, Any] = _checked(await client.post(path, json=given)).json()
    return result


async def _got(client: httpx.AsyncClient, path: str, number: int) -> dict[str, Any]:
    result: dict[str, Any] = (await _fetched(client, path, number)).json()
    return result


async def _fetched(client: httpx.AsyncClient, path: str, number: int | None = None) -> httpx.Response:
    return _checked(await client.get(path, params={} if number is None else {"version": number}))


def _checked(response: httpx.Response) -> httpx.Response:
    """Raises ToolError with the problem's own words, which the agent is shown."""
    if response.is_success:
        return response
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    raise ToolError(problem.get("detail") or f"The service answered with status {response.status_code}.")
