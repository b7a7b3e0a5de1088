"""Days on which nobody works but for a duty, and to whom they are offered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rota.domain import Appointment, Away, Closure, Duty, HalfDay, OfficerDay, Problem, Week
from tests.rota_text import FRI, MON, SAT, SUN, problem

EXTRA = {"takes_extra_days": True}
TWO = """
        4 Jan 2027
        Mon Fri
Ann     O   O
Bob     O   O
"""
ANN_SAT = ("ann", SAT)


def unit(*duties: Duty, ann: dict[str, Any] | None = None, **details: Any) -> Problem:
    """Two officers, of whom Ann may be asked for extra days."""
    people = {"Ann": {**EXTRA, **(ann or {})}}
    return problem(TWO, duties=duties, **{"officers": people, **details})


def ways(of: Problem, officer_day: OfficerDay = ANN_SAT) -> list[tuple[tuple[str, str], ...]]:
    """The ways to spend the day, each as its sites with the part of the day."""
    options = of.day_options.get(officer_day, ())
    return [tuple((seat.site, seat.part) for seat in option.seats) for option in options]


def test_an_extra_day_is_a_day_that_nobody_works_with_a_duty() -> None:
    duties = [Duty(day, "Crown Court", 1) for day in (MON, FRI, SUN, date(2027, 1, 16))]
    its = unit(*duties, days_off=(FRI,))
    assert its.extra_days == (FRI, SUN)
    assert its.weekend_days == {SUN}
    assert its.list_days(Week(MON)) == (*(date(2027, 1, day) for day in range(4, 9)), SUN)
    assert its.dates == tuple(date(2027, 1, day) for day in range(4, 8))
    assert problem(TWO).extra_days == ()


def test_a_duty_of_weekdays_makes_no_extra_day() -> None:
    assert unit(Duty(frozenset({0, 4}), "Crown Court", 1), days_off=(FRI,)).extra_days == ()


def test_only_who_may_be_asked_is_offered_a_duty_or_nowhere() -> None:
    its = unit(Duty(SAT, "Crown Court", 1))
    assert its.parts_offered == {ANN_SAT: ""}
    assert ways(its) == [(), (("Crown Court", ""),)]
    assert ("bob", SAT) not in its.day_options
    assert SAT not in its.working_days["ann"]
    assert its.may_be_nowhere(ANN_SAT)
    assert not its.may_be_nowhere(("ann", MON))


@pytest.mark.parametrize(
    ("duty", "sites"),
    [
        (Duty(SAT, "Crown Court", 1, "trial"), []),
        (Duty(SAT, "Leeds", 1), ["Leeds"]),
        (Duty(SAT, "York", 1), []),
        (Duty(SAT, "home", 1), ["home"]),
    ],
)
def test_a_duty_is_offered_with_its_skill_and_in_an_office_that_one_may_use(
    duty: Duty, sites: list[str]
) -> None:
    assert ways(unit(duty)) == [(), *(((site, ""),) for site in sites)]


def test_a_duty_of_half_a_day_leaves_the_other_half_free() -> None:
    its = unit(Duty(SAT, "Crown Court", 1, part="am"), Duty(SAT, "Drug Service", 1))
    assert set(ways(its)) == {
        (),
        (("Crown Court", "am"),),
        (("Crown Court", "am"), ("Drug Service", "pm")),
        (("Drug Service", ""),),
    }


def test_nobody_is_offered_a_day_before_they_start_after_they_leave_or_while_away() -> None:
    duty = Duty(SAT, "Crown Court", 1)
    assert unit(duty, ann={"start_date": SUN}).parts_offered == {}
    assert unit(duty, ann={"leave_date": FRI}).parts_offered == {}
    assert unit(duty, away=[Away("ann", FRI, SUN)]).parts_offered == {}
    half = unit(duty, away=[Away("ann", SAT, SAT, part="pm")])
    assert ways(half) == [(), (("Crown Court", "am"),)]


def test_an_appointment_takes_nobody_to_an_extra_day() -> None:
    its = unit(Duty(SAT, "Crown Court", 1), appointments=[Appointment("ann", SAT, "York")])
    assert ways(its) == [(), (("Crown Court", ""),)]


SATURDAY_COURT = """
        4 Jan 2027
        Sat
Ann     C
"""


def test_what_was_published_up_to_today_is_as_it_was() -> None:
    of_bob = SATURDAY_COURT.replace("Ann", "Bob")
    # Bob may not be asked any more, and the duty is forgotten; Ann had no seat.
    its = unit(published=of_bob, today=SUN)
    assert its.extra_days == (SAT,)
    assert its.parts_offered == {("bob", SAT): ""}
    assert ways(its, ("bob", SAT)) == [(("Crown Court", ""),)]


def test_a_seat_to_come_is_void_without_a_duty_or_a_yes() -> None:
    assert unit(published=SATURDAY_COURT, today=MON).published == {}
    of_bob = SATURDAY_COURT.replace("Ann", "Bob")
    assert unit(Duty(SAT, "Crown Court", 1), published=of_bob, today=MON).published == {}
    its = unit(Duty(SAT, "Crown Court", 1), published=SATURDAY_COURT, today=MON)
    assert [*its.published] == [ANN_SAT]


def test_a_locked_seat_is_the_only_way_to_spend_the_day() -> None:
    locked = SATURDAY_COURT.replace("C", "C!")
    its = unit(Duty(SAT, "Crown Court", 1), published=locked, today=MON)
    assert ways(its) == [(("Crown Court", ""),)]
    assert not its.may_be_nowhere(ANN_SAT)


def test_nobody_waits_to_be_planned_on_an_extra_day() -> None:
    its = unit(Duty(SAT, "Crown Court", 1)).leave_unplanned([])
    assert {day for _, day, _ in its.not_planned} == {MON, FRI}


def test_notice_has_the_extra_days_between() -> None:
    its = unit(Duty(SAT, "Crown Court", 1), Duty(SUN, "Crown Court", 1), today=FRI, notice_days=1)
    assert its.notice == {SAT, SUN, date(2027, 1, 11)}
    assert unit(Duty(SAT, "Crown Court", 1), today=MON, notice_days=2).notice == {
        date(2027, 1, 5),
        date(2027, 1, 6),
    }


def test_a_closure_holds_on_an_extra_day() -> None:
    its = unit(Duty(SAT, "Leeds", 1), closures=[Closure("Leeds", SAT, SUN, 0)])
    assert its.count_desks("Leeds", HalfDay(SAT, "am")) == 0
