"""How residents want to hear of their case; notices that are closed unsent, or told by a later one.

Revision: 0013; after: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("petition_case", "booking"):
        column = sa.Column("contact_channel", sa.String(length=8), nullable=False, server_default="")
        op.add_column(table, column, inline_references=True)
    op.add_column("notice", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("notice", sa.Column("gathered_into", sa.Integer(), nullable=True))
    op.add_column("notice", sa.Column("gathers", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    for column in ("gathers", "gathered_into", "closed_at"):
        op.drop_column("notice", column)
    for table in ("booking", "petition_case"):
        op.drop_column(table, "contact_channel")
