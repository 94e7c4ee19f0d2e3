"""Examine the store and the model, one finding each, and mend what can be mended."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from api.connections import connections
from assistant.name_model import load_name_model
from corpus.embedding import open_embedder
from corpus.errors import AssistantError
from corpus.file_names import shown
from corpus.procedure_register import ProcedureRegister
from corpus.room import told_of_disk
from corpus.settings import Settings
from corpus.store import Store
from ingest.embeddings import re_embed_all
from ingest.procedures import RULES
from ingest.procedures.again import rebuild_procedures

_LITTLE_ROOM_MB = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `detail` says what was found and, if it is not well, what to do."""

    name: str
    is_well: bool
    detail: str


def examine(settings: Settings, *, rebuild: bool = False, re_embed: bool = False) -> list[Finding]:
    """All findings in order. `re_embed` embeds everything current with the model of the settings first,
    `rebuild` makes both indexes anew from the register."""
    findings = [
        _found("model", lambda: _model(settings)),
        _found("names", lambda: _names(settings)),
        _found("disk", lambda: _disk(settings)),
        *(_found(name, look) for name, look in connections(settings)),
    ]
    try:
        with Store(settings, "doctor", check_embedder=not re_embed) as store:
            if re_embed:
                count = re_embed_all(store)
                findings.append(Finding("re-embed", True, f"{count} passages were embedded anew."))
            if rebuild or re_embed:
                count = store.rebuild_indexes()
                findings.append(Finding("rebuild", True, f"Both indexes were made anew: {count} passages."))
                count = rebuild_procedures(store)
                findings.append(Finding("procedures", True, f"{count} documents were read anew for duties."))
            findings.extend(_store(store))
    except AssistantError as error:
        findings.append(Finding("store", False, str(error)))
    return findings


def _found(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except AssistantError as error:
        return Finding(name, False, str(error))


def _model(settings: Settings) -> str:
    embedder = open_embedder(settings.embedding)
    dimensions = embedder.embed(["A child is at risk."]).shape[1]
    return f"{embedder.fingerprint} embeds into {dimensions} dimensions."


def _names(settings: Settings) -> str:
    if not settings.screen.names:
        return "Names are looked for by rules alone, as the settings say."
    load_name_model()
    return "The recogniser of names is the published one."


def _disk(settings: Settings) -> str:
    with told_of_disk(f"The data folder {shown(settings.data_dir)}"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data_dir).free // 1_000_000
    if free < _LITTLE_ROOM_MB:
        raise AssistantError(f"Only {free} MB are free.", "Make room before the next ingest.")
    return f"{free:,} MB are free in {shown(settings.data_dir.resolve())}."


def _procedures(store: Store) -> Iterator[Finding]:
    """Said only where something is wrong: what is read belongs to its version and is committed with it."""
    unread = len(ProcedureRegister(store.register.engine).unread(RULES))
    if unread:
        advice = "The next ingest reads them, or `assistant doctor --rebuild`."
        yield Finding("procedures", False, f"{unread} documents were not read by today's rules. {advice}")


def _store(store: Store) -> Iterator[Finding]:
    live = [document for document in store.register.documents() if not document.withdrawn]
    yield Finding("register", True, f"{len(live)} documents, {store.register.live_count()} passages.")
    yield from _procedures(store)
    drifts = store.indexes.drifts()
    if drifts:
        advice = "Run `assistant doctor --rebuild`."
        yield Finding("indexes", False, f"{'; '.join(map(str, drifts)).capitalize()}. {advice}")
    else:
        yield Finding("indexes", True, "Both hold exactly what the register calls live.")
