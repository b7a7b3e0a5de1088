"""Let officers and sites have their own numbers, and a closure have a first and a last day."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is stored has no numbers of its own but the officers' percentages.

    A closure of one date begins and ends on it.
    """
    op.add_column("site", sa.Column("office_percent", sa.Integer(), nullable=True))
    op.add_column("officer", sa.Column("home_days_per_week", sa.Integer(), nullable=True))
    with op.batch_alter_table("closure") as closure:
        closure.drop_constraint("uq_closure_unit_id_site_date", type_="unique")
        closure.alter_column("date", new_column_name="first")
        closure.add_column(sa.Column("last", sa.Date(), nullable=True))
    op.execute('UPDATE closure SET "last" = "first"')
    with op.batch_alter_table("closure") as closure:
        closure.alter_column("last", nullable=False)
        closure.create_unique_constraint(
            "uq_closure_unit_id_site_first_last", ["unit_id", "site", "first", "last"]
        )
    _spread_imported_closures()


def _spread_imported_closures() -> None:
    """Have the rows of the last import tell the first and the last day too."""
    bind = op.get_bind()
    imported = sa.table(
        "imported_row",
        sa.column("id", sa.Integer()),
        sa.column("table_name", sa.String()),
        sa.column("row", sa.JSON()),
    )
    query = sa.select(imported.c.id, imported.c.row).where(imported.c.table_name == "closures")
    for number, row in bind.execute(query).all():
        others = {name: value for name, value in row.items() if name != "date"}
        spread = {**others, "first": row["date"], "last": row["date"]}
        bind.execute(sa.update(imported).where(imported.c.id == number).values(row=spread))
