"""The service as a process: uvicorn around the app, and a line that says where it is."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from threading import Thread

import uvicorn

from api.heap import share_one_heap
from corpus.embedding import Embedder, open_embedder
from corpus.errors import AssistantError, ModelError
from corpus.settings import Settings


def serve(settings: Settings, host: str | None = None, port: int | None = None) -> None:
    """Answer until stopped; `host` and `port` override the settings.

    Raises AssistantError for an address that cannot be had.
    """
    share_one_heap()
    listening = _listen(host or settings.api.host, settings.api.port if port is None else port)
    embedder = open_embedder(settings.embedding)
    # The model loads while the libraries below are imported: both take about as long.
    Thread(target=_load, args=(embedder,), daemon=True).start()
    from api.app import create_app

    # No access log: an address may hold what somebody asked.
    app = create_app(settings, embedder=embedder)
    config = uvicorn.Config(app, log_level="warning", access_log=False)
    _Server(config, app.state.service.prepare).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Says where it is once it has started, and then does in the background what `prepare` does."""

    def __init__(self, config: uvicorn.Config, prepare: Callable[[], None]) -> None:
        super().__init__(config)
        self._prepare = prepare

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            print(f"The assistant is at http://{host}:{port}/ (stop it with Ctrl-C).", flush=True)
            Thread(target=self._prepare, daemon=True).start()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (socket.gaierror, TypeError, UnicodeError) as error:
        listening.close()
        raise AssistantError(
            f"There is no address {host!r}.",
            "Choose one of this machine with --host or ASSISTANT_API__HOST: 127.0.0.1, or 0.0.0.0 for all.",
        ) from error
    except OSError as error:
        listening.close()
        raise AssistantError(
            f"The address {host}, port {port} cannot be used: {error.strerror}.",
            "Stop what uses it, or choose another with --port or ASSISTANT_API__PORT.",
        ) from error
    return listening


def _load(embedder: Embedder) -> None:
    # A model that cannot be loaded is reported where it is first needed.
    with contextlib.suppress(ModelError):
        embedder.load()
