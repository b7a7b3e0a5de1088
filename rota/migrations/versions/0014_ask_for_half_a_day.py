"""Keep of which half of the day people ask for something. What is stored is of whole days."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    part = sa.Column("part", sa.String(), nullable=False, server_default=sa.text("''"))
    op.add_column("ask", part)
