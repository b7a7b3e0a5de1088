"""Four rules once more, long-hand, from the words of the design and not from the code.

It reads the raw tables alone and shares nothing with rota/rules, nor with what rota/domain works
out from the tables. It is slow and plain on purpose: the words it follows stand above each loop.
"""

from __future__ import annotations

from datetime import date, timedelta

from rota.domain import Appointment, Duty, Officer, Problem, Rota

WEIGHTS = {"desks": 1, "office-minimum": 3, "supervision": 4, "mentor-days": 2}


def costs(problem: Problem, rota: Rota) -> dict[str, int]:
    """The cost of each of the four rules: its weight, or the policy's own, times all its gaps."""
    gaps = {
        "desks": desks(problem, rota),
        "office-minimum": office_minimum(problem, rota),
        "supervision": supervision(problem, rota),
        "mentor-days": mentor_days(problem, rota),
    }
    costs = {}
    for key, gap in gaps.items():
        weight = WEIGHTS[key]
        if key in problem.policy.weights:
            weight = problem.policy.weights[key]
        costs[key] = weight * gap
    return costs


def desks(problem: Problem, rota: Rota) -> int:
    # "officers at a site on a date ≤ its desks that date
    #  (blank: no limit; a closure replaces the number)"
    gaps = 0
    for week in weeks(problem):
        for day in week:
            for site in problem.unit.sites:
                most = site.desks
                for closure in problem.unit.closures:
                    if closure.site == site.name and closure.first <= day <= closure.last:
                        most = closure.desks
                there = 0
                for officer in problem.unit.officers:
                    if is_at(rota, officer, day, site.name):
                        there += 1
                if most is not None and there > most:
                    gaps += there - most
    return gaps


def office_minimum(problem: Problem, rota: Rota) -> int:
    # "seats at kinds in `counts`, or at the officer's own base, ≥ ⌈percent * working days / 100⌉,
    #  over each week or over the period (`over`). Percent: the officer's own, else their base
    #  site's, else the policy's"
    if problem.policy.over == "week":
        spans = weeks(problem)
    else:
        spans = [[day for week in weeks(problem) for day in week]]
    gaps = 0
    for officer in problem.unit.officers:
        percent = problem.policy.office_percent
        for site in problem.unit.sites:
            if site.name == officer.base and site.office_percent is not None:
                percent = site.office_percent
        if officer.office_percent is not None:
            percent = officer.office_percent
        for span in spans:
            working_days = 0
            in_office = 0
            for day in span:
                # "A day on which no site that counts is open to them is not asked of them"
                if works(problem, officer, day) and is_office_open(problem, officer, day):
                    working_days += 1
                for seat in rota.seats:
                    if seat.staff_no == officer.staff_no and seat.date == day:
                        counted = kind_of(problem, seat.site) in problem.policy.counts
                        if counted or seat.site == officer.base:
                            in_office += 1
            least = 0
            while 100 * least < percent * working_days:
                least += 1
            if in_office < least:
                gaps += least - in_office
    return gaps


def is_office_open(problem: Problem, officer: Officer, day: date) -> bool:
    # "a site is open to an officer if it is their base or other site and has a desk or no limit;
    #  a closure replaces the number; locks and duties do not matter"
    for site in problem.unit.sites:
        if site.name != officer.base and site.name not in officer.other_sites:
            continue
        if site.name != officer.base and site.kind not in problem.policy.counts:
            continue
        desks = site.desks
        for closure in problem.unit.closures:
            if closure.site == site.name and closure.first <= day <= closure.last:
                desks = closure.desks
        if desks is None or desks > 0:
            return True
    return False


def supervision(problem: Problem, rota: Rota) -> int:
    # "per team, office and date: new starters ≤ `new_starters_per_experienced` * experienced
    #  officers of the same team there; gap in new starters"
    gaps = 0
    for team in problem.unit.teams:
        for site in problem.unit.sites:
            if site.kind != "office":
                continue
            for week in weeks(problem):
                for day in week:
                    new = 0
                    experienced = 0
                    for officer in problem.unit.officers:
                        if officer.team != team.name or not is_at(rota, officer, day, site.name):
                            continue
                        if is_new_starter(problem, officer):
                            new += 1
                        if is_experienced(problem, officer):
                            experienced += 1
                    most = problem.policy.new_starters_per_experienced * experienced
                    if new > most:
                        gaps += new - most
    return gaps


