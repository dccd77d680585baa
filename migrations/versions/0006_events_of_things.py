"""Events of a thing that is no case are found by its name; a form that promises makes one commitment.

Revision: 0006; after: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_event_subject", "event", ["subject"])
    op.add_column("commitment", sa.Column("token_hash", sa.String(length=64), nullable=True))
    op.create_index("ix_commitment_token", "commitment", ["token_hash"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_commitment_token", "commitment")
    op.drop_column("commitment", "token_hash")
    op.drop_index("ix_event_subject", "event")
