"""The service put together: `create_app(settings)` is all that a server needs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import errors, security
from api.administration import Administration
from api.alerting import Alerting
from api.chat_completions import largest_history
from api.daily import DailyPurge
from api.opening import Opening
from api.pages import STATIC, Pages
from api.reporting import Reporting
from api.routes import ROUTERS
from api.service import Service
from api.syncing import ScheduledSync
from api.uploading import largest_upload
from api.widget import Script
from corpus.embedding import Embedder
from corpus.settings import Settings
from corpus.store import Store


def create_app(settings: Settings, store: Store | None = None, embedder: Embedder | None = None) -> FastAPI:
    """The app over the store of the settings, opened at start with `embedder`, or over one that is given."""
    service = Service(settings, store, embedder)
    app = FastAPI(
        title="Safeguarding assistant",
        description="Safeguarding procedures and briefings, asked and answered in their exact words.",
        version=version("safeguarding-assistant"),
        lifespan=_lifespan,
        # The built-in pages of documentation load scripts from another site.
        docs_url=None,
        redoc_url=None,
        # Spans and metrics of requests would be made where nobody asked for them, questions among them.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.service = service
    app.state.reporting = Reporting(service)
    app.state.pages = Pages(service.replies.signpost, settings.api.max_question_chars)
    app.state.widget = Script(settings, service.replies)
    errors.add_handlers(app)
    app.state.administration = administration = Administration(settings.api)
    security.add_security(
        app, settings.api, largest_upload(administration, settings.ingest), largest_history(settings.api)
    )
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    service.open()
    with Opening(service), DailyPurge(service), ScheduledSync(service), Alerting(service):
        yield
    service.close()
