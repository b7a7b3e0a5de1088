"""`rota plan`: what it writes, what it says and how it ends."""

import json
import os
import re
from pathlib import Path

import pytest

from rota.rules import LEVELS as RULE_LEVELS
from tests.rota.cli.command import (
    FILES,
    FIXTURES,
    LEVELS,
    bounds_in,
    check,
    copy_of,
    costs_in,
    names_in,
    plan,
    rows_of,
    run,
    summary_in,
)

PAIR = FIXTURES / "pair"
PAIR_COSTS = (0, 0, 0, 5, 0, 2)
PAIR_MONDAY = "2027-01-04"


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """The folder into which the pair was planned, and how that went."""
    out = tmp_path_factory.mktemp("planned") / "a" / "new folder"
    return out, plan(PAIR, out)


def test_the_levels_are_those_of_the_rules():
    assert LEVELS == RULE_LEVELS


def test_a_rota_is_written_in_four_files(planned):
    out, result = planned
    assert result.exit_code == 0
    assert names_in(out) == FILES


def test_the_rota_is_the_one_that_the_fixture_tells_of(planned):
    out, _ = planned
    rows = rows_of(out / "rota.csv")
    sites = {name: [row["site"] for row in rows if row["name"] == name] for name in _names(rows)}
    assert sites == {
        "Marged Trevelyan": ["Lock Cottage", "Lock Cottage", "home", "Lock Cottage", "home"],
        "Obinna Castle": ["home", "home", "Lock Cottage", "home", "Lock Cottage"],
    }
    assert rows == sorted(rows, key=lambda row: (row["team"], row["name"], row["date"]))


def _names(rows):
    return dict.fromkeys(row["name"] for row in rows)


def test_breaches_come_first_among_the_findings(planned):
    out, _ = planned
    gaps = [row["gap"] != "0" for row in rows_of(out / "findings.csv")]
    assert gaps == sorted(gaps, reverse=True)
    cost = dict.fromkeys(LEVELS, 0)
    for row in rows_of(out / "findings.csv"):
        cost[row["level"]] += int(row["weight"]) * int(row["gap"])
    assert tuple(cost.values()) == PAIR_COSTS


def test_the_summary_tells_how_it_went(planned):
    out, _ = planned
    summary = summary_in(out)
    assert list(summary) == [
        "status",
        "levels",
        "seconds",
        "seed",
        "workers",
        "officers",
        "seats",
        "versions",
    ]
    assert summary["status"] == "optimal"
    assert list(summary["levels"]) == list(LEVELS)
    assert costs_in(summary) == bounds_in(summary) == PAIR_COSTS
    assert list(summary["seconds"]) == ["build", "solve", "total"]
    seconds = summary["seconds"]
    assert 0 < seconds["build"] + seconds["solve"] <= seconds["total"] + 0.002
    assert (summary["seed"], summary["officers"], summary["seats"]) == (1, 2, 10)
    assert summary["workers"] == min(os.cpu_count() or 1, 2)
    assert list(summary["versions"]) == ["python", "rota", "ortools"]


def test_the_terminal_shows_levels_breaches_and_where_the_page_is(planned):
    out, result = planned
    assert result.stderr == ""
    assert re.search(r"^policy +2 +5 +5 ", result.stdout, re.MULTILINE)
    assert re.search(r"^people +1 +2 +2 ", result.stdout, re.MULTILINE)
    assert result.stdout.endswith(f"\nTo look at and print: {out / 'rota.html'}\n")
    assert "\x1b" not in result.stdout


