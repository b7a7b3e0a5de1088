"""How much of the working time is spent at the office, and how much at home."""

from collections.abc import Iterator, Sequence
from datetime import date

from rota.domain import (
    FRIDAY,
    HALVES_A_DAY,
    HOME,
    MONDAY,
    OVER_WEEK,
    HalfDay,
    Officer,
    Problem,
    Seat,
    When,
    count_halves,
    join_halves,
    list_halves,
)
from rota.rules.rule import Audience, Limit, Rule, Term, count_half_days, share_of_halves


def office_minimum(problem: Problem) -> Iterator[Limit]:
    for officer in problem.officers.values():
        for when, days in _find_spans(problem, officer):
            percents = (
                find_office_percent(problem, officer, day)
                * len(list_halves_asked(problem, officer, day))
                for day in days
            )
            is_split = any(problem.parts_worked[officer.staff_no, day] for day in days)
            least = share_of_halves(percents, is_split=is_split)
            if least:
                seats = _find_office_seats(problem, officer, days)
                yield _limit_half_days(officer, when, count_half_days(seats), least=least)


def _limit_half_days(
    officer: Officer,
    when: When,
    terms: tuple[Term, ...],
    *,
    least: int | None = None,
    most: int | None = None,
) -> Limit:
    return Limit(
        str(officer),
        when,
        terms,
        least=least,
        most=most,
        counts_half_days=True,
        staff_no=officer.staff_no,
    )


def find_office_percent(problem: Problem, officer: Officer, day: date) -> int:
    """The officer's own percentage on the day, else that of their base, else the policy's."""
    officer = problem.officer_on(officer.staff_no, day)
    every_percent = (
        officer.office_percent,
        problem.site_on(officer.base, day).office_percent,
        problem.policy_on(day).office_percent,
    )
    return next(percent for percent in every_percent if percent is not None)


def _find_spans(problem: Problem, officer: Officer) -> Iterator[tuple[When, tuple[date, ...]]]:
    if problem.policy_of(problem.period).over == OVER_WEEK:
        yield from problem.working_weeks[officer.staff_no].items()
    else:
        yield problem.period, problem.working_days[officer.staff_no]


def _find_office_seats(
    problem: Problem, officer: Officer, days: tuple[date, ...]
) -> Iterator[Seat]:
    for day in days:
        for seat in problem.seats_of[officer.staff_no, day]:
            if is_office(problem, officer, day, seat.site):
                yield seat


def is_office(problem: Problem, officer: Officer, day: date, site: str) -> bool:
    """Whether the day at the site counts as one at the office for the officer."""
    if problem.sites[site].kind in problem.policy_on(day).counts:
        return True
    return site == problem.officer_on(officer.staff_no, day).base


def list_halves_asked(problem: Problem, officer: Officer, day: date) -> Sequence[str]:
    """The halves worked of the day in which a site that counts as the office is open to them."""
    return [
        half
        for half, sites in _list_open_halves(problem, officer, day)
        if any(is_office(problem, officer, day, site) for site in sites)
    ]


def list_halves_held(problem: Problem, officer: Officer, day: date) -> Sequence[str]:
    """The halves worked of the day in which any site but home is open to them."""
    return [half for half, sites in _list_open_halves(problem, officer, day) if sites]


def _list_open_halves(
    problem: Problem, officer: Officer, day: date
) -> Iterator[tuple[str, Sequence[str]]]:
    officer = problem.officer_on(officer.staff_no, day)
    for half in list_halves(problem.parts_worked[officer.staff_no, day]):
        yield half, problem.list_open_sites(officer, HalfDay(day, half))


def home_maximum(problem: Problem) -> Iterator[Limit]:
    for officer in problem.officers.values():
        for week, days in problem.working_weeks[officer.staff_no].items():
            own = problem.officer_on(officer.staff_no, days[-1]).home_days_per_week
            most = problem.policy_of(week).home_days_per_week if own is None else own
            terms = tuple(
                term
                for day in days
                if (part_held := join_halves(list_halves_held(problem, officer, day))) is not None
                for term in count_half_days(_find_home_seats(problem, officer, (day,)), part_held)
            )
            if terms:
                yield _limit_half_days(officer, week, terms, most=HALVES_A_DAY * most)


def home_edges(problem: Problem) -> Iterator[Limit]:
    percent = problem.policy_of(problem.period).home_edge_percent
    for officer in problem.officers.values():
        edges = tuple(
            day
            for day in problem.working_days[officer.staff_no]
            if day.weekday() in (MONDAY, FRIDAY)
        )
        seats = _find_home_seats(problem, officer, edges)
        if seats:
            parts = [problem.parts_worked[officer.staff_no, day] for day in edges]
            percents = [percent] * sum(map(count_halves, parts))
            most = share_of_halves(percents, is_split=any(parts))
            yield _limit_half_days(officer, problem.period, count_half_days(seats), most=most)


def _find_home_seats(
    problem: Problem, officer: Officer, days: tuple[date, ...]
) -> tuple[Seat, ...]:
    return tuple(seat for day in days for seat in problem.find_seats(officer, day, HOME.name))


OFFICE_MINIMUM = Rule(
    key="office-minimum",
    level="policy",
    weight=3,
    sentence=(
        "An officer spends at least `office_percent` of their working days (their own percentage "
        "where one is given, else that of their base), rounded up, at sites of the kinds in "
        "`counts` or at their own base, over the period or in each week as `over` says; time in "
        "which no such site is open to them is not asked of them. It is rounded to half-days "
        "where half of some day is worked."
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
        "where one is given); time in which no other site is open to them is not counted."
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
        "Fridays, rounded up, to half-days where half of one is worked."
    ),
    finding=(
        "{about} is at home on {count:Monday or Friday|Mondays and Fridays} {when}; "
        "{asked} allowed."
    ),
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=home_edges,
)
