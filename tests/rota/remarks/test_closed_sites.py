"""A site without a desk is told with all of whom less is asked: once for a site and a span."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings

from rota.domain import Closure, Problem
from rota.remarks import find_remarks_on_rows
from rota.remarks.closed_site_remarks import find_closed_site_remarks
from rota.rules import Rule, find_named_seats, read_bounds
from rota.rules.office import HOME_MAXIMUM, OFFICE_MINIMUM
from tests.conftest import times
from tests.random_problems import problems
from tests.rota_text import FRI, MON, THU, TUE, WED, problem

# Dan works on Mondays alone.
CHART = """
        4 Jan 2027              11 Jan 2027
        Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
Ann     .   .   .   .   .       .   .   .   .   .
Bob     .   .   .   .   .       .   .   .   .   .
Cat     .   .   .   .   .       .   .   .   .   .
Dan     .   -   -   -   -       .   -   -   -   -
"""
NEXT_MON, NEXT_TUE = date(2027, 1, 11), date(2027, 1, 12)
NO_OFFICE = "for whom no other office is open"
NOTHING = "asked for no office days then, nor held to home days"


def remarks(**details: Any) -> list[str]:
    return [str(remark) for remark in find_closed_site_remarks(problem(CHART, **details))]


def test_a_site_is_told_once_for_all_who_have_no_other() -> None:
    closures = [Closure("Leeds", TUE, THU, 0)]
    assert remarks(closures=closures) == [
        "closures: Leeds has no desk from 5 to 7 January 2027: "
        f"3 officers {NO_OFFICE} are {NOTHING}."
    ]


def test_closures_that_follow_each_other_are_one_span() -> None:
    closures = [Closure("Leeds", THU, FRI, 0), Closure("Leeds", NEXT_MON, NEXT_TUE, 0)]
    assert remarks(closures=closures, officers={"Cat": {"base": "York"}}) == [
        "closures: Leeds has no desk from 7 to 12 January 2027: "
        f"3 officers {NO_OFFICE} are {NOTHING}."
    ]


def test_each_span_of_a_site_is_told() -> None:
    closures = [Closure("Leeds", MON, MON, 0), Closure("Leeds", FRI, FRI, 0)]
    assert remarks(closures=closures) == [
        "closures: Leeds has no desk on Monday 4 January 2027: "
        f"4 officers {NO_OFFICE} are {NOTHING}.",
        "closures: Leeds has no desk on Friday 8 January 2027: "
        f"3 officers {NO_OFFICE} are {NOTHING}.",
    ]


def test_who_may_use_another_office_is_asked_and_who_has_another_site_is_held_to_home_days() -> (
    None
):
    people = {
        "Ann": {"other_sites": ("York",)},
        "Bob": {"other_sites": ("Crown Court",)},
        "Cat": {"office_percent": 0},
    }
    assert remarks(closures=[Closure("Leeds", TUE, WED, 0)], officers=people) == [
        "closures: Leeds has no desk from 5 to 6 January 2027: "
        f"1 officer {NO_OFFICE} is asked for no office days then; "
        f"1 officer {NO_OFFICE} is not held to home days then."
    ]


def test_a_site_without_a_desk_for_good_is_told_of_the_sites() -> None:
    assert remarks(desks={"O": 0}) == [
        f"sites: Leeds has no desk from 4 to 15 January 2027: 4 officers {NO_OFFICE} are {NOTHING}."
    ]


def test_nothing_is_told_of_a_site_with_a_desk_or_where_both_rules_are_off() -> None:
    assert remarks(closures=[Closure("Leeds", MON, FRI, 1)], desks={"O": 0}) == [
        "sites: Leeds has no desk from 11 to 15 January 2027: "
        f"4 officers {NO_OFFICE} are {NOTHING}."
    ]
    assert remarks(closures=[Closure("York", MON, FRI, 0)]) == []
    assert remarks(closures=[Closure("Leeds", MON, FRI, 0)], rules=["desks"]) == []


def test_it_is_told_when_a_closure_is_recorded_from_today_on() -> None:
    unit = problem(CHART, closures=[Closure("Leeds", MON, WED, 0), Closure("York", MON, MON, 0)])
    told = find_remarks_on_rows(
        "closures", unit.unit.closures, unit=unit.unit, policy=unit.policy, today=TUE
    )
    assert [str(remark) for remark in told] == [
        "closures: 1 closure has no effect, because nobody may be at the site that day: York on "
        "Monday 4 January 2027.",
        "closures: Leeds has no desk from 4 to 6 January 2027: "
        f"4 officers {NO_OFFICE} are {NOTHING}.",
    ]


def test_a_closure_for_ever_is_looked_at_for_a_year() -> None:
    unit = problem(CHART, closures=[Closure("Leeds", MON, date(2150, 1, 1), 0)])
    (remark,) = find_remarks_on_rows(
        "closures", unit.unit.closures, unit=unit.unit, policy=unit.policy, today=MON
    )
    assert "Leeds has no desk from 4 January 2027 to 14 January 2028: 4 officers" in str(remark)


@settings(max_examples=times(20, soak=1200), deadline=None)
@given(problem=problems())
def test_somebody_is_told_of_where_a_rule_asks_less_of_them(problem: Problem) -> None:
    """Less than it would if every closure left a desk and every site had one."""
    policy = problem.policy
    sites = tuple(replace(site, desks=None) for site in problem.unit.sites)
    opened = replace(problem, unit=replace(problem.unit, sites=sites, closures=()))
    rules = [rule for rule in (OFFICE_MINIMUM, HOME_MAXIMUM) if rule.weight_under(policy)]
    for rule in rules:
        asked, usual = (_sum_up(rule, each) for each in (problem, opened))
        if asked != usual:
            assert [*find_closed_site_remarks(problem)] != []


def _sum_up(rule: Rule, problem: Problem) -> list[tuple[object, ...]]:
    """What the rule asks: of whom and when, how many days, and of how many seats."""
    limits = rule.asks(problem)
    return [
        (limit.about, limit.when, read_bounds(limit), find_named_seats(limit)) for limit in limits
    ]
