"""What an engine's answers to a job prove of the stage, and whether they are worth waiting for."""

import pytest

from solver.jobs import Proving
from solver.model_builder import build_model
from solver.stage import Stage
from tests.solver.test_against_every_rota import one_desk_for_two


def proving(target: int | None, *, effort: int | None = None, floor: int = 0) -> Proving:
    stage = Stage.of(build_model(one_desk_for_two()), "limit", {}, seed=0)
    stage.raise_floor(floor)
    return Proving(stage, target, effort)


@pytest.mark.parametrize(
    ("target", "floor", "holds"),
    [(None, 7, 7), (3, 2, 2), (3, 4, 4), (3, 5, 4), (3, 7, 4), (0, 7, 1)],
)
def test_a_floor_of_solutions_up_to_a_target_holds_no_higher_than_just_above_it(
    target, floor, holds
):
    assert proving(target).compute_stage_floor(floor) == holds


def test_a_job_below_the_floor_or_a_stale_one_is_of_no_use():
    assert proving(3, floor=3).is_useful
    assert proving(None, floor=3).is_useful
    assert not proving(2, floor=3).is_useful
    stale = proving(3, floor=3)
    stale.is_stale = True
    assert not stale.is_useful


def test_only_what_was_tried_without_a_limit_of_effort_was_in_vain():
    assert proving(3).was_in_vain(3)
    assert not proving(3).was_in_vain(2)
    assert not proving(3, effort=10).was_in_vain(3)


@pytest.mark.parametrize(("best", "is_stale"), [(20, False), (19, True)])
def test_a_proof_is_stale_when_most_of_the_gap_was_closed_elsewhere(best, is_stale):
    """It looks for 30 at most, above a floor of 10; half of that is 20."""

    class Elsewhere:
        def compute_cost_on(self, _):
            return best

    job = proving(30, floor=10)
    job.note_better(Elsewhere())
    assert job.is_stale is is_stale
