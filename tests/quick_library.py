"""A register filled from files without a process of its own for reading them, and without indexes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePath

from sqlalchemy import Engine

from corpus.changes import changes_between
from corpus.database import open_database
from corpus.documents import Version
from corpus.embedding import Embedder
from corpus.errors import NotFound
from corpus.paragraphs import Paragraph, paragraphs_of
from corpus.passages import digest
from corpus.recording import NewVersion, Recorder
from corpus.register import Register
from corpus.settings import DatabaseSettings
from ingest.embeddings import embed_passages
from ingest.procedures.again import procedure_of
from ingest.readers import read
from ingest.splitting import split
from ingest.structure import structure
from tests.stand_ins import WordsEmbedder

_SQLITE = DatabaseSettings()


class QuickLibrary:
    """Files by name, taken in as an ingest does; whatever is not among them any more is withdrawn."""

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, bytes | str],
        embedder: Embedder | None = None,
        database: DatabaseSettings = _SQLITE,
    ) -> None:
        self.folder = folder
        self.engine: Engine = open_database(database, folder)
        self.register = Register(self.engine)
        self._recorder = Recorder(self.engine)
        self._embedder = embedder or WordsEmbedder()
        self.files: dict[str, bytes | str] = dict(files)
        self.take_in()

    def take_in(self, *, ended: bool = True) -> None:
        """One run, which an ingest that is killed does not end."""
        run = self._recorder.begin_run(["library"], _now())
        for name, text in self.files.items():
            self._take(run, name, text.encode() if isinstance(text, str) else text)
        for state in self._recorder.sources().values():
            if state.source not in self.files and not state.withdrawn:
                self._recorder.withdraw(state.document_id, state.source, at=_now())
        if ended:
            self._recorder.end_run(run, _now(), {})

    def change(self, name: str, before: str, after: str, *, ended: bool = True) -> None:
        """Replace words of a file, and take it in again."""
        text = self.files[name]
        assert isinstance(text, str)
        assert before in text
        self.files[name] = text.replace(before, after)
        self.take_in(ended=ended)

    def close(self) -> None:
        self.engine.dispose()

    def _take(self, run: int, name: str, data: bytes) -> None:
        document_id = _id(name)
        before = self._before(document_id)
        if before is not None and before.original_sha256 == digest(data.hex()):
            return
        reading = read(data, name)
        document = structure(reading, name)
        passages = split(document_id, document, 120)
        embedded = embed_passages(passages, document.text, self._embedder, self._recorder)
        new = paragraphs_of(document.text, document.sections, passages)
        old = self._paragraphs(before) if before else []
        version = NewVersion(
            document_id=document_id,
            source=name,
            title=document.title,
            kind=document.kind,
            text=document.text,
            original_sha256=digest(data.hex()),
            original_name=name,
            media_type=reading.media_type,
            recipe="1",
            last_reviewed=document.last_reviewed,
            next_review=document.next_review,
            sections=document.sections,
            passages=passages,
            embeddings=embedded.keys,
            changes=changes_between(old, new) if before else [],
            warnings=document.warnings,
            previous=before.number if before else None,
            procedure=procedure_of(
                document_id, document.kind, document.title, document.text, document.sections, passages
            ),
        )
        self._recorder.record(run, version, _now())

    def _before(self, document_id: str) -> Version | None:
        try:
            return self.register.version(document_id)
        except NotFound:
            return None

    def _paragraphs(self, version: Version) -> list[Paragraph]:
        sections, passages = self.register.sections(version.id), self.register.passages(version.id)
        return paragraphs_of(version.text, sections, passages)


def _id(name: str) -> str:
    return PurePath(name).stem.replace(".", "-")


def _now() -> datetime:
    return datetime.now(UTC)
