"""Keep which skills are asked for at sites, and where nobody is to be alone: at first nowhere."""

import sqlalchemy as sa
from alembic import op

from rota.instant_column import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "site",
        sa.Column("may_be_alone", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("when", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False, server_default="import"),
        sa.Column("recorded_by", sa.String(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=True),
    )
    op.create_index("ix_presence_unit_id", "presence", ["unit_id"])
