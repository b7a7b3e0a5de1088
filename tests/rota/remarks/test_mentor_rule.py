"""Remarks on mentors are of the weeks in which the rule of mentor days asks for nothing."""

from hypothesis import given, settings

from rota.domain import Problem
from rota.remarks.mentor_remarks import find_mentor_remarks
from rota.remarks.workdays import Workdays
from rota.rules.new_starters import MENTOR_DAYS, mentor_days
from tests.conftest import times
from tests.random_problems import problems


@settings(max_examples=times(20, soak=1200), deadline=None)
@given(problem=problems(has_terms=False))
def test_new_starters_without_a_gathering_are_remarked_on(problem: Problem) -> None:
    found = {
        name
        for remark in find_mentor_remarks(problem, Workdays(problem.unit))
        for name in remark.examples
    }
    is_off = not MENTOR_DAYS.weight_under(problem.policy)
    if is_off or not problem.policy.mentor_days_per_week:
        assert found == set()
        return
    asked = {(gathering.about, gathering.when) for gathering in mentor_days(problem)}
    assert found == {
        f"{officer}"
        for officer in problem.unit.officers
        if officer.mentor and officer.staff_no in problem.new_starters
        for week in problem.working_weeks[officer.staff_no]
        if (f"{officer} and mentor {problem.officers[officer.mentor]}", week) not in asked
    }
