"""Days in lieu, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import FRIDAY, Away, PublishedSeat, WorkingPattern
from rota.figures.days_in_lieu import DaysInLieu, count_days_in_lieu
from tests.rota_text import FRI, MON, SAT, SUN, TUE, officer

GOOD_FRIDAY = date(2027, 3, 26)
ANN = officer("Ann", working_days=WorkingPattern.parse("Mon Tue am Fri"))
BOB = officer("Bob")


def is_planning_day(day: date) -> bool:
    return day.weekday() <= FRIDAY and day != GOOD_FRIDAY


def of_ann(*records: PublishedSeat | Away, today: date = MON) -> DaysInLieu:
    seats = [its for its in records if isinstance(its, PublishedSeat)]
    away = [its for its in records if isinstance(its, Away)]
    ann, bob = count_days_in_lieu(
        [ANN, BOB],
        seats,
        away,
        officer_on=lambda staff_no, _: {"ann": ANN, "bob": BOB}[staff_no],
        is_planning_day=is_planning_day,
        today=today,
    )
    assert not bob.is_any
    return ann


def on(day: date, part: str = "") -> PublishedSeat:
    return PublishedSeat("ann", day, "Crown Court", part=part)


def test_nothing_is_owed_to_who_works_no_extra_day() -> None:
    ann = of_ann()
    assert (ann.is_any, ann.owed, ann.says) == (False, 0, "No days in lieu owed")


def test_extra_days_up_to_today_are_earned_and_later_ones_planned() -> None:
    ann = of_ann(on(SAT), on(SUN, "am"), on(GOOD_FRIDAY), today=SUN)
    assert (ann.earned, ann.planned, ann.owed) == (1.5, 1, 1.5)
    assert ann.says == "1½ days in lieu owed"
    assert of_ann(on(SAT), today=FRI).says == "No days in lieu owed"


@pytest.mark.parametrize(
    ("spell", "used"),
    [
        (Away("ann", MON, MON, "lieu"), 1),
        (Away("ann", MON, MON, "leave"), 0),
        (Away("ann", MON, MON, "lieu", part="pm"), 0.5),
        # Tuesday afternoon, Wednesday and Thursday are free anyway, and so is the weekend.
        (Away("ann", MON, SUN, "lieu"), 2.5),
        (Away("ann", TUE, TUE, "lieu", part="pm"), 0),
        (Away("ann", GOOD_FRIDAY, GOOD_FRIDAY, "lieu"), 0),
        (Away("ann", date(2019, 12, 30), date(2020, 1, 5), "lieu"), 0),
    ],
)
def test_days_in_lieu_use_working_days_alone(spell: Away, used: float) -> None:
    assert of_ann(spell).used == used


def test_a_day_that_stands_twice_is_used_once() -> None:
    ann = of_ann(on(SAT), Away("ann", MON, MON, "lieu"), Away("ann", MON, MON, "lieu"), today=SUN)
    assert (ann.used, ann.owed) == (1, 0)


def test_too_many_may_be_taken() -> None:
    ann = of_ann(Away("ann", MON, TUE, "lieu"))
    assert (ann.owed, ann.says) == (-1.5, "1½ days in lieu taken too many")
