"""Keep from when terms hold, and those that held before. What is stored holds ever since."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("site", "team", "officer"):
        op.add_column(table, sa.Column("since", sa.Date(), nullable=True))
    op.create_table(
        "earlier_terms",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
    )
    op.create_index("ix_earlier_terms_unit_id", "earlier_terms", ["unit_id"])
