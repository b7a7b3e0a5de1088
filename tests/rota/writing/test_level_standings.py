"""How good a rota is, in a few words, and which breaches come first."""

import pytest

from rota.rules import LEVELS
from rota.writing.level_standings import (
    LevelStanding,
    group_breaches_by_rule,
    list_level_standings,
    sort_breaches,
)


@pytest.mark.parametrize(
    ("cost", "bound", "says", "proven"),
    [
        (0, None, "nothing broken", True),
        (0, 0, "nothing broken", True),
        (5, 5, "proven best", True),
        (5, 4, "not proven; at least 4", False),
        (5, 0, "not proven", False),
        (5, None, "not proven", False),
    ],
)
def test_a_cost_is_proven_when_the_bound_reaches_it(cost, bound, says, proven):
    standing = LevelStanding("policy", 1, cost, bound)
    assert (standing.says, standing.is_proven) == (says, proven)


def test_every_level_has_its_breaches_cost_and_bound(judgement):
    # office-minimum 2 · 3 · 1 and supervision 1 · 4 · 1 make 10 on the level policy.
    assert list_level_standings(judgement, {"limit": 1, "policy": 7}) == (
        LevelStanding("limit", 1, 1, 1),
        LevelStanding("cover", 0, 0, None),
        LevelStanding("notice", 1, 1, None),
        LevelStanding("policy", 3, 10, 7),
        LevelStanding("stability", 1, 1, None),
        LevelStanding("people", 0, 0, None),
    )
    assert [its.level for its in list_level_standings(judgement, {})] == list(LEVELS)


def test_the_costliest_of_a_level_comes_first(judgement):
    assert [(breach.rule.key, breach.cost) for breach in sort_breaches(judgement)] == [
        ("desks", 1),
        ("keep-notice", 1),
        ("supervision", 4),
        ("office-minimum", 3),
        ("office-minimum", 3),
        ("keep-published", 1),
    ]


def test_broken_rules_stand_in_their_own_order(judgement):
    assert [(rule.key, len(breaches)) for rule, breaches in group_breaches_by_rule(judgement)] == [
        ("desks", 1),
        ("keep-notice", 1),
        ("office-minimum", 2),
        ("supervision", 1),
        ("keep-published", 1),
    ]
