from dataclasses import fields
from datetime import date, time

import pytest

from rota.domain import Period, Policy, Readers, list_settings

MONDAY = date(2027, 1, 4)


def test_the_policy_that_gives_nothing_but_its_start_is_the_design() -> None:
    policy = Policy(start=MONDAY)
    assert {setting: getattr(policy, setting) for setting in list_settings()} == {
        "start": MONDAY,
        "weeks": 4,
        "office_percent": 60,
        "over": "period",
        "counts": ("office",),
        "home_days_per_week": 2,
        "new_starter_months": 15,
        "experienced_months": 24,
        "new_starters_per_experienced": 2,
        "mentor_days_per_week": 2,
        "managers_in": 0,
        "notice_days": 2,
        "home_edge_percent": 50,
        "days_off": (),
        "nightly_publishes": "outside-notice",
        "plan_ahead_weeks": 3,
        "day_start": time(9),
        "noon": time(13),
        "day_end": time(17),
        "weights": {},
    }


def test_the_period_is_the_weeks_from_the_start() -> None:
    assert Policy(start=MONDAY, weeks=3).period == Period(MONDAY, 3)


def test_every_setting_is_explained() -> None:
    assert [name for name, setting in list_settings().items() if not setting.metadata["help"]] == []
    assert list(list_settings()) == [setting.name for setting in fields(Policy)]


@pytest.mark.parametrize("name", list_settings())
def test_every_default_is_one_of_the_values_allowed(name: str) -> None:
    allowed = list_settings()[name].metadata
    values = allowed.get("range") or allowed.get("choices")
    assert values is None or list_settings()[name].default in values


def test_every_setting_says_who_reads_it() -> None:
    readers = [setting.metadata.get("readers") for setting in list_settings().values()]
    assert [its for its in readers if not isinstance(its, Readers)] == []
