"""Whom a breach concerns, and at which of their days it shows."""

from __future__ import annotations

from rota.checker import judge
from rota.domain import Duty, Link, Presence, Problem, Request
from rota.rules import RULES
from rota.writing.concerns import Concern, find_concerns
from tests.rota_text import MON, TUE, WED, problem, rota

CHART = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   O   H
Bob     O   H   H
Cat     H   H   O
"""

AWAY_ON_MONDAY = {"Cat": {"base": "York"}}
FIRST_AIDER = {"Cat": {"skills": frozenset({"first aid"})}}


def only(rule: str, **details: object) -> Problem:
    """The unit of the chart under this rule alone."""
    weights = {its.key: 0 for its in RULES if its.key != rule}
    return problem(CHART, weights=weights, **details)


def concern(rule: str, **details: object) -> Concern:
    """The only breach of the chart under this rule."""
    its, chart = only(rule, **details), rota(CHART)
    (one,) = find_concerns(judge(its, chart), chart.seats)
    return one


def test_too_many_at_a_place_concern_those_who_are_there() -> None:
    its = concern("desks", desks={"O": 1})
    assert its.officer_days == (("ann", MON), ("bob", MON))
    assert its.officers == ("ann", "bob")
    assert its.is_strict


def test_too_many_home_days_show_at_each_of_them() -> None:
    chart = rota(CHART)
    found = find_concerns(judge(only("home-maximum", home_days_per_week=1), chart), chart.seats)
    assert [its.officer_days for its in found] == [
        (("bob", TUE), ("bob", WED)),
        (("cat", MON), ("cat", TUE)),
    ]


def test_new_starters_without_anybody_experienced_are_concerned_alone() -> None:
    # Bob is new; Ann, who is with him on Monday, is neither new nor experienced.
    officers = {
        "Ann": {"start_date": MON.replace(year=2025, month=3)},
        "Bob": {"start_date": MON.replace(year=2026)},
    }
    its = concern("supervision", officers=officers)
    assert its.officer_days == (("bob", MON),)


def test_a_duty_that_lacks_somebody_concerns_nobody() -> None:
    its = concern("cover", duties=[Duty(TUE, "Crown Court", 1)])
    assert (its.officer_days, its.officers) == ((), ())


def test_a_request_that_is_missed_shows_at_its_day() -> None:
    its = concern("requests", requests=[Request("bob", WED, "office", 2)])
    assert its.officer_days == (("bob", WED),)
    assert not its.is_strict


def test_a_missing_office_day_is_about_the_officer_and_shows_at_no_day() -> None:
    # Sixty per cent of three days are two; Ann has two, Bob and Cat one each.
    chart = rota(CHART)
    found = find_concerns(judge(only("office-minimum"), chart), chart.seats)
    assert [(its.officer_days, its.officers) for its in found] == [((), ("bob",)), ((), ("cat",))]


def test_a_gathering_that_is_missed_is_about_all_of_it() -> None:
    its = concern("links", links=[Link("ann", "cat")])
    assert (its.officer_days, its.officers) == ((), ("ann", "cat"))


def test_what_is_known_of_the_same_findings_is_taken_over() -> None:
    its, chart = only("requests", requests=[Request("bob", WED, "office")]), rota(CHART)
    judgement = judge(its, chart)
    first = find_concerns(judgement, chart.seats)
    again = find_concerns(judgement, chart.seats, before=first)
    assert again == first
    assert again[0] is first[0]


def test_who_is_alone_is_concerned() -> None:
    its = concern("nobody-alone", sites={"O": {"may_be_alone": False}}, officers=AWAY_ON_MONDAY)
    assert its.officer_days == (("ann", TUE),)
    assert not its.is_strict


def test_a_skill_that_is_missing_concerns_nobody_but_who_is_there_alone() -> None:
    chart = rota(CHART)
    its = only("presence", presence=[Presence("Leeds", "first aid")], officers=FIRST_AIDER)
    found = find_concerns(judge(its, chart), chart.seats)
    assert [(one.breach.when, one.officers) for one in found] == [(MON, ()), (TUE, ("ann",))]
    assert all(one.is_strict for one in found)
