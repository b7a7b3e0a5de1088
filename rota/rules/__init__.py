"""The rules of a rota: told once, read by the solver, the checker, the pages and the documents."""

from collections.abc import Iterator

from rota.domain import Problem
from rota.rules.cover import APPOINTMENTS, COVER
from rota.rules.desks import DESKS
from rota.rules.finding_sentences import read_bounds, say_finding
from rota.rules.managers import MANAGERS_IN
from rota.rules.new_starters import MENTOR_DAYS, SUPERVISION
from rota.rules.office import HOME_EDGES, HOME_MAXIMUM, OFFICE_MINIMUM
from rota.rules.published import KEEP_NOTICE, KEEP_PUBLISHED
from rota.rules.requests import REQUESTS
from rota.rules.rule import (
    LEVELS,
    STRICT_LEVELS,
    Audience,
    Gathering,
    Knows,
    Limit,
    Presences,
    Requirement,
    Rule,
    Term,
    find_named_seats,
    find_officers_named,
)
from rota.rules.together import LINKS, TEAM_DAY

RULES = (
    DESKS,
    COVER,
    APPOINTMENTS,
    KEEP_NOTICE,
    OFFICE_MINIMUM,
    HOME_MAXIMUM,
    SUPERVISION,
    MENTOR_DAYS,
    MANAGERS_IN,
    KEEP_PUBLISHED,
    TEAM_DAY,
    REQUESTS,
    HOME_EDGES,
    LINKS,
)


def find_rules_under(problem: Problem) -> Iterator[tuple[Rule, int]]:
    """The rules that the problem's policy does not switch off, with their weights."""
    for rule in RULES:
        weight = rule.weight_under(problem.policy)
        if weight:
            yield rule, weight


__all__ = [
    "LEVELS",
    "RULES",
    "STRICT_LEVELS",
    "Audience",
    "Gathering",
    "Knows",
    "Limit",
    "Presences",
    "Requirement",
    "Rule",
    "Term",
    "find_named_seats",
    "find_officers_named",
    "find_rules_under",
    "read_bounds",
    "say_finding",
]
