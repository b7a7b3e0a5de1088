"""Who is in: people at an office on a date, free desks, and no word of why anybody is not."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import Away
from rota.errors import Forbidden, NotFound
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.my_rota.who_is_in import WhoIsIn, load_who_is_in
from rota.services.units import policy_settings
from rota.store.databases.database import Database
from rota.store.rotas.presence import Present
from tests.filled_once import filled_once
from tests.rota.services.example import (
    EARLIER,
    ON_SQLITE,
    change,
    keep,
    record,
    remove,
    set_policy,
    sick,
)
from tests.rota_text import FRI, MON, THU, TUE, WED, rota
from tests.stored import act, publish

CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Sue     O   O   O   O   O
Ann     O   H   C   O   N
Bob     O   H   O   H   N
"""
OFFICERS = {
    "Sue": {"grade": "SPO"},
    "Ann": {"mentor": "sue", "team": "Red", "other_sites": ("Crown Court", "York")},
    "Bob": {"base": "York", "other_sites": ("Leeds",)},
}
SUE = Present("sue", "Sue", "Blue", "SPO", "Leeds", True)
ANN = Present("ann", "Ann", "Red", "PO", "Leeds", False)
BOB = Present("bob", "Bob", "Blue", "PO", "Leeds", False)


@pytest.fixture(autouse=True)
@filled_once
def published(database: Database) -> None:
    desks = {"O": 3, "N": None}
    teams = {"Blue": "Leeds", "Red": "York"}
    keep(database, CHART, officers=OFFICERS, desks=desks, teams=teams)
    publish(database, EARLIER, rota=rota(CHART))


def look(
    database: Database, day: date | None = MON, *, who: Rights | None = None, **more: str
) -> WhoIsIn:
    doer = act(MON) if who is None else Act("Mel", "a test", act(MON).at, who)
    return load_who_is_in(database, doer, unit="Blue", day=day, **more)


def test_people_are_told_by_name_with_the_desks_left(database: Database) -> None:
    its = look(database, office="Leeds")
    assert (its.people, its.desks, its.free) == ((ANN, BOB, SUE), 3, 0)
    assert (its.state, its.office, its.offices) == ("published", "Leeds", ("Leeds", "York"))
    assert its.elsewhere == {}


def test_others_are_only_counted(database: Database) -> None:
    assert look(database, TUE, office="Leeds").elsewhere == {"home": 2}
    assert look(database, WED, office="Leeds").elsewhere == {"Crown Court": 1}
    york = look(database, FRI, office="York")
    assert [its.name for its in york.people] == ["Ann", "Bob"]
    assert (york.desks, york.free, york.elsewhere) == (None, None, {"Leeds": 1})


@ON_SQLITE
def test_a_closure_takes_desks_away(database: Database) -> None:
    record(database, EARLIER, "closures", site="Leeds", date=f"{MON}", desks="1")
    its = look(database, office="Leeds")
    assert (its.desks, its.free) == (1, -2)
    assert look(database, TUE, office="Leeds").desks == 3
    for first in (TUE, WED):
        record(
            database, EARLIER, "closures", site="Leeds", first=f"{first}", last=f"{THU}", desks="2"
        )
    assert [look(database, day, office="Leeds").desks for day in (MON, TUE, THU, FRI)] == [
        1,
        2,
        2,
        3,
    ]
    assert look(database, WED, office="York").desks is None


def test_who_is_away_is_just_not_there(database: Database) -> None:
    sick(database, EARLIER, Away("bob", MON, TUE))
    its = look(database, office="Leeds")
    assert (its.people, its.free, its.elsewhere) == ((ANN, SUE), 1, {})
    assert look(database, TUE, office="Leeds").elsewhere == {"home": 1}
    assert look(database, WED, office="Leeds").people == (BOB, SUE)


@ON_SQLITE
@pytest.mark.parametrize(
    ("grant", "office"),
    [
        (Grant(Role.OFFICER, 1, "Blue", staff_no="bob"), "York"),
        (Grant(Role.OFFICER, 1, "Blue", staff_no="sue"), "Leeds"),
        (Grant(Role.MANAGER, 1, "Blue", team="Red"), "York"),
        (Grant(Role.MANAGER, 1, "Blue"), "Leeds"),
        (Grant(Role.HEAD, 1, "Blue"), "Leeds"),
    ],
)
def test_it_begins_with_today_at_one_s_own_office(
    database: Database, grant: Grant, office: str
) -> None:
    its = look(database, None, who=Rights((grant,)))
    assert (its.day, its.office) == (MON, office)


