"""Days off of a unit on which nobody works anyway."""

from __future__ import annotations

from collections.abc import Iterator

from rota.domain import Policy
from rota.reading import POLICY_SHEET
from rota.remarks.causes import Cause
from rota.remarks.remark import Remark
from rota.remarks.workdays import Workdays, say_date


def find_day_off_remarks(policy: Policy, days: Workdays) -> Iterator[Remark]:
    """A remark for each of the period's days off that changes nothing."""
    for day in policy.days_off:
        cause = days.find_cause_for_nobody(day)
        if cause is not None and day in policy.period:
            sentence = f"the day off on {say_date(day)} changes nothing, because {cause.says}"
            yield Remark(POLICY_SHEET.name, Cause(sentence), verdict=None)
