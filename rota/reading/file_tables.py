"""The tables that stand in files alone: the sheet of a policy, and a rota to be checked."""

from __future__ import annotations

from rota.domain import Readers
from rota.records.column_types import ColumnType
from rota.records.table import Table, must
from rota.records.unit_tables import FOR_PEOPLE, build_part_column

POLICY_SHEET = Table(
    name="policy",
    help="the settings, in a workbook; a weight is called weights. and the rule's key",
    columns=(
        must("setting", ColumnType.TEXT, "its name", Readers.OVERSEERS),
        must("value", ColumnType.ANY_TEXT, "its value", Readers.OVERSEERS),
    ),
    key=("setting",),
)

ROTA_FILE = Table(
    name="rota",
    help="a rota to be checked",
    columns=(
        must("staff_no", ColumnType.STAFF_NO, "the officer", Readers.EVERYBODY),
        must("date", ColumnType.DATE, "the date", Readers.EVERYBODY),
        must("site", ColumnType.SITE, "where the officer is", Readers.EVERYBODY),
        build_part_column(Readers.EVERYBODY),
    ),
    passed_over=(*FOR_PEOPLE, "locked"),
)
