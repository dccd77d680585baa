"""Cells hold stages too: the old ones are dropped and counted anew; their head says which format they have.

Revision: 0008; after: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _drop_counted()
    op.add_column("cells_head", sa.Column("format", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    _drop_counted()
    op.drop_column("cells_head", "format")


def _drop_counted() -> None:
    """The worker counts them again at its start."""
    op.execute("DELETE FROM cell")
    op.execute("DELETE FROM cells_head")