def test_the_page_stands_alone(planned):
    out, _ = planned
    page = (out / "rota.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "Obinna Castle" in page


def test_json_is_the_summary_and_nothing_else(tmp_path):
    result = plan(PAIR, tmp_path, "--json")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert json.loads(result.stdout) == summary_in(tmp_path)


def test_options_stand_in_for_the_policy(tmp_path):
    options = ("--start", "2027-02-01", "--weeks", "2", "--seed", "41", "--workers", "1")
    result = plan(PAIR, tmp_path, *options, "--seconds", "5.5")
    assert result.exit_code == 0
    summary = summary_in(tmp_path)
    assert (summary["seed"], summary["workers"], summary["seats"]) == (41, 1, 20)
    days = sorted({row["date"] for row in rows_of(tmp_path / "rota.csv")})
    assert (days[0], days[-1], len(days)) == ("2027-02-01", "2027-02-12", 10)


def test_today_fixes_what_is_published(tmp_path):
    """Marged was at home on Monday, which she would rather not have been; that is history now."""
    unit = copy_of("pair", tmp_path / "unit")
    staff_no = rows_of(unit / "officers.csv")[0]["staff_no"]
    (unit / "rota.csv").write_text(f"staff_no,date,site\n{staff_no},{PAIR_MONDAY},home\n")
    out = tmp_path / "out"
    assert run("plan", unit, "--today", "2027-01-05", "--out", out).exit_code == 0
    seats = {(row["staff_no"], row["date"]): row["site"] for row in rows_of(out / "rota.csv")}
    assert seats[staff_no, PAIR_MONDAY] == "home"


def test_out_is_the_folder_out_unless_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("plan", PAIR, "--today", "2026-12-28").exit_code == 0
    assert names_in(tmp_path) == ["out"]
    assert names_in(tmp_path / "out") == FILES


def test_a_second_plan_takes_the_place_of_the_first(tmp_path):
    assert plan(PAIR, tmp_path, "--weeks", "2").exit_code == 0
    assert plan(PAIR, tmp_path).exit_code == 0
    assert names_in(tmp_path) == FILES
    assert len(rows_of(tmp_path / "rota.csv")) == 10


@pytest.mark.parametrize(
    ("fixture", "today", "costs", "status"),
    [
        ("pair", "2026-12-28", PAIR_COSTS, 0),
        ("every-rule", "2027-03-23", (1, 3.5, 1, 70, 2, 26.5), 3),
        ("overbooked", "2026-12-28", (34, 24, 0, 131, 2, 29), 3),
    ],
)
def test_strict_tells_of_broken_limits_and_cover(tmp_path, fixture, today, costs, status):
    out = tmp_path / "out"
    words = ("plan", FIXTURES / fixture, "--today", today, "--out", out, "--json")
    result = run(*words, "--strict")
    assert result.exit_code == status
    assert costs_in(json.loads(result.stdout)) == costs
    assert bounds_in(summary_in(out)) == costs
    assert names_in(out) == FILES
    checked = run("check", FIXTURES / fixture, out / "rota.csv", "--today", today, "--strict")
    assert checked.exit_code == status


@pytest.mark.parametrize(("table", "level"), [("desks", "limit"), ("duties", "cover")])
def test_strict_looks_at_either_level(tmp_path, table, level):
    unit = copy_of("pair", tmp_path / "unit")
    if table == "desks":
        closed = f"site,date,desks\nLock Cottage,{PAIR_MONDAY},0\n"
        (unit / "closures.csv").write_text(closed)
        staff_no = rows_of(unit / "officers.csv")[0]["staff_no"]
        locked = f"staff_no,date,site,locked\n{staff_no},{PAIR_MONDAY},Lock Cottage,yes\n"
        (unit / "rota.csv").write_text(locked)
    else:
        duties = f"date,site,needed,skill\n{PAIR_MONDAY},Lock Cottage,3,\n"
        (unit / "duties.csv").write_text(duties)
    out = tmp_path / "out"
    assert plan(unit, out, "--strict").exit_code == 3
    broken = [name for name, its in summary_in(out)["levels"].items() if its["cost"]]
    assert broken[0] == level
    assert plan(unit, out).exit_code == 0


def test_out_of_time_a_rota_is_written_all_the_same(tmp_path):
    result = plan(FIXTURES / "millbrook", tmp_path, "--seconds", "0.01")
    assert result.exit_code == 0
    assert names_in(tmp_path) == FILES
    summary = summary_in(tmp_path)
    assert summary["status"] == "feasible"
    assert tuple(map(min, bounds_in(summary), costs_in(summary))) == bounds_in(summary)
    assert check(FIXTURES / "millbrook", tmp_path / "rota.csv").exit_code == 0


@pytest.mark.parametrize(("under", "status"), [(".", 2), ("deeper/still", 1)])
def test_a_file_in_the_place_of_the_folder_is_told_of(tmp_path, under, status):
    stands = tmp_path / "stands"
    stands.write_text("A shopping list.")
    result = plan(PAIR, stands / under)
    assert result.exit_code == status
    assert result.stdout == ""
    assert str(stands) in result.stderr
    assert "Traceback" not in result.stderr
    assert stands.read_text() == "A shopping list."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_told_of(tmp_path):
    tmp_path.chmod(0o500)
    result = plan(PAIR, tmp_path)
    tmp_path.chmod(0o700)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert str(tmp_path) in result.stderr
    assert names_in(tmp_path) == []


def test_a_file_that_cannot_be_replaced_is_told_of(tmp_path):
    (tmp_path / "rota.csv").mkdir()
    result = plan(PAIR, tmp_path)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert str(tmp_path / "rota.csv") in result.stderr


def test_the_input_folder_is_no_place_for_results(tmp_path):
    unit = copy_of("pair", tmp_path / "unit")
    before = names_in(unit)
    result = plan(unit, tmp_path / "." / "unit")
    assert result.exit_code == 2
    assert "is the input; the plan would replace its rota.csv." in result.stderr
    assert names_in(unit) == before


@pytest.mark.parametrize("seconds", ["0", "nan", "inf", "1e300"])
def test_seconds_that_no_clock_counts_are_misuse(tmp_path, seconds):
    result = plan(PAIR, tmp_path / "out", "--seconds", seconds)
    assert result.exit_code == 2
    assert names_in(tmp_path) == []


def test_a_folder_may_have_any_name(tmp_path):
    result = plan(PAIR, tmp_path / "o[b]")
    assert result.exit_code == 0
    assert result.stdout.endswith(f"{tmp_path / 'o[b]' / 'rota.html'}\n")


def test_no_input_is_told_of_and_nothing_written(tmp_path):
    result = plan(tmp_path / "nowhere", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert str(tmp_path / "nowhere") in result.stderr
    assert names_in(tmp_path) == []


def test_all_faults_of_the_input_are_told_in_one_go_and_nothing_written(tmp_path):
    unit = copy_of("pair", tmp_path / "unit")
    officers = rows_of(unit / "officers.csv")
    text = (unit / "officers.csv").read_text()
    text = text.replace(officers[0]["start_date"], "yesterday", 1)
    (unit / "officers.csv").write_text(text)
    (unit / "closures.csv").write_text("site,date,desks\nNowhere,2027-01-04,1\n")
    result = plan(unit, tmp_path / "out", "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    first, second = sorted(result.stderr.splitlines())
    assert first.startswith("closures row 2, site: Nowhere is not a site here")
    assert second.startswith("officers row 2, start_date: yesterday ")
    assert names_in(tmp_path) == ["unit"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--seconds", "0"),
        ("--seconds", "-1"),
        ("--seconds", "soon"),
        ("--seed", "-1"),
        ("--seed", "2147483648"),
        ("--seed", "1.5"),
        ("--workers", "0"),
        ("--workers", "two"),
        ("--weeks", "many"),
        ("--start", "01/20/2027"),
        ("--start", "2027-02-30"),
        ("--today", "now"),
    ],
)
def test_a_value_that_an_option_cannot_take_is_misuse(tmp_path, option, value):
    result = plan(PAIR, tmp_path / "out", option, value)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"Invalid value for '{option}'" in result.stderr
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("option", "value", "names"),
    [
        ("--start", "2027-01-05", "--start"),
        ("--weeks", "0", "--weeks"),
        ("--weeks", "-3", "--weeks"),
    ],
)
def test_a_period_that_is_none_is_told_of(tmp_path, option, value, names):
    result = plan(PAIR, tmp_path / "out", option, value)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert names in result.stderr
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    "words",
    [
        ["plan"],
        ["check"],
        ["check", "unit"],
        ["plan", "unit", "another"],
        ["plan", "unit", "--quick"],
        ["rules", "all"],
        ["solve", "unit"],
    ],
)
def test_misuse_is_answered_with_the_usage(words):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Usage: ")


def test_notes_go_to_standard_error(tmp_path):
    unit, out = copy_of("pair", tmp_path / "unit"), tmp_path / "out"
    text = (unit / "requests.csv").read_text()
    (unit / "requests.csv").write_text(text.replace("strength", "strenght", 1))
    (unit / "duties.csv").write_text("date,site,needed\n2027-01-09,Lock Cottage,1\n")
    says = (
        "requests: the column strenght is not read. Maybe strength?\n"
        "duties: 1 duty cannot be met, because nobody may be asked for extra days: "
        "Lock Cottage on Saturday 9 January 2027.\n"
    )
    planned = plan(unit, out, "--json")
    assert (planned.exit_code, planned.stderr) == (0, says)
    assert json.loads(planned.stdout) == summary_in(out)
    checked = check(unit, out / "rota.csv", "--json")
    assert (checked.exit_code, checked.stderr) == (0, says)
    assert json.loads(checked.stdout)["misfits"] == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc here")
def test_a_place_where_nobody_may_make_a_folder_is_told_of():
    result = plan(PAIR, Path("/proc/rota"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.endswith("'/proc/rota'\n")
