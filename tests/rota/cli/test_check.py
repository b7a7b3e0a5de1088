"""`rota check`: the judgement of a rota that was written by `plan`, or edited since."""

import json
import re
from datetime import date

import pytest

from tests.rota.cli.command import (
    FIXTURES,
    check,
    costs_in,
    plan,
    rows_of,
    run,
    summary_in,
    write_rows,
)

PAIR = FIXTURES / "pair"


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """The folder into which the pair was planned."""
    out = tmp_path_factory.mktemp("planned")
    assert plan(PAIR, out).exit_code == 0
    return out


@pytest.fixture
def rows(planned):
    return rows_of(planned / "rota.csv")


def test_it_counts_what_plan_counted(planned):
    result = check(PAIR, planned / "rota.csv", "--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    judgement = json.loads(result.stdout)
    assert list(judgement) == ["costs", "misfits", "breaches"]
    assert tuple(judgement["costs"].values()) == costs_in(summary_in(planned))
    assert judgement["misfits"] == []
    assert sum(breach["weight"] * breach["gap"] for breach in judgement["breaches"]) == 7


def test_it_says_so_on_the_terminal(planned):
    result = check(PAIR, planned / "rota.csv")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert re.search(r"^policy +2 +5\b", result.stdout, re.MULTILINE)
    assert "These seats do not make a rota" not in result.stdout


def test_another_seat_has_another_cost(rows, tmp_path):
    # Marged at home on all five days: 3 office days short at 3, 3 home days too many at 2; 9 + 6.
    # Obinna is as before: 5. Together 20.
    moved = [row | {"site": "home"} if row["name"].startswith("Marged") else row for row in rows]
    result = check(PAIR, write_rows(tmp_path / "rota.csv", moved), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["costs"]["policy"] == 20


def test_too_many_at_a_desk_are_strictly_broken(rows, tmp_path):
    moved = [row | {"site": "Lock Cottage"} for row in rows]
    path = write_rows(tmp_path / "rota.csv", moved)
    assert check(PAIR, path).exit_code == 0
    result = check(PAIR, path, "--strict", "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["costs"]["limit"] == 5


def without_the_first(rows):
    return rows[1:]


def with_two_seats_a_day(rows):
    other = {"home": "Lock Cottage", "Lock Cottage": "home"}[rows[0]["site"]]
    return [*rows, rows[0] | {"site": other}]


def at_a_site_that_is_none(rows):
    return [rows[0] | {"site": "Atlantis"}, *rows[1:]]


def with_a_stranger(rows):
    return [*rows, rows[0] | {"staff_no": "99999"}]


def on_a_sunday(rows):
    return [*rows, rows[0] | {"date": "2027-01-10"}]


def in_another_week(rows):
    return [*rows, rows[0] | {"date": "2027-01-11"}]


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (without_the_first, ["has no seat"]),
        (with_two_seats_a_day, ["has 2 seats"]),
        (at_a_site_that_is_none, ["Atlantis is not a site here"]),
        (with_a_stranger, ["99999 is not an officer here"]),
        (on_a_sunday, ["does not work"]),
        (in_another_week, ["lies outside the period"]),
    ],
)
def test_an_edit_that_leaves_no_rota_is_told_of(rows, tmp_path, edit, says):
    path = write_rows(tmp_path / "rota.csv", edit(rows))
    result = check(PAIR, path, "--json")
    assert result.exit_code == 1
    misfits = json.loads(result.stdout)["misfits"]
    assert [text for text, misfit in zip(says, misfits, strict=True) if text in misfit["says"]]
    assert date.fromisoformat(misfits[0]["date"])
    shown = check(PAIR, path)
    assert shown.exit_code == 1
    assert shown.stdout.startswith("These seats do not make a rota:\n")
    # Misfits are said before limits and cover are looked at.
    assert check(PAIR, path, "--strict").exit_code == 1


def test_a_rota_that_is_not_there_is_told_of(tmp_path):
    result = check(PAIR, tmp_path / "rota.csv")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == f"{tmp_path / 'rota.csv'}: there is no such file.\n"


def test_a_rota_that_cannot_be_read_is_told_of(rows, tmp_path):
    path = write_rows(tmp_path / "rota.csv", [rows[0] | {"date": "soon"}, *rows[1:]])
    result = check(PAIR, path, "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("rota row 2, date: soon is not a date ")


def test_an_empty_rota_lacks_every_seat(tmp_path):
    path = tmp_path / "rota.csv"
    path.write_text("staff_no,date,site\n")
    result = check(PAIR, path, "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["misfits"]) == 10


def test_a_rota_of_another_period_does_not_fit(planned):
    result = check(PAIR, planned / "rota.csv", "--start", "2027-01-11", "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["misfits"]) == 20


def test_half_a_period_lacks_the_rest(planned):
    result = check(PAIR, planned / "rota.csv", "--weeks", "2", "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["misfits"]) == 10


@pytest.mark.parametrize("option", ["--seconds", "--seed", "--workers", "--out"])
def test_it_searches_nothing(planned, option):
    assert run("check", PAIR, planned / "rota.csv", option, "1").exit_code == 2
