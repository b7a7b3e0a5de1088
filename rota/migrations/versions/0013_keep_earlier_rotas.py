"""Keep the earlier rotas that files tell."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "history_seat",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("staff_no", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=True),
        sa.UniqueConstraint("unit_id", "staff_no", "date", "part"),
    )
