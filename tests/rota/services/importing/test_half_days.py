"""Rotas with halves of days come in from files and go out again, and what people change stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rota.domain import AM, PM, Duty, PublishedSeat, Rota
from rota.services.importing import exports, imports
from rota.services.importing.import_answers import NO_ANSWERS, Answers
from rota.services.importing.import_outcome import Import
from rota.services.rotas import versions
from rota.store.databases.database import Database
from rota.writing import write_unit
from tests import draft_edits
from tests.rota.services.example import EARLIER, problem
from tests.rota_text import MON, TUE, rota
from tests.stored import in_force

CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   C/O! O   H   O
Bob     O/- O/- H/- O/- O/-
"""
DUTY = Duty(TUE, "Crown Court", 1, "trial", part=AM)
UNIT = problem(
    CHART, officers={"Ann": {"skills": frozenset(["trial"])}}, duties=[DUTY], published=CHART
)


def bring_in(
    database: Database, folder: Path, chart: str = CHART, answers: Answers = NO_ANSWERS
) -> Import:
    published = problem(chart, published=chart).unit.published
    write_unit(folder, replace(UNIT.unit, published=published), UNIT.policy)
    return imports.import_unit(
        database, EARLIER, name="Blue", path=folder, answers=answers, is_agreed=True
    )


def test_a_rota_with_halves_comes_in_and_goes_out_as_it_is(
    database: Database, tmp_path: Path
) -> None:
    bring_in(database, tmp_path / "in")
    assert Rota.of(seat.seat for seat in in_force(database)) == rota(CHART)
    # A lock of one half holds the whole day.
    assert [seat for seat in in_force(database) if seat.officer_day == ("ann", TUE)] == [
        PublishedSeat("ann", TUE, "Crown Court", True, AM),
        PublishedSeat("ann", TUE, "Leeds", True, PM),
    ]
    exports.export_unit(database, EARLIER, name="Blue", folder=tmp_path / "out")
    path = tmp_path / "out"
    again = imports.import_unit(database, EARLIER, name="Blue", path=path, is_agreed=True)
    assert (again.published, again.differences) == (((), ()), ())
    assert len(versions.list_versions(database, EARLIER, unit="Blue")) == 1


def test_only_the_half_that_differs_is_told_to_change(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path)
    done = bring_in(database, tmp_path, CHART.replace("C/O!", "C/H "))
    assert done.published == (
        (
            PublishedSeat("ann", TUE, "Crown Court", part=AM),
            PublishedSeat("ann", TUE, "home", part=PM),
        ),
        (
            PublishedSeat("ann", TUE, "Crown Court", True, AM),
            PublishedSeat("ann", TUE, "Leeds", True, PM),
        ),
    )
    (change,) = versions.list_changes(database, EARLIER, unit="Blue", number=2)
    assert (change.before, change.after, change.part) == ("Leeds", "home", PM)


def test_a_half_that_was_moved_since_stays_as_it_was_moved(
    database: Database, tmp_path: Path
) -> None:
    bring_in(database, tmp_path)
    draft_edits.move(database, EARLIER, unit="Blue", staff_no="bob", day=MON, site="home")
    versions.publish(database, EARLIER, unit="Blue", is_acknowledged=True)
    again = bring_in(database, tmp_path)
    assert again.seats_since == (("bob", MON),)
    assert again.published == ((), ())
    bring_in(database, tmp_path, answers=Answers(over_records=True))
    assert Rota.of(seat.seat for seat in in_force(database)) == rota(CHART)
