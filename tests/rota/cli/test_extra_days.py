"""A Saturday duty from the command line: planned, worked, taken away, and a day in lieu for it."""

import shutil

import pytest

from tests.rota.cli.command import FIXTURES
from tests.rota.cli.test_keeping import PAIR, _kept, done, refused, told, worked

__all__ = ["_kept"]

SATURDAY = "2027-01-09"


@pytest.fixture(autouse=True)
def _published(_kept, tmp_path):
    """The smallest example, in which Obinna Castle has the duty of a Saturday."""
    folder = tmp_path / "pair"
    shutil.copytree(FIXTURES / "pair", folder)
    officers = folder / "officers.csv"
    header, marged, obinna = officers.read_text("utf-8").splitlines()
    rows = (f"{header},extra_days", f"{marged},no", f"{obinna},yes")
    officers.write_text("\n".join(rows), "utf-8")
    done("db", "upgrade")
    done("import", folder, *PAIR)
    done("add-duty", "Lock Cottage", SATURDAY, "--needed", "1", *PAIR)
    done("request-run", *PAIR, "--seconds", 20)
    worked()
    done("publish", *PAIR)


def in_lieu():
    (row,) = told("lieu", *PAIR)
    return row


def test_the_duty_of_a_saturday_costs_nothing_and_earns_a_day_in_lieu():
    (version,) = told("versions", *PAIR)
    assert (version["costs"], version["seats"]) == (
        "limit 0, cover 0, notice 0, policy 5, stability 0, people 2",
        11,
    )
    assert in_lieu() == {
        "staff_no": "102",
        "name": "Obinna Castle",
        "team": "Waterside",
        "earned": 0,
        "planned": 1,
        "used": 0,
        "owed": 0,
    }
    done("record-lieu", "102", "2027-01-11", *PAIR)
    assert (in_lieu()["used"], in_lieu()["owed"]) == (1, -1)
    done("record-lieu", "102", "2027-01-11", *PAIR, "--undo")
    assert in_lieu()["used"] == 0


def test_somebody_is_taken_off_and_put_back():
    assert "Lock Cottage has 0 officers on Saturday 9 January 2027" in done(
        "take-off", "102", SATURDAY, *PAIR
    )
    assert "not to be asked" in refused("move", "101", SATURDAY, "Lock Cottage", *PAIR)
    assert "Lock Cottage has 1 officer on Saturday 9 January 2027" in done(
        "move", "102", SATURDAY, "Lock Cottage", *PAIR
    )
    done("take-off", "102", SATURDAY, *PAIR)
    done("publish", *PAIR, "--acknowledge")
    assert in_lieu()["planned"] == 0


def test_the_unit_is_written_as_it_was_read(tmp_path):
    done("export", tmp_path / "out", *PAIR)
    assert "2027-01-09" in (tmp_path / "out" / "rota.csv").read_text("utf-8")
    assert ",yes," in (tmp_path / "out" / "officers.csv").read_text("utf-8").splitlines()[-1]
    assert "nothing" in done("import", tmp_path / "out", *PAIR, "--dry-run").casefold()
