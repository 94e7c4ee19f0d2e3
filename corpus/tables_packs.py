"""The register's tables for session packs: what was made, what it cites, and who used it when."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from corpus.tables import Moment, metadata

packs = Table(
    "packs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("at", Moment, nullable=False),
    # The newest ingest run at the time of making: the state of the corpus that the pack speaks of.
    Column("run", Integer),
    Column("title", Text, nullable=False),
    Column("content", JSON, nullable=False),
    # What the trainer dropped, moved and wrote; the content itself is never altered.
    Column("edits", JSON, nullable=False),
    # The pack that this one was made anew from.
    Column("earlier", ForeignKey("packs.id")),
    Index("ix_packs_at", "at"),
    Index("ix_packs_earlier", "earlier"),
)

pack_citations = Table(
    "pack_citations",
    metadata,
    Column("pack_id", ForeignKey("packs.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    # No foreign key: a pack outlives whatever becomes of the document.
    Column("document_id", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("ix_pack_citations_document_id_version", "document_id", "version"),
)

pack_uses = Table(
    "pack_uses",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("pack_id", ForeignKey("packs.id"), nullable=False),
    Column("on", Date, nullable=False),
    # A team or a role, never a person's name.
    Column("team", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("actions", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_pack_uses_pack_id", "pack_id"),
)
