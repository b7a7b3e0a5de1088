"""Keep the two places that a swap was agreed for, who agreed for whom, and what became of asks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Swaps that were asked for before have no places; they lapse, and may be asked for again."""
    op.add_column("ask", sa.Column("own_site", sa.String(), nullable=True))
    op.add_column("ask", sa.Column("with_site", sa.String(), nullable=True))
    op.add_column("ask", sa.Column("agreed_by", sa.String(), nullable=True))
    op.add_column("ask", sa.Column("outcome", sa.Text(), nullable=True))