@ON_SQLITE
def test_whose_base_is_no_office_begins_with_their_team_s(database: Database) -> None:
    row = {"name": "Cal", "team": "Red", "grade": "PO", "start_date": "2020-01-06"}
    more = {"base_site": "Crown Court", "working_days": "Mon"}
    record(database, EARLIER, "officers", staff_no="cal", **row, **more)
    cal = Rights((Grant(Role.OFFICER, 1, "Blue", staff_no="cal"),))
    assert look(database, who=cal).office == "York"


@ON_SQLITE
@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2027, 1, 9), "weekend"),
        (date(2027, 1, 1), "bank holiday"),
        (date(2027, 1, 11), "not published"),
        (date(2026, 12, 31), "not published"),
        (THU, "published"),
    ],
)
def test_what_can_be_said_of_a_date_is_said(database: Database, day: date, state: str) -> None:
    assert look(database, day).state == state


@ON_SQLITE
def test_a_day_off_of_the_unit_is_told_and_passed_over(database: Database) -> None:
    texts, page = {"days_off": f"{TUE}"}, policy_settings.load_policy_page
    seal = page(database, EARLIER, unit="Blue").seal
    policy_settings.change_policy(database, EARLIER, unit="Blue", texts=texts, seal=seal)
    assert look(database, TUE).state == "day off"
    assert (look(database, MON).after, look(database, WED).before) == (WED, MON)


@ON_SQLITE
def test_one_goes_from_working_day_to_working_day(database: Database) -> None:
    its = look(database, MON)
    assert (its.before, its.after) == (date(2026, 12, 31), TUE)
    assert look(database, FRI).after == date(2027, 1, 11)


@ON_SQLITE
def test_an_unknown_office_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound, match=r"^There is no office Leads here\. Maybe Leeds\?$"):
        look(database, office="Leads")
    with pytest.raises(NotFound, match=r"^There is no office Crown Court here\.$"):
        look(database, office="Crown Court")


@ON_SQLITE
def test_it_is_for_those_of_the_unit_alone(database: Database) -> None:
    elsewhere = Rights((Grant(Role.HEAD, 2, "Green"),))
    for rights in (elsewhere, Rights((Grant(Role.ADMINISTRATOR),))):
        with pytest.raises(Forbidden):
            look(database, who=rights)


@ON_SQLITE
def test_each_day_is_shown_by_what_held_on_it(database: Database) -> None:
    # On Tuesday all this changes from Wednesday on; Monday stays what it was.
    before = look(database, MON, office="Leeds")
    doer = act(TUE)
    change(database, doer, "officers", "ann", team="Blue", grade="PQIP", mentor="bob")
    change(database, doer, "sites", "Leeds", desks="9")
    assert look(database, MON, office="Leeds") == before
    wednesday = look(database, WED, office="Leeds")
    assert wednesday.people == (
        BOB._replace(is_mentor=True),
        SUE._replace(is_mentor=False),
    )
    assert (wednesday.desks, wednesday.free) == (9, 7)
    assert look(database, THU, office="Leeds").people[0] == ANN._replace(
        team="Blue", grade="PQIP", is_mentor=False
    )


@ON_SQLITE
def test_who_has_been_removed_is_there_on_days_before(database: Database) -> None:
    before = look(database, MON, office="Leeds")
    remove(database, act(MON), "officers", "ann")
    assert look(database, MON, office="Leeds") == before
    assert look(database, WED, office="Leeds").elsewhere == {}
    assert [person.name for person in look(database, THU, office="Leeds").people] == ["Sue"]


@ON_SQLITE
def test_an_office_that_has_been_removed_is_there_on_days_before(database: Database) -> None:
    change(database, EARLIER, "officers", "ann", other_sites="Crown Court")
    change(database, EARLIER, "officers", "bob", base_site="Leeds", other_sites="")
    change(database, EARLIER, "teams", "Red", office="Leeds")
    remove(database, act(THU), "sites", "York")
    assert look(database, THU, office="York").offices == ("Leeds", "York")
    with pytest.raises(NotFound, match=r"^There is no office York here\.$"):
        look(database, FRI, office="York")


@ON_SQLITE
def test_one_s_own_office_is_that_of_the_day(database: Database) -> None:
    change(database, act(MON), "officers", "bob", base_site="Leeds")
    bob = Rights((Grant(Role.OFFICER, 1, "Blue", staff_no="bob"),))
    assert [look(database, day, who=bob).office for day in (MON, TUE)] == ["York", "Leeds"]


@ON_SQLITE
def test_days_off_are_those_of_the_policy_of_the_week(database: Database) -> None:
    set_policy(database, EARLIER, days_off=f"{TUE}")
    set_policy(database, act(FRI), days_off="")
    assert look(database, TUE).state == "day off"
    assert (look(database, MON).after, look(database, date(2027, 1, 11)).before) == (WED, FRI)
