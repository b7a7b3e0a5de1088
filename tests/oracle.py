"""Six rules once more, long-hand, from the words of the design and not from the code.

It reads the raw tables alone and shares nothing with rota/rules, nor with what rota/domain works
out from the tables. It is slow and plain on purpose: the words it follows stand above each loop.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from rota.domain import Appointment, Duty, Officer, Problem, Rota, WorkingPattern

HALVES = ("am", "pm")
WEIGHTS = {
    "desks": 1,
    "presence": 1,
    "office-minimum": 3,
    "supervision": 4,
    "nobody-alone": 4,
    "mentor-days": 2,
}


def costs(problem: Problem, rota: Rota) -> dict[str, float]:
    """The cost of each of the six rules: its weight, or the policy's own, times all its gaps."""
    gaps = {
        "desks": desks(problem, rota),
        "presence": presence(problem, rota),
        "office-minimum": office_minimum(problem, rota),
        "supervision": supervision(problem, rota),
        "nobody-alone": nobody_alone(problem, rota),
        "mentor-days": mentor_days(problem, rota),
    }
    costs = {}
    for key, gap in gaps.items():
        weight = WEIGHTS[key]
        if key in problem.policy.weights:
            weight = problem.policy.weights[key]
        costs[key] = weight * gap
    return costs


def desks(problem: Problem, rota: Rota) -> float:
    # "officers at a site ≤ its desks (blank: no limit; a closure replaces the number)";
    # "what is counted per day is counted for each half and weighs half"
    gaps = 0.0
    for day in days(problem):
        for half in HALVES:
            for site in problem.unit.sites:
                most = site.desks
                for closure in problem.unit.closures:
                    if closure.site != site.name or not closure.first <= day <= closure.last:
                        continue
                    if closure.part in ("", half):
                        most = closure.desks
                there = 0
                for officer in problem.unit.officers:
                    if is_at(rota, officer, day, half, site.name):
                        there += 1
                if most is not None and there > most:
                    gaps += (there - most) / 2
    return gaps


def presence(problem: Problem, rota: Rota) -> float:
    # "while anybody is at a site that asks for it, at least `least` people there have the skill";
    # "asked in halves in which somebody with the skill works and may be there"; of several rows
    # about one skill the one that asks for most
    gaps = 0.0
    for day in days(problem):
        for half in HALVES:
            for site in problem.unit.sites:
                for skill in sorted({row.skill for row in problem.unit.presence}):
                    least = 0
                    for row in problem.unit.presence:
                        if row.site != site.name or row.skill != skill or row.least <= least:
                            continue
                        if (
                            row.when is None
                            or row.when == day
                            or (not isinstance(row.when, date) and day.weekday() in row.when)
                        ):
                            least = row.least
                    there = 0
                    skilled = 0
                    is_asked = False
                    for officer in problem.unit.officers:
                        if is_at(rota, officer, day, half, site.name):
                            there += 1
                            if skill in officer.skills:
                                skilled += 1
                        if skill in officer.skills and may_be(
                            problem, officer, day, half, site.name
                        ):
                            is_asked = True
                    if is_asked and there > 0 and skilled < least:
                        gaps += (least - skilled) / 2
    return gaps


def nobody_alone(problem: Problem, rota: Rota) -> float:
    # "at a site with `alone` = no, nobody is the only one; gap 1"
    gaps = 0.0
    for day in days(problem):
        for half in HALVES:
            for site in problem.unit.sites:
                there = 0
                for officer in problem.unit.officers:
                    if is_at(rota, officer, day, half, site.name):
                        there += 1
                if there == 1 and not site.may_be_alone:
                    gaps += 1 / 2
    return gaps


def may_be(problem: Problem, officer: Officer, day: date, half: str, site: str) -> bool:
    # also on an extra day
    if is_offered(problem, officer, day, half):
        return may_use_extra_day(problem, officer, day, half, site)
    return may_use(problem, officer, day, half, site)


