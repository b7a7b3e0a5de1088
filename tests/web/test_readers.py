"""Each column of officers reaches those who read it, by what it declares, and nobody else.

An officer comes to the town of whom each column says what nothing else there says. Then everybody
looks at every page, and has programs ask for everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

import pytest

from rota.domain import Readers
from rota.records import TABLES, Column
from rota.records.column_types import ColumnType
from rota.services.access.act import Act
from rota.services.units import record_changes
from tests.web.conftest import Town
from tests.web.test_discretion import pages, told_by_api
from tests.web.town import NOW

CORA, RECORD = "Cora", 9
"""Her staff number, and that of her record."""

ALL = frozenset(Readers)
AS_HEAD = {Readers.EVERYBODY, Readers.OVERSEERS}
AS_ANYBODY = {Readers.EVERYBODY}

READS: Mapping[str, Set[Readers]] = {
    "manager": ALL,
    "head": AS_HEAD,
    "region": AS_HEAD,
    "red_manager": AS_ANYBODY,
    "officer": AS_ANYBODY,
    "blue_officer": AS_ANYBODY,
    "stranger": set(),
    "other_manager": set(),
    "administrator": set(),
}
"""As whom each reads what is kept of Cora, who is of the team Blue in Millbrook."""

KNOWN = {"staff_no": CORA, "name": "Cora Crane", "team": "Blue", "grade": "PO"} | {
    "base_site": "Weir Street",
    "mentor": "201",
}
"""Cells that have to name what is there, or are one of a few."""

COLUMNS = {
    column.name: column
    for table in TABLES
    if table.name == "officers"
    for column in table.columns
    if column.readers != Readers.EVERYBODY
}

LOOKS_LIKE = {
    "working_days": ("Mon Thu", r"Mon, Thu|Mon; Thu|\[0, 3\]|: 0; 3\b"),
    "other_sites": ("High Street", r'other.sites: High Street|\["High Street"\]'),
    "mentor": ("201", r'mentor: Bob Birch \(201\)|"mentor": ?"201"'),
    "skills": ("canaryskill", "canaryskill"),
    "home": ("no", 'has home office: no|"has_home_office": ?false'),
    "office_percent": ("37", r'office.percent\W{1,5}37\b|\bvalue="37"'),
    "extra_days": ("yes", 'takes extra days: yes|"takes_extra_days": ?true'),
    "home_days_per_week": ("5", r'home.days.per.week\W{1,5}5\b|"home_days_per_week"[^>]*="5"'),
}
"""What is written into a cell that cannot hold just any text, and how it looks when it is told."""


def canary(column: Column) -> tuple[str, str]:
    """A cell's text that stands nowhere else in the town, and how it looks when it is told."""
    if column.name in LOOKS_LIKE:
        return LOOKS_LIKE[column.name]
    if column.type is ColumnType.DATE:
        year = 2013 if column.name == "start_date" else 2029
        return f"{year}-08-17", f"{year}-08-17|17 August {year}|17/8/{year}"
    if column.type is ColumnType.EMAIL:
        return f"canary-{column.name}@example.net", f"canary-{column.name}"
    assert column.type in (ColumnType.TEXT, ColumnType.NAME), (
        f"Say in LOOKS_LIKE how {column.name} looks."
    )
    return f"canary {column.name}", f"canary {column.name}"


CANARIES = {name: canary(column) for name, column in COLUMNS.items()}


@pytest.fixture
def with_cora(town: Town) -> Town:
    """The town, in which an operator recorded Cora."""
    row = {**KNOWN, **{name: text for name, (text, _) in CANARIES.items()}}
    act = Act("Bob", "a test", NOW)
    record_changes.record(town.database, act, unit="Millbrook", table="officers", rows=[row])
    return town


def found(town: Town, who: str) -> Set[str]:
    """The columns of Cora that are told anywhere to that user."""
    answers = [*pages(town, who, number=RECORD, staff_no=CORA), *told_by_api(town, who)]
    told = "\n".join(text.replace("&#34;", '"') for _, text in answers)
    return {name for name, (_, looks) in CANARIES.items() if re.search(looks, told)}


@pytest.mark.parametrize("who", READS)
def test_a_column_reaches_its_readers_and_nobody_else(with_cora: Town, who: str) -> None:
    for_them = {name for name, column in COLUMNS.items() if column.readers in READS[who]}
    assert found(with_cora, who) == for_them
