"""findings.csv, byte for byte."""

from datetime import date

from rota.checker import Finding, Judgement, judge
from rota.domain import Seat, Week
from rota.rules import RULES, Gathering, Limit, Term
from rota.writing import build_judgement_json, write_findings
from tests.rota.writing.small_unit import HALVES, SPLIT_ROTA

SEAT = Seat("1", date(2027, 1, 4), "Mill House")

# Thursday: 3 for 2 desks. Ann has 2 of ⌈60 % of 4⌉ = 3 office days, Cid 1 of ⌈60 % of 2⌉ = 2.
# Monday: Bob, new, is in while Ann is at court and Cid at home.
BREACHES = """\
rule,level,weight,about,when,count,least,most,gap,says
desks,limit,1,Mill House,2027-01-07,3,,2,1,\
3 officers for 2 desks at Mill House on Thursday 7 January 2027.
keep-notice,notice,1,Ann Ash (1) at home,2027-01-05,0,1,,1,\
"The published seat of Ann Ash (1) at home on Tuesday 5 January 2027, at short notice, is not kept."
office-minimum,policy,3,Cid Cole (3),2027-01-04/2027-01-10,1,2,,1,\
Cid Cole (3) has 1 office day from 4 January 2027 to 10 January 2027; at least 2 asked.
office-minimum,policy,3,Ann Ash (1),2027-01-04/2027-01-10,2,3,,1,\
Ann Ash (1) has 2 office days from 4 January 2027 to 10 January 2027; at least 3 asked.
supervision,policy,4,East at Mill House,2027-01-04,1,,0,1,\
1 new starter of East at Mill House without experienced colleagues to turn to \
on Monday 4 January 2027.
keep-published,stability,1,Bob Beech (2) at home,2027-01-07,0,1,,1,\
The published seat of Bob Beech (2) at home on Thursday 7 January 2027 is not kept.
"""


def written(path, judgement):
    write_findings(path / "findings.csv", judgement)
    return (path / "findings.csv").read_bytes().decode()


def test_breaches_come_first(tmp_path, judgement):
    text = written(tmp_path, judgement)
    assert text.startswith(BREACHES)
    assert len(text.splitlines()) == 1 + len(judgement.findings)


def test_then_what_is_kept_in_the_order_of_the_rules(tmp_path, judgement):
    rows = written(tmp_path, judgement).splitlines()[len(BREACHES.splitlines()) :]
    assert list(dict.fromkeys(row.split(",")[0] for row in rows)) == [
        "desks",
        "cover",
        "keep-notice",
        "office-minimum",
        "home-maximum",
        "supervision",
        "mentor-days",
        "team-day",
        "home-edges",
    ]


def test_a_week_is_written_as_iso_8601_and_a_negative_count_as_a_number(tmp_path):
    (supervision,) = (rule for rule in RULES if rule.key == "supervision")
    (links,) = (rule for rule in RULES if rule.key == "links")
    week = Week.of(SEAT.date)
    judgement = Judgement(
        (),
        (
            Finding(supervision, 4, Limit("=1+1", SEAT.date, (Term(-2, SEAT),), most=0), -2, 0),
            Finding(links, 2, Gathering("A and B", week, 1, (((SEAT,),),)), 1, 0),
        ),
    )
    assert written(tmp_path, judgement).splitlines()[1:] == [
        "supervision,policy,4,'=1+1,2027-01-04,-2,,0,0,0 new starters of =1+1 without "
        "experienced colleagues to turn to on Monday 4 January 2027.",
        "links,people,2,A and B,2027-W01,1,1,,0,A and B share 1 day at the base "
        "in the week of 4 January 2027; at least 1 asked.",
    ]


def test_half_days_are_told_as_such_and_whole_numbers_have_no_point(tmp_path):
    lines = written(tmp_path, judge(HALVES, SPLIT_ROTA)).splitlines()
    # On Monday afternoon 3 are in for 2 desks; Ann has 2½ office days.
    assert lines[1] == (
        "desks,limit,1,Mill House,2027-01-04 pm,3,,2,0.5,"
        "3 officers for 2 desks at Mill House on the afternoon of Monday 4 January 2027."
    )
    assert (
        "office-minimum,policy,3,Ann Ash (1),2027-01-04/2027-01-10,2.5,3,,0.5,"
        "Ann Ash (1) has 2½ office days from 4 January 2027 to 10 January 2027; at least 3 asked."
    ) in lines
    assert not [line for line in lines if ".0," in line]


def test_json_has_halves_with_a_point_and_whole_numbers_without():
    judgement = judge(HALVES, SPLIT_ROTA)
    json = build_judgement_json(judgement)
    assert json["breaches"][0] == {
        "rule": "desks",
        "level": "limit",
        "weight": 1,
        "about": "Mill House",
        "when": "2027-01-04 pm",
        "gap": 0.5,
        "says": "3 officers for 2 desks at Mill House on the afternoon of Monday 4 January 2027.",
    }
    costs = json["costs"]
    assert costs["limit"] == 0.5
    assert [level for level, cost in costs.items() if type(cost) is not int] == [
        level for level, cost in costs.items() if cost != int(cost)
    ]
