"""Session packs at the doors: the desk over the service's store, and the screen for what a trainer types."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request

from api.dependencies import AddressOf, ServiceOf
from api.service import Service
from assistant.answers import Answer, AnswerStatus
from assistant.sessions.desk import InShort, SessionDesk, look_of, open_desk, open_in_short
from assistant.sessions.exports.sheet import Look
from assistant.steps.screen import visible

PackId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", examples=["5f2b8c0e4d6a4f3e9b7a1c2d3e4f5a6b"])]


def _in_short(request: Request, service: ServiceOf) -> InShort | None:
    """One for all packs: a model that fails again and again is left alone for a while, which it remembers."""
    state = request.app.state
    if not hasattr(state, "in_short"):
        state.in_short = open_in_short(service.store, service.settings.chat)
    found: InShort | None = state.in_short
    return found


def _desk(service: ServiceOf, in_short: Annotated[InShort | None, Depends(_in_short)]) -> SessionDesk:
    return open_desk(service.store, service.settings, service.replies.signpost, in_short)


def _look(service: ServiceOf, address: AddressOf) -> Look:
    return look_of(service.settings.sessions, address)


DeskOf = Annotated[SessionDesk, Depends(_desk)]
LookOf = Annotated[Look, Depends(_look)]


def screened(service: Service, *texts: str, is_theme: bool = False) -> Answer | None:
    """What stands in the way of keeping these texts, danger before case data; None where nothing does."""
    answers = [service.screen(text, is_theme=is_theme) for text in texts if text.strip()]
    refusals = [each for each in answers if isinstance(each, Answer)]
    dangers = [each for each in refusals if each.status is AnswerStatus.IMMEDIATE_DANGER]
    return next(iter([*dangers, *refusals]), None)


def typed(text: str) -> str:
    """The text as a person sees it, its lines kept."""
    return "\n".join(filter(None, (visible(line) for line in text.splitlines())))
