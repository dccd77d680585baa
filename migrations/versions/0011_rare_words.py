"""Small indexes of what is rare: ratings with a text, and cases reopened more than once.

Revision: 0011; after: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WRITTEN, OFTEN = sa.text("text <> ''"), sa.text("reopened_count >= 2")


def upgrade() -> None:
    op.create_index("ix_rating_written", "rating", ["at"], sqlite_where=WRITTEN, postgresql_where=WRITTEN)
    op.create_index("ix_case_often", "petition_case", ["reopened_count"], sqlite_where=OFTEN, postgresql_where=OFTEN)


def downgrade() -> None:
    op.drop_index("ix_case_often", "petition_case")
    op.drop_index("ix_rating_written", "rating")
