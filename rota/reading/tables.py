"""The tables of an input folder, each column told once.

Reading, faults and the documents all take them from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from rota.domain import AWAY_KINDS, GRADES, KINDS, STRENGTHS, Readers
from rota.reading.cells import (
    ANY_TEXT,
    DATE,
    EMAIL,
    NAME,
    SITE,
    STAFF_NO,
    TEXT,
    WHEN,
    WORKING_DAYS,
    YES_OR_NO,
    AnyCell,
    a_set,
    one_of,
    percentage,
    several,
    whole_number,
)

OFFICERS, SITES, TEAMS = "officers", "sites", "teams"

EVERYBODY, OVERSEERS, MANAGERS = Readers.EVERYBODY, Readers.OVERSEERS, Readers.MANAGERS


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its kind of cell, what a blank one means where it may be blank, and who reads it.

    `known` is the table whose key every value must be; only where `home_too` may a site be home.
    """

    name: str
    cell: AnyCell
    help: str
    required: bool = False
    blank: Any = None
    known: str | None = None
    home_too: bool = False
    readers: Readers = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in the order in which they are explained.

    `noun` is what its key is called. No two rows may share the key's values. In every row of a
    table the first date of `in_order` is no later than the second, and the two columns `apart`
    differ. The columns `passed_over` stand in what Rota writes, for people, and are not read.
    """

    name: str
    help: str
    columns: tuple[Column, ...]
    noun: str = ""
    key: tuple[str, ...] = ()
    must: bool = False
    in_order: tuple[str, str] | None = None
    apart: tuple[str, str] | None = None
    passed_over: tuple[str, ...] = ()


def _must(
    name: str, cell: AnyCell, help: str, readers: Readers, known: str | None = None
) -> Column:
    return Column(name, cell, help, required=True, known=known, readers=readers)


def _who(readers: Readers) -> Column:
    return _must("staff_no", STAFF_NO, "the officer", readers, OFFICERS)


_DESKS = whole_number(0, 100_000)
_FOR_PEOPLE = ("name", "team", "kind")
"""What `plan` writes into rota.csv beside what is read of it."""

TABLES = (
    Table(
        SITES,
        "the places where officers work",
        (
            _must("site", SITE, "its name", EVERYBODY),
            _must("kind", one_of(KINDS), "its kind", EVERYBODY),
            Column("desks", _DESKS, "people it holds; blank: no limit", readers=EVERYBODY),
        ),
        noun="site",
        key=("site",),
        must=True,
    ),
    Table(
        TEAMS,
        "the teams and where they meet",
        (
            _must("team", NAME, "its name", EVERYBODY),
            _must("office", SITE, "the office where it meets", EVERYBODY, SITES),
        ),
        noun="team",
        key=("team",),
        must=True,
    ),
    Table(
        OFFICERS,
        "the people who are planned",
        (
            _must(
                "staff_no", STAFF_NO, "the number that names the officer in every table", EVERYBODY
            ),
            _must("name", TEXT, "the name that people see", EVERYBODY),
            _must("team", NAME, "the officer's team", EVERYBODY, TEAMS),
            _must("grade", one_of(GRADES), "the officer's grade", EVERYBODY),
            _must("start_date", DATE, "the first day worked", OVERSEERS),
            _must("base_site", SITE, "the site the officer belongs to", EVERYBODY, SITES),
            _must("working_days", WORKING_DAYS, "the days worked, such as Mon Tue Wed", OVERSEERS),
            Column("email", EMAIL, "where messages go", blank="", readers=MANAGERS),
            Column(
                "other_sites",
                several(SITE),
                "more sites they may use",
                blank=(),
                known=SITES,
                readers=OVERSEERS,
            ),
            Column(
                "mentor",
                STAFF_NO,
                "the staff number of their mentor",
                known=OFFICERS,
                readers=OVERSEERS,
            ),
            Column(
                "skills",
                a_set(NAME),
                "what duties may ask for",
                blank=frozenset(),
                readers=MANAGERS,
            ),
            Column(
                "home",
                YES_OR_NO,
                "whether they may work at home; blank: yes",
                blank=True,
                readers=OVERSEERS,
            ),
            Column(
                "office_percent",
                percentage(),
                "replaces the policy's percentage; blank: the policy's",
                readers=MANAGERS,
            ),
            Column(
                "leave_date", DATE, "the last day worked; blank: none is known", readers=OVERSEERS
            ),
        ),
        noun="staff number",
        key=("staff_no",),
        must=True,
        in_order=("start_date", "leave_date"),
        apart=("staff_no", "mentor"),
    ),
    Table(
        "away",
        "days on which officers are not planned",
        (
            _who(MANAGERS),
            _must("first", DATE, "the first day away", MANAGERS),
            _must("last", DATE, "the last day away", MANAGERS),
            Column(
                "kind",
                one_of(AWAY_KINDS),
                "why; blank: leave",
                blank=AWAY_KINDS[0],
                readers=MANAGERS,
            ),
        ),
        in_order=("first", "last"),
    ),
    Table(
        "duties",
        "people needed at a site on a date",
        (
            _must("date", DATE, "the date", OVERSEERS),
            _must("site", SITE, "where they are needed", OVERSEERS, SITES),
            _must("needed", whole_number(0, 10_000), "how many are needed", OVERSEERS),
            Column("skill", NAME, "the skill they need; blank: none", readers=OVERSEERS),
        ),
    ),
    Table(
        "appointments",
        "officers who must be at a site on a date",
        (
            _who(OVERSEERS),
            _must("date", DATE, "the date", OVERSEERS),
            _must("site", SITE, "where the officer must be", OVERSEERS, SITES),
        ),
    ),
    Table(
        "requests",
        "what officers wish for",
        (
            _who(MANAGERS),
            _must("when", WHEN, "one date, or every such weekday", MANAGERS),
            _must("wants", one_of(KINDS), "the kind of site they wish for", MANAGERS),
            Column(
                "strength",
                whole_number(STRENGTHS[0], STRENGTHS[-1]),
                f"how much it matters to them; blank: {STRENGTHS[0]}",
                blank=STRENGTHS[0],
                readers=MANAGERS,
            ),
        ),
    ),
    Table(
        "links",
        "pairs of officers with linked cases",
        (
            _who(MANAGERS),
            _must("with_staff_no", STAFF_NO, "the other officer", MANAGERS, OFFICERS),
            Column("reason", TEXT, "why", blank="", readers=MANAGERS),
        ),
        apart=("staff_no", "with_staff_no"),
    ),
    Table(
        "closures",
        "dates on which a site has other desks than usual",
        (
            _must("site", SITE, "the site", EVERYBODY, SITES),
            _must("date", DATE, "the date", EVERYBODY),
            _must("desks", _DESKS, "people it holds that day; 0: closed", EVERYBODY),
        ),
        key=("site", "date"),
    ),
    Table(
        "rota",
        "the published rota, if there is one",
        (
            _who(EVERYBODY),
            _must("date", DATE, "the date", EVERYBODY),
            replace(_must("site", SITE, "where the officer is", EVERYBODY, SITES), home_too=True),
            Column(
                "locked",
                YES_OR_NO,
                "whether the seat must stay; blank: no",
                blank=False,
                readers=EVERYBODY,
            ),
        ),
        key=("staff_no", "date"),
        passed_over=_FOR_PEOPLE,
    ),
)

POLICY_SHEET = Table(
    "policy",
    "the settings, in a workbook; a weight is called weights. and the rule's key",
    (
        _must("setting", TEXT, "its name", OVERSEERS),
        _must("value", ANY_TEXT, "its value", OVERSEERS),
    ),
    key=("setting",),
)

ROTA_FILE = Table(
    "rota",
    "a rota to be checked",
    (
        _must("staff_no", STAFF_NO, "the officer", EVERYBODY),
        _must("date", DATE, "the date", EVERYBODY),
        _must("site", SITE, "where the officer is", EVERYBODY),
    ),
    passed_over=(*_FOR_PEOPLE, "locked"),
)
