"""living documents: why a document is withdrawn, changes with their places, sources, uploads, what is held back"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _added() -> dict[str, list[sa.Column[Any]]]:
    return {
        "documents": [
            sa.Column("withdrawn_because", sa.String(length=20)),
            sa.Column("withdrawn_at", _MOMENT),
            sa.Column("superseded_by", sa.String(length=120)),
        ],
        "versions": [sa.Column("effective_from", sa.Date())],
        "changes": [
            sa.Column("was", sa.Text()),
            sa.Column("moved", sa.Boolean()),
            sa.Column("old_start", sa.Integer()),
            sa.Column("old_end", sa.Integer()),
            sa.Column("new_start", sa.Integer()),
            sa.Column("new_end", sa.Integer()),
            sa.Column("trail", sa.JSON()),
            sa.Column("previous", sa.Integer()),
        ],
    }


def upgrade() -> None:
    for table, columns in _added().items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("document_kind", sa.String(length=20), nullable=True),
        sa.Column("every_hours", sa.Float(), nullable=False),
        sa.Column("max_pages", sa.Integer(), nullable=True),
        sa.Column("max_depth", sa.Integer(), nullable=True),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("tried_at", _MOMENT, nullable=True),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("location", name=op.f("uq_sources_location")),
    )
    op.create_table(
        "web_pages",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("link_text", sa.Text(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("is_document", sa.Integer(), nullable=False),
        sa.Column("fetched_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_web_pages_source_id")),
        sa.PrimaryKeyConstraint("source_id", "url", name=op.f("pk_web_pages")),
    )
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("document_id", sa.String(length=120), nullable=True),
        sa.Column("supersedes", sa.String(length=120), nullable=True),
        sa.Column("publish_on", sa.Date(), nullable=True),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    op.create_table(
        "held",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("because", sa.String(length=20), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_held_run_id")),
        sa.PrimaryKeyConstraint("source", "sha256", name=op.f("pk_held")),
    )


def downgrade() -> None:
    for table in ("held", "uploads", "web_pages", "sources"):
        op.drop_table(table)
    for table, columns in _added().items():
        for column in reversed(columns):
            op.drop_column(table, column.name)
