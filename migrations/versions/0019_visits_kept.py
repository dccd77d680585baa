"""How long visits that led to no case are kept: proposed, approved, erased.

Revision: 0019; after: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_erasure",
        sa.Column("booking_id", sa.Integer(), sa.ForeignKey("booking.id"), primary_key=True, autoincrement=False),
        sa.Column("term_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        sa.Column("approved_by_id", sa.Integer(), sa.ForeignKey("official.id")),
        sa.Column("done_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_visit_erasure_open", "visit_erasure", ["done_at", "approved_at"])


def downgrade() -> None:
    op.drop_table("visit_erasure")
