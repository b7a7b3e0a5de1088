"""Let duties and appointments be on weekdays, from a first to a last day, every so many weeks."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is there already stays on its date, which is kept as a text from now on."""
    for table in ("duty", "appointment"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                "date",
                existing_type=sa.Date(),
                type_=sa.String(),
                existing_nullable=False,
                postgresql_using="to_char(date, 'YYYY-MM-DD')",
            )
            batch.add_column(sa.Column("first", sa.Date(), nullable=True))
            batch.add_column(sa.Column("last", sa.Date(), nullable=True))
            batch.add_column(sa.Column("every", sa.Integer(), nullable=True))
