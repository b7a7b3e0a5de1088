"""Know which seats of a draft were moved by hand, and which of them a run could not keep."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drafts that there are already have no seat that is known to have been moved by hand."""
    op.add_column("draft_seat", sa.Column("moved_from", sa.String(), nullable=True))
    op.add_column("draft", sa.Column("not_kept", sa.JSON(), nullable=True))
    op.add_column(
        "run", sa.Column("afresh", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
