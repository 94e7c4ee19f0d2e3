"""Procedures read when a version is taken in, and read anew from the register when the rules have changed."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.database import writer_lock
from corpus.documents import Kind, Section
from corpus.passages import Passage
from corpus.procedure_register import READ_KINDS, ProcedureRegister
from corpus.procedures import ReadProcedure
from corpus.store import Store
from ingest.procedures.reading import RULES, read_procedure


def procedure_of(
    document_id: str,
    kind: Kind,
    title: str,
    text: str,
    sections: Sequence[Section],
    passages: Sequence[Passage],
) -> ReadProcedure | None:
    """What a version about to be recorded says, None for a kind that binds nobody."""
    return read_procedure(document_id, title, text, sections, passages) if kind in READ_KINDS else None


def read_anew(store: Store) -> int:
    """Read the current versions that were never read, or by other rules; how many.

    Nothing is embedded and no version changes. Each is committed by itself, so that a run that was cut off
    goes on where it ended.
    """
    return _read(store, ProcedureRegister(store.register.engine).unread(RULES))


def rebuild_procedures(store: Store) -> int:
    """Read every current version anew, whatever rules it was read by; how many.

    Raises StoreBusy where another process is writing.
    """
    with writer_lock(store.register.engine, store.data_dir):
        return _read(store, ProcedureRegister(store.register.engine).readable())


def _read(store: Store, version_ids: Sequence[int]) -> int:
    procedures, register = ProcedureRegister(store.register.engine), store.register
    versions = [register.version(*procedures.named(version_id)) for version_id in version_ids]
    for version in versions:
        sections, passages = register.sections(version.id), register.passages(version.id)
        read = read_procedure(
            version.document_id, version.title, version.text, sections, passages, version.number
        )
        procedures.write(version.id, read)
    return len(versions)
