"""What a terminal shows, line by line."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from rota.checker import judge
from rota.domain import HOME, Rota, Seat, Site
from rota.rules import LEVELS
from rota.writing import show_judgement, show_misfits, show_rota
from rota.writing.level_standings import group_breaches_by_rule
from tests.rota.writing.small_unit import (
    ANN,
    BOB,
    CID,
    COURT,
    HALVES,
    HOUSE,
    MON,
    SPLIT_ROTA,
    THU,
    TUE,
)


def shown(show, *args, width=80, encoding="utf-8", **more):
    bytes_ = io.BytesIO()
    console = Console(file=io.TextIOWrapper(bytes_, encoding, newline=""), width=width)
    show(console, *args, **more)
    console.file.flush()
    return [line.rstrip() for line in bytes_.getvalue().decode(encoding).splitlines()]


GRID = [
    "East (Mill House)",
    "           |4 Jan 2027",
    "           |Mo Tu We Th Fr",
    "+ Ann Ash  |MC=MH*b  MH h",
    "N Bob Beech|MH MH b  MH*h",
    "M Cid Cole |h  a  b  MH .",
    "",
]


def test_the_grid_and_its_key(problem, rota):
    assert shown(show_rota, problem, rota) == [
        *GRID,
        "h home           MH Mill House        MC Mill Court   a away      . not working",
        "b bank holiday   * not as published   = locked        M manager   N new starter",
        "+ mentor",
    ]


def test_split_days_have_two_codes_and_are_in_the_key():
    lines = shown(show_rota, HALVES, SPLIT_ROTA)
    assert lines[:6] == [
        "East (Mill House)",
        "           |4 Jan 2027",
        "           |Mon   Tue   Wed   Thu   Fri",
        "+ Ann Ash  |MC/MH=MH    b     MH    h",
        "N Bob Beech|MH*   MH    b     h/h*  h",
        "M Cid Cole |MH    h/a   b     MH/.  .",
    ]
    assert "/ between morning and afternoon" in " ".join(lines[7:])


def test_the_shapes_of_a_rota_that_is_none(problem, rota):
    moon = Seat("3", MON, "The Moon")
    others = (s for s in rota if (s.staff_no, s.date) not in {("3", MON), ("2", MON)})
    wrong = Rota.of([*others, Seat("1", THU, HOME.name), moon])
    lines = shown(show_rota, problem, wrong)
    assert lines[3:6] == [
        "+ Ann Ash  |MC=MH*b  ?! h",
        "N Bob Beech|?  MH b  MH*h",
        "M Cid Cole |?! a  b  MH .",
    ]
    assert {"? not planned", "?! more than one site, or one that is not known"} <= {
        part.strip() for line in lines[7:] for part in line.split("   ")
    }


def test_a_site_that_is_not_known_is_in_the_key(problem):
    text = "\n".join(shown(show_rota, problem, Rota.of([Seat("3", MON, "The Moon")])))
    assert "?! more than one site, or one that is not known" in text


def test_signs_follow_their_code(problem, rota):
    published = (*problem.unit.published[:2], problem.unit.published[2]._replace(site=HOUSE))
    locked = (published[0], published[1]._replace(site=HOUSE, locked=True), published[2])
    home = Rota.of([*(s for s in rota if s != Seat("2", THU, HOUSE)), Seat("2", THU, HOME.name)])
    unit = replace(problem.unit, published=locked)
    assert shown(show_rota, replace(problem, unit=unit), home)[3:5] == [
        "+ Ann Ash  |MC=MH=b  MH h",
        "N Bob Beech|MH MH b  h* h",
    ]


def four_weeks(problem, *officers):
    unit = replace(problem.unit, officers=officers, away=(), published=(), duties=())
    return replace(problem, unit=unit, policy=replace(problem.policy, weeks=4))


def all_at_home(problem):
    return Rota.of(Seat(who, day, HOME.name) for who, day in problem.allowed_sites)


@pytest.mark.parametrize(
    ("width", "weeks_abreast"), [(100, 4), (80, 4), (60, 2), (40, 1), (30, 1), (10, 1)]
)
def test_whole_weeks_stand_side_by_side_as_far_as_they_fit(problem, width, weeks_abreast):
    long = replace(ANN, name="Bartholomew Featherstonehaugh")
    problem = four_weeks(problem, long, BOB, CID)
    lines = shown(show_rota, problem, all_at_home(problem), width=width)
    heads = [line for line in lines if "|Mo" in line]
    assert [line.count("|") for line in heads] == [weeks_abreast] * (4 // weeks_abreast)
    rows = [line for line in lines if line.startswith("+ Bart")]
    assert "".join(rows).count("h ") + sum(row.endswith("h") for row in rows) == 19
    if width >= 30:
        assert max(map(len, lines)) <= width


def test_a_name_is_cut_only_where_it_must_be(problem):
    long = replace(ANN, name="Bartholomew Featherstonehaugh")
    problem = four_weeks(problem, long)
    rota = all_at_home(problem)
    names = {w: shown(show_rota, problem, rota, width=w)[3].split("|")[0] for w in (80, 85, 120)}
    assert names == {
        80: " Bartholomew Fe.",
        85: " Bartholomew Feather.",
        120: " Bartholomew Featherstoneh.",
    }


def test_wide_letters_keep_the_columns_straight(problem, rota):
    unit = replace(problem.unit, officers=(replace(ANN, name="山田太郎"), BOB, CID))
    assert shown(show_rota, replace(problem, unit=unit), rota)[3:6] == [
        "N Bob Beech|MH MH b  MH*h",
        "M Cid Cole |h  a  b  MH .",
        "+ 山田太郎 |MC=MH*b  MH h",
    ]


def test_the_longest_name_is_the_widest(problem, rota):
    unit = replace(problem.unit, officers=(replace(ANN, name="山田太郎左衛門"),))
    lines = shown(show_rota, replace(problem, unit=unit), rota)
    assert lines[3] == " 山田太郎左衛門|MC=MH*b  MH h"


def test_square_brackets_and_smileys_are_no_markup(problem, rota):
    unit = replace(
        problem.unit,
        sites=(Site(HOUSE, "office", 2), Site(COURT, "court"), Site("[red]Hub :x:", "partner")),
        officers=(replace(ANN, name="[b]A :x:"), BOB, CID),
    )
    hub = Rota.of(
        [*(s for s in rota if s != Seat("2", TUE, HOUSE)), Seat("2", TUE, "[red]Hub :x:")]
    )
    odd = replace(problem, unit=unit)
    text = "\n".join(shown(show_rota, odd, hub))
    assert "[b]A :x:" in text
    assert "RH [red]Hub :x:" in text
    assert "[red]Hub :x:" in "\n".join(shown(show_misfits, judge(odd, hub)))


def test_it_needs_no_colours_and_no_letters_beyond_ascii(problem, rota, judgement):
    assert shown(show_rota, problem, rota, encoding="ascii")[:7] == GRID
    assert shown(show_judgement, judgement, {}, encoding="ascii") == shown(
        show_judgement, judgement, {}
    )


def test_nobody_makes_no_grid(problem):
    unit = replace(problem.unit, officers=(), away=(), published=())
    assert shown(show_rota, replace(problem, unit=unit), Rota.of([])) == []


JUDGEMENT = [
    "Level       Breaches   Cost   Bound   How good",
    "limit              1      1       1   proven best",
    "cover              0      0           nothing broken",
    "notice             1      1           not proven",
    "policy             3     10       7   not proven; at least 7",
    "stability          1      1           not proven",
    "people             0      0           nothing broken",
    "",
    "Broken rule      Level       Breaches   Cost",
    "desks            limit              1      1",
    "keep-notice      notice             1      1",
    "office-minimum   policy             2      6",
    "supervision      policy             1      4",
    "keep-published   stability          1      1",
    "",
]
DESKS = "  limit: 3 officers for 2 desks at Mill House on Thursday 7 January 2027."


def sentences(breaches):
    return [f"  {breach.rule.level}: {breach.says}" for breach in breaches]


def test_levels_rules_and_the_weightiest_breach_of_each(judgement):
    bounds = {"limit": 1, "policy": 7}
    by_rule = [breaches[0] for _, breaches in group_breaches_by_rule(judgement)]
    assert shown(show_judgement, judgement, bounds, most=1, width=200) == [
        *JUDGEMENT,
        DESKS,
        *sentences(by_rule)[1:],
        "  and 1 more breach; findings.csv has all of them.",
    ]


def test_all_breaches_where_no_file_has_them(judgement):
    lines = shown(show_judgement, judgement, {"limit": 1, "policy": 7}, most=None, width=200)
    assert lines[: len(JUDGEMENT)] == JUDGEMENT
    by_rule = [breach for _, breaches in group_breaches_by_rule(judgement) for breach in breaches]
    assert lines[len(JUDGEMENT) :] == sentences(by_rule)


def test_nothing_is_said_of_bounds_where_nothing_was_proven(judgement):
    assert shown(show_judgement, judgement, None)[:2] == [
        "Level       Breaches   Cost",
        "limit              1      1",
    ]


def test_nothing_broken_is_a_table_of_levels_alone(problem):
    nobody = replace(problem.unit, officers=(), away=(), duties=(), published=())
    judgement = judge(replace(problem, unit=nobody), Rota.of([]))
    assert shown(show_judgement, judgement, {}) == [
        "Level       Breaches   Cost   Bound   How good",
        *(f"{level:<12}       0      0           nothing broken" for level in LEVELS),
    ]


def test_misfits_are_listed_and_the_rest_counted(problem, judgement):
    assert shown(show_misfits, judgement) == []
    nobody_in = judge(problem, Rota.of([]))
    lines = shown(show_misfits, nobody_in, most=1)
    assert lines == [
        "These seats do not make a rota:",
        "  Cid Cole (3) has no seat on Monday 4 January 2027; allowed: Mill House, home.",
        "  and 9 more like these.",
        "",
    ]
