"""The rules of a rota: told once, read by the solver, the checker, the pages and the documents."""

from collections.abc import Iterable, Iterator

from rota.domain import Problem
from rota.rules.cover import APPOINTMENTS, COVER
from rota.rules.desks import DESKS
from rota.rules.finding_sentences import read_bounds, say_finding
from rota.rules.managers import MANAGERS_IN
from rota.rules.new_starters import MENTOR_DAYS, SUPERVISION
from rota.rules.office import HOME_EDGES, HOME_MAXIMUM, OFFICE_MINIMUM
from rota.rules.published import KEEP_NOTICE, KEEP_PUBLISHED
from rota.rules.requests import REQUESTS
from rota.rules.requirement import (
    Attendances,
    Gathering,
    Limit,
    Requirement,
    Safeguard,
    Term,
    find_named_seats,
    find_officers_named,
)
from rota.rules.rule import LEVELS, STRICT_LEVELS, Audience, Knows, Rule
from rota.rules.safe_sites import NOBODY_ALONE, PRESENCE
from rota.rules.together import LINKS, TEAM_DAY

RULES = (
    DESKS,
    COVER,
    APPOINTMENTS,
    PRESENCE,
    KEEP_NOTICE,
    OFFICE_MINIMUM,
    HOME_MAXIMUM,
    SUPERVISION,
    NOBODY_ALONE,
    MENTOR_DAYS,
    MANAGERS_IN,
    KEEP_PUBLISHED,
    TEAM_DAY,
    REQUESTS,
    HOME_EDGES,
    LINKS,
)


def find_rules_in_force(problem: Problem, rules: Iterable[Rule] = RULES) -> Iterator[Rule]:
    """Those of the rules that are not switched off in every week of the period."""
    for rule in rules:
        if any(rule.weight_under(policy) for policy in problem.policies):
            yield rule


def find_requirements(
    problem: Problem, rules: Iterable[Rule] = RULES
) -> Iterator[tuple[Rule, int, Requirement]]:
    """Every limit, gathering and safeguard of each of the rules, with the weight of one gap.

    What a policy switches off is left out. Each week is judged by the policy that holds in it.
    """
    for rule in find_rules_in_force(problem, rules):
        for requirement in rule.asks(problem):
            weight = rule.weight_under(problem.policy_of(requirement.when))
            if weight:
                yield rule, weight * requirement.strength, requirement


__all__ = [
    "LEVELS",
    "RULES",
    "STRICT_LEVELS",
    "Attendances",
    "Audience",
    "Gathering",
    "Knows",
    "Limit",
    "Requirement",
    "Rule",
    "Safeguard",
    "Term",
    "find_named_seats",
    "find_officers_named",
    "find_requirements",
    "find_rules_in_force",
    "read_bounds",
    "say_finding",
]
