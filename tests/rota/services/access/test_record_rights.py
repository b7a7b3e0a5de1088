"""Records are kept by those whose teams they are about, before a change and after it."""

from dataclasses import replace
from datetime import date

import pytest

from rota.domain import Away, Duty, Link, Readers
from rota.errors import BadInput, Forbidden, NotFound
from rota.records import RECORD_TABLES, TABLES
from rota.services.access.act import Act
from rota.services.access.record_rights import (
    find_readers_of_row,
    is_about_officers,
    may_change_row,
    read_teams_by_officer,
)
from rota.services.access.rights import Grant, Rights, Role
from rota.services.importing import exports, imports
from rota.services.units import lookup, record_changes
from rota.store.databases.database import Database
from tests.rota.services.example import ON_SQLITE
from tests.rota.services.ledger import ledger
from tests.rota_text import MON, officer, problem
from tests.stored import act, keep

CHART = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     .   .   .   .   .
    Bob     .   .   .   .   .
"""
BOB_IN_RED = {"officers": {"Bob": {"team": "Red"}}, "teams": {"Red": "Leeds"}}
PROBLEM = problem(CHART, **BOB_IN_RED)


def manager(*teams: str | None, unit: str = "Blue") -> Act:
    grants = tuple(Grant(Role.MANAGER, 1, unit, team) for team in teams)
    return replace(act(date(2026, 12, 30)), rights=Rights(grants))


OF_BLUE, OF_RED, OF_ALL = manager("Blue"), manager("Red"), manager(None)
OF_BOTH = manager("Blue", "Red")
HEAD = replace(OF_ALL, rights=Rights((Grant(Role.HEAD, 1, "Blue"),)))
ADMINISTRATOR = replace(OF_ALL, rights=Rights((Grant(Role.ADMINISTRATOR),)))
ANN = replace(OF_ALL, rights=Rights((Grant(Role.OFFICER, 1, "Blue", staff_no="ann"),)))

AWAY = {"staff_no": "ann", "first": "2027-01-04", "last": "2027-01-04"}
APPOINTMENT = {"staff_no": "ann", "date": "2027-01-04", "site": "York"}
REQUEST = {"staff_no": "ann", "when": "Mon", "wants": "home"}
LINK = {"staff_no": "ann", "with_staff_no": "bob"}
DUTY = {"date": "2027-01-04", "site": "Crown Court", "needed": "1"}
CLOSURE = {"site": "York", "date": "2027-01-04", "desks": "0"}
ANN_S_ROW = {
    "staff_no": "ann",
    "name": "Ann",
    "team": "Blue",
    "grade": "PO",
    "start_date": "2020-01-06",
    "base_site": "Leeds",
    "working_days": "Mon",
}
PRESENCE = {"site": "Leeds", "skill": "first aid"}
SITE = {"site": "Hull", "kind": "office"}
TEAM = {"team": "Green", "office": "York"}

ROWS = {
    "officers": ANN_S_ROW,
    "away": AWAY,
    "appointments": APPOINTMENT,
    "requests": REQUEST,
    "links": LINK,
    "duties": DUTY,
    "closures": CLOSURE,
    "presence": PRESENCE,
    "sites": SITE,
    "teams": TEAM,
}
WHO_MAY = {
    "officers": (OF_BLUE, OF_ALL, OF_BOTH),
    "away": (OF_BLUE, OF_ALL, OF_BOTH),
    "appointments": (OF_BLUE, OF_ALL, OF_BOTH),
    "requests": (OF_BLUE, OF_ALL, OF_BOTH),
    "links": (OF_ALL, OF_BOTH),
    "duties": (OF_BLUE, OF_RED, OF_ALL, OF_BOTH),
    "closures": (OF_BLUE, OF_RED, OF_ALL, OF_BOTH),
    "presence": (OF_BLUE, OF_RED, OF_ALL, OF_BOTH),
    "sites": (OF_ALL,),
    "teams": (OF_ALL,),
}
"""Who may add the row of each table above."""

EVERYBODY = (OF_BLUE, OF_RED, OF_ALL, OF_BOTH, HEAD, ADMINISTRATOR, ANN)


@pytest.fixture
def blue(database) -> Database:
    keep(database, "Blue", PROBLEM.unit, PROBLEM.policy)
    return database


def may(database: Database, doer: Act, table: str) -> bool:
    try:
        record_changes.record(database, doer, unit="Blue", table=table, rows=[ROWS[table]])
    except Forbidden:
        return False
    record_changes.withdraw(database, doer, unit="Blue", table=table, rows=[ROWS[table]])
    return True


@ON_SQLITE
@pytest.mark.parametrize("table", [*RECORD_TABLES])
def test_who_may_record_and_take_back_a_row(blue, table):
    allowed = [doer.rights for doer in EVERYBODY if may(blue, doer, table)]
    assert allowed == [doer.rights for doer in EVERYBODY if doer.rights in rights_of(table)]


def rights_of(table):
    return [doer.rights for doer in WHO_MAY[table]]


@ON_SQLITE
def test_a_refusal_changes_nothing(blue):
    before = ledger(blue)
    with pytest.raises(Forbidden) as error:
        record_changes.record(blue, OF_RED, unit="Blue", table="away", rows=[AWAY])
    assert str(error.value) == (
        "You may not manage the team Blue of Blue. Ask an administrator if you should."
    )
    assert ledger(blue) == before


@ON_SQLITE
def test_of_a_unit_that_is_not_theirs_nothing_is_told_not_even_whether_it_is_there(blue):
    for unit in ("Green", "Bleu"):
        with pytest.raises(Forbidden):
            record_changes.record(blue, OF_ALL, unit=unit, table="away", rows=[AWAY])


@ON_SQLITE
def test_an_officer_moves_only_between_teams_that_are_both_theirs(blue):
    moved = {**ANN_S_ROW, "team": "Red", "from": f"{OF_BOTH.today}"}
    for doer in (OF_BLUE, OF_RED):
        with pytest.raises(Forbidden):
            record_changes.record(blue, doer, unit="Blue", table="officers", rows=[moved])
    record_changes.record(blue, OF_BOTH, unit="Blue", table="officers", rows=[moved])
    with pytest.raises(Forbidden):
        record_changes.record(blue, OF_BLUE, unit="Blue", table="away", rows=[AWAY])
    record_changes.record(blue, OF_RED, unit="Blue", table="away", rows=[AWAY])


@ON_SQLITE
def test_days_are_taken_back_by_the_manager_of_the_team_alone(blue):
    record_changes.record(blue, OF_BLUE, unit="Blue", table="away", rows=[AWAY])
    with pytest.raises(Forbidden):
        record_changes.withdraw_away(blue, OF_RED, unit="Blue", row=AWAY)
    record_changes.withdraw_away(blue, OF_BLUE, unit="Blue", row=AWAY)


@ON_SQLITE
def test_what_is_wrong_with_a_row_is_told_to_whoever_manages_a_team(blue):
    with pytest.raises(BadInput):
        record_changes.record(blue, OF_RED, unit="Blue", table="away", rows=[{}])
    with pytest.raises(Forbidden):
        record_changes.record(blue, ANN, unit="Blue", table="away", rows=[{}])


@ON_SQLITE
def test_every_unit_is_named_to_administrators_and_to_others_their_own(blue):
    keep(blue, "Green", PROBLEM.unit, PROBLEM.policy)
    assert [lookup.list_unit_names(blue, doer) for doer in (ADMINISTRATOR, OF_RED, HEAD, ANN)] == [
        ("Blue", "Green"),
        ("Blue",),
        ("Blue",),
        ("Blue",),
    ]


@ON_SQLITE
def test_a_unit_is_imported_and_exported_by_those_who_manage_all_its_teams(blue, tmp_path):
    exports.export_unit(blue, OF_ALL, name="Blue", folder=tmp_path / "out")
    told = imports.import_unit(blue, OF_ALL, name="Blue", path=tmp_path / "out")
    assert told.is_empty
    for doer in (OF_BLUE, OF_BOTH, HEAD, ADMINISTRATOR, ANN):
        with pytest.raises(Forbidden):
            exports.export_unit(blue, doer, name="Blue", folder=tmp_path / "again")
        with pytest.raises(Forbidden):
            imports.import_unit(blue, doer, name="Blue", path=tmp_path / "out", is_trial=True)
    assert not (tmp_path / "again").exists()


@ON_SQLITE
def test_a_unit_that_is_not_there_yet_is_made_by_administrators(blue, tmp_path):
    exports.export_unit(blue, OF_ALL, name="Blue", folder=tmp_path / "out")
    for doer in (OF_ALL, HEAD, ANN):
        with pytest.raises(Forbidden):
            imports.import_unit(blue, doer, name="Green", path=tmp_path / "out")
    assert imports.import_unit(blue, ADMINISTRATOR, name="Red", path=tmp_path / "out").is_new
    with pytest.raises(Forbidden):
        imports.import_unit(blue, ADMINISTRATOR, name="Red", path=tmp_path / "out")
    with pytest.raises(NotFound):
        exports.export_unit(blue, act(MON), name="Green", folder=tmp_path / "again")
    assert imports.import_unit(blue, act(MON), name="Green", path=tmp_path / "out").is_new


@pytest.mark.parametrize(
    ("table", "row", "sees", "keeps"),
    [
        ("officers", PROBLEM.unit.officers[0], True, True),
        ("officers", PROBLEM.unit.officers[1], False, False),
        ("officers", officer("Zed", team="Gone"), False, False),
        ("links", Link("ann", "bob"), True, False),
        ("away", Away("nobody", MON, MON), False, False),
        ("sites", PROBLEM.unit.sites[0], True, False),
        ("duties", Duty(MON, "Crown Court", 1), True, True),
    ],
)
def test_rows_are_seen_by_managers_of_one_of_their_officers_and_kept_by_those_of_all(
    table, row, sees, keeps
):
    teams = read_teams_by_officer(PROBLEM.unit, MON)
    assert (
        Readers.MANAGERS in find_readers_of_row(OF_BLUE.rights, "Blue", table, row, teams)
    ) == sees
    assert may_change_row(OF_BLUE.rights, "Blue", table, row, teams) == keeps
    assert may_change_row(OF_ALL.rights, "Blue", table, row, teams)


def test_these_tables_are_about_officers():
    about = [table.name for table in TABLES if is_about_officers(table.name)]
    assert about == ["officers", "away", "appointments", "requests", "links", "rota", "history"]
