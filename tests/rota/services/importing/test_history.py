"""Earlier rotas in imported files: they are kept, count in plans, and are written back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rota.checker import judge
from rota.domain import PastSeat, Period, Problem, Rota
from rota.reading import read_problem
from rota.services.importing import exports, imports
from rota.services.importing.imports import Import
from rota.services.units import record_edits, renaming
from rota.services.units.planning_problem import build_published_problem
from rota.services.units.record_list import list_records
from rota.store.databases.database import Database
from rota.store.units import history, units
from tests.rota.reading.small_unit import write_unit
from tests.stored import act, publish

TODAY = date(2026, 12, 30)
MEL = act(TODAY)
POLICY = "start = 2027-01-04\nweeks = 1\nover = 3\n"
HISTORY = """staff_no,date,site,part,duty
102,2026-12-21,Luton,,
102,2026-12-22,Luton,am,Duty officer
102,2026-12-22,home,pm,
103,2026-12-24,Luton,,
102,2026-12-11,Luton,,
"""
SEATS = (
    PastSeat("102", date(2026, 12, 11), "Luton"),
    PastSeat("102", date(2026, 12, 21), "Luton"),
    PastSeat("102", date(2026, 12, 22), "Luton", "am", "Duty officer"),
    PastSeat("102", date(2026, 12, 22), "home", "pm"),
    PastSeat("103", date(2026, 12, 24), "Luton"),
)
PERIOD = Period(date(2027, 1, 4), 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small unit with what is known of the weeks before."""
    (tmp_path / "unit").mkdir()
    return write_unit(tmp_path / "unit", policy=POLICY, history=HISTORY)


def bring_in(database: Database, folder: Path, **rest: object) -> Import:
    return imports.import_unit(database, MEL, name="Blue", path=folder, **rest)  # type: ignore[arg-type]


def stored_seats(database: Database) -> tuple[PastSeat, ...]:
    with database.reading() as connection:
        unit = units.find(connection, "Blue")
        assert unit is not None
        return history.load(connection, unit.id)


def stored_problem(database: Database, period: Period = PERIOD) -> Problem:
    with database.reading() as connection:
        unit = units.find(connection, "Blue")
        assert unit is not None
        return build_published_problem(connection, unit, period, TODAY)


def numbers(problem: Problem) -> list[tuple[str, float, float | None]]:
    """What an empty rota has had of office days before, and what is asked in all."""
    findings = judge(problem, Rota.of(())).findings
    return [(f.about, f.count, f.least) for f in findings if f.rule.key == "office-minimum"]


def test_history_is_kept_and_counts_as_it_does_in_files(database: Database, folder: Path) -> None:
    outcome = bring_in(database, folder)
    assert (outcome.history.added_seats, outcome.history.removed_seats) == (SEATS, ())
    assert stored_seats(database) == SEATS
    # Cai: 60 % of 5 and 2 days = 4.2, so 5; both halves of 22 December are known. Eve works on
    # Thursdays and Fridays, and had one day before: 60 % of 3 = 1.8.
    assert numbers(stored_problem(database)) == numbers(read_problem(folder, today=TODAY).problem)
    assert numbers(stored_problem(database)) == [
        ("Ana Bell (101)", 0, 2),
        ("Cai Dunn (102)", 1.5, 5),
        ("Eve Frost (103)", 1, 2),
    ]


def test_an_import_of_the_same_changes_nothing(database: Database, folder: Path) -> None:
    bring_in(database, folder)
    assert bring_in(database, folder).is_empty


def test_history_is_imported_anew_each_time(database: Database, folder: Path) -> None:
    bring_in(database, folder)
    write_unit(folder, policy=POLICY, history="staff_no,date,site\n103,2026-12-24,home\n")
    before = stored_problem(database)
    outcome = bring_in(database, folder)
    new = PastSeat("103", date(2026, 12, 24), "home")
    assert (outcome.history.added_seats, outcome.history.removed_seats) == ((new,), SEATS)
    assert not outcome.is_empty
    assert stored_seats(database) == (new,)
    assert numbers(before) != numbers(stored_problem(database))


