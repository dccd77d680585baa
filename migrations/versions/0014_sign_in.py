"""Second factors with recovery codes, sign-ins in two steps, links to choose a password, changes that take two.

Revision: 0014; after: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _official(name: str = "official_id", **more: object) -> sa.Column:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("official.id"), **more)


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("code_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "second_factor",
        _official(primary_key=True, autoincrement=False),
        sa.Column("secret", sa.String(200), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        _official(nullable=False, index=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_table(
        "sign_in_step",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        _official(nullable=False, index=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "password_link",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        _official(nullable=False, index=True),
        sa.Column("good_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
    )
    _change_requests()


def _change_requests() -> None:
    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("verb", sa.String(16), nullable=False),
        _official(nullable=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        _official("asked_by_id", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        _official("decided_by_id", nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(8), nullable=False),
    )
    op.create_index("ix_change_request_open", "change_request", ["outcome", "asked_at"])


def downgrade() -> None:
    for table in ("change_request", "password_link", "sign_in_step", "recovery_code", "second_factor"):
        op.drop_table(table)
    op.drop_column("sign_in", "code_at")
