"""word pieces beside the vectors of a passage"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Rows of before hold none: they are another embedder's by its fingerprint, and never read.
    op.add_column("embeddings", sa.Column("pieces", sa.LargeBinary(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    op.drop_column("embeddings", "pieces")
