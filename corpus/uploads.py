"""Files that were handed in: looked at first, then published on purpose or put aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Row, insert, select, update

from corpus.database import transaction
from corpus.documents import Kind
from corpus.errors import NotFound
from corpus.tables import versions
from corpus.tables_living import uploads


class UploadState(StrEnum):
    WAITING = "waiting"
    PUBLISHED = "published"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in; its bytes lie among the originals, under their digest.

    `document_id` is the document that it is a new version of, None for a new document, and that of what
    became of it once it is published. `supersedes` is the document whose place it takes. With `publish_on`
    it goes live by itself on that day. `reason` tells why that has failed.
    """

    id: str
    name: str
    sha256: str
    received_at: datetime
    kind: Kind | None = None
    document_id: str | None = None
    supersedes: str | None = None
    publish_on: date | None = None
    state: UploadState = UploadState.WAITING
    reason: str | None = None


class Uploads:
    """All uploads of one register. Each method is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, upload: Upload) -> None:
        values = {name: getattr(upload, name) for name in Upload.__dataclass_fields__}
        with transaction(self._engine) as connection:
            connection.execute(insert(uploads).values(values))

    def get(self, upload_id: str) -> Upload:
        """Raises NotFound."""
        with transaction(self._engine) as connection:
            row = connection.execute(select(uploads).where(uploads.c.id == upload_id)).first()
        if row is None:
            raise NotFound("There is no such upload.", "It may have been put aside.")
        return _upload_of(row)

    def waiting(self) -> list[Upload]:
        """Oldest first."""
        query = select(uploads).where(uploads.c.state == UploadState.WAITING.value)
        with transaction(self._engine) as connection:
            return [_upload_of(row) for row in connection.execute(query.order_by(uploads.c.received_at))]

    def published(self) -> set[tuple[str, str]]:
        """Of all that was published: the document's id and the file's digest."""
        query = select(uploads).where(uploads.c.state == UploadState.PUBLISHED.value)
        with transaction(self._engine) as connection:
            return {(row.document_id, row.sha256) for row in connection.execute(query)}

    def needs(self, sha256: str) -> bool:
        """Whether a version or a waiting upload has these bytes."""
        of_version = select(versions.c.id).where(versions.c.original_sha256 == sha256)
        with transaction(self._engine) as connection:
            if connection.execute(of_version.limit(1)).first():
                return True
        return any(upload.sha256 == sha256 for upload in self.waiting())

    def change(self, upload_id: str, **values: Any) -> None:
        """Set fields of an upload."""
        with transaction(self._engine) as connection:
            connection.execute(update(uploads).where(uploads.c.id == upload_id).values(values))


def _upload_of(row: Row[Any]) -> Upload:
    fields = {name: getattr(row, name) for name in Upload.__dataclass_fields__}
    kind = Kind(row.kind) if row.kind else None
    return Upload(**fields | {"kind": kind, "state": UploadState(row.state)})
