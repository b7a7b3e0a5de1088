"""Periods, levels and costs are told in plain words."""

from __future__ import annotations

from datetime import date

from rota.domain import Period
from rota.rules import LEVELS, RULES
from web.page_parts.words import LEVEL_NAMES, costs_in_words, period, rule_name


def test_a_period_tells_its_year_once_where_it_can() -> None:
    assert period(Period(date(2027, 1, 4), 4)) == "4 January to 31 January 2027"
    assert period(Period(date(2026, 12, 28), 1)) == "28 December 2026 to 3 January 2027"


def test_every_level_has_a_name_in_its_order() -> None:
    assert tuple(LEVEL_NAMES) == LEVELS


def test_costs_are_told_of_the_levels_that_have_some() -> None:
    costs = dict.fromkeys(LEVELS, 0) | {"cover": 1, "people": 1200}
    assert costs_in_words(costs) == "courts and partners 1, people and teams 1,200"
    assert costs_in_words(dict.fromkeys(LEVELS, 0)) == "nothing broken"


def test_a_rule_is_named_by_its_key() -> None:
    assert rule_name(RULES[0].key) == "Desks"
    assert rule_name("office-minimum") == "Office minimum"