def test_a_trial_keeps_nothing(database: Database, folder: Path) -> None:
    bring_in(database, write_unit(folder, policy=POLICY))
    (folder / "history.csv").write_text("staff_no,date,site\n103,2026-12-24,home\n")
    outcome = bring_in(database, folder, is_trial=True)
    assert len(outcome.history.added_seats) == 1
    assert stored_seats(database) == SEATS


def test_files_without_history_leave_it_as_it_is(database: Database, folder: Path) -> None:
    bring_in(database, folder)
    (folder / "history.csv").unlink()
    assert bring_in(database, folder).is_empty
    assert stored_seats(database) == SEATS


def test_a_unit_comes_back_with_the_same_numbers(
    database: Database, folder: Path, tmp_path: Path
) -> None:
    bring_in(database, folder)
    publish(database, MEL)
    exports.export_unit(database, MEL, name="Blue", folder=tmp_path / "out")
    text = (tmp_path / "out" / "history.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines() == [
        "staff_no,date,site,part,duty",
        "102,2026-12-11,Luton,,",
        "102,2026-12-21,Luton,,",
        "102,2026-12-22,Luton,am,Duty officer",
        "102,2026-12-22,home,pm,",
        "103,2026-12-24,Luton,,",
    ]
    imports.import_unit(database, MEL, name="Red", path=tmp_path / "out", is_acknowledged=True)
    next_week = Period(date(2027, 1, 11), 1)
    with database.reading() as connection:
        unit = units.find(connection, "Red")
        assert unit is not None
        red = build_published_problem(connection, unit, next_week, TODAY)
    blue = stored_problem(database, next_week)
    assert numbers(red) == numbers(blue) != []


def test_what_is_published_holds_before_history_and_reaches_back(
    database: Database, folder: Path
) -> None:
    bring_in(database, folder)
    publish(database, MEL)
    # Of the three weeks to 17 January, the first is known by nothing, the second by the version.
    problem = stored_problem(database, Period(date(2027, 1, 11), 1))
    days = {day for _, day in problem.sites_before}
    assert (min(days), max(days)) == (date(2027, 1, 4), date(2027, 1, 8))
    assert {seat.date for seat in problem.unit.history} == set()
    cai = [seat for seat in problem.unit.published_before if seat.staff_no == "102"]
    assert {day for staff_no, day in problem.sites_before if staff_no == "102"} == {
        seat.date for seat in cai
    }


def test_history_goes_by_the_new_names(database: Database, folder: Path) -> None:
    bring_in(database, folder)
    renaming.rename(database, MEL, unit="Blue", table="sites", before="Luton", after="Luton North")
    renaming.rename(database, MEL, unit="Blue", table="officers", before="103", after="303")
    assert stored_seats(database)[-1] == PastSeat("303", date(2026, 12, 24), "Luton North")


def test_who_was_taken_out_by_people_may_stand_in_the_history_of_a_file(
    database: Database, folder: Path
) -> None:
    bring_in(database, folder)
    page = list_records(database, MEL, unit="Blue", table="officers")
    eve = next(record for record in page.records if record.texts["staff_no"] == "103")
    where = {"unit": "Blue", "table": "officers"}
    record_edits.remove(database, MEL, **where, number=eve.number, seal=eve.seal)
    assert bring_in(database, folder).is_empty


def test_who_has_gone_is_in_no_file_but_kept(
    database: Database, folder: Path, tmp_path: Path
) -> None:
    bring_in(database, folder)
    officers = (folder / "officers.csv").read_text().splitlines()[:-1]
    write_unit(folder, policy=POLICY, officers="\n".join(officers) + "\n")
    (folder / "history.csv").unlink()
    bring_in(database, folder, is_agreed=True)
    assert "103" in {seat.staff_no for seat in stored_seats(database)}
    exports.export_unit(database, MEL, name="Blue", folder=tmp_path / "out")
    text = (tmp_path / "out" / "history.csv").read_text(encoding="utf-8-sig")
    assert "\n103," not in text
    assert "\n102," in text
