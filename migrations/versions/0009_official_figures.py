"""Figures of the official forms that officials type.

Revision: 0009; after: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "official_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=12), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hundredths", sa.BigInteger(), nullable=False),
        sa.Column("typed_by_id", sa.Integer(), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["typed_by_id"], ["official.id"], name=op.f("fk_official_figure_typed_by_id_official")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_official_figure_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_figure")),
        sa.UniqueConstraint(
            "unit_id", "form", "first_on", "last_on", "number",
            name=op.f("uq_official_figure_unit_id_form_first_on_last_on_number"),
        ),
    )


def downgrade() -> None:
    op.drop_table("official_figure")
