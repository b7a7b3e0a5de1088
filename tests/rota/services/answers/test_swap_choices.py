"""With whom an officer may think of a swap."""

from __future__ import annotations

from datetime import date

from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.answers import swap_view
from tests.rota.services.example import EARLIER, ON_SQLITE, keep
from tests.rota.services.sample_accounts import statements_of
from tests.rota_text import MON, TUE, rota
from tests.stored import publish

CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   O   O   O
Bob     H   H   H   H   H
Cal     H   H   H   H   H
Dan     O   H   H   H   H
"""
ANN = Rights((Grant(Role.OFFICER, 1, "Blue", None, "ann"),))


def choices(database, day, today=EARLIER.today):
    doer = Act("ann@example.org", "a test", EARLIER.at + (today - EARLIER.today), ANN)
    found = swap_view.list_swap_choices(database, doer, unit="Blue", staff_no="ann", day=day)
    return [its.staff_no for its in found.colleagues]


def published(database, **officers):
    keep(database, CHART, officers=officers)
    publish(database, EARLIER, rota=rota(CHART))


@ON_SQLITE
def test_they_are_those_who_can_take_each_others_places(database):
    published(database)
    assert choices(database, MON) == ["bob", "cal"]
    assert choices(database, TUE) == ["bob", "cal", "dan"]
    assert choices(database, TUE, today=TUE) == []
    assert choices(database, date(2027, 3, 1)) == []


@ON_SQLITE
def test_who_cannot_be_there_is_no_choice(database):
    published(database, Ann={"has_home_office": False})
    assert choices(database, TUE) == []


@ON_SQLITE
def test_the_rota_is_read_once_for_all_of_them(database):
    published(database)
    asked = []
    for day in (MON, TUE):
        with statements_of(database) as its:
            choices(database, day)
        asked.append(len(its))
    assert asked[0] == asked[1]
