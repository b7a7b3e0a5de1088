"""The policy of a unit: what is asked of its rotas, each setting told once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date, time
from typing import Any

from rota.domain.calendar import Period
from rota.domain.parts import AM, PM
from rota.domain.sites import OFFICE
from rota.domain.visibility import Readers

OVER_PERIOD, OVER_WEEK = "period", "week"
ALL, OUTSIDE_NOTICE, NEVER = "all", "outside-notice", "never"

_OVERSEERS = Readers.OVERSEERS


def _build_number_field(default: int, least: int, most: int, help: str, readers: Readers) -> Any:
    about = {"range": range(least, most + 1), "help": help, "readers": readers}
    return field(default=default, metadata=about)


TIMES_OF_DAY = ("day_start", "noon", "day_end")
"""The settings that divide a day, in their order."""

PLANNING_SETTINGS = (
    "start",
    "weeks",
    "notice_days",
    "nightly_publishes",
    "plan_ahead_weeks",
    *TIMES_OF_DAY,
)
"""Settings that tell how to plan, publish and show; by the others weeks are judged."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Settings of `policy.toml`; percentages are of working days."""

    start: date = field(
        metadata={"help": "first day of the period, a Monday", "readers": _OVERSEERS}
    )
    weeks: int = _build_number_field(4, 1, 53, "weeks in the period", _OVERSEERS)
    office_percent: int = _build_number_field(
        60, 0, 100, "working days to be spent at the office, in percent", _OVERSEERS
    )
    over: str = field(
        default=OVER_PERIOD,
        metadata={
            "choices": (OVER_PERIOD, OVER_WEEK),
            "help": "whether the office percentage holds over the period or in each week",
            "readers": _OVERSEERS,
        },
    )
    counts: tuple[str, ...] = field(
        default=(OFFICE,),
        metadata={
            "help": "kinds of site that count towards the office percentage",
            "readers": _OVERSEERS,
        },
    )
    home_days_per_week: int = _build_number_field(
        2, 0, 5, "days at home allowed in a week", _OVERSEERS
    )
    new_starter_months: int = _build_number_field(
        15, 0, 600, "whole months during which one is a new starter", _OVERSEERS
    )
    experienced_months: int = _build_number_field(
        24, 0, 600, "whole months from which one is experienced", _OVERSEERS
    )
    new_starters_per_experienced: int = _build_number_field(
        2,
        0,
        100,
        "new starters that one experienced officer of their team can supervise",
        _OVERSEERS,
    )
    mentor_days_per_week: int = _build_number_field(
        2, 0, 5, "days a week a new starter and mentor share", _OVERSEERS
    )
    managers_in: int = _build_number_field(
        0, 0, 100, "managers wanted in each office on each day", _OVERSEERS
    )
    notice_days: int = _build_number_field(
        2, 0, 60, "planning days after today on which changes are resisted", _OVERSEERS
    )
    home_edge_percent: int = _build_number_field(
        50, 0, 100, "Mondays and Fridays that may be spent at home, in percent", _OVERSEERS
    )
    days_off: tuple[date, ...] = field(
        default=(),
        metadata={
            "help": "dates on which nobody of the unit works, as on a bank holiday",
            "readers": _OVERSEERS,
        },
    )
    nightly_publishes: str = field(
        default=OUTSIDE_NOTICE,
        metadata={
            "choices": (ALL, OUTSIDE_NOTICE, NEVER),
            "help": "which changes of the night are published without asking a manager",
            "readers": _OVERSEERS,
        },
    )
    plan_ahead_weeks: int = _build_number_field(
        3, 0, 53, "weeks before its start from which the night drafts the next period", _OVERSEERS
    )
    day_start: time = field(
        default=time(9),
        metadata={"help": "when the morning begins, for calendars", "readers": _OVERSEERS},
    )
    noon: time = field(
        default=time(13),
        metadata={"help": "when the afternoon begins, for calendars", "readers": _OVERSEERS},
    )
    day_end: time = field(
        default=time(17),
        metadata={"help": "when the day ends, for calendars", "readers": _OVERSEERS},
    )
    weights: Mapping[str, int] = field(
        default_factory=dict,
        metadata={
            "help": "weights of rules by their key; 0 switches a rule off",
            "readers": _OVERSEERS,
        },
    )

    def find_times(self, part: str) -> tuple[time, time]:
        """When the part of a day begins and ends."""
        times = (self.day_start, self.noon, self.day_end)
        return {AM: times[:2], PM: times[1:]}.get(part, times[::2])

    @property
    def period(self) -> Period:
        return Period(self.start, self.weeks)


def is_list(setting: Field[Any]) -> bool:
    """Whether the setting has any number of values."""
    return isinstance(setting.default, tuple)


def list_settings() -> Mapping[str, Field[Any]]:
    """The settings by name, in the order in which they are explained."""
    return {setting.name: setting for setting in fields(Policy)}
