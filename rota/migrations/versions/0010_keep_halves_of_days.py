"""Keep seats, records and changes of halves of days. What is stored is of whole days."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KEYS = {
    "closure": ("uq_closure_unit_id_site_first_last", ["unit_id", "site", "first", "last"]),
    "published_seat": (
        "uq_published_seat_unit_id_staff_no_date_since",
        ["unit_id", "staff_no", "date", "since"],
    ),
    "change": ("uq_change_version_id_staff_no_date", ["version_id", "staff_no", "date"]),
}
"""What was unique of a day, and now is of a part of it."""

_TRIGGERS = {
    "published_seat": ("published_seat_refuses_update", "published_seat_refuses_delete"),
    "change": ("change_refuses_update", "change_refuses_delete"),
}
"""What SQLite does when a row of history is changed, which goes when its table is made anew."""


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        for trigger in (trigger for triggers in _TRIGGERS.values() for trigger in triggers):
            op.execute(f"DROP TRIGGER {trigger}")
    op.drop_index("uq_published_seat_in_force", "published_seat")
    for table in ("away", "duty", "appointment", "request", "proposal"):
        op.add_column(table, _part())
    for table, (name, columns) in _KEYS.items():
        with op.batch_alter_table(table) as batch:
            batch.add_column(_part())
            batch.drop_constraint(name, type_="unique")
            batch.create_unique_constraint(f"{name}_part", [*columns, "part"])
    with op.batch_alter_table("draft_seat") as batch:
        batch.add_column(_part())
        batch.drop_constraint("pk_draft_seat", type_="primary")
        batch.create_primary_key("pk_draft_seat", ["draft_id", "staff_no", "date", "part"])
    op.create_index(
        "uq_published_seat_in_force",
        "published_seat",
        ["unit_id", "staff_no", "date", "part"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    if is_sqlite:
        _refuse_on_sqlite("published_seat", "UPDATE", f"({_ONCE}) AND NOT ({_SEAT})")
        _refuse_on_sqlite("published_seat", "DELETE", "TRUE")
        _refuse_on_sqlite("change", "UPDATE", f"NOT ({_CHANGE})")
        _refuse_on_sqlite("change", "DELETE", "TRUE")
    else:
        _refuse_on_postgresql()


def _part() -> sa.Column[str]:
    return sa.Column("part", sa.String(), nullable=False, server_default=sa.text("''"))


_ONCE = (
    "OLD.until IS NOT NULL OR NEW.until IS NULL OR NEW.id <> OLD.id OR NEW.unit_id <> OLD.unit_id "
    "OR NEW.staff_no <> OLD.staff_no OR NEW.date <> OLD.date OR NEW.site <> OLD.site "
    "OR NEW.locked <> OLD.locked OR NEW.since <> OLD.since OR NEW.part <> OLD.part"
)
"""What may not be done to a published seat but by a renaming: anything but ending it, once."""

_SAME = "IS NOT DISTINCT FROM"
"""What PostgreSQL calls equal, blanks included; SQLite calls it IS."""


def _renames(unit: str, table: str, column: str) -> str:
    """That a name is as it was, or as a renaming that is under way has it."""
    return (
        f"(NEW.{column} {_SAME} OLD.{column} OR EXISTS (SELECT 1 FROM renaming WHERE is_under_way "
        f"AND unit_id = {unit} AND table_name = '{table}' "
        f'AND "before" = OLD.{column} AND "after" = NEW.{column}))'
    )


_SEAT = (
    "(NEW.staff_no <> OLD.staff_no OR NEW.site <> OLD.site) AND NEW.id = OLD.id "
    "AND NEW.unit_id = OLD.unit_id AND NEW.date = OLD.date AND NEW.locked = OLD.locked "
    f"AND NEW.part = OLD.part AND NEW.since = OLD.since AND NEW.until {_SAME} OLD.until "
    f"AND {_renames('OLD.unit_id', 'officers', 'staff_no')} "
    f"AND {_renames('OLD.unit_id', 'sites', 'site')}"
)
"""What a renaming does to a published seat."""

_VERSIONS_UNIT = "(SELECT unit_id FROM version WHERE id = OLD.version_id)"

_CHANGE = (
    f"(NEW.staff_no <> OLD.staff_no OR NOT (NEW.before {_SAME} OLD.before) "
    f"OR NOT (NEW.after {_SAME} OLD.after)) AND NEW.id = OLD.id "
    "AND NEW.version_id = OLD.version_id AND NEW.date = OLD.date AND NEW.part = OLD.part "
    "AND NEW.reason = OLD.reason AND NEW.reason_for_managers = OLD.reason_for_managers "
    f"AND {_renames(_VERSIONS_UNIT, 'officers', 'staff_no')} "
    f"AND {_renames(_VERSIONS_UNIT, 'sites', 'before')} "
    f"AND {_renames(_VERSIONS_UNIT, 'sites', 'after')}"
)
"""What a renaming does to a change that a version made."""


def _refuse_on_sqlite(table: str, action: str, when: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_refuses_{action.lower()} BEFORE {action} ON {table} "
        f"WHEN {when.replace(_SAME, 'IS')} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is history and stays as it is'); END"
    )


def _refuse_on_postgresql() -> None:
    """Have the triggers that are there look at the part as well."""
    for table, allowed in (("published_seat", _SEAT), ("change", _CHANGE)):
        op.execute(
            f"CREATE OR REPLACE FUNCTION refuse_change_of_{table}() RETURNS trigger "
            f"LANGUAGE plpgsql AS $$ BEGIN IF {allowed} THEN RETURN NEW; END IF; "
            "RAISE EXCEPTION '% is history and stays as it is', TG_TABLE_NAME; END $$"
        )
    op.execute("DROP TRIGGER published_seat_refuses_update ON published_seat")
    op.execute(
        "CREATE TRIGGER published_seat_refuses_update BEFORE UPDATE ON published_seat "
        f"FOR EACH ROW WHEN ({_ONCE}) EXECUTE FUNCTION refuse_change_of_published_seat()"
    )
