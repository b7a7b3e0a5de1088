"""Courts, partners and prisons get the people they are owed, and no more."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from rota.domain import (
    AM,
    DUTY_KINDS,
    Duty,
    HalfDay,
    Problem,
    Seat,
    has_half,
    list_halves,
)
from rota.rules.requirement import Limit
from rota.rules.rule import Audience, Rule, count_each_once, limit_to_site, split_terms


def cover(problem: Problem) -> Iterator[Limit]:
    yield from (limit for _, limit in limit_duties(problem))
    yield from _limit_surplus(problem)


def limit_duties(problem: Problem) -> Iterator[tuple[Duty[date], Limit]]:
    """Each duty of the period, or half of one, and that it has enough people."""
    for duty in problem.duties:
        terms = count_each_once(
            seat
            for seat in problem.seats_at.get((duty.site, duty.date), ())
            if duty.skill is None or duty.skill in problem.officer_on(*seat.officer_day).skills
        )
        about = duty.site if duty.skill is None else f"{duty.site} (skill {duty.skill})"
        for when, there in split_terms(duty.date, terms, always=bool(duty.part)):
            if isinstance(when, HalfDay) and not has_half(duty.part, when.half):
                continue
            obstacle = "" if there else explain_why_nobody_may(problem, duty)
            yield duty, Limit(about, when, there, least=duty.needed, obstacle=obstacle)


def explain_why_nobody_may(problem: Problem, duty: Duty[date]) -> str:
    """Why there is nobody at all who may do the duty, as a sentence."""
    staff = [
        problem.officer_on(staff_no, duty.date)
        for staff_no in problem.officers
        if problem.is_here(staff_no, duty.date)
    ]
    if duty.skill and not any(duty.skill in officer.skills for officer in staff):
        return f"Nobody here has the skill {duty.skill}."
    if problem.is_planning_day(duty.date):
        return "Nobody at work on that day may do it."
    if not any(officer.takes_extra_days for officer in staff):
        return "It is an extra day, and nobody may be asked for extra days."
    return "It is an extra day, and nobody who may be asked for extra days may do it."


def _limit_surplus(problem: Problem) -> Iterator[Limit]:
    needed: Counter[tuple[str, HalfDay]] = Counter()
    for duty in problem.duties:
        for half in list_halves(duty.part):
            needed[duty.site, HalfDay(duty.date, half)] += duty.needed
    partly = {(duty.site, duty.date) for duty in problem.duties if duty.part}
    partly |= {(each.site, each.date) for each in problem.appointments if each.part}
    expected = {
        (appointment.staff_no, appointment.site, HalfDay(appointment.date, half))
        for appointment in problem.appointments
        for half in list_halves(appointment.part)
    }
    for (site, day), seats in problem.seats_at.items():
        is_extra = not problem.is_planning_day(day)
        if not is_extra and problem.sites[site].kind not in DUTY_KINDS:
            continue
        terms = count_each_once(
            seat for seat in seats if is_extra or problem.officer_on(*seat.officer_day).base != site
        )
        for when, there in split_terms(day, terms, always=(site, day) in partly):
            half_day = when if isinstance(when, HalfDay) else HalfDay(day, AM)
            seats_sent = tuple(
                term
                for term in there
                if is_extra or (term.seat.staff_no, site, half_day) not in expected
            )
            if seats_sent:
                yield Limit(site, when, seats_sent, most=needed[site, half_day])


def appointments(problem: Problem) -> Iterator[Limit]:
    for each in problem.appointments:
        about = f"{problem.officers[each.staff_no]} at {each.site}"
        yield limit_to_site(problem, about, Seat(each.staff_no, each.date, each.site, each.part))


COVER = Rule(
    key="cover",
    level="cover",
    weight=1,
    sentence=(
        "In each half of its day, a duty has as many officers with its skill at its site as it "
        "needs; and a court, partner or prison site has no more officers than its duties then "
        "need, those based there or with an appointment there then not counted. On an extra day "
        "no site has more officers than its duties need, and everybody there is counted."
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
    sentence="An officer with an appointment is at its site for all of its time.",
    finding="The appointment of {about} {when} is {kept}.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=True,
    asks=appointments,
)
