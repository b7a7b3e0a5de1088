"""Rows about somebody or something that has been removed still tell of the days before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rota.domain import Appointment, Away, Closure, Duty, EarlierRow, Link, Presence, Request, Unit
from rota.records.naming import rename_in_unit
from rota.records.unit_change import UnitChange
from tests.rota_text import FRI, MON, THU, TUE, WED, problem

CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   O   O   O
Bob     O   O   O   O   O
"""
LEAVE, SICK, LATER = Away("ann", MON, FRI), Away("ann", MON, TUE, "sick"), Away("ann", FRI, FRI)
OF_BOB = Away("bob", MON, FRI)
LINK, WISH = Link("ann", "bob"), Request("ann", TUE.weekday(), "home")
SHUT = Closure("York", MON, FRI, 0)
PAST_DUTY, DUTY = Duty(TUE, "Crown Court", 1), Duty(FRI, "Crown Court", 1)
UNIT = problem(
    CHART,
    away=[LEAVE, SICK, LATER, OF_BOB],
    links=[LINK],
    requests=[WISH],
    closures=[SHUT],
    duties=[PAST_DUTY, DUTY],
    appointments=[Appointment("ann", WED, "Leeds"), Appointment("ann", THU, "Leeds")],
).unit


def remove_ann(unit: Unit = UNIT, *, forgotten: tuple[str, ...] = ()) -> Unit:
    """Without Ann, and without what goes along with her, from Thursday on."""
    after = replace(
        unit,
        officers=unit.officers[1:],
        away=(OF_BOB,),
        links=(),
        requests=(),
        appointments=(),
    )
    return UnitChange.between(unit, after, since=THU, forgotten=forgotten).after


def test_rows_that_go_along_are_kept_as_far_as_the_day_before() -> None:
    after = remove_ann()
    assert (after.away, after.links, after.requests, after.appointments) == ((OF_BOB,), (), (), ())
    assert [each.row for each in after.earlier_rows] == [
        replace(LEAVE, last=WED),
        SICK,
        Appointment("ann", WED, "Leeds"),
        WISH,
        LINK,
    ]
    assert {each.until for each in after.earlier_rows} == {THU}


def test_of_who_is_forgotten_nothing_is_kept() -> None:
    assert remove_ann(forgotten=("ann",)).earlier_rows == ()


def test_rows_that_are_over_leave_the_tables_and_others_stay_to_be_refused() -> None:
    sites = tuple(site for site in UNIT.sites if site.name != "Crown Court")
    after = UnitChange.between(UNIT, replace(UNIT, sites=sites), since=THU).after
    assert after.duties == (DUTY,)
    assert after.earlier_rows == (EarlierRow(PAST_DUTY, THU),)


def test_nothing_is_kept_twice_and_nothing_is_lost_in_later_changes() -> None:
    after = remove_ann()
    sites = tuple(site for site in UNIT.sites if site.name != "York")
    later = UnitChange.between(after, replace(after, sites=sites, closures=()), since=FRI).after
    closed = EarlierRow(replace(SHUT, last=THU), FRI)
    assert later.earlier_rows == (*after.earlier_rows, closed)


def test_they_are_recalled_for_days_on_which_they_held() -> None:
    after = remove_ann()
    recalled = after.recall_rows(MON, FRI)
    assert recalled.away == (OF_BOB, replace(LEAVE, last=WED), SICK)
    # A wish for a weekday holds on the dates before she went.
    assert recalled.requests == (Request("ann", TUE, "home"),)
    assert after.recall_rows(THU, FRI + timedelta(days=7)) == after


def test_skills_that_were_asked_for_at_a_site_are_recalled_until_it_went() -> None:
    always, mondays = Presence("York", "first aid"), Presence("York", "search", 2, frozenset({0}))
    before = replace(UNIT, presence=(always, mondays))
    sites = tuple(site for site in UNIT.sites if site.name != "York")
    removed = replace(before, sites=sites, closures=(), presence=())
    after = UnitChange.between(before, removed, since=WED).after
    assert after.presence == ()
    assert after.recall_rows(MON, FRI).presence == (
        Presence("York", "first aid", when=MON),
        Presence("York", "first aid", when=TUE),
        Presence("York", "search", 2, MON),
    )
    assert after.recall_rows(WED, FRI).presence == ()


def test_they_are_renamed() -> None:
    after = rename_in_unit(remove_ann(), "officers", "ann", "0101")
    assert {names for each in after.earlier_rows for names in [each.row.staff_no]} == {"0101"}
