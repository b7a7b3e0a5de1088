"""Keep where people are signed in, when passwords for once end, and what programs may still call.

Passwords for once of before end in a week from now, and the tokens of users who were deactivated
before are revoked, since they would be good again once their users are.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from rota.instant_column import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_USER = sa.table(
    "user_account",
    sa.column("id", sa.Integer),
    sa.column("must_change_password", sa.Boolean),
    sa.column("is_active", sa.Boolean),
    sa.column("password_ends_at", Instant()),
)
_TOKEN = sa.table("token", sa.column("user_id", sa.Integer), sa.column("revoked_at", Instant()))


def upgrade() -> None:
    op.add_column("user_account", sa.Column("password_ends_at", Instant(), nullable=True))
    op.add_column("session", sa.Column("place", sa.String(), nullable=True))
    op.add_column("session", sa.Column("browser", sa.String(), nullable=True))
    op.create_table(
        "allowance",
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("about", name="pk_allowance"),
    )
    now = datetime.now(UTC)
    in_a_week = now + timedelta(weeks=1)
    op.execute(
        _USER.update().where(_USER.c.must_change_password).values(password_ends_at=in_a_week)
    )
    inactive = sa.select(_USER.c.id).where(sa.not_(_USER.c.is_active))
    is_good = _TOKEN.c.revoked_at.is_(None)
    op.execute(
        _TOKEN.update().where(_TOKEN.c.user_id.in_(inactive), is_good).values(revoked_at=now)
    )
    # What failed before was counted under other names.
    op.execute(sa.delete(sa.table("failed_sign_in")))
