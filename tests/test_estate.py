"""The units of load tests are many, always the same, shaped like real ones, and can be planned."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from rota.domain import WEEKDAYS, Policy, Problem, Unit
from rota.planning import plan
from rota.reading import list_bank_holidays, read_problem
from rota.records import RECORD_TABLES
from tests.estate import SIZES, names, night_of_changes, units
from tests.estate.diary import weekdays_on

TODAY = date(2026, 12, 28)
MONDAY = date(2027, 1, 11)


@pytest.fixture(scope="module")
def estate():
    return [*units()]


@pytest.fixture(scope="module")
def small():
    """The name, unit and policy of a unit of 30 to 60 officers."""
    return next(units(3, officers=130, seed=5))


@pytest.fixture
def invented(monkeypatch, tmp_path):
    """As on a machine without the names of the real estate."""
    monkeypatch.setattr(names, "_ESTATE", tmp_path)


def test_the_same_seed_gives_the_same_units():
    assert [*units(4, officers=200, seed=7)] == [*units(4, officers=200, seed=7)]
    assert next(units(4, officers=200, seed=7)) != next(units(4, officers=200, seed=8))


def test_the_whole_estate_has_as_many_units_and_officers_as_asked_for(estate):
    sizes = [len(unit.officers) for _, unit, _ in estate]
    assert len(sizes) == 120
    assert abs(sum(sizes) - 11_000) <= 60
    assert (min(sizes), max(sizes)) == (SIZES[0], SIZES[-1])


def test_units_at_the_bounds_of_size_leave_more_officers_to_the_others():
    """Of 10 units with 2000 officers some have the most, and the others all that is left."""
    sizes = [len(unit.officers) for _, unit, _ in units(10, officers=2000)]
    assert max(sizes) == SIZES[-1]
    assert abs(sum(sizes) - 2000) <= 5


def test_no_two_units_share_a_name_and_no_two_officers_a_number(estate):
    assert len({name for name, _, _ in estate}) == 120
    staff_nos = [officer.staff_no for _, unit, _ in estate for officer in unit.officers]
    assert len(set(staff_nos)) == len(staff_nos)


def test_names_are_tidy_and_differ_within_a_unit(estate):
    for name, unit, _ in estate:
        sites, teams = [site.name for site in unit.sites], [team.name for team in unit.teams]
        assert (len(set(sites)), len(set(teams))) == (len(sites), len(teams))
        assert [" ".join(each.split()) for each in (name, *sites, *teams)] == [name, *sites, *teams]


def test_units_that_cannot_have_so_many_officers_are_refused():
    with pytest.raises(ValueError, match="2 units of 30 to 250 officers cannot have 501 in all"):
        next(units(2, officers=501))


def test_shares_lie_within_those_of_the_reference_units(estate):
    officers = [officer for _, unit, _ in estate for officer in unit.officers]
    problems = [problem_of(unit, policy) for _, unit, policy in estate]
    grades = Counter(officer.grade for officer in officers)
    shares = {
        **{grade: number / len(officers) for grade, number in grades.items()},
        "new": sum(len(problem.new_starters) for problem in problems) / len(officers),
        "experienced": sum(len(problem.experienced) for problem in problems) / len(officers),
        "part time": sum(len(officer.working_days.weekdays) < 5 for officer in officers)
        / len(officers),
        "at court": sum("court" in officer.skills for officer in officers) / len(officers),
        "away": share_away(problems, "leave", "sick", "training", "other"),
        "leave": share_away(problems, "leave"),
        "appointments": sum(len(unit.appointments) for _, unit, _ in estate) / len(officers),
        "requests": sum(len(unit.requests) for _, unit, _ in estate) / len(officers),
        "links": sum(len(unit.links) for _, unit, _ in estate) / len(officers),
    }
    bounds = {
        "SPO": (0.09, 0.16),
        "PO": (0.39, 0.50),
        "PSO": (0.10, 0.35),
        "PQIP": (0.12, 0.27),
        "new": (0.19, 0.37),
        "experienced": (0.52, 0.70),
        "part time": (0.20, 0.32),
        "at court": (0.21, 0.34),
        "away": (0.08, 0.15),
        "leave": (0.05, 0.08),
        "appointments": (1.1, 1.6),
        "requests": (1.7, 2.0),
        "links": (0.04, 0.07),
    }
    outside = {
        name: share
        for name, share in shares.items()
        if not bounds[name][0] <= share <= bounds[name][1]
    }
    assert outside == {}
    assert shares.keys() == bounds.keys()


def test_most_offices_have_desks_for_two_thirds_of_their_officers_and_some_for_half(estate):
    shares = [
        sum(site.desks or 0 for site in unit.sites) / len(unit.officers) for _, unit, _ in estate
    ]
    few = [share for share in shares if share < 0.5]
    assert 5 <= len(few) <= 25
    assert [share for share in shares if not 0.37 < share < 0.70] == []


def test_teams_have_one_manager_and_eight_to_fourteen_members(estate):
    for _, unit, _ in estate:
        members = Counter(officer.team for officer in unit.officers)
        managers = Counter(officer.team for officer in unit.officers if officer.grade == "SPO")
        assert [*members] == [team.name for team in unit.teams]
        assert set(managers.values()) == {1}
        assert managers.keys() == members.keys()
        assert set(members.values()) <= set(range(8, 15))


def test_every_new_starter_has_an_experienced_mentor_of_their_team_and_nobody_else_has(estate):
    for _, unit, policy in estate:
        problem = problem_of(unit, policy)
        mentored = {officer.staff_no for officer in unit.officers if officer.mentor}
        assert mentored == problem.new_starters
        for staff_no in mentored:
            officer = problem.officers[staff_no]
            mentor = problem.officers[officer.mentor]
            assert mentor.staff_no in problem.experienced
            assert (mentor.grade, mentor.team) == ("PO", officer.team)


def test_an_estate_can_be_made_of_invented_names_alone(invented):  # noqa: ARG001
    (name, unit, _), *others = units(60, officers=3000)
    assert [team.name for team in unit.teams[:2]] == [f"{name} Team 1", f"{name} Team 2"]
    assert unit.sites[0].name == "Anchor House"
    assert f"{name} Crown Court" in [site.name for site in unit.sites]
    assert len({name, *(other for other, _, _ in others)}) == 60


@pytest.mark.parametrize("weeks", [4, 9])
def test_units_pass_the_checks_of_input(tmp_path, weeks):
    """Written as an input folder and read again, a unit is the same; over Easter, for example."""
    first = date(2027, 3, 22)
    _, unit, policy = next(units(2, officers=100, seed=2, first=first, weeks=weeks))
    write_unit(tmp_path, unit)
    reading = read_problem(tmp_path, today=TODAY, start=first, weeks=weeks)
    assert reading.problem.unit == unit
    assert reading.notes == ()
    assert reading.problem.period == policy.period
    assert {duty.date for duty in unit.duties} == set(reading.problem.dates)


@pytest.mark.parametrize("seed", [0, 1])
def test_units_can_be_planned_with_every_desk_limit_kept_and_every_duty_covered(seed):
    _, unit, policy = next(units(3, officers=120, seed=seed))
    result = plan(problem_of(unit, policy), seconds=20, seed=1, workers=1)
    assert result.judgement.costs["limit"] == result.judgement.costs["cover"] == 0


@pytest.mark.parametrize(
    ("first", "days", "last"),
    [(MONDAY, 1, 11), (MONDAY, 5, 15), (MONDAY, 6, 18), (date(2027, 1, 15), 2, 18)],
)
def test_spells_are_counted_in_weekdays(first, days, last):
    assert weekdays_on(first, days) == date(2027, 1, last)


def test_in_a_night_one_in_sixteen_falls_ill(small):
    _, unit, policy = small
    changed = night_of_changes(unit, policy, MONDAY, Random(1))
    spells = changed.away[len(unit.away) :]
    assert changed.away[: len(unit.away)] == unit.away
    assert len({spell.staff_no for spell in spells}) == len(spells)
    assert len(spells) == round(0.06 * len(unit.officers)) >= 2
    assert {(spell.first, spell.kind) for spell in spells} == {(MONDAY, "sick")}
    already = {spell.staff_no for spell in unit.away if spell.first <= MONDAY <= spell.last}
    assert already & {spell.staff_no for spell in spells} == set()


def test_people_are_ill_for_one_to_five_weekdays(small):
    _, unit, policy = small
    rng = Random(1)
    nights = [night_of_changes(unit, policy, MONDAY, rng) for _ in range(40)]
    spells = {spell for changed in nights for spell in changed.away[len(unit.away) :]}
    days = {MONDAY + timedelta(days=n) for n in range(5)}
    assert {spell.last for spell in spells} == days


def test_a_week_of_nights_lists_cases_of_both_kinds_and_changes_nothing_else(small):
    _, unit, policy = small
    rng = Random(1)
    changed = unit
    for night in range(5):
        changed = night_of_changes(changed, policy, MONDAY + timedelta(days=night), rng)
    new = changed.appointments[len(unit.appointments) :]
    more = [d for d, was in zip(changed.duties, unit.duties, strict=True) if d != was]
    courts = {site.name for site in unit.sites if site.kind == "court"}
    assert {appointment.site for appointment in new} <= courts
    assert {duty.site for duty in more} <= courts
    assert len(new) >= 1
    assert len(more) >= 2
    assert min(listed.date for listed in (*new, *more)) > MONDAY
    assert sum(d.needed for d in changed.duties) > sum(d.needed for d in unit.duties)
    old = {"away": unit.away, "duties": unit.duties, "appointments": unit.appointments}
    assert replace(changed, **old) == unit


def test_the_same_night_brings_the_same_changes(small):
    _, unit, policy = small
    nights = [night_of_changes(unit, policy, MONDAY, Random(seed)) for seed in (3, 3, 4)]
    assert nights[0] == nights[1] != nights[2]


def test_officers_are_called_to_court_only_on_days_they_work_and_are_owed_nowhere_else(small):
    _, unit, policy = small
    rng = Random(2)
    for _ in range(20):
        changed = night_of_changes(unit, policy, MONDAY, rng)
        works = problem_of(changed, policy).working_days
        places = Counter((each.staff_no, each.date) for each in changed.appointments)
        for appointment in changed.appointments[len(unit.appointments) :]:
            assert appointment.date in works[appointment.staff_no]
            assert places[appointment.staff_no, appointment.date] == 1


def problem_of(unit: Unit, policy: Policy) -> Problem:
    holidays = list_bank_holidays(policy.start, policy.period.last)
    return Problem(unit=unit, policy=policy, today=TODAY, bank_holidays=holidays)


def share_away(problems: list[Problem], *kinds: str) -> float:
    """Days that officers would have worked but for these kinds of absence, of all such days."""
    present = absent = 0
    for problem in problems:
        spells = tuple(spell for spell in problem.unit.away if spell.kind in kinds)
        unit = replace(problem.unit, away=())
        everyone = sum(map(len, replace(problem, unit=unit).working_days.values()))
        unit = replace(problem.unit, away=spells)
        present += sum(map(len, replace(problem, unit=unit).working_days.values()))
        absent += everyone
    return 1 - present / absent


SPELT_OTHERWISE = {
    ("sites", "site"): "name",
    ("teams", "team"): "name",
    ("officers", "base_site"): "base",
    ("officers", "home"): "has_home_office",
    ("officers", "extra_days"): "takes_extra_days",
    ("sites", "alone"): "may_be_alone",
    **{(table, "from"): "since" for table in ("sites", "teams", "officers")},
}
"""What the domain calls some columns."""


def write_unit(folder: Path, unit: Unit) -> None:
    """The unit, of which nothing is published, as an input folder."""
    (folder / "policy.toml").touch()
    for table in RECORD_TABLES.values():
        names = [column.name for column in table.columns]
        rows = [
            [
                text(getattr(row, SPELT_OTHERWISE.get((table.name, name), name)), name)
                for name in names
            ]
            for row in getattr(unit, table.name)
        ]
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([names, *rows])


def text(value: object, column: str) -> str:
    """A cell as people would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case frozenset() if column == "working_days":
            return " ".join(WEEKDAYS[day] for day in sorted(value))
        case frozenset() | tuple():
            return ";".join(value)
        case int() if column == "when":
            return WEEKDAYS[value]
    return str(value)
