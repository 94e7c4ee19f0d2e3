"""The routes, one file for each thing that is asked for."""

from api.routes import changes, cite, documents, health, pages, questions, search

ROUTERS = (
    questions.router,
    search.router,
    documents.router,
    changes.router,
    health.router,
    cite.router,
    pages.router,
)
