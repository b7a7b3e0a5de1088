"""Keep who may be asked for extra days. Of those who are stored, nobody has said so."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "officer",
        sa.Column("takes_extra_days", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
