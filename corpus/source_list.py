"""The places that documents come from by themselves: folders and web manuals, and when to look again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, select, update

from corpus.database import transaction
from corpus.documents import Kind
from corpus.errors import NotFound
from corpus.tables_living import sources, web_pages


class SourceKind(StrEnum):
    FOLDER = "folder"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class KeptSource:
    """`location` is a path, or the address of a start page or sitemap; with `every_hours` 0 it is looked at
    only when somebody says so, with less than 0 once.

    `max_pages` and `max_depth` override the settings; `report` is that of the last try.
    """

    id: int
    kind: SourceKind
    location: str
    document_kind: Kind | None
    every_hours: float
    max_pages: int | None
    max_depth: int | None
    tried_at: datetime | None
    next_at: datetime | None
    report: Mapping[str, Any] | None

    def is_due(self, now: datetime) -> bool:
        """Whether its time has come."""
        return bool(self.every_hours) and (self.next_at is None or self.next_at <= now)


@dataclass(frozen=True, slots=True)
class PageState:
    """A web page as it was last fetched: `links` are (address, link text) pairs that lead on from it."""

    url: str
    etag: str | None
    last_modified: str | None
    sha256: str
    link_text: str
    links: tuple[tuple[str, str], ...] = field(default=())
    is_document: bool = True


class SourceList:
    """All kept sources of one register. Each method is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[KeptSource]:
        """In the order in which they were added."""
        with transaction(self._engine) as connection:
            return [_source_of(row) for row in connection.execute(select(sources).order_by(sources.c.id))]

    def get(self, source_id: int) -> KeptSource:
        """Raises NotFound."""
        found = next((source for source in self.all() if source.id == source_id), None)
        if found is None:
            raise NotFound(f"There is no source {source_id}.", "`assistant sync list` lists all.")
        return found

    def add(
        self,
        kind: SourceKind,
        location: str,
        at: datetime,
        *,
        every_hours: float = 24.0,
        document_kind: Kind | None = None,
        max_pages: int | None = None,
        max_depth: int | None = None,
    ) -> KeptSource:
        """The new source; for a location that is kept already, its settings are changed."""
        values = {
            "kind": kind.value,
            "location": location,
            "every_hours": every_hours,
            "document_kind": document_kind.value if document_kind else None,
            "max_pages": max_pages,
            "max_depth": max_depth,
        }
        with transaction(self._engine) as connection:
            same = sources.c.location == location
            if not connection.execute(update(sources).where(same).values(values)).rowcount:
                connection.execute(insert(sources).values(values | {"added_at": at}))
        return next(source for source in self.all() if source.location == location)

    def remove(self, source_id: int) -> None:
        """Looked at no more; its documents stay. Raises NotFound."""
        self.get(source_id)
        with transaction(self._engine) as connection:
            connection.execute(delete(web_pages).where(web_pages.c.source_id == source_id))
            connection.execute(delete(sources).where(sources.c.id == source_id))

    def make_due(self, source_id: int) -> None:
        """To be looked at at the next turn of the schedule. Raises NotFound."""
        source = self.get(source_id)
        values: dict[str, Any] = {"next_at": None}
        if not source.every_hours:
            values["every_hours"] = -1.0  # once
        with transaction(self._engine) as connection:
            connection.execute(update(sources).where(sources.c.id == source_id).values(values))

    def note(
        self, source: KeptSource, at: datetime, report: Mapping[str, Any], wait_hours: float | None = None
    ) -> None:
        """Keep the report of a try; the next is due in `wait_hours`, or as the source says."""
        hours = max(source.every_hours, 0.0) if wait_hours is None else wait_hours
        values = {
            "tried_at": at,
            "next_at": at + timedelta(hours=hours),
            "report": dict(report),
            "every_hours": max(source.every_hours, 0.0),
        }
        with transaction(self._engine) as connection:
            connection.execute(update(sources).where(sources.c.id == source.id).values(values))

    def pages(self, source_id: int) -> dict[str, PageState]:
        """By address."""
        query = select(web_pages).where(web_pages.c.source_id == source_id)
        with transaction(self._engine) as connection:
            return {row.url: _page_of(row) for row in connection.execute(query)}

    def keep_pages(
        self, source_id: int, pages: Iterable[PageState], gone: Iterable[str], at: datetime
    ) -> None:
        """Note what was fetched, and forget what is gone."""
        rows = [_row_of(source_id, page, at) for page in pages]
        addresses = [*gone, *(row["url"] for row in rows)]
        with transaction(self._engine) as connection:
            for url in addresses:
                same = (web_pages.c.source_id == source_id) & (web_pages.c.url == url)
                connection.execute(delete(web_pages).where(same))
            if rows:
                connection.execute(insert(web_pages), rows)


def _row_of(source_id: int, page: PageState, at: datetime) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "url": page.url,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "sha256": page.sha256,
        "link_text": page.link_text,
        "links": [list(link) for link in page.links],
        "is_document": int(page.is_document),
        "fetched_at": at,
    }


def _page_of(row: Row[Any]) -> PageState:
    return PageState(
        url=row.url,
        etag=row.etag,
        last_modified=row.last_modified,
        sha256=row.sha256,
        link_text=row.link_text,
        links=tuple((url, text) for url, text in row.links),
        is_document=bool(row.is_document),
    )


def _source_of(row: Row[Any]) -> KeptSource:
    return KeptSource(
        id=row.id,
        kind=SourceKind(row.kind),
        location=row.location,
        document_kind=Kind(row.document_kind) if row.document_kind else None,
        every_hours=row.every_hours,
        max_pages=row.max_pages,
        max_depth=row.max_depth,
        tried_at=row.tried_at,
        next_at=row.next_at,
        report=row.report,
    )
