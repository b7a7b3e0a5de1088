"""Whom in a unit the findings of rules are for."""

from rota.domain import Request
from rota.rules import RULES, Audience, officers_of
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
        "office-minimum",
        "home-maximum",
        "mentor-days",
        "requests",
        "home-edges",
        "links",
    ]
    assert [rule.key for rule in RULES if rule.audience is Audience.NOBODY] == [
        "keep-notice",
        "keep-published",
    ]


def test_what_is_about_people_is_read_by_whoever_may_know_of_one_of_them() -> None:
    everybodys, anns, nobodys = (lambda _: True), (lambda who: who == "ann"), (lambda _: False)
    for rule in RULES:
        is_for_all = rule.audience is Audience.EVERYBODY
        assert rule.is_readable_by(["ann", "bob"], everybodys)
        assert rule.is_readable_by(["ann", "bob"], anns)
        assert rule.is_readable_by(["bob"], anns) == is_for_all
        assert rule.is_readable_by(["ann", "bob"], nobodys) == is_for_all


def test_a_request_that_no_seat_can_meet_is_still_about_the_officer() -> None:
    (asked,) = requests(problem(CHART, requests=[Request("ann", MON, "prison", 1)]))
    assert asked.terms == ()
    assert officers_of(asked) == {"ann"}
