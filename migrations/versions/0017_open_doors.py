"""What residents opened with a code is kept here, so that leaving and a new code end it.

Revision: 0017; after: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "open_door",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["petition_case.id"], name=op.f("fk_open_door_case_id_petition_case")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_open_door_booking_id_booking")),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_open_door")),
    )
    op.create_index(op.f("ix_open_door_case_id"), "open_door", ["case_id"])
    op.create_index(op.f("ix_open_door_booking_id"), "open_door", ["booking_id"])


def downgrade() -> None:
    op.drop_table("open_door")
