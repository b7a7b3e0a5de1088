"""Every rule is shown by examples, and every example is what it says it is."""

from dataclasses import replace

import pytest

from rota.checker import judge
from rota.rules import RULES, Rule
from tests.rota.rules import (
    test_cover,
    test_desks,
    test_half_days,
    test_managers,
    test_new_starters,
    test_office,
    test_published,
    test_requests,
    test_safe_sites,
    test_together,
)
from tests.rota.rules.example import BROKEN, JUST_KEPT, LABELS, Example, judged

EXAMPLES = (
    *test_desks.EXAMPLES,
    *test_cover.EXAMPLES,
    *test_published.EXAMPLES,
    *test_office.EXAMPLES,
    *test_new_starters.EXAMPLES,
    *test_managers.EXAMPLES,
    *test_together.EXAMPLES,
    *test_safe_sites.EXAMPLES,
    *test_requests.EXAMPLES,
    *test_half_days.EXAMPLES,
)

# The table of the design, in its order.
LEVELS_AND_WEIGHTS = [
    ("desks", "limit", 1),
    ("cover", "cover", 1),
    ("appointments", "cover", 1),
    ("presence", "cover", 1),
    ("keep-notice", "notice", 1),
    ("office-minimum", "policy", 3),
    ("home-maximum", "policy", 2),
    ("supervision", "policy", 4),
    ("nobody-alone", "policy", 4),
    ("mentor-days", "policy", 2),
    ("managers-in", "policy", 3),
    ("keep-published", "stability", 1),
    ("team-day", "people", 2),
    ("requests", "people", 1),
    ("home-edges", "people", 1),
    ("links", "people", 2),
]

WEIGHTS = {rule.key: rule.weight for rule in RULES}


def test_the_rules_have_the_levels_and_weights_of_the_design() -> None:
    assert [(rule.key, rule.level, rule.weight) for rule in RULES] == LEVELS_AND_WEIGHTS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_every_rule_is_shown_kept_just_kept_and_broken(rule: Rule) -> None:
    labels = {shown.label for shown in EXAMPLES if shown.rule == rule.key and shown.found}
    assert labels == set(LABELS)


def test_every_example_is_of_a_rule_and_stands_once() -> None:
    assert {shown.rule for shown in EXAMPLES} == set(WEIGHTS)
    assert len({str(shown) for shown in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize("shown", EXAMPLES, ids=str)
def test_an_example_is_a_whole_rota_and_deserves_its_label(shown: Example) -> None:
    assert judge(shown.problem, shown.rota).misfits == ()
    assert (shown.label == BROKEN) == any(found.gap for found in shown.found)
    if shown.label == JUST_KEPT:
        assert any(found.count in (found.least, found.most) for found in shown.found)


@pytest.mark.parametrize("shown", EXAMPLES, ids=str)
def test_a_weight_of_0_switches_the_rule_off(shown: Example) -> None:
    assert judged(_weighted(shown, 0)) == ()


@pytest.mark.parametrize("shown", EXAMPLES, ids=str)
def test_the_weight_is_the_policys_where_it_gives_one(shown: Example) -> None:
    dearer = tuple(
        found._replace(cost=10 * found.cost // WEIGHTS[shown.rule]) for found in shown.found
    )
    assert judged(_weighted(shown, 10)) == dearer


def _weighted(shown: Example, weight: int) -> Example:
    policy = replace(shown.problem.policy, weights={shown.rule: weight})
    return replace(shown, problem=replace(shown.problem, policy=policy))
