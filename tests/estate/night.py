"""What a night brings: people fall ill, and courts list more cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from rota.domain import Appointment, Away, Duty, Officer, Policy, Unit
from tests.estate.diary import weekdays_on

_ILL = 0.06
_AHEAD = timedelta(days=14)
"""How far ahead courts list."""


def night_of_changes(unit: Unit, policy: Policy, day: date, rng: Random) -> Unit:
    """The unit as it is known on the morning of the day."""
    unit = _with_illness(unit, day, rng)
    for _ in range(rng.randint(1, 3)):
        if coming := _court_duties(unit, policy, day):
            change = rng.choice((_with_more_needed, _with_an_appointment))
            unit = change(unit, coming, rng)
    return unit


def _with_illness(unit: Unit, day: date, rng: Random) -> Unit:
    """The unit with one in sixteen ill from the day, for one to five weekdays."""
    here = _here(unit, day)
    ill = rng.sample(here, min(round(_ILL * len(unit.officers)), len(here)))
    spells = [Away(o.staff_no, day, weekdays_on(day, rng.randint(1, 5)), "sick") for o in ill]
    return replace(unit, away=(*unit.away, *spells))


def _here(unit: Unit, day: date) -> list[Officer]:
    """Those who are employed and not away, whether or not it is a day of theirs."""
    away = {spell.staff_no for spell in unit.away if spell.first <= day <= spell.last}
    return [o for o in unit.officers if o.is_employed(day) and o.staff_no not in away]


def _court_duties(unit: Unit, policy: Policy, day: date) -> list[Duty]:
    """Those of the days after the day for which courts still list cases."""
    courts = {site.name for site in unit.sites if site.kind == "court"}
    return [
        duty
        for duty in unit.duties
        if duty.site in courts and day < duty.date <= day + _AHEAD and duty.date in policy.period
    ]


def _with_more_needed(unit: Unit, coming: Sequence[Duty], rng: Random) -> Unit:
    """The unit with one more officer needed at a court on two to four days."""
    court = rng.choice(coming).site
    there = [duty for duty in coming if duty.site == court]
    longer = set(rng.sample(there, min(rng.randint(2, 4), len(there))))
    duties = (replace(d, needed=d.needed + 1) if d in longer else d for d in unit.duties)
    return replace(unit, duties=tuple(duties))


def _with_an_appointment(unit: Unit, coming: Sequence[Duty], rng: Random) -> Unit:
    """The unit with an officer called to a court on a day on which they are owed nowhere else."""
    duty = rng.choice(coming)
    owed = {each.staff_no for each in unit.appointments if each.date == duty.date}
    free = [
        officer.staff_no
        for officer in _here(unit, duty.date)
        if officer.find_part_worked(duty.date) is not None and officer.staff_no not in owed
    ]
    called = [Appointment(rng.choice(free), duty.date, duty.site)] if free else []
    return replace(unit, appointments=(*unit.appointments, *called))
