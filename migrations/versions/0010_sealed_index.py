"""An index of denunciations by the day they came: the one figure about them walks through no other case.

Revision: 0010; after: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None

SEALED = sa.text("kind = 'denunciation'")


def upgrade() -> None:
    op.create_index("ix_case_sealed", "petition_case", ["submitted_at"], sqlite_where=SEALED, postgresql_where=SEALED)


def downgrade() -> None:
    op.drop_index("ix_case_sealed", "petition_case")
