"""Units in which there is next to nothing to plan, or no way to do it well."""

import json

import pytest

from tests.rota.cli.command import (
    FILES,
    bounds_in,
    check,
    costs_in,
    names_in,
    plan,
    rows_of,
    summary_in,
)
from tests.usual_rules import usual_policy

SITES = "site,kind,desks\nLuton,office,1\nCrown Court,court,\n"
TEAMS = "team,office\nRed,Luton\nBlue,Luton\n"
HEAD = "staff_no,name,team,grade,start_date,base_site,working_days,leave_date,home\n"
ANA = "101,Ana Bell,Red,PO,2015-03-02,Luton,Mon Tue Wed,,yes\n"
CAI = "102,Cai Dunn,Red,PO,2016-09-05,Luton,Mon Tue Wed Thu Fri,,yes\n"
LEFT = "103,Eve Frost,Red,SPO,2011-01-10,Luton,Mon Tue,2026-10-30,yes\n"
LATER = "104,Fay Gray,Red,PQIP,2027-09-06,Luton,Mon Tue,,yes\n"
NO_HOME = "105,Gus Hale,Red,PSO,2019-01-07,Luton,Mon,,no\n"
AT_COURT = "106,Hal Ince,Red,PSO,2019-01-07,Crown Court,Mon,,no\n"
POLICY = 'start = "2027-01-04"\nweeks = 1\n'
ALL_AWAY = (
    "staff_no,first,last,kind\n101,2027-01-04,2027-01-10,leave\n102,2026-12-01,2027-02-01,sick\n"
)


def folder(tmp_path, officers, policy=POLICY, **tables):
    unit = tmp_path / "unit"
    unit.mkdir()
    named = {"sites": SITES, "teams": TEAMS, "officers": HEAD + officers, **tables}
    for name, text in named.items():
        (unit / f"{name}.csv").write_text(text)
    (unit / "policy.toml").write_text(usual_policy(policy) if "[weights]" not in policy else policy)
    return unit


@pytest.mark.parametrize(
    ("officers", "tables", "seats", "costs"),
    [
        # Everyone is on leave or ill.
        (ANA + CAI, {"away": ALL_AWAY}, 0, (0, 0, 0, 0, 0, 0)),
        # One has left and one has not started: no day of theirs is in the period.
        (LEFT + LATER, {}, 0, (0, 0, 0, 0, 0, 0)),
        # Ana has the only desk on two days of three, and nobody to share it with.
        (ANA, {}, 3, (0, 0, 0, 0, 0, 0)),
        (ANA + LEFT + LATER, {}, 3, (0, 0, 0, 0, 0, 0)),
        # Gus has only one place to be.
        (NO_HOME, {}, 1, (0, 0, 0, 0, 0, 0)),
        # Two have only the one desk to be at.
        (NO_HOME + NO_HOME.replace("105", "107"), {}, 2, (1, 0, 0, 0, 0, 0)),
        # Hal belongs to the court, which counts as an office day, and may not use the office.
        (AT_COURT, {}, 1, (0, 0, 0, 0, 0, 0)),
    ],
)
def test_a_unit_with_little_to_plan_is_planned(tmp_path, officers, tables, seats, costs):
    unit, out = folder(tmp_path, officers, **tables), tmp_path / "out"
    assert_planned(unit, out, seats, costs)


@pytest.mark.parametrize(
    ("duty", "cost", "says"),
    [
        # Nobody has the skill: 2 are missing at court, and Gus is in the office as ever.
        (
            "2027-01-04,Crown Court,2,Latin",
            2,
            "nobody has the skill Latin: Crown Court (skill Latin) on Monday 4 January 2027.",
        ),
        # On a day on which nobody works nobody can go to court.
        (
            "2027-01-06,Crown Court,3,",
            3,
            "nobody works then: Crown Court on Wednesday 6 January 2027.",
        ),
    ],
)
def test_a_duty_that_nobody_may_do_is_a_breach_and_a_remark(tmp_path, duty, cost, says):
    tables = {"duties": f"date,site,needed,skill\n{duty}\n"}
    unit, out = folder(tmp_path, NO_HOME, **tables), tmp_path / "out"
    remark = f"duties: 1 duty cannot be met, because {says}\n"
    assert_planned(unit, out, 1, (0, cost, 0, 0, 0, 0), remark=remark)


def test_a_period_without_a_working_day_is_planned(tmp_path):
    """Good Friday 2027 is the only day on which the officer would work."""
    friday = CAI.replace("Mon Tue Wed Thu Fri", "Fri")
    policy = 'start = "2027-03-22"\nweeks = 1\n'
    assert_planned(folder(tmp_path, friday, policy), tmp_path / "out", 0, (0, 0, 0, 0, 0, 0))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_one_week_of_nobody_but_one_officer_is_planned(tmp_path, workers):
    # Of five days three at least are in the office, and the team day is one of those.
    unit, out = folder(tmp_path, CAI), tmp_path / "out"
    assert_planned(unit, out, 5, (0, 0, 0, 0, 0, 0), "--workers", workers)
    sites = sorted(row["site"] for row in rows_of(out / "rota.csv"))
    assert sites[:3] == ["Luton", "Luton", "Luton"]


@pytest.mark.parametrize(
    "settings",
    [
        "office_percent = 0\n",
        "office_percent = 100\nhome_days_per_week = 0\n",
        "counts = []\n",
        "mentor_days_per_week = 5\nmanagers_in = 9\nnotice_days = 0\n",
        "[weights]\ndesks = 0\noffice-minimum = 0\nteam-day = 0\n",
    ],
)
def test_odd_policies_are_planned(tmp_path, settings):
    unit, out = folder(tmp_path, ANA + CAI + NO_HOME, POLICY + settings), tmp_path / "out"
    assert_planned(unit, out, 9, None)


def assert_planned(unit, out, seats, costs, *options, remark=""):
    result = plan(unit, out, "--json", *options)
    assert (result.exit_code, result.stderr) == (0, remark)
    assert names_in(out) == FILES
    summary = summary_in(out)
    assert summary["status"] == "optimal"
    assert costs_in(summary) == bounds_in(summary)
    if costs is not None:
        assert costs_in(summary) == costs
    assert summary["seats"] == len(rows_of(out / "rota.csv")) == seats
    checked = check(unit, out / "rota.csv", "--json")
    assert checked.exit_code == 0
    assert tuple(json.loads(checked.stdout)["costs"].values()) == costs_in(summary)