def mentor_days(problem: Problem, rota: Rota) -> int:
    # "gathering, per new starter with a mentor and week: both at the new starter's base, on the
    #  dates when both work and may both use it; times = `mentor_days_per_week`, or the number of
    #  such dates if fewer"; the gap of a gathering is "the sum of absences on the `times`
    #  occasions with the fewest absences"
    gaps = 0
    for officer in problem.unit.officers:
        if officer.mentor is None or not is_new_starter(problem, officer):
            continue
        for mentor in problem.unit.officers:
            if mentor.staff_no != officer.mentor:
                continue
            for week in weeks(problem):
                absences = []
                for day in week:
                    if not may_use(problem, officer, day, officer.base):
                        continue
                    if not may_use(problem, mentor, day, officer.base):
                        continue
                    absent = 0
                    if not is_at(rota, officer, day, officer.base):
                        absent += 1
                    if not is_at(rota, mentor, day, officer.base):
                        absent += 1
                    absences.append(absent)
                times = 0
                while absences and times < problem.policy.mentor_days_per_week:
                    fewest = min(absences)
                    absences.remove(fewest)
                    gaps += fewest
                    times += 1
    return gaps


def weeks(problem: Problem) -> list[list[date]]:
    """The seven days of each week of the period."""
    return [
        [problem.policy.start + timedelta(days=7 * week + n) for n in range(7)]
        for week in range(problem.policy.weeks)
    ]


def works(problem: Problem, officer: Officer, day: date) -> bool:
    # "a Monday to Friday in the officer's pattern, not a bank holiday of England and Wales or a day
    #  off of the unit, not before they start or after they leave, not away"
    if day.weekday() in (5, 6) or day.weekday() not in officer.working_days:
        return False
    if day in problem.bank_holidays or day in problem.policy.days_off:
        return False
    if day < officer.start_date:
        return False
    if officer.leave_date is not None and day > officer.leave_date:
        return False
    for away in problem.unit.away:
        if away.staff_no == officer.staff_no and away.first <= day and day <= away.last:
            return False
    return True


def may_use(problem: Problem, officer: Officer, day: date, site: str) -> bool:
    if not works(problem, officer, day):
        return False
    # "A locked seat is the only site for that day, wherever it is. Published seats up to and
    #  including today are fixed like locked ones"
    for seat in problem.unit.published:
        if seat.staff_no == officer.staff_no and seat.date == day:
            if seat.locked:
                return seat.site == site
            if day <= problem.today:
                return seat.site == site
    # "their base; their other sites; `home`, unless they have no home office"
    if site == officer.base:
        return True
    if site in officer.other_sites:
        return True
    if site == "home":
        return officer.has_home_office
    # "a court, partner or prison site with a duty that day whose skill they hold (or which asks
    #  for none)"
    if kind_of(problem, site) in ("court", "partner", "prison"):
        for duty in problem.unit.duties:
            if duty.site != site or not is_on(problem, duty, day):
                continue
            if duty.skill is None or duty.skill in officer.skills:
                return True
    # "the site of an appointment of theirs that day"
    for appointment in problem.unit.appointments:
        if appointment.staff_no != officer.staff_no or not is_on(problem, appointment, day):
            continue
        if appointment.site == site:
            return True
    return False


def is_on(problem: Problem, row: Duty | Appointment, day: date) -> bool:
    # "`date` of duties and appointments: a date, or weekdays from `first` to `last` (blank: the
    #  period), every so many weeks from `first`. Weekday rows skip bank holidays and days off;
    #  dates mean themselves."
    if isinstance(row.date, date):
        return row.date == day
    if day in problem.bank_holidays or day.weekday() not in row.date:
        return False
    if row.first is not None and day < row.first:
        return False
    if row.last is not None and day > row.last:
        return False
    if row.every is None:
        return True
    weeks = 0
    monday = row.first - timedelta(days=row.first.weekday())
    while monday + timedelta(days=6) < day:
        monday += timedelta(days=7)
        weeks += 1
    return weeks % row.every == 0


def is_at(rota: Rota, officer: Officer, day: date, site: str) -> bool:
    return (officer.staff_no, day, site) in rota.seats


def kind_of(problem: Problem, name: str) -> str:
    for site in problem.unit.sites:
        if site.name == name:
            return site.kind
    # "`home` is a site of its own kind"
    return "home"


def is_new_starter(problem: Problem, officer: Officer) -> bool:
    # "fewer than `new_starter_months` whole months between start date and the first day of the
    #  period"
    months = months_between(officer.start_date, problem.policy.start)
    return months < problem.policy.new_starter_months


def is_experienced(problem: Problem, officer: Officer) -> bool:
    # "at least `experienced_months` months by that day, and not a trainee (PQIP)"
    if officer.grade == "PQIP":
        return False
    months = months_between(officer.start_date, problem.policy.start)
    return months >= problem.policy.experienced_months


def months_between(first: date, last: date) -> int:
    """How often the day of the month of the first date has come again; it is never skipped.

    In a month that is too short for it, it comes with the next month.
    """
    months = 0
    year, month = first.year, first.month
    while True:
        month += 1
        if month == 13:
            year, month = year + 1, 1
        if (year, month, first.day) > (last.year, last.month, last.day):
            return months
        months += 1
