from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.checker import judge
from rota.domain import Duty, Problem, Request, Rota, Seat
from rota.effects import Effect, Effects, sum_cost_differences
from rota.reading import read_problem
from rota.rules import LEVELS
from tests.conftest import times
from tests.random_problems import problems, rotas
from tests.rota_text import MON, TUE, problem, rota, seat

FIXTURES = Path(__file__).parents[2] / "fixtures"

CHART = """
        4 Jan 2027
        Mon Tue
Ann     O   C
Bob     H   O
"""


def unit(**rest) -> Problem:
    """One desk at Leeds, one officer owed to the court on Tuesday; Bob would be in on Monday."""
    usual = {
        "desks": {"O": 1},
        "duties": [Duty(TUE, "Crown Court", 1)],
        "requests": [Request("bob", MON, "office", 3)],
        "office_percent": 50,
        "weights": {"team-day": 0, "home-edges": 0},
    }
    return problem(CHART, **{**usual, **rest})


def told(effects: tuple[Effect, ...]) -> list[tuple[str, str, int, int, int]]:
    """The rule, whom or what it is about, the count before and after, and the cost."""
    return [
        (e.before.rule.key, e.before.about, e.before.count, e.after.count, e.cost) for e in effects
    ]


def test_a_move_tells_every_finding_that_changes_the_most_important_level_first() -> None:
    effects = Effects(unit(), rota(CHART))
    moved = effects.find(
        seats_taken=[seat("Bob", MON, "O")], seats_given_up=[seat("Bob", MON, "H")]
    )
    assert told(moved) == [
        ("desks", "Leeds", 1, 2, 1),
        ("office-minimum", "Bob (bob)", 1, 2, 0),
        ("home-maximum", "Bob (bob)", 1, 0, 0),
        ("requests", "Bob (bob) for office", 0, 1, -3),
    ]
    assert [effect.worsens for effect in moved] == [True, False, False, False]


def test_on_one_level_the_greatest_difference_comes_first_and_of_two_alike_the_worse_one() -> None:
    # Ann falls below her minimum of one day in two, at a weight of 3; her home day more is allowed.
    # Her wish for home is met, at 2; that of Bob is not any more, at 2 as well.
    requests = [Request("ann", MON, "home", 2), Request("bob", MON, "home", 2)]
    effects = Effects(unit(requests=requests), rota(CHART))
    swapped = effects.find(
        seats_taken=[seat("Ann", MON, "H"), seat("Bob", MON, "O")],
        seats_given_up=[seat("Ann", MON, "O"), seat("Bob", MON, "H")],
    )
    assert told(swapped) == [
        ("office-minimum", "Ann (ann)", 1, 0, 3),
        ("office-minimum", "Bob (bob)", 1, 2, 0),
        ("home-maximum", "Ann (ann)", 0, 1, 0),
        ("home-maximum", "Bob (bob)", 1, 0, 0),
        ("requests", "Bob (bob) for home", 1, 0, 2),
        ("requests", "Ann (ann) for home", 0, 1, -2),
    ]


def test_a_seat_given_up_for_none() -> None:
    effects = Effects(unit(), rota(CHART))
    assert told(effects.find(seats_given_up=[seat("Ann", TUE, "C")])) == [
        ("cover", "Crown Court", 1, 0, 1),
        ("cover", "Crown Court", 1, 0, 0),
    ]


@pytest.mark.parametrize(
    ("taken", "given_up"),
    [
        ([], []),
        ([seat("Ann", MON, "O")], []),
        ([], [seat("Ann", MON, "H")]),
        ([seat("Ann", MON, "O")], [seat("Ann", MON, "O")]),
        ([seat("Ann", MON, "J")], []),
    ],
    ids=["none", "taken already", "not taken anyway", "taken again", "of no rule"],
)
def test_seats_that_change_nothing(taken: list[Seat], given_up: list[Seat]) -> None:
    effects = Effects(unit(), rota(CHART))
    assert effects.find(seats_taken=iter(taken), seats_given_up=iter(given_up)) == ()


def test_a_rule_switched_off_has_no_effect() -> None:
    effects = Effects(unit(weights={"cover": 0}), rota(CHART))
    assert effects.find(seats_given_up=[seat("Ann", TUE, "C")]) == ()


