"""The law in the workflow: denunciations and their handlers, second instance, contributions, papers, pauses.

Revision: 0002; after: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _references(name: str, table: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=True)


NEW_IN_CASE = (
    sa.Column("instance", sa.Integer(), nullable=False, server_default="1"),
    _references("appeal_of_id", "petition_case"),
    _references("split_from_id", "petition_case"),
    sa.Column("is_discipline", sa.Boolean(), nullable=False, server_default=sa.false()),
    _references("denounced_unit_id", "unit"),
    sa.Column("paper_file", sa.String(length=120), nullable=False, server_default=""),
    sa.Column("eligibility", sa.JSON(), nullable=True),
    sa.Column("classified_at", MOMENT, nullable=True),
    sa.Column("held_status", sa.String(length=24), nullable=False, server_default=""),
    sa.Column("suspended_on", sa.Date(), nullable=True),
    sa.Column("dialogue_on", sa.Date(), nullable=True),
    sa.Column("verdict", sa.String(length=16), nullable=False, server_default=""),
    sa.Column("withdrawn_part", sa.Text(), nullable=False, server_default=""),
    sa.Column("sent_on", sa.Date(), nullable=True),
    sa.Column("published_on", sa.Date(), nullable=True),
    sa.Column("enforced_on", sa.Date(), nullable=True),
    sa.Column("archived_on", sa.Date(), nullable=True),
)
INDEXED = ("appeal_of_id", "split_from_id", "denounced_unit_id")


def upgrade() -> None:
    # Columns are added in place: rebuilding the table on SQLite would drop its triggers.
    for column in NEW_IN_CASE:
        op.add_column("petition_case", column._copy(), inline_references=True)
    for name in INDEXED:
        op.create_index(f"ix_petition_case_{name}", "petition_case", [name])
    op.add_column("deadline", sa.Column("paused_on", sa.Date(), nullable=True))
    _handlers()
    _contributions()
    _papers()
    _number_by_kind()


def _number_by_kind() -> None:
    """Numbers ran through all papers of a unit; now they run within each kind, going on after the highest given."""
    highest: dict[str, int] = {}
    rows = op.get_bind().execute(sa.text("SELECT unit_id, year, number FROM document")).all()
    for unit_id, year, number in rows:
        count, _slash, rest = number.partition("/")
        kind = rest.split("-")[0] if rest.startswith("QĐ") else rest.rsplit("-", 1)[-1]
        name = f"document:{unit_id}:{year}:{kind}"
        highest[name] = max(highest.get(name, 0), int(count))
    for name, number in highest.items():
        op.get_bind().execute(
            sa.text("INSERT INTO sequence (name, number) VALUES (:name, :number)"), {"name": name, "number": number}
        )


def _handlers() -> None:
    op.create_table(
        "handler",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("petition_case.id"), nullable=False),
        sa.Column("official_id", sa.Integer(), sa.ForeignKey("official.id"), nullable=False),
        sa.Column("named_by_id", sa.Integer(), sa.ForeignKey("official.id"), nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
    )
    op.create_index("ix_handler_official", "handler", ["official_id", "ended_at"])
    op.create_index("ix_handler_case", "handler", ["case_id"])


def _contributions() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("petition_case.id"), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by_id", sa.Integer(), sa.ForeignKey("official.id"), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by_id", sa.Integer(), sa.ForeignKey("official.id"), nullable=True),
        sa.Column("dropped_at", MOMENT, nullable=True),
    )
    op.create_index("ix_contribution_unit", "contribution", ["unit_id", "answered_at"])
    op.create_index("ix_contribution_case", "contribution", ["case_id"])


def _papers() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("public_id", sa.String(length=32), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("petition_case.id"), nullable=False),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("cargo", sa.JSON(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), sa.ForeignKey("official.id"), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("document.id"), nullable=True),
    )
    op.create_index("ix_paper_case", "paper", ["case_id", "id"])
    op.create_index("ix_paper_waiting", "paper", ["unit_id", "state"])


def downgrade() -> None:
    for table in ("paper", "contribution", "handler"):
        op.drop_table(table)
    op.drop_column("deadline", "paused_on")
    for name in INDEXED:
        op.drop_index(f"ix_petition_case_{name}", "petition_case")
    for column in NEW_IN_CASE:
        op.drop_column("petition_case", column.name)
