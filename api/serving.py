"""The service as a process: uvicorn around the app, and a line that says where it is."""

from __future__ import annotations

import uvicorn

from api.app import create_app
from corpus.settings import Settings


def serve(settings: Settings, host: str | None = None, port: int | None = None) -> None:
    """Answer until stopped; `host` and `port` override the settings."""
    host, port = host or settings.api.host, port or settings.api.port
    print(f"The assistant is starting at http://{host}:{port}/ (stop it with Ctrl-C).", flush=True)
    # No access log: an address may hold what somebody asked.
    uvicorn.run(create_app(settings), host=host, port=port, log_level="warning", access_log=False)
