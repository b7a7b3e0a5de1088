"""Know when each run was taken, so that the time of workers can be shared among units."""

import sqlalchemy as sa
from alembic import op

from rota.instant_column import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run", sa.Column("begun_at", Instant(), nullable=True))
    op.create_index("ix_run_ended_at", "run", ["ended_at"])
