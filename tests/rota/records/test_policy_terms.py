"""How a policy changes from a Monday on."""

from dataclasses import replace
from datetime import date

from rota.domain import EarlierPolicy, Policy
from rota.records.policy_terms import hold_policy_from

FIRST, SECOND = date(2027, 1, 11), date(2027, 1, 18)
POLICY = Policy(start=date(2027, 1, 4))
HALF = replace(POLICY, office_percent=50)


def test_weeks_before_the_monday_are_judged_as_they_were() -> None:
    assert hold_policy_from((), POLICY, HALF, FIRST) == (EarlierPolicy(POLICY, FIRST),)


def test_what_tells_how_to_plan_has_no_past() -> None:
    after = replace(POLICY, weeks=6, notice_days=5, start=SECOND, plan_ahead_weeks=1)
    assert hold_policy_from((), POLICY, after, FIRST) == ()


def test_a_change_taken_back_from_the_same_monday_leaves_no_trace() -> None:
    earlier = hold_policy_from((), POLICY, HALF, FIRST)
    assert hold_policy_from(earlier, HALF, POLICY, FIRST) == ()


def test_an_earlier_change_of_another_setting_goes_on_in_later_weeks() -> None:
    earlier = hold_policy_from((), POLICY, HALF, SECOND)
    after = replace(HALF, managers_in=1)
    assert hold_policy_from(earlier, HALF, after, FIRST) == (
        EarlierPolicy(POLICY, FIRST),
        EarlierPolicy(replace(POLICY, managers_in=1), SECOND),
    )


def test_several_changes_stand_in_turn() -> None:
    earlier = hold_policy_from((), POLICY, HALF, FIRST)
    assert hold_policy_from(earlier, HALF, replace(HALF, over="week"), SECOND) == (
        EarlierPolicy(POLICY, FIRST),
        EarlierPolicy(HALF, SECOND),
    )