def test_effects_at_some_places_alone() -> None:
    effects = Effects(unit(), rota(CHART))
    moved = {"seats_taken": [seat("Bob", MON, "O")], "seats_given_up": [seat("Bob", MON, "H")]}
    at_home = effects.list_indexes_naming(seat("Bob", MON, "H"))
    assert told(effects.find_at(at_home, effects.list_seats_after(**moved))) == [
        ("home-maximum", "Bob (bob)", 1, 0, 0)
    ]


def test_the_differences_in_cost_stand_in_the_order_of_levels() -> None:
    effects = Effects(unit(), rota(CHART))
    moved = effects.find(
        seats_taken=[seat("Bob", MON, "O")], seats_given_up=[seat("Bob", MON, "H")]
    )
    differences = sum_cost_differences(reversed(moved))
    assert list(differences.items()) == [
        ("limit", 1),
        ("cover", 0),
        ("notice", 0),
        ("policy", 0),
        ("stability", 0),
        ("people", -3),
    ]


def assert_as_judged(problem: Problem, before: Rota, after: Rota) -> None:
    """The effects of getting from one rota to the other are those the checker finds in both."""
    old, new = judge(problem, before), judge(problem, after)
    effects = Effects(problem, before).find(
        seats_taken=after.seats - before.seats, seats_given_up=before.seats - after.seats
    )
    different = [
        Effect(was, would_be)
        for was, would_be in zip(old.findings, new.findings, strict=True)
        if was != would_be
    ]
    assert sorted(effects, key=repr) == sorted(different, key=repr)
    differences = {level: new.costs[level] - old.costs[level] for level in LEVELS}
    assert sum_cost_differences(effects) == differences
    importance = [(LEVELS.index(e.before.rule.level), -abs(e.cost)) for e in effects]
    assert importance == sorted(importance)


@given(st.data())
@settings(max_examples=times(50, soak=3000), deadline=None)
def test_effects_agree_with_the_checker(data: st.DataObject) -> None:
    problem = data.draw(problems(has_draft=True))
    before, after = data.draw(rotas(problem)), data.draw(rotas(problem))
    assert_as_judged(problem, before, after)


@given(st.data())
@settings(max_examples=times(50, soak=3000), deadline=None)
def test_a_rota_judged_by_its_difference_is_judged_as_afresh(data: st.DataObject) -> None:
    """Whatever is taken and given up, even if it leaves no seat on a day, or two."""
    problem = data.draw(problems(has_draft=True))
    effects = Effects(problem, data.draw(rotas(problem)))
    for _ in range(3):
        seats = sorted({*problem.seats, *effects.rota.seats})
        some = st.lists(st.sampled_from(seats), max_size=3, unique=True) if seats else st.just([])
        taken, given_up = data.draw(some), data.draw(some)
        after = Rota.of({*effects.rota.seats}.difference(given_up).union(taken))
        effects = effects.build_after(seats_taken=taken, seats_given_up=given_up)
        assert effects.rota == after
        assert effects.judgement == judge(problem, after)


@given(st.data())
@settings(max_examples=times(33, soak=2000), deadline=None)
def test_moves_within_the_shape_of_a_rota_are_judged_as_afresh(data: st.DataObject) -> None:
    problem = data.draw(problems(has_draft=True))
    effects = Effects(problem, data.draw(rotas(problem)))
    for _ in range(3):
        after = data.draw(rotas(problem))
        before = effects.rota
        effects = effects.build_after(
            seats_taken=after.seats - before.seats, seats_given_up=before.seats - after.seats
        )
        assert effects.rota == after
        assert effects.judgement == judge(problem, after)


@pytest.mark.parametrize("name", ["millbrook", "every-rule", "overbooked"])
def test_effects_agree_with_the_checker_on_whole_units(name: str) -> None:
    problem = read_problem(FIXTURES / name, today=date(2026, 12, 28)).problem
    choices = [(place, sites) for place, sites in problem.allowed_sites.items() if sites]
    before = Rota.of(Seat(*place, sites[0]) for place, sites in choices)
    after = Rota.of(
        Seat(*place, sites[-1 if number % 7 == 0 else 0])
        for number, (place, sites) in enumerate(choices)
    )
    assert_as_judged(problem, before, after)
