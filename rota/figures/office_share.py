"""How much of the working time is spent at the office, against what is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rota.checker import count
from rota.domain import OVER_WEEK, Officer, Problem, Rota, count_days, in_words
from rota.figures.figure import Figure, Row, as_days, compute_percent
from rota.rules import Limit, read_bounds
from rota.rules.office import office_minimum
from rota.writing.charts import Bar, Bars


@dataclass(frozen=True, slots=True)
class _OfficeDaysOfOfficer:
    """An officer's working days, how many count as at the office, and how many are asked.

    The officer is on the terms of the last of these days.
    """

    officer: Officer
    days: float
    at_office: float
    required: float
    is_below: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """Officers under a name, who have working days."""

    name: str
    members: tuple[_OfficeDaysOfOfficer, ...]

    @property
    def days(self) -> float:
        return sum(member.days for member in self.members)

    @property
    def at_office(self) -> float:
        return sum(member.at_office for member in self.members)

    @property
    def share(self) -> int:
        return compute_percent(self.at_office, self.days)

    @property
    def required(self) -> int:
        return compute_percent(sum(member.required for member in self.members), self.days)

    @property
    def below(self) -> int:
        return sum(member.is_below for member in self.members)


def build_office_shares(problem: Problem, rota: Rota) -> tuple[Figure, Figure]:
    """The shares by team, and by the site that people are based at."""
    officers_days = tuple(_count_officers_days(problem, rota))
    whole = (_Group("Whole unit", officers_days),) if officers_days else ()
    by_team = (*whole, *_build_groups(problem.teams, officers_days, lambda officer: officer.team))
    by_base = tuple(_build_groups(problem.sites, officers_days, lambda officer: officer.base))
    base = " Officers stand under the site that they are based at."
    return _build_figure("team", by_team, problem), _build_figure("office", by_base, problem, base)


def _count_officers_days(problem: Problem, rota: Rota) -> Iterator[_OfficeDaysOfOfficer]:
    """How each officer of whom something is asked stands, as the rule counts it."""
    limits: dict[str, list[Limit]] = defaultdict(list)
    for limit in office_minimum(problem):
        limits[limit.about].append(limit)
    for officer in problem.officers.values():
        officer_limits = limits.get(str(officer))
        if officer_limits:
            counts = [count(limit, rota.seats) for limit in officer_limits]
            yield _OfficeDaysOfOfficer(
                problem.officer_on(officer.staff_no, problem.working_days[officer.staff_no][-1]),
                count_days(_count_halves_worked(problem, officer)),
                sum(total for total, _ in counts),
                sum(read_bounds(limit)[0] or 0 for limit in officer_limits),
                any(gap > 0 for _, gap in counts),
            )


def _count_halves_worked(problem: Problem, officer: Officer) -> int:
    days = (*problem.find_days_before(officer), *problem.working_days[officer.staff_no])
    return sum(len(problem.list_halves_counted(officer.staff_no, day)) for day in days)


def _build_groups(
    names: Iterable[str],
    officers_days: Iterable[_OfficeDaysOfOfficer],
    name_of: Callable[[Officer], str],
) -> Iterator[_Group]:
    members: dict[str, list[_OfficeDaysOfOfficer]] = {name: [] for name in names}
    for officer_days in officers_days:
        members.setdefault(name_of(officer_days.officer), []).append(officer_days)
    return (
        _Group(name, tuple(group_members))
        for name, group_members in members.items()
        if group_members
    )


def _build_figure(by: str, groups: tuple[_Group, ...], problem: Problem, more: str = "") -> Figure:
    title = f"Time at the office by {by}"
    policy = problem.policy
    over = _say_span(problem)
    summary = "; ".join(
        f"{group.name} {group.share}% of {group.required}% asked" for group in groups
    )
    return Figure(
        key=f"office-share-by-{by}",
        title=title,
        says=(
            "Days at the office as a share of working days. A day, or half of one, counts if it "
            f"is spent at a site of the kinds that count ({', '.join(policy.counts)}) or at the "
            "officer's own base. "
            f"{_tell_days_before(problem)}"
            f"Officers are below the minimum if they have fewer such days {over} than are asked "
            "of them; days on which no office is open to them are not asked of them. Officers of "
            f"whom nothing is asked are left out.{more}"
        ),
        columns=(
            by.capitalize(),
            "Officers",
            "Working days",
            "Days at the office",
            "Share (%)",
            "Asked (%)",
            "Officers below the minimum",
        ),
        rows=tuple(map(_build_row, groups)),
        charts=(Bars(title, f"{summary}.", tuple(map(_build_bar, groups)), 100),) if groups else (),
        nothing="No time at the office is asked of anybody who works in these weeks.",
        line="The line marks the share that is asked.",
    )


def _tell_days_before(problem: Problem) -> str:
    """That more days than those of the period are counted, if that is so."""
    if problem.span == problem.period:
        return ""
    return (
        f"All {problem.span.weeks} weeks {in_words(problem.span)} are counted, earlier days as far "
        "as it is known where officers were. "
    )


def _say_span(problem: Problem) -> str:
    if problem.policy.over == OVER_WEEK:
        return "in any week"
    if problem.span == problem.period:
        return "over these weeks"
    return "over all of them"


def _build_row(group: _Group) -> Row:
    return (
        group.name,
        len(group.members),
        as_days(group.days),
        as_days(group.at_office),
        group.share,
        group.required,
        group.below,
    )


def _build_bar(group: _Group) -> Bar:
    text = f"{group.share}%, {group.below} below" if group.below else f"{group.share}%"
    return Bar(group.name, group.share, text, group.required, is_short=bool(group.below))
