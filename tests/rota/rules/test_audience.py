"""Whom in a unit the findings of rules are for, and which of them somebody's leave may break."""

from dataclasses import MISSING, fields

from rota.domain import Request
from rota.rules import RULES, Audience, Rule, find_officers_named
from rota.rules.requests import requests
from tests.rota_text import MON, problem

CHART = """
        4 Jan 2027
        Mon
Ann     O
"""


def test_what_is_found_of_one_or_two_people_is_for_them_alone() -> None:
    assert [rule.key for rule in RULES if rule.audience is Audience.CONCERNED] == [
        "appointments",
        "keep-notice",
        "office-minimum",
        "home-maximum",
        "mentor-days",
        "keep-published",
        "requests",
        "home-edges",
        "links",
    ]


def test_leave_breaks_what_is_asked_of_sites_duties_and_teams_whoever_is_away() -> None:
    assert [rule.key for rule in RULES if rule.is_broken_by_leave] == [
        "cover",
        "appointments",
        "presence",
        "supervision",
        "nobody-alone",
        "managers-in",
    ]


def test_a_new_rule_has_to_say_all_of_this_itself() -> None:
    assert [its.name for its in fields(Rule) if its.default is not MISSING] == []
    assert [its.name for its in fields(Rule) if its.default_factory is not MISSING] == []


def test_a_request_that_no_seat_can_meet_is_still_about_the_officer() -> None:
    (asked,) = requests(problem(CHART, requests=[Request("ann", MON, "prison", 1)]))
    assert asked.terms == ()
    assert find_officers_named(asked) == {"ann"}
