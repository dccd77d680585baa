"""Warnings ahead of due dates and of late cases, told once each, as one digest each working morning.

Revision: 0004; after: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "warned",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("petition_case.id"), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("official_id", sa.Integer(), sa.ForeignKey("official.id"), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.UniqueConstraint("case_id", "stage", "due_on", "step", "official_id"),
    )
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("official_id", sa.Integer(), sa.ForeignKey("official.id"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("late_open", sa.Integer(), nullable=False),
        sa.Column("tells_late", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("official_id", "on"),
    )
    op.create_index("ix_digest_on", "digest", ["on"])
    op.create_table(
        "morning",
        sa.Column("on", sa.Date(), primary_key=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    for table in ("morning", "digest", "warned"):
        op.drop_table(table)
