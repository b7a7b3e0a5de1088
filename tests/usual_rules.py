"""The rules by which tests judge that are not about rules, so that a new rule leaves them alone.

A new rule is switched off in their units until its key stands here, or they ask for it.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from rota.domain import Problem
from rota.rules import RULES

USUAL = (
    "desks",
    "cover",
    "appointments",
    "presence",
    "keep-notice",
    "office-minimum",
    "home-maximum",
    "supervision",
    "nobody-alone",
    "mentor-days",
    "managers-in",
    "keep-published",
    "team-day",
    "requests",
    "home-edges",
    "links",
)


def all_off_but(rules: Collection[str] = USUAL) -> dict[str, int]:
    """The weights of a policy under which these rules alone hold."""
    return {rule.key: 0 for rule in RULES if rule.key not in rules}


def under_usual_rules(problem: Problem) -> Problem:
    """The problem, judged by the usual rules alone."""
    weights = {**problem.policy.weights, **all_off_but()}
    return replace(problem, policy=replace(problem.policy, weights=weights))


def usual_policy(text: str) -> str:
    """The policy of an input folder with the usual rules alone; it has no table of weights."""
    weights = "".join(f"{key} = {weight}\n" for key, weight in all_off_but().items())
    return f"{text}\n[weights]\n{weights}" if weights else text


def _usual_fixtures() -> Path:
    """The folder of the example units; of copies under the usual rules if there are others."""
    fixtures = Path(__file__).parents[1] / "fixtures"
    if not all_off_but():
        return fixtures
    copies = Path(tempfile.mkdtemp(prefix="rota-fixtures-"))
    atexit.register(shutil.rmtree, copies)
    shutil.copytree(fixtures, copies, dirs_exist_ok=True)
    for policy in copies.glob("*/policy.toml"):
        policy.write_text(usual_policy(policy.read_text("utf-8")), "utf-8")
    return copies


FIXTURES = _usual_fixtures()
"""The example units under the usual rules."""
