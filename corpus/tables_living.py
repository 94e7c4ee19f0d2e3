"""Tables of documents that live: where they come from, what waits to be published, what is held back."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Float, ForeignKey, Integer, String, Table, Text

from corpus.tables import Moment, metadata

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # "folder" or "web"; the location is a path or an address.
    Column("kind", String(20), nullable=False),
    Column("location", Text, nullable=False, unique=True),
    Column("document_kind", String(20)),
    Column("every_hours", Float, nullable=False),
    Column("max_pages", Integer),
    Column("max_depth", Integer),
    Column("added_at", Moment, nullable=False),
    Column("tried_at", Moment),
    Column("next_at", Moment),
    Column("report", JSON),
)

# What a web manual's pages were when they were last fetched, so that the next look can ask for changes alone.
# A page that is unchanged still leads on: its links are kept.
web_pages = Table(
    "web_pages",
    metadata,
    Column("source_id", ForeignKey("sources.id"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("sha256", String(64), nullable=False),
    Column("link_text", Text, nullable=False),
    Column("links", JSON, nullable=False),
    Column("is_document", Integer, nullable=False),
    Column("fetched_at", Moment, nullable=False),
)

# Files that were handed in and are looked at before they answer questions. The bytes lie among the originals.
uploads = Table(
    "uploads",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("kind", String(20)),
    # The document that this is a new version of, and the one that it takes the place of.
    Column("document_id", String(120)),
    Column("supersedes", String(120)),
    Column("publish_on", Date),
    Column("received_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
)

# States of a file that must not be taken in again: they were rolled back, or a newer one was handed in.
held = Table(
    "held",
    metadata,
    Column("source", Text, primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("because", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("run_id", ForeignKey("runs.id")),
)
