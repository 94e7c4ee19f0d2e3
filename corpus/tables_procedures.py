"""The register's tables for what was read from procedures (see `corpus.procedures`)."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table

from corpus.tables import metadata

# That a version was read at all, and by which rules: one without a row, or with other rules, is read anew.
procedure_readings = Table(
    "procedure_readings",
    metadata,
    Column("version_id", ForeignKey("versions.id"), primary_key=True),
    Column("rules", String(20), nullable=False),
    Column("chapter", String(40)),
)

# One table for all sorts: they are read and written together, and nothing is asked of their parts. `details`
# holds offsets and values, never words: those are cut from the version's text.
procedure_items = Table(
    "procedure_items",
    metadata,
    Column("version_id", ForeignKey("versions.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("sort", String(20), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("details", JSON, nullable=False),
)
