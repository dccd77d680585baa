"""Small indexes of the rare kinds: figures about denunciations and dialogues walk through no other case.

Revision: 0010; after: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SEALED, DIALOGUE = sa.text("kind = 'denunciation'"), sa.text("kind = 'dialogue'")


def upgrade() -> None:
    op.create_index("ix_case_sealed", "petition_case", ["submitted_at"], sqlite_where=SEALED, postgresql_where=SEALED)
    op.create_index("ix_case_dialogue", "petition_case", ["unit_id"], sqlite_where=DIALOGUE, postgresql_where=DIALOGUE)
    op.create_index(
        "ix_custody_dialogue", "custody", ["unit_id", "began_at"], sqlite_where=DIALOGUE, postgresql_where=DIALOGUE
    )


def downgrade() -> None:
    op.drop_index("ix_custody_dialogue", "custody")
    op.drop_index("ix_case_dialogue", "petition_case")
    op.drop_index("ix_case_sealed", "petition_case")
