import re
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rota.checker import judge
from rota.domain import AWAY_KINDS, Problem, PublishedSeat, Rota, Seat, list_halves
from rota.explaining import Change, Reason, explain, find_changes_between
from tests.conftest import times
from tests.random_problems import problems, rotas


@st.composite
def explained(draw: st.DrawFn) -> tuple[Problem, Rota, tuple[Reason, ...]]:
    """A problem of which most days are published, a rota, and the reasons of all its changes."""
    problem = draw(problems(max_officers=3, max_weeks=1))
    published = list(problem.unit.published)
    known = {seat.officer_day for seat in published}
    for seat_ in draw(rotas(replace(problem, unit=replace(problem.unit, away=())))):
        if seat_.officer_day not in known:
            published.append(PublishedSeat(*seat_[:3], part=seat_.part))
    spells = tuple(
        replace(spell, kind=draw(st.sampled_from(AWAY_KINDS))) for spell in problem.unit.away
    )
    unit = replace(problem.unit, published=tuple(published), away=spells)
    problem = replace(problem, unit=unit)
    rota = draw(rotas(problem))
    return problem, rota, explain(problem, rota, find_changes_between(unit.published, rota))


@given(explained())
@settings(max_examples=times(33, soak=2000), deadline=None)
def test_staff_are_never_told_why_somebody_is_away(
    given: tuple[Problem, Rota, tuple[Reason, ...]],
) -> None:
    problem, rota, found = given
    told = " ".join(reason.says for reason in found)
    assert set(re.findall(r"\w+", told)) & set(AWAY_KINDS) == set()
    unknown = tuple(replace(spell, kind="unknown") for spell in problem.unit.away)
    elsewhere = replace(problem, unit=replace(problem.unit, away=unknown))
    changes = [reason.change for reason in found]
    assert [r.says for r in explain(elsewhere, rota, changes)] == [r.says for r in found]


@given(explained())
@settings(max_examples=times(33, soak=2000), deadline=None)
def test_staff_are_never_told_what_concerns_one_or_two_people(
    given: tuple[Problem, Rota, tuple[Reason, ...]],
) -> None:
    _, _, found = given
    for reason in found:
        assert not any(
            words in reason.says
            for words in ("request of", "appointment of", "office day", "at home", "share ")
        )


def disjoint(part: str, other: str) -> bool:
    return set(list_halves(part)).isdisjoint(list_halves(other))


def by_half(seats: Iterable[Seat | PublishedSeat]) -> dict[str, str]:
    return {half: seat.site for seat in seats for half in list_halves(seat.part)}


def put_back(problem: Problem, rota: Rota, change: Change) -> Rota:
    """The rota with the half put back, or the whole day if there is no such way to spend it."""
    day = change.officer_day
    now = by_half(seat for seat in rota if seat.officer_day == day)
    published = by_half(seat for seat in problem.unit.published if seat.officer_day == day)
    worked = set(list_halves(problem.parts_planned[day]))
    half_back = {**now, **dict.fromkeys(list_halves(change.part), change.before)}
    for sites in (half_back, published):
        wanted = {half: site for half, site in sites.items() if half in worked and site}
        for option in problem.day_options[day]:
            if by_half(option.seats) == wanted:
                others = (seat for seat in rota if seat.officer_day != day)
                return Rota.of((*others, *option.seats))
    return rota


@given(explained())
@settings(max_examples=times(33, soak=2000), deadline=None)
def test_what_would_be_worse_is_what_the_checker_finds(
    given: tuple[Problem, Rota, tuple[Reason, ...]],
) -> None:
    problem, rota, found = given
    now = judge(problem, rota).findings
    for reason in found:
        change = reason.change
        may_be_nowhere = problem.may_be_nowhere(change.officer_day)
        if not (change.before is None and may_be_nowhere) and not any(
            seat.site == change.before and not disjoint(seat.part, change.part)
            for seat in problem.seats_of.get(change.officer_day, ())
        ):
            assert not reason.says_to_managers.startswith("If")
            continue
        back = put_back(problem, rota, change)
        worse = [
            would_be.says
            for was, would_be in zip(now, judge(problem, back).findings, strict=True)
            if would_be.gap > was.gap
        ]
        told = reason.says_to_managers.removeprefix("If this stayed as published: ")
        assert any(told.startswith(says) for says in worse) == (told != reason.says_to_managers)
        assert bool(worse) == (told != reason.says_to_managers)


@given(explained())
@settings(max_examples=times(33, soak=2000), deadline=None)
def test_every_change_has_its_reason_and_the_ends_of_chains_have_theirs(
    given: tuple[Problem, Rota, tuple[Reason, ...]],
) -> None:
    problem, rota, found = given
    changes = find_changes_between(problem.unit.published, rota)
    assert tuple(reason.change for reason in found) == changes
    by_change = {reason.change: reason for reason in found}
    for reason in found:
        assert reason.change not in reason.chain
        explained = [end for end in reason.chain if not by_change[end].chain]
        assert explained in ([], list(reason.chain))