def office_minimum(problem: Problem, rota: Rota) -> float:
    # "seats at kinds in `counts`, or at the officer's own base, ≥ ⌈percent * working days⌉, over
    #  each week, the period, or the `over` weeks that end with the period (the whole period, if
    #  longer; past days count on both sides only where a seat is known). Percent: the officer's
    #  own, else their base site's, else the policy's"; "a share is rounded up to halves where
    #  exactly one half of some day of its span is worked, else to days"
    over = problem.policy.over
    spans = weeks(problem) if over == "week" else [days(problem)]
    earlier = []
    if over not in ("week", "period"):
        day = problem.policy.start + timedelta(days=7 * (problem.policy.weeks - over))
        while day < problem.policy.start:
            earlier.append(day)
            day += timedelta(days=1)
    gaps = 0.0
    for officer in problem.unit.officers:
        percent = problem.policy.office_percent
        for site in problem.unit.sites:
            if site.name == officer.base and site.office_percent is not None:
                percent = site.office_percent
        if officer.office_percent is not None:
            percent = officer.office_percent
        for span in spans:
            working_halves = 0
            in_office = 0
            step = 2
            # Nothing can be made up by who works on no day of the period.
            if not any(works(problem, officer, day, half) for day in span for half in HALVES):
                continue
            for day in earlier:
                had = {}
                for half in HALVES:
                    site = find_site_had(problem, officer, day, half)
                    if site is not None:
                        had[half] = site
                for half, site in had.items():
                    if is_office_open(problem, officer, day, half):
                        working_halves += 1
                    if site == officer.base or kind_of(problem, site) in problem.policy.counts:
                        in_office += 1
                if len(had) == 1:
                    step = 1
            for day in span:
                worked = [half for half in HALVES if works(problem, officer, day, half)]
                # "A half in which no site that counts is open to them is not asked of them"
                for half in worked:
                    if is_office_open(problem, officer, day, half):
                        working_halves += 1
                if len(worked) == 1:
                    step = 1
                # An extra day "counts for no percentage".
                for half in worked:
                    for seat in rota.seats:
                        if seat.staff_no != officer.staff_no or seat.date != day:
                            continue
                        if seat.part not in ("", half):
                            continue
                        counted = kind_of(problem, seat.site) in problem.policy.counts
                        if counted or seat.site == officer.base:
                            in_office += 1
            least = 0
            while 100 * least < percent * working_halves:
                least += step
            if in_office < least:
                gaps += (least - in_office) / 2
    return gaps


def find_site_had(problem: Problem, officer: Officer, day: date, half: str) -> str | None:
    # "history: earlier rotas"; what Rota published itself is what was told last. A row of history
    # shows that its time was worked, but for who was away or not employed, and for days on which
    # nobody works.
    for seat in (*problem.unit.published_before, *problem.unit.published):
        if (seat.staff_no, seat.date) == (officer.staff_no, day) and seat.part in ("", half):
            return seat.site if works(problem, officer, day, half) else None
    for row in problem.unit.history:
        if (row.staff_no, row.date) == (officer.staff_no, day) and row.part in ("", half):
            every_day = ((0, ""), (1, ""), (2, ""), (3, ""), (4, ""))
            any_pattern = replace(officer, working_days=WorkingPattern((every_day,)))
            return row.site if works(problem, any_pattern, day, half) else None
    return None


def is_office_open(problem: Problem, officer: Officer, day: date, half: str) -> bool:
    # "a site is open to an officer in a half if it is their base or other site and has a desk or
    #  no limit then; locks and duties do not matter"; "a closure replaces the number"
    for site in problem.unit.sites:
        if site.name != officer.base and site.name not in officer.other_sites:
            continue
        if site.name != officer.base and site.kind not in problem.policy.counts:
            continue
        desks = site.desks
        for closure in problem.unit.closures:
            if closure.site != site.name or not closure.first <= day <= closure.last:
                continue
            if closure.part in ("", half):
                desks = closure.desks
        if desks is None or desks > 0:
            return True
    return False


