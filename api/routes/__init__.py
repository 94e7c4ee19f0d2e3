"""The routes, one file for each thing that is asked for."""

from api.routes import changes, cite, conversations, documents, feedback, health, pages, questions, search

ROUTERS = (
    questions.router,
    conversations.router,
    feedback.router,
    search.router,
    documents.router,
    changes.router,
    health.router,
    cite.router,
    pages.router,
)
