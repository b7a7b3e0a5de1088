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
)
from rota.rules.requirement import Limit, Term
from rota.rules.rule import Audience, Rule, count_half_days, share_of_halves


def office_minimum(problem: Problem) -> Iterator[Limit]:
    for officer in problem.officers.values():
        for when, days in _find_spans(problem, officer):
            percents = (
                find_office_percent(problem, officer, day)
                * len(list_halves_asked(problem, officer, day))
                for day in days
            )
            halves = (problem.list_halves_counted(officer.staff_no, day) for day in days)
            is_split = any(len(of_day) < HALVES_A_DAY for of_day in halves)
            least = share_of_halves(percents, is_split=is_split)
            if least:
                terms = count_half_days(_find_office_seats(problem, officer, days))
                before = count_office_halves_before(problem, officer, days)
                yield _limit_half_days(officer, when, terms, least=least, before=before)


def _limit_half_days(
    officer: Officer,
    when: When,
    terms: tuple[Term, ...],
    *,
    before: int = 0,
    least: int | None = None,
    most: int | None = None,
) -> Limit:
    return Limit(
        str(officer),
        when,
        terms,
        before=before,
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
    """The weeks, or the one span, over which the minimum holds, with the days that count in it.

    Nothing is asked for any earlier days of those who do not work in the period at all.
    """
    if problem.policy_of(problem.period).over == OVER_WEEK:
        yield from problem.working_weeks[officer.staff_no].items()
    elif working_days := problem.working_days[officer.staff_no]:
        yield problem.span, (*problem.find_days_before(officer), *working_days)


def _find_office_seats(
    problem: Problem, officer: Officer, days: tuple[date, ...]
) -> Iterator[Seat]:
    for day in days:
        for seat in problem.seats_of.get((officer.staff_no, day), ()):
            if is_office(problem, officer, day, seat.site):
                yield seat


def count_office_halves_before(problem: Problem, officer: Officer, days: tuple[date, ...]) -> int:
    """The half-days that the officer had at the office on those of the days before the period."""
    sites_by_day = ((day, problem.sites_before.get((officer.staff_no, day), {})) for day in days)
    return sum(
        is_office(problem, officer, day, site)
        for day, sites in sites_by_day
        for site in sites.values()
    )


def is_office(problem: Problem, officer: Officer, day: date, site: str) -> bool:
    """Whether the day at the site counts as one at the office for the officer."""
    if problem.site_on(site, day).kind in problem.policy_on(day).counts:
        return True
    return site == problem.officer_on(officer.staff_no, day).base


def list_halves_asked(problem: Problem, officer: Officer, day: date) -> Sequence[str]:
    """The halves counted of the day in which a site that counts as the office is open to them."""
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
    for half in problem.list_halves_counted(officer.staff_no, day):
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
        "`counts` or at their own base, over the period, in each week, or over the weeks that end "
        "with the period, as `over` says; of days before the period those count for which a seat "
        "is known. Time in which no such site is open to them is not asked of them. It is rounded "
        "to half-days where half of some day is worked."
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