def supervision(problem: Problem, rota: Rota) -> float:
    # "per team and office: new starters ≤ `new_starters_per_experienced` * experienced officers
    #  of the same team there; gap in new starters", for each half, which weighs half
    gaps = 0.0
    for team in problem.unit.teams:
        for site in problem.unit.sites:
            if site.kind != "office":
                continue
            for day in days(problem):
                for half in HALVES:
                    new = 0
                    experienced = 0
                    for officer in problem.unit.officers:
                        if officer.team != team.name:
                            continue
                        if not is_at(rota, officer, day, half, site.name):
                            continue
                        if is_new_starter(problem, officer):
                            new += 1
                        if is_experienced(problem, officer):
                            experienced += 1
                    most = problem.policy.new_starters_per_experienced * experienced
                    if new > most:
                        gaps += (new - most) / 2
    return gaps


def mentor_days(problem: Problem, rota: Rota) -> float:
    # "gathering, per new starter with a mentor and week: both at the new starter's base; times =
    #  `mentor_days_per_week`, or the number of days on which both work and may both use it";
    # "each half that both work and may both use is an occasion, twice as many are asked, and each
    #  absence weighs ½"; the gap of a gathering is "the sum of absences on the `times` occasions
    #  with the fewest absences"
    gaps = 0.0
    for officer in problem.unit.officers:
        if officer.mentor is None or not is_new_starter(problem, officer):
            continue
        for mentor in problem.unit.officers:
            if mentor.staff_no != officer.mentor:
                continue
            for week in weeks(problem):
                absences = []
                for day in week:
                    for half in HALVES:
                        if not may_use(problem, officer, day, half, officer.base):
                            continue
                        if not may_use(problem, mentor, day, half, officer.base):
                            continue
                        absent = 0.0
                        if not is_at(rota, officer, day, half, officer.base):
                            absent += 0.5
                        if not is_at(rota, mentor, day, half, officer.base):
                            absent += 0.5
                        absences.append(absent)
                times = 0
                while absences and times < 2 * problem.policy.mentor_days_per_week:
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


def days(problem: Problem) -> list[date]:
    return [day for week in weeks(problem) for day in week]


def works(problem: Problem, officer: Officer, day: date, half: str) -> bool:
    # "a Monday to Friday in the officer's pattern (which may alternate by weeks and have
    #  half-days), not a bank holiday of England and Wales or a day off of the unit, not before
    #  they start or after they leave, not away"; "weeks in turn, counted from the week of
    #  `start_date`"
    if day.weekday() in (5, 6):
        return False
    pattern = officer.working_days.weeks
    monday = day - timedelta(days=day.weekday())
    first_monday = officer.start_date - timedelta(days=officer.start_date.weekday())
    turn = (monday - first_monday).days // 7
    week = pattern[turn % len(pattern)]
    if (day.weekday(), "") not in week and (day.weekday(), half) not in week:
        return False
    if day in problem.bank_holidays or day in problem.policy.days_off:
        return False
    if day < officer.start_date:
        return False
    if officer.leave_date is not None and day > officer.leave_date:
        return False
    for away in problem.unit.away:
        if away.staff_no != officer.staff_no or day < away.first or day > away.last:
            continue
        if away.part in ("", half):
            return False
    return True


def is_offered(problem: Problem, officer: Officer, day: date, half: str) -> bool:
    # "a Saturday, Sunday, bank holiday or day off of the unit with a duty on it: only officers who
    #  said they may be asked (`extra_days`) have a seat then"; "all of today is history and fixed,
    #  like all days before; a seat of someone away is void"
    is_off = day in problem.bank_holidays or day in problem.policy.days_off
    if day.weekday() < 5 and not is_off:
        return False
    is_history = bool(problem.unit.published) and day <= problem.today
    if is_history:
        if not any(
            s.staff_no == officer.staff_no and s.date == day for s in problem.unit.published
        ):
            return False
    else:
        if not any(is_on(problem, duty, day) for duty in problem.unit.duties):
            return False
        if not officer.takes_extra_days:
            return False
    if day < officer.start_date:
        return False
    if officer.leave_date is not None and day > officer.leave_date:
        return False
    for away in problem.unit.away:
        if away.staff_no != officer.staff_no or day < away.first or day > away.last:
            continue
        if away.part in ("", half):
            return False
    return True


