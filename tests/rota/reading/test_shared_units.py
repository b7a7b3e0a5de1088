"""The sample units that stand beside the checkout, where they do."""

import time
from datetime import date
from pathlib import Path

import pytest

from tests.rota.reading.small_unit import cells, faults, read, write_workbook

DATA = Path(__file__).parents[3].parent / "shared" / "data"
UNITS = ("hertfordshire", "leeds", "leeds-short", "northamptonshire")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the sample units are not here")

MESSY = """\
sites row 2, desks: -3 is not a whole number from 0 to 100000.
sites row 9, kind: spaceship is not one of office, court, partner, prison, home.
officers row 3, name: this cell must not be blank.
officers row 5, working_days: Fry is not one of Mon, Tue, Wed, Thu, Fri. Maybe Fri?
officers row 6, grade: PPO is not one of PO, PSO, SPO, PQIP, ADMIN. Maybe PO?
officers row 8, mentor: 99999 is not a staff number here.
officers row 11, team: Nowhere Team is not a team here.
officers row 15, mentor: 45985 is the officer of this row; somebody else is needed.
officers row 22, start_date: 31/02/2025 is not a date (2027-01-04 or 04/01/2027).
officers row 27, base_site: Atlantis Office is not a site here.
officers row 34, home: maybe is not yes or no.
officers row 36, office_percent: 160 is not a whole number from 0 to 100.
officers row 40, staff_no: 46079 is in row 25 too, with other values.
away row 2, last: 2020-01-01 is before first, which is 2027-01-27.
away row 3, staff_no: 12 is not a staff number here.
away row 19, staff_no: 46017 is not a staff number here. Maybe 46071?
duties row 4, needed: two is not a whole number from 0 to 10000.
duties row 5, site: Court of Nowhere is not a site here.
requests row 2, when: Someday is not a date (2027-01-04 or 04/01/2027) or one of \
Mon, Tue, Wed, Thu, Fri.
requests row 3, strength: 9 is not a whole number from 1 to 3.
requests row 42, staff_no: 46017 is not a staff number here (also in row 43). Maybe 46071?
policy.toml, weeks: 0 is not a whole number from 1 to 53.
policy.toml, office_percent: "sixty" is not a whole number from 0 to 100.
"""


def test_every_fault_of_the_messy_unit():
    assert faults(DATA / "hertfordshire-messy") == MESSY.splitlines()


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_reads_without_a_remark(name):
    assert read(DATA / name).notes == ()


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_reads_the_same_from_a_workbook(name, tmp_path):
    sheets = {
        path.stem: cells(path.read_text("utf-8").replace("\r", ""))
        for path in (DATA / name).glob("*.csv")
    }
    path = write_workbook(tmp_path / "unit.xlsx", sheets)
    of_folder = read(DATA / name, start=date(2027, 1, 4)).problem
    assert read(path, start=date(2027, 1, 4)).problem.unit == of_folder.unit


def test_a_row_of_a_large_unit_takes_no_longer_to_read_than_one_of_a_small():
    """Twice as long at most, in processor time, so that no machine is too slow or too busy."""
    read(DATA / "leeds")  # imports the bank holidays
    small, large = (_seconds_a_row(DATA / name) for name in ("hertfordshire", "leeds"))
    assert large < 2 * small


def _seconds_a_row(path):
    rows = sum(len(file.read_text("utf-8").splitlines()) for file in path.glob("*.csv"))
    return min(_seconds(path) for _ in range(5)) / rows


def _seconds(path):
    begun = time.process_time()
    read(path)
    return time.process_time() - begun
