"""packs"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "packs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("earlier", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["earlier"], ["packs.id"], name=op.f("fk_packs_earlier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packs")),
    )
    with op.batch_alter_table("packs", schema=None) as batch_op:
        batch_op.create_index("ix_packs_at", ["at"], unique=False)
        batch_op.create_index("ix_packs_earlier", ["earlier"], unique=False)

    op.create_table(
        "pack_citations",
        sa.Column("pack_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["packs.id"], name=op.f("fk_pack_citations_pack_id")),
        sa.PrimaryKeyConstraint("pack_id", "number", name=op.f("pk_pack_citations")),
    )
    with op.batch_alter_table("pack_citations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_pack_citations_document_id_version", ["document_id", "version"], unique=False
        )

    op.create_table(
        "pack_uses",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("pack_id", sa.String(length=32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["packs.id"], name=op.f("fk_pack_uses_pack_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_uses")),
    )
    with op.batch_alter_table("pack_uses", schema=None) as batch_op:
        batch_op.create_index("ix_pack_uses_pack_id", ["pack_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pack_uses", schema=None) as batch_op:
        batch_op.drop_index("ix_pack_uses_pack_id")
    op.drop_table("pack_uses")
    with op.batch_alter_table("pack_citations", schema=None) as batch_op:
        batch_op.drop_index("ix_pack_citations_document_id_version")
    op.drop_table("pack_citations")
    with op.batch_alter_table("packs", schema=None) as batch_op:
        batch_op.drop_index("ix_packs_earlier")
        batch_op.drop_index("ix_packs_at")
    op.drop_table("packs")
