"""How much of the working time is spent at the office, and how much at home."""

from collections.abc import Iterator
from datetime import date

from rota.domain import FRIDAY, HOME, MONDAY, OVER_WEEK, Officer, Problem, Seat, When
from rota.rules.rule import Audience, Limit, Rule, count_each_once, round_up_percent


def office_minimum(problem: Problem) -> Iterator[Limit]:
    for officer in problem.unit.officers:
        percent = find_office_percent(problem, officer)
        for when, days in _find_spans(problem, officer):
            days_asked = sum(has_office_open(problem, officer, day) for day in days)
            least = round_up_percent(percent, days_asked)
            if least:
                seats = count_each_once(_find_office_seats(problem, officer, days))
                yield Limit(str(officer), when, seats, least=least, staff_no=officer.staff_no)


def find_office_percent(problem: Problem, officer: Officer) -> int:
    """The officer's own percentage, else that of their base, else the policy's."""
    every_percent = (
        officer.office_percent,
        problem.sites[officer.base].office_percent,
        problem.policy.office_percent,
    )
    return next(percent for percent in every_percent if percent is not None)


def _find_spans(problem: Problem, officer: Officer) -> Iterator[tuple[When, tuple[date, ...]]]:
    if problem.policy.over == OVER_WEEK:
        yield from problem.working_weeks[officer.staff_no].items()
    else:
        yield problem.period, problem.working_days[officer.staff_no]


def _find_office_seats(
    problem: Problem, officer: Officer, days: tuple[date, ...]
) -> Iterator[Seat]:
    for day in days:
        for site in problem.allowed_sites[officer.staff_no, day]:
            if is_office(problem, officer, site):
                yield Seat(officer.staff_no, day, site)


def is_office(problem: Problem, officer: Officer, site: str) -> bool:
    """Whether a day at the site counts as one at the office for the officer."""
    return site == officer.base or problem.sites[site].kind in problem.policy.counts


def has_office_open(problem: Problem, officer: Officer, day: date) -> bool:
    """Whether a site that counts as the office for the officer is open to them on the day."""
    return any(is_office(problem, officer, site) for site in problem.list_open_sites(officer, day))


def home_maximum(problem: Problem) -> Iterator[Limit]:
    for officer in problem.unit.officers:
        own = officer.home_days_per_week
        most = problem.policy.home_days_per_week if own is None else own
        for week, days in problem.working_weeks[officer.staff_no].items():
            days_held = tuple(day for day in days if problem.list_open_sites(officer, day))
            seats = _find_home_seats(problem, officer, days_held)
            if seats:
                yield Limit(str(officer), week, count_each_once(seats), most=most)


def home_edges(problem: Problem) -> Iterator[Limit]:
    for officer in problem.unit.officers:
        edges = tuple(
            day
            for day in problem.working_days[officer.staff_no]
            if day.weekday() in (MONDAY, FRIDAY)
        )
        seats = _find_home_seats(problem, officer, edges)
        if seats:
            most = round_up_percent(problem.policy.home_edge_percent, len(edges))
            yield Limit(str(officer), problem.period, count_each_once(seats), most=most)


def _find_home_seats(
    problem: Problem, officer: Officer, days: tuple[date, ...]
) -> tuple[Seat, ...]:
    return tuple(
        Seat(officer.staff_no, day, HOME.name)
        for day in days
        if problem.may_use(officer, day, HOME.name)
    )


OFFICE_MINIMUM = Rule(
    key="office-minimum",
    level="policy",
    weight=3,
    sentence=(
        "An officer spends at least `office_percent` of their working days (their own percentage "
        "where one is given, else that of their base), rounded up, at sites of the kinds in "
        "`counts` or at their own base, over the period or in each week as `over` says; days on "
        "which no such site is open to them are not asked of them."
    ),
    finding="{about} has {count:office day} {when}; {asked} asked.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=office_minimum,
)

HOME_MAXIMUM = Rule(
    key="home-maximum",
    level="policy",
    weight=2,
    sentence=(
        "An officer is at home on at most `home_days_per_week` days in each week (their own number "
        "where one is given); days on which no other site is open to them are not counted."
    ),
    finding="{about} has {count:day} at home {when}; {asked} allowed.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=home_maximum,
)

HOME_EDGES = Rule(
    key="home-edges",
    level="people",
    weight=1,
    sentence=(
        "An officer is at home on at most `home_edge_percent` of their working Mondays and "
        "Fridays, rounded up."
    ),
    finding=(
        "{about} is at home on {count:Monday or Friday|Mondays and Fridays} {when}; "
        "{asked} allowed."
    ),
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=home_edges,
)
