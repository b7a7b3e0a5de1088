"""Let officers and sites have their own numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is stored has no numbers of its own but the officers' percentages."""
    op.add_column("site", sa.Column("office_percent", sa.Integer(), nullable=True))
    op.add_column("officer", sa.Column("home_days_per_week", sa.Integer(), nullable=True))
