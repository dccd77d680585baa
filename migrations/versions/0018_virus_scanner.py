"""What the virus scanner said of each file; files from before were never shown to one.

Revision: 0018; after: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

PENDING = sa.text("scan_state = 'pending'")


def upgrade() -> None:
    op.add_column("attachment", sa.Column("scan_state", sa.String(9), nullable=False, server_default="off"))
    op.create_index("ix_attachment_pending", "attachment", ["id"], sqlite_where=PENDING, postgresql_where=PENDING)


def downgrade() -> None:
    op.drop_index("ix_attachment_pending", "attachment")
    op.drop_column("attachment", "scan_state")
