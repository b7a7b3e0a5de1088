"""Courts, partners and prisons get the people they are owed, and no more."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from rota.domain import DUTY_KINDS, Duty, Problem, Seat
from rota.rules.rule import Audience, Limit, Rule, count_each_once


def cover(problem: Problem) -> Iterator[Limit]:
    yield from (limit for _, limit in limit_duties(problem))
    yield from _limit_surplus(problem)


def limit_duties(problem: Problem) -> Iterator[tuple[Duty[date], Limit]]:
    """Each duty of the period, and that it has enough people."""
    for duty in problem.duties:
        seats = count_each_once(
            seat
            for seat in problem.seats_at.get((duty.site, duty.date), ())
            if duty.skill is None or duty.skill in problem.officers[seat.staff_no].skills
        )
        about = duty.site if duty.skill is None else f"{duty.site} (skill {duty.skill})"
        obstacle = "" if seats else explain_why_nobody_may(problem, duty)
        yield duty, Limit(about, duty.date, seats, least=duty.needed, obstacle=obstacle)


def explain_why_nobody_may(problem: Problem, duty: Duty[date]) -> str:
    """Why there is nobody at all who may do the duty, as a sentence."""
    if problem.is_day_off(duty.date):
        return "Nobody works on that day: it is a day off of the unit."
    if not problem.is_planning_day(duty.date):
        return "Nobody works on that day: it is at a weekend or a bank holiday."
    if duty.skill and not any(duty.skill in officer.skills for officer in problem.unit.officers):
        return f"Nobody here has the skill {duty.skill}."
    return "Nobody at work on that day may do it."


def _limit_surplus(problem: Problem) -> Iterator[Limit]:
    needed: Counter[tuple[str, date]] = Counter()
    for duty in problem.duties:
        needed[duty.site, duty.date] += duty.needed
    expected = {Seat(a.staff_no, a.date, a.site) for a in problem.appointments}
    for (site, day), seats in problem.seats_at.items():
        if problem.sites[site].kind not in DUTY_KINDS:
            continue
        seats_sent = tuple(
            seat
            for seat in seats
            if seat not in expected and problem.officers[seat.staff_no].base != site
        )
        if seats_sent:
            yield Limit(site, day, count_each_once(seats_sent), most=needed[site, day])


def appointments(problem: Problem) -> Iterator[Limit]:
    for appointment in problem.appointments:
        seat = Seat(appointment.staff_no, appointment.date, appointment.site)
        about = f"{problem.officers[seat.staff_no]} at {seat.site}"
        yield Limit(about, seat.date, count_each_once([seat]), least=1)


COVER = Rule(
    key="cover",
    level="cover",
    weight=1,
    sentence=(
        "Each duty has as many officers with its skill at its site as it needs; and a court, "
        "partner or prison site has no more officers than its duties of the day need, those "
        "based there or with an appointment there not counted."
    ),
    finding="{about} has {count:officer} {when}; its duties ask for {asked}.",
    audience=Audience.EVERYBODY,
    is_broken_by_leave=True,
    asks=cover,
)

APPOINTMENTS = Rule(
    key="appointments",
    level="cover",
    weight=1,
    sentence="An officer with an appointment is at its site.",
    finding="The appointment of {about} {when} is {kept}.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=True,
    asks=appointments,
)
