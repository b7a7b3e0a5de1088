"""Extra days for whoever works them and for those who look who is in, and days in lieu."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import Away, Duty
from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.my_rota.days_in_lieu import list_days_in_lieu, list_own_days_in_lieu
from rota.services.my_rota.my_rota import MyRota, load_my_rota
from rota.services.my_rota.who_is_in import load_who_is_in
from rota.store.databases.database import Database
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, record, sick
from tests.rota.services.my_rota.test_my_rota import users  # noqa: F401
from tests.rota_text import FRI, MON, SAT, SUN, THU, WED, rota
from tests.stored import act, publish

CHART = """
        4 Jan 2027
        Mon Thu Fri Sat
Ann     O   O   O   O
Bob     O   O   O   -
Cat     O   O   O   -
"""
EXTRA = {"takes_extra_days": True}
NEXT_MONDAY = date(2027, 1, 11)


@pytest.fixture(autouse=True)
@filled_once
def published(database: Database) -> None:
    keep(
        database,
        CHART,
        officers={"Ann": EXTRA, "Bob": {**EXTRA, "team": "Red"}},
        duties=[Duty(SAT, "Leeds", 1)],
    )
    publish(database, EARLIER, rota=rota(CHART))


def numbers(database: Database, today: date, doer: Act | None = None) -> list[tuple[object, ...]]:
    everybody = list_days_in_lieu(database, doer or act(today), unit="Blue")
    return [
        (its.officer.staff_no, its.earned, its.planned, its.used, its.owed) for its in everybody
    ]


def test_a_seat_to_come_is_planned_and_one_of_today_is_earned(database: Database) -> None:
    assert numbers(database, FRI) == [("ann", 0, 1, 0, 0), ("bob", 0, 0, 0, 0)]
    assert numbers(database, SAT) == [("ann", 1, 0, 0, 1), ("bob", 0, 0, 0, 0)]


def test_a_day_in_lieu_uses_what_was_earned(database: Database) -> None:
    row = {"staff_no": "ann", "kind": "lieu", "part": "am"}
    record(database, act(SAT), "away", first=f"{NEXT_MONDAY}", last=f"{NEXT_MONDAY}", **row)
    assert numbers(database, SUN)[0] == ("ann", 1, 0, 0.5, 0.5)


def test_who_is_away_on_the_extra_day_earns_nothing(database: Database) -> None:
    sick(database, act(FRI), Away("ann", SAT, SAT))
    assert numbers(database, SUN)[0] == ("ann", 0, 0, 0, 0)


@ON_SQLITE
def test_managers_see_their_own_teams_and_officers_themselves(database: Database) -> None:
    def somebody(*grants: Grant) -> Act:
        return Act("Rita", "a test", act(SUN).at, Rights(grants))

    of_red = somebody(Grant(Role.MANAGER, 1, "Blue", team="Red"))
    assert numbers(database, SUN, of_red) == [("bob", 0, 0, 0, 0)]
    ann = somebody(Grant(Role.OFFICER, 1, "Blue", staff_no="ann"))
    with pytest.raises(Forbidden):
        numbers(database, SUN, ann)
    ((unit, own),) = list_own_days_in_lieu(database, ann)
    assert (unit, own.officer.staff_no, own.owed) == ("Blue", "ann", 1)
    with pytest.raises(Forbidden):
        list_own_days_in_lieu(database, of_red)


def look(database: Database, who: str, today: date) -> MyRota:
    number = {"ann": 1, "bob": 3}[who]
    return load_my_rota(database, act(today), unit="Blue", staff_no=who, user_id=number)


def test_my_rota_has_a_saturday_for_who_works_it(database: Database) -> None:
    ann, bob = look(database, "ann", FRI), look(database, "bob", FRI)
    assert [[day.date for day in days][-1] for days in ann.weeks.values()] == [SAT]
    assert [[day.date for day in days][-1] for days in bob.weeks.values()] == [FRI]
    assert [day.date for day in ann.next_two] == [FRI, SAT]
    assert [day.date for day in bob.next_two] == [FRI, NEXT_MONDAY]
    assert [day.date for day in look(database, "ann", SAT).next_two] == [SAT, NEXT_MONDAY]
    assert ann.in_lieu.planned == 1
    assert ann.share is not None
    assert (ann.share.over_period.working_days, ann.share.over_period.office_days) == (3, 3)


def test_a_day_in_lieu_is_named_on_the_own_page_alone(database: Database) -> None:
    row = {"staff_no": "ann", "kind": "lieu"}
    record(database, act(MON), "away", first=f"{THU}", last=f"{THU}", **row)
    (days,) = look(database, "ann", WED).weeks.values()
    assert [day.why_off for day in days if day.date == THU] == ["day in lieu"]


def test_who_is_in_on_an_extra_day(database: Database) -> None:
    its = load_who_is_in(database, act(MON), unit="Blue", day=SAT, office="Leeds")
    assert (its.state, [person.staff_no for person in its.people]) == ("published", ["ann"])
    assert (its.before, its.after) == (FRI, NEXT_MONDAY)
    friday = load_who_is_in(database, act(MON), unit="Blue", day=FRI, office="Leeds")
    assert friday.after == SAT
    sunday = load_who_is_in(database, act(MON), unit="Blue", day=SUN, office="Leeds")
    assert (sunday.state, sunday.before, sunday.people) == ("weekend", SAT, ())