def may_use_extra_day(
    problem: Problem, officer: Officer, day: date, half: str, site: str | None
) -> bool:
    # "A locked seat is the only one for its half"; "On an extra day: only a duty of that day, or
    #  nowhere"; "at an office only those who may use it can do it"
    fixed = find_fixed(problem, officer, day, half)
    if fixed is not None or site is None:
        return fixed == site
    if problem.unit.published and day <= problem.today:
        return False
    for duty in problem.unit.duties:
        if duty.site != site or not is_on(problem, duty, day) or duty.part not in ("", half):
            continue
        if duty.skill is not None and duty.skill not in officer.skills:
            continue
        if kind_of(problem, site) in ("court", "partner", "prison") or is_own(officer, site):
            return True
    return False


def may_use(problem: Problem, officer: Officer, day: date, half: str, site: str) -> bool:
    if not works(problem, officer, day, half):
        return False
    # "A locked seat is the only one for its half, wherever it is"; published seats up to and
    # including today are fixed like locked ones
    fixed = find_fixed(problem, officer, day, half)
    if fixed is not None:
        return fixed == site
    # "their base; their other sites; `home`, unless they have no home office"
    if is_own(officer, site):
        return True
    # "a court, partner or prison site with a duty in that half whose skill they hold (or which
    #  asks for none)"
    if kind_of(problem, site) in ("court", "partner", "prison"):
        for duty in problem.unit.duties:
            if duty.site != site or not is_on(problem, duty, day):
                continue
            if duty.part not in ("", half):
                continue
            if duty.skill is None or duty.skill in officer.skills:
                return True
    # "the site of an appointment of theirs in that half"
    for appointment in problem.unit.appointments:
        if appointment.staff_no != officer.staff_no or not is_on(problem, appointment, day):
            continue
        if appointment.site == site and appointment.part in ("", half):
            return True
    return False


def find_fixed(problem: Problem, officer: Officer, day: date, half: str) -> str | None:
    for seat in problem.unit.published:
        if seat.staff_no != officer.staff_no or seat.date != day:
            continue
        if seat.part in ("", half) and (seat.locked or day <= problem.today):
            return seat.site
    return None


def is_own(officer: Officer, site: str) -> bool:
    if site == officer.base or site in officer.other_sites:
        return True
    return site == "home" and officer.has_home_office


def may_split(problem: Problem, officer: Officer, day: date, am: str, pm: str) -> bool:
    # "Both halves are at one site, unless a half-day duty, appointment or commitment of that day
    #  takes one."
    for half, site in (("am", am), ("pm", pm)):
        for duty in problem.unit.duties:
            if not is_on(problem, duty, day) or duty.part != half or duty.site != site:
                continue
            if duty.skill is None or duty.skill in officer.skills:
                return True
        for appointment in problem.unit.appointments:
            if appointment.staff_no != officer.staff_no or not is_on(problem, appointment, day):
                continue
            if is_offered(problem, officer, day, half):
                continue
            if appointment.part == half and appointment.site == site:
                return True
    # What was published for both halves is as it was.
    fixed = [find_fixed(problem, officer, day, half) for half in HALVES]
    return None not in fixed


def is_at(rota: Rota, officer: Officer, day: date, half: str, site: str) -> bool:
    seats = rota.seats
    return (officer.staff_no, day, site, "") in seats or (
        (officer.staff_no, day, site, half) in seats
    )


def is_on(problem: Problem, row: Duty | Appointment, day: date) -> bool:
    # "`date` of duties and appointments: a date, or weekdays from `first` to `last` (blank: the
    #  period), every so many weeks from `first`. Weekday rows skip bank holidays and days off;
    #  dates mean themselves."
    if isinstance(row.date, date):
        return row.date == day
    if day in problem.bank_holidays or day in problem.policy.days_off:
        return False
    if day.weekday() not in row.date:
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
