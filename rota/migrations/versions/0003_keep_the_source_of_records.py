"""Keep who recorded each row and what the last import told, and let names be changed for good.

What is stored counts as imported by nobody known.
"""

import json

import sqlalchemy as sa
from alembic import op

from rota.instant_column import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_RECORDS = {
    "sites": "site",
    "teams": "team",
    "officers": "officer",
    "away": "away",
    "duties": "duty",
    "appointments": "appointment",
    "requests": "request",
    "links": "link",
    "closures": "closure",
}
"""The tables of records, by what files call them."""


def upgrade() -> None:
    op.create_table(
        "imported_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("taken_out", sa.String(), nullable=True),
        sa.Column("taken_out_by", sa.String(), nullable=True),
        sa.Column("taken_out_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_imported_row_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_imported_row"),
    )
    op.create_index("ix_imported_row_unit_id", "imported_row", ["unit_id"])
    op.create_table(
        "renaming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("done_at", Instant(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("is_under_way", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_renaming_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_renaming"),
    )
    op.create_index("ix_renaming_unit_id", "renaming", ["unit_id"])
    op.add_column("upload", sa.Column("answers", sa.JSON(), nullable=True))
    _keep_what_is_there_as_imported()
    _add_sources()
    _let_renamings_through()


def _keep_what_is_there_as_imported() -> None:
    bind = op.get_bind()
    imported = sa.table(
        "imported_row",
        sa.column("unit_id", sa.Integer()),
        sa.column("table_name", sa.String()),
        sa.column("row", sa.JSON()),
    )
    for name, table in _RECORDS.items():
        query = sa.select(sa.Table(table, sa.MetaData(), autoload_with=bind))
        rows = [_imported(name, row) for row in bind.execute(query.order_by("id")).mappings()]
        if rows:
            op.bulk_insert(imported, rows)
    units = bind.execute(sa.text("SELECT id, policy FROM unit ORDER BY id")).all()
    policies = [(number, _decoded(policy)) for number, policy in units]
    op.bulk_insert(
        imported, [{"unit_id": n, "table_name": "policy", "row": policy} for n, policy in policies]
    )


def _imported(name: str, row: sa.RowMapping) -> dict[str, object]:
    columns = {column: value for column, value in row.items() if column not in ("id", "unit_id")}
    return {
        "unit_id": row["unit_id"],
        "table_name": name,
        "row": json.loads(json.dumps(columns, default=str)),
    }


def _decoded(policy: object) -> object:
    return json.loads(policy) if isinstance(policy, str) else policy


def _add_sources() -> None:
    for table in _RECORDS.values():
        _add_source(table, "source", "recorded_by", "recorded_at")
    _add_source("unit", "policy_source", "policy_by", "policy_at")


def _add_source(table: str, source: str, by: str, at: str) -> None:
    op.add_column(table, sa.Column(source, sa.String(), nullable=False, server_default="import"))
    op.add_column(table, sa.Column(by, sa.String(), nullable=True))
    op.add_column(table, sa.Column(at, Instant(), nullable=True))


_ONCE = (
    "OLD.until IS NOT NULL OR NEW.until IS NULL OR NEW.id <> OLD.id OR NEW.unit_id <> OLD.unit_id "
    "OR NEW.staff_no <> OLD.staff_no OR NEW.date <> OLD.date OR NEW.site <> OLD.site "
    "OR NEW.locked <> OLD.locked OR NEW.since <> OLD.since"
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
    f"AND NEW.since = OLD.since AND NEW.until {_SAME} OLD.until "
    f"AND {_renames('OLD.unit_id', 'officers', 'staff_no')} "
    f"AND {_renames('OLD.unit_id', 'sites', 'site')}"
)
"""What a renaming does to a published seat."""

_VERSIONS_UNIT = "(SELECT unit_id FROM version WHERE id = OLD.version_id)"

_CHANGE = (
    f"(NEW.staff_no <> OLD.staff_no OR NOT (NEW.before {_SAME} OLD.before) "
    f"OR NOT (NEW.after {_SAME} OLD.after)) AND NEW.id = OLD.id "
    "AND NEW.version_id = OLD.version_id AND NEW.date = OLD.date AND NEW.reason = OLD.reason "
    "AND NEW.reason_for_managers = OLD.reason_for_managers "
    f"AND {_renames(_VERSIONS_UNIT, 'officers', 'staff_no')} "
    f"AND {_renames(_VERSIONS_UNIT, 'sites', 'before')} "
    f"AND {_renames(_VERSIONS_UNIT, 'sites', 'after')}"
)
"""What a renaming does to a change that a version made."""

_END = (
    "OLD.is_under_way AND NOT NEW.is_under_way AND NEW.id = OLD.id AND NEW.unit_id = OLD.unit_id "
    "AND NEW.table_name = OLD.table_name AND NEW.before = OLD.before AND NEW.after = OLD.after "
    "AND NEW.done_at = OLD.done_at AND NEW.done_by = OLD.done_by"
)
"""What may be done to a renaming: to end it."""


def _let_renamings_through() -> None:
    """Have the database keep its history as it did, but for names that a renaming changes."""
    if op.get_bind().dialect.name == "sqlite":
        _let_through_on_sqlite()
    else:
        _let_through_on_postgresql()


def _let_through_on_sqlite() -> None:
    op.execute("DROP TRIGGER published_seat_refuses_update")
    op.execute("DROP TRIGGER change_refuses_update")
    _refuse_on_sqlite("published_seat", "UPDATE", f"({_ONCE}) AND NOT ({_SEAT})")
    _refuse_on_sqlite("change", "UPDATE", f"NOT ({_CHANGE})")
    _refuse_on_sqlite("renaming", "UPDATE", f"NOT ({_END})")
    _refuse_on_sqlite("renaming", "DELETE", "TRUE")


def _refuse_on_sqlite(table: str, action: str, when: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_refuses_{action.lower()} BEFORE {action} ON {table} "
        f"WHEN {when.replace(_SAME, 'IS')} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is history and stays as it is'); END"
    )


def _let_through_on_postgresql() -> None:
    op.execute("DROP TRIGGER published_seat_refuses_update ON published_seat")
    op.execute("DROP TRIGGER change_refuses_change ON change")
    _refuse_on_postgresql("published_seat", _SEAT, when=f"WHEN ({_ONCE}) ")
    _refuse_on_postgresql("change", _CHANGE)
    _refuse_on_postgresql("renaming", _END)
    for table in ("change", "renaming"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER renaming_refuses_truncate BEFORE TRUNCATE ON renaming "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _refuse_on_postgresql(table: str, unless: str, when: str = "") -> None:
    op.execute(
        f"CREATE FUNCTION refuse_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {unless} THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION '% is history and stays as it is', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} "
        f"FOR EACH ROW {when}EXECUTE FUNCTION refuse_change_of_{table}()"
    )
