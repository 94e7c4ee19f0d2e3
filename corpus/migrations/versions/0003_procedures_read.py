"""procedures read"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "procedure_readings",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("rules", sa.String(length=20), nullable=False),
        sa.Column("chapter", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_procedure_readings_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_procedure_readings")),
    )
    op.create_table(
        "procedure_items",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_procedure_items_version_id")),
        sa.PrimaryKeyConstraint("version_id", "ordinal", name=op.f("pk_procedure_items")),
    )


def downgrade() -> None:
    op.drop_table("procedure_items")
    op.drop_table("procedure_readings")
