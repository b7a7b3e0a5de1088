"""What each weekday is for each officer."""

from dataclasses import replace
from datetime import date

import pytest

from rota.domain import HOME, Away, Rota, Seat
from rota.writing.grid import (
    GridCell,
    Mark,
    State,
    build_row,
    build_rows_after,
    build_rows_by_team,
    split_into_blocks,
)
from tests.rota.writing.small_unit import (
    CID,
    COURT,
    FRI,
    HALVES,
    HOUSE,
    MON,
    SPLIT_ROTA,
    THU,
    TUE,
    WED,
)


def seat(site, **more):
    return GridCell(State.SEAT, (site,), **more)


HOLIDAY, AWAY, OFF = GridCell(State.HOLIDAY), GridCell(State.AWAY), GridCell(State.OFF)


def test_every_weekday_of_every_officer_by_name(problem, rota):
    rows = build_rows_by_team(problem, rota)["East"]
    assert [(row.officer.name, row.marks, tuple(row.cells.values())) for row in rows] == [
        (
            "Ann Ash",
            (Mark.MENTOR,),
            (
                seat(COURT, locked=True),
                seat(HOUSE, published_site=HOME.name),
                HOLIDAY,
                seat(HOUSE),
                seat(HOME.name),
            ),
        ),
        (
            "Bob Beech",
            (Mark.NEW_STARTER,),
            (
                seat(HOUSE),
                seat(HOUSE),
                HOLIDAY,
                seat(HOUSE, published_site=HOME.name),
                seat(HOME.name),
            ),
        ),
        ("Cid Cole", (Mark.MANAGER,), (seat(HOME.name), AWAY, HOLIDAY, seat(HOUSE), OFF)),
    ]


def test_a_cell_has_halves_where_they_differ():
    rows = build_rows_by_team(HALVES, SPLIT_ROTA)["East"]
    ann, bob, cid = ([*row.cells.values()] for row in rows)
    assert ann == [
        GridCell(
            State.SEAT,
            (COURT, HOUSE),
            locked=True,
            halves=(seat(COURT, locked=True), seat(HOUSE)),
        ),
        seat(HOUSE),
        HOLIDAY,
        seat(HOUSE),
        seat(HOME.name),
    ]
    assert bob == [
        seat(HOUSE, published_site=HOME.name),
        seat(HOUSE),
        HOLIDAY,
        GridCell(
            State.SEAT,
            (HOME.name,),
            HOUSE,
            halves=(seat(HOME.name), seat(HOME.name, published_site=HOUSE)),
        ),
        seat(HOME.name),
    ]
    assert cid == [
        seat(HOUSE),
        GridCell(State.SEAT, (HOME.name,), halves=(seat(HOME.name), AWAY)),
        HOLIDAY,
        GridCell(State.SEAT, (HOUSE,), halves=(seat(HOUSE), OFF)),
        OFF,
    ]


def test_half_a_day_may_be_without_seat():
    without = Rota(
        SPLIT_ROTA.seats - {Seat("1", MON, HOUSE, "pm"), Seat("3", TUE, HOME.name, "am")}
    )
    not_planned = GridCell(State.NOT_PLANNED)
    for problem in (HALVES, HALVES.leave_unplanned(without)):
        ann, _, cid = build_rows_by_team(problem, without)["East"]
        morning, afternoon = ann.cells[MON].halves
        assert (morning.sites, afternoon.state) == ((COURT,), State.NOT_PLANNED)
        assert cid.cells[TUE] == GridCell(State.NOT_PLANNED, halves=(not_planned, AWAY))


def test_rows_after_a_change_are_those_of_the_rota_after_it():
    before = build_rows_by_team(HALVES, SPLIT_ROTA)
    taken = [Seat("1", MON, HOME.name, "am"), Seat("1", MON, HOUSE, "pm"), Seat("2", THU, HOUSE)]
    days = {seat.officer_day for seat in taken}
    rota = Rota.of([*taken, *(s for s in SPLIT_ROTA if s.officer_day not in days)])
    assert build_rows_after(before, HALVES, taken) == build_rows_by_team(HALVES, rota)


def test_a_team_without_members_has_no_rows(problem, rota):
    assert list(build_rows_by_team(problem, rota)) == ["East"]


@pytest.mark.parametrize(
    ("dates", "is_shown"),
    [
        ({"leave_date": date(2027, 1, 3)}, False),
        ({"leave_date": MON}, True),
        ({"start_date": date(2027, 1, 11)}, False),
        ({"start_date": FRI}, True),
    ],
)
def test_who_left_before_the_period_or_starts_after_it_has_no_row(problem, dates, is_shown):
    officers = tuple(replace(o, **dates) if o == CID else o for o in problem.unit.officers)
    other = replace(problem, unit=replace(problem.unit, officers=officers))
    names = [row.officer.name for row in build_rows_by_team(other, Rota.of([]))["East"]]
    assert names == ["Ann Ash", "Bob Beech", *(["Cid Cole"] if is_shown else [])]
    wrong = Rota.of([Seat("3", MON, HOUSE)])
    assert build_rows_by_team(other, wrong)["East"][-1] == build_row(
        other, wrong, other.officers["3"]
    )


def test_a_team_whose_members_have_all_left_has_no_rows(problem):
    gone = tuple(replace(o, leave_date=date(2027, 1, 3)) for o in problem.unit.officers)
    left = replace(problem, unit=replace(problem.unit, officers=gone))
    assert build_rows_by_team(left, Rota.of([])) == {}


def test_a_rota_that_is_none_shows_what_it_has(problem):
    wrong = Rota.of([Seat("3", TUE, HOUSE), Seat("3", THU, HOUSE), Seat("3", THU, HOME.name)])
    (cid,) = (
        row for row in build_rows_by_team(problem, wrong)["East"] if row.officer.staff_no == "3"
    )
    assert cid.cells == {
        MON: GridCell(State.NOT_PLANNED),
        TUE: seat(HOUSE),
        WED: HOLIDAY,
        THU: GridCell(State.SEAT, (HOUSE, HOME.name)),
        FRI: OFF,
    }


def test_who_does_not_work_on_a_day_is_not_away_on_it(problem):
    away = (Away("3", MON, FRI),)
    gone = replace(problem, unit=replace(problem.unit, away=away))
    (cid,) = (
        row for row in build_rows_by_team(gone, Rota.of([]))["East"] if row.officer.staff_no == "3"
    )
    assert tuple(cid.cells.values()) == (AWAY, AWAY, HOLIDAY, AWAY, OFF)


@pytest.mark.parametrize(
    ("weeks", "lengths"),
    [
        (1, [1]),
        (4, [4]),
        (5, [2, 3]),
        (8, [4, 4]),
        (9, [3, 3, 3]),
        (12, [4, 4, 4]),
        (13, [3, 3, 3, 4]),
    ],
)
def test_long_periods_are_shown_in_blocks_of_about_the_same_length(problem, weeks, lengths):
    longer = replace(problem, policy=replace(problem.policy, weeks=weeks))
    those = split_into_blocks(longer, 4)
    assert [len(block) for block in those] == lengths
    days = [day for block in those for week in block for day in problem.list_days(week)]
    assert days == list(longer.period.weekdays())
