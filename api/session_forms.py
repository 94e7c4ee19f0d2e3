"""What the forms of the session pages send, as requests and entries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from api.session_schemas import MOST_DOCUMENTS, MOST_THEME, MOST_WRITTEN, NOT_YET_HELD, SessionIn, UseIn
from assistant.sessions.pack import LENGTHS, SessionRequest
from assistant.sessions.uses import Use
from corpus.errors import AssistantError


class FormFault(AssistantError):
    """A form was not filled in as it has to be; `str()` says what is missing."""


def request_of(sent: Mapping[str, Any], theme: str) -> SessionRequest:
    """Raises FormFault."""
    document, _, version = _one(sent, "change").partition("@")
    source: dict[str, Any] = {
        "documents": [each for each in sent.get("documents", []) if isinstance(each, str)],
        "theme": theme,
        "change": {"document": document, "version": version} if document else None,
    }
    if len(theme) > MOST_THEME:
        raise FormFault(f"The theme is longer than {MOST_THEME} characters. Please shorten it.")
    if len(source["documents"]) > MOST_DOCUMENTS:
        raise FormFault(f"Choose {MOST_DOCUMENTS} documents at most.")
    given = sum(map(bool, source.values()))
    if given == 0:
        raise FormFault("Choose what the session is about: write a theme, or choose documents or a change.")
    if given > 1:
        raise FormFault(
            "Choose one thing for the session: a theme, documents or a change, and not two of them."
        )
    fields: dict[str, Any] = {
        key: _one(sent, key) for key in ("minutes", "format", "audience") if _one(sent, key)
    }
    if "minutes" in fields:
        fields["minutes"] = next((length for length in LENGTHS if str(length) == fields["minutes"]), 0)
    try:
        ticked = {"graphic_detail": "no_graphic_detail" not in sent, "phrased": "phrased" in sent}
        asked = SessionIn.model_validate({"source": source, **ticked, **fields})
    except ValidationError as error:
        raise FormFault(
            "The form cannot be read. Choose length, format and audience from the lists."
        ) from error
    return asked.request(theme)


def require_short(*texts: str) -> None:
    """Of what a trainer writes over a line or adds. Raises FormFault."""
    if any(len(text) > MOST_WRITTEN for text in texts):
        raise FormFault(f"A line, and what you add to a part, may have up to {MOST_WRITTEN:,} characters.")


def use_of(pack_id: str, sent: Mapping[str, Any], team: str, actions: str, today: date) -> Use:
    """Raises FormFault."""
    try:
        given = UseIn.model_validate(
            {"on": _one(sent, "on"), "team": team, "people": _one(sent, "people"), "actions": actions}
        )
    except ValidationError as error:
        raise FormFault(
            "Give the date, the team or service, and how many people took part; "
            f"what was agreed may have up to {MOST_WRITTEN:,} characters."
        ) from error
    if given.on > today:
        raise FormFault(NOT_YET_HELD)
    return Use(pack_id, given.on, given.team, given.people, given.actions)


def _one(sent: Mapping[str, Any], key: str) -> str:
    values = [each for each in sent.get(key, []) if isinstance(each, str)]
    return values[0].strip() if values else ""
