"""Records that have no effect, and new starters without their mentor: one remark for one cause."""

from datetime import date
from pathlib import Path

import pytest

from rota.remarks import find_remarks_on_problem
from tests.rota.reading.small_unit import read, write_unit

# 101 Ana Bell works Mon to Wed, 102 Cai Dunn (new, mentor Ana) all week, 103 Eve Frost Thu and Fri.
# All of them are based at Luton, which has 8 desks. Good Friday is 26 March 2027.
POLICY = "start = 2027-03-22\nweeks = 2\n"
HEADERS = {
    "away": "staff_no,first,last,kind,part",
    "duties": "date,site,needed,skill,part",
    "appointments": "staff_no,date,site,part",
    "requests": "staff_no,when,wants,strength,part",
    "links": "staff_no,with_staff_no,reason",
    "closures": "site,date,desks,part",
    "rota": "staff_no,date,site,locked,part",
}


def remarks(folder: Path, policy: str = POLICY, **tables: str) -> list[str]:
    """The remarks on the small unit with these rows in its other tables."""
    texts = {
        name: f"{HEADERS[name]}\n{rows}\n" if name in HEADERS else rows
        for name, rows in tables.items()
    }
    problem = read(write_unit(folder, policy=policy, **texts)).problem
    return [str(remark) for remark in find_remarks_on_problem(problem)]


def officers(*changes: tuple[str, str], more: str = "") -> str:
    """The officers of the small unit, with columns for skills and leaving."""
    text = (
        "staff_no,name,team,grade,start_date,base_site,working_days,mentor,skills,home,leave_date\n"
        "101,Ana Bell,Red,PO,2015-03-02,Luton,Mon Tue Wed,,court,,\n"
        "102,Cai Dunn,Red,PQIP,2026-09-07,Luton,Mon Tue Wed Thu Fri,101,,,\n"
        f"103,Eve Frost,Red,SPO,2011-01-10,Luton,Thu Fri,,,,\n{more}"
    )
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_unit_of_which_all_has_an_effect(tmp_path):
    assert (
        remarks(
            tmp_path,
            away="101,2027-03-24,2027-03-28,leave",
            duties="2027-03-22,Crown Court,1,",
            appointments="103,2027-03-25,Luton",
            requests="101,Mon,home,1\n103,2027-03-25,office,1",
            links="101,102,",
            closures="Luton,2027-03-22,7\nCrown Court,2027-03-22,0",
            rota="101,2027-03-22,Luton,",
        )
        == []
    )


def test_what_falls_on_a_day_off_of_the_unit(tmp_path):
    policy = f"{POLICY}days_off = [2027-03-24, 2027-03-26, 2027-03-27]\n"
    assert remarks(
        tmp_path,
        policy,
        appointments="102,2027-03-24,Luton",
        closures="Luton,2027-03-24,0",
    ) == [
        "appointments: 1 appointment cannot be kept, because nobody works on days off of the unit: "
        "Cai Dunn (102) at Luton on Wednesday 24 March 2027.",
        "closures: 1 closure has no effect, because nobody works on days off of the unit: "
        "Luton on Wednesday 24 March 2027.",
        "policy: the day off on Friday 26 March 2027 changes nothing, because nobody works on bank "
        "holidays.",
        "policy: the day off on Saturday 27 March 2027 changes nothing, because nobody works at "
        "weekends.",
    ]


EXTRA = officers(
    ("home,leave_date", "extra_days,leave_date"),
    (",101,,,", ",101,,yes,"),
    ("Thu Fri,,,,", "Thu Fri,,,no,"),
)
"""The small unit in which Cai Dunn, who has no skill, may be asked for extra days."""

SATURDAY, GOOD_FRIDAY, BANK_HOLIDAYS = "2027-03-27", "2027-03-26", "2027-03-26 2027-03-29"


def test_duties_on_extra_days_for_which_nobody_may_be_asked_are_one_remark(tmp_path):
    days = [SATURDAY, *BANK_HOLIDAYS.split(), "2027-04-03"]
    rows = "\n".join(f"{day},Crown Court,1,court" for day in days)
    assert remarks(tmp_path, officers=officers(), duties=rows) == [
        "duties: 4 duties cannot be met, because nobody may be asked for extra days: "
        "Crown Court (skill court) on Saturday 27 March 2027; "
        "Crown Court (skill court) on Friday 26 March 2027; "
        "Crown Court (skill court) on Monday 29 March 2027 and 1 more."
    ]


@pytest.mark.parametrize(
    ("duty", "away", "causes"),
    [
        (f"{SATURDAY},Crown Court,1,", "", []),
        (f"{GOOD_FRIDAY},Luton,1,", "", []),
        (
            f"{SATURDAY},Crown Court,1,court",
            "",
            ["nobody with the skill court who may use Crown Court may be asked for extra days"],
        ),
        (f"{SATURDAY},Bedford,1,", "", ["nobody may use Bedford"]),
        (f"{SATURDAY},Crown Court,1,", f"102,{SATURDAY},{SATURDAY},leave", ["nobody works then"]),
    ],
)
def test_a_duty_on_an_extra_day_is_for_who_may_be_asked(tmp_path, duty, away, causes):
    tables = {"away": away} if away else {}
    those = remarks(tmp_path, officers=EXTRA, duties=duty, **tables)
    assert [line.partition("because ")[2].partition(":")[0] for line in those] == causes


def test_an_absence_on_an_extra_day_has_an_effect_for_who_may_be_asked_alone(tmp_path):
    rows = f"102,{SATURDAY},{SATURDAY},leave\n103,{SATURDAY},{SATURDAY},leave"
    assert remarks(
        tmp_path, officers=EXTRA, duties=f"{GOOD_FRIDAY},Luton,1,\n{SATURDAY},Luton,0,", away=rows
    ) == [
        "away: 1 absence has no effect, because the officer may not be asked for extra days: "
        "Eve Frost (103), Saturday 27 March 2027."
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "101,2027-03-25,2027-03-26,leave",
            "because the officer works on none of those days: "
            "Ana Bell (101), Thursday 25 March 2027 to Friday 26 March 2027.",
        ),
        (
            "101,2027-03-25,2027-03-25,sick",
            "because the officer does not work on that weekday: "
            "Ana Bell (101), Thursday 25 March 2027.",
        ),
        (
            "103,2027-03-26,2027-03-26,sick",
            "because nobody works on bank holidays: Eve Frost (103), Friday 26 March 2027.",
        ),
        (
            "101,2016-01-04,2026-03-20,sick",
            "because what has been over for more than a year counts for nothing: "
            "Ana Bell (101), Monday 4 January 2016 to Friday 20 March 2026.",
        ),
    ],
)
def test_an_absence_without_effect(tmp_path, row, sentence):
    assert remarks(tmp_path, away=row) == [f"away: 1 absence has no effect, {sentence}"]


def test_an_absence_that_is_over_but_not_for_long_is_passed_over(tmp_path):
    assert remarks(tmp_path, away="101,2026-03-25,2026-03-26,leave") == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("101,Fri,home,1", "the officer does not work on that weekday: {} for home every Friday."),
        (
            "101,2027-03-27,home,1",
            "nobody works at weekends: {} for home on Saturday 27 March 2027.",
        ),
        (
            "101,2027-03-26,home,1",
            "nobody works on bank holidays: {} for home on Friday 26 March 2027.",
        ),
        (
            "101,2027-03-25,home,1",
            "the officer does not work on that weekday: {} for home on Thursday 25 March 2027.",
        ),
        (
            "101,2027-03-23,home,1",
            "the officer is away then: {} for home on Tuesday 23 March 2027.",
        ),
        ("101,Tue,home,1", "the officer is away then: {} for home every Tuesday."),
    ],
)
def test_a_request_without_effect(tmp_path, row, sentence):
    away = "101,2027-03-23,2027-03-23,leave\n101,2027-03-30,2027-03-30,leave"
    found = sentence.format("Ana Bell (101)")
    assert remarks(tmp_path, away=away, requests=row) == [
        f"requests: 1 request has no effect, because {found}"
    ]


def test_requests_of_those_who_left_or_are_to_come(tmp_path):
    people = officers((",court,,\n", ",court,,2027-03-19\n"), ("2011-01-10", "2027-04-12"))
    assert remarks(tmp_path, officers=people, requests="101,Mon,home,\n103,Thu,home,")[1:] == [
        "requests: 1 request has no effect, because the officer has left by then: "
        "Ana Bell (101) for home every Monday.",
        "requests: 1 request has no effect, because the officer has not started by then: "
        "Eve Frost (103) for home every Thursday.",
    ]


def test_a_request_that_cannot_be_met(tmp_path):
    people = officers((",court,,\n", ",court,no,\n"))
    assert remarks(tmp_path, officers=people, requests="101,Mon,home,\n101,Tue,prison,") == [
        "requests: 1 request cannot be met, because the officer may not work at home: "
        "Ana Bell (101) for home every Monday.",
        "requests: 1 request cannot be met, because there is no site of the kind prison: "
        "Ana Bell (101) for prison every Tuesday.",
    ]


def test_a_request_for_a_kind_of_site_where_the_officer_may_not_be(tmp_path):
    found = remarks(
        tmp_path,
        duties="2027-03-22,Crown Court,1,\n2027-03-23,Crown Court,1,court",
        requests="101,Mon,court,\n101,Tue,court,\n101,2027-03-30,court,",
        appointments="102,2027-03-24,Crown Court",
    )
    assert found[1:] == [
        "requests: 2 requests cannot be met, because the officer may be at no site of that kind "
        "then: Ana Bell (101) for court every Tuesday; "
        "Ana Bell (101) for court on Tuesday 30 March 2027.",
    ]


def test_many_requests_alike_are_one_remark(tmp_path):
    days = [date(2027, 3, 25), date(2027, 4, 1), date(2027, 4, 8), date(2027, 4, 15)]
    rows = "\n".join(f"101,{day},home,1" for day in days)
    assert remarks(tmp_path, requests=rows) == [
        "requests: 4 requests have no effect, because the officer does not work on that weekday: "
        "Ana Bell (101) for home on Thursday 25 March 2027; "
        "Ana Bell (101) for home on Thursday 1 April 2027; "
        "Ana Bell (101) for home on Thursday 8 April 2027 and 1 more."
    ]


def test_appointments_that_cannot_be_kept(tmp_path):
    rows = "101,2027-03-25,Luton\n102,2027-03-24,Luton\n102,2027-03-24,Crown Court"
    assert remarks(tmp_path, appointments=rows) == [
        "appointments: 1 appointment cannot be kept, because the officer does not work on that "
        "weekday: Ana Bell (101) at Luton on Thursday 25 March 2027.",
        "appointments: 1 appointment cannot be kept, because the officer is expected at more than "
        "one site that day: Cai Dunn (102) at Luton and Crown Court on Wednesday 24 March 2027.",
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "2027-03-27,Crown Court,1,court",
            "nobody may be asked for extra days: "
            "Crown Court (skill court) on Saturday 27 March 2027.",
        ),
        (
            "2027-03-22,Crown Court,1,cuort",
            "nobody has the skill cuort: Crown Court (skill cuort) on Monday 22 March 2027. "
            "Maybe court?",
        ),
        (
            "2027-03-25,Crown Court,1,court",
            "nobody with the skill court works then: "
            "Crown Court (skill court) on Thursday 25 March 2027.",
        ),
        (
            "2027-03-22,Bedford,1,",
            "nobody may use Bedford: Bedford on Monday 22 March 2027.",
        ),
    ],
)
def test_a_duty_that_nobody_may_do(tmp_path, row, sentence):
    assert remarks(tmp_path, officers=officers(), duties=row) == [
        f"duties: 1 duty cannot be met, because {sentence}"
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        # Ana, who alone has the skill, works Mon to Wed and is away on the second Tuesday.
        ("Thu Fri,1,court,,,", "cannot be met, because nobody with the skill court works then: {} "
         "every Thursday and Friday."),
        ("Tue,1,cuort,2027-03-22,,2", "cannot be met, because nobody has the skill cuort: {} "
         "every 2 weeks on Tuesday from Monday 22 March 2027. Maybe court?"),
        ("Tue,1,court,,,", "cannot be met, because nobody with the skill court works then: {} "
         "on Tuesday 30 March 2027."),
        ("Mon,1,court,2027-03-23,2027-03-26,", "has no effect, because nobody works on any of its "
         "days: {} every Monday from Tuesday 23 March 2027 to Friday 26 March 2027."),
        ("Mon,1,court,2027-03-29,2027-03-29,", "has no effect, because nobody works on any of its "
         "days: {} every Monday from Monday 29 March 2027 to Monday 29 March 2027."),
    ],
)  # fmt: skip
def test_a_duty_of_weekdays_that_nobody_may_do(tmp_path, row, sentence):
    weekdays, rest = row.split(",", 1)
    skill = rest.split(",")[1]
    duties = f"date,site,needed,skill,first,last,every\n{weekdays},Crown Court,{rest}\n"
    away = "101,2027-03-30,2027-03-30,leave"
    found = read(write_unit(tmp_path, policy=POLICY, officers=officers(), duties=duties,
                            away=f"{HEADERS['away']}\n{away}\n")).problem  # fmt: skip
    assert [
        str(remark) for remark in find_remarks_on_problem(found) if remark.table == "duties"
    ] == [f"duties: 1 duty {sentence.format(f'Crown Court (skill {skill})')}"]


def test_appointments_of_weekdays_that_cannot_be_kept(tmp_path):
    rows = (
        "101,Thu Fri,Luton,,,\n102,Wed,Luton,,,\n102,Wed,Crown Court,2027-03-29,2027-04-02,\n"
        "103,Thu,Luton,,2027-03-19,\n103,Fri,Luton,2027-03-26,2027-03-26,\n"
    )
    appointments = f"staff_no,date,site,first,last,every\n{rows}"
    found = read(write_unit(tmp_path, policy=POLICY, appointments=appointments)).problem
    assert [str(remark) for remark in find_remarks_on_problem(found)] == [
        "appointments: 1 appointment cannot be kept, because the officer does not work on that "
        "weekday: Ana Bell (101) at Luton every Thursday and Friday.",
        "appointments: 1 appointment has no effect, because nobody works on any of its days: "
        "Eve Frost (103) at Luton every Friday from Friday 26 March 2027 to Friday 26 March 2027.",
        "appointments: 1 appointment cannot be kept, because the officer is expected at more than "
        "one site that day: Cai Dunn (102) at Luton and Crown Court on Wednesday 31 March 2027.",
    ]


def test_closures_without_effect(tmp_path):
    rows = (
        "Luton,2027-03-27,0\nLuton,2027-03-26,0\nLuton,2027-03-25,8\nBedford,2027-03-25,0\n"
        "Crown Court,2027-03-25,0"
    )
    assert remarks(tmp_path, closures=rows) == [
        "closures: 1 closure has no effect, because nobody works at weekends: "
        "Luton on Saturday 27 March 2027.",
        "closures: 1 closure has no effect, because nobody works on bank holidays: "
        "Luton on Friday 26 March 2027.",
        "closures: 1 closure has no effect, because the site has so many desks anyway: "
        "Luton on Thursday 25 March 2027.",
        "closures: 2 closures have no effect, because nobody may be at the site that day: "
        "Bedford on Thursday 25 March 2027; Crown Court on Thursday 25 March 2027.",
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("2011-01-10", "2011-01-10"), "Eve Frost (103) works on other days"),
        (
            ("SPO,2011-01-10,Luton", "SPO,2011-01-10,Bedford"),
            "Eve Frost (103) is based at Bedford ",
        ),
        ((",court,,\n", ",court,,2027-03-19\n"), "Ana Bell (101) left on Friday 19 March 2027"),
    ],
)
def test_links_of_those_who_never_meet(tmp_path, change, sentence):
    (found,) = remarks(tmp_path, officers=officers(change, (",101,", ",,")), links="101,103,")
    assert found.startswith(f"links: 1 link has no effect, because {sentence}")
    assert found.endswith(": Ana Bell (101) and Eve Frost (103).")


def test_published_seats_on_days_that_are_not_worked(tmp_path):
    rota = "101,2027-03-25,Luton,\n101,2027-03-22,Luton,"
    assert remarks(tmp_path, rota=rota, away="101,2027-03-22,2027-03-22,sick") == [
        "rota: 1 seat has no effect, because the officer does not work on that weekday: "
        "Ana Bell (101) on Thursday 25 March 2027."
    ]


ALONE = "officers: Cai Dunn (102) has no day with a mentor"


@pytest.mark.parametrize(
    ("change", "away", "sentence"),
    [
        (None, "101,2026-10-01,2027-09-30,other", f"{ALONE}: Ana Bell (101) is away."),
        (
            ("PO,2015-03-02,Luton", "PO,2015-03-02,Bedford"),
            "",
            f"{ALONE}: Ana Bell (101) is based at Bedford and may not use Luton.",
        ),
        (
            (",court,,\n", ",court,,2027-03-19\n"),
            "",
            f"{ALONE}: Ana Bell (101) left on Friday 19 March 2027.",
        ),
        (
            ("2015-03-02", "2027-04-12"),
            "",
            f"{ALONE}: Ana Bell (101) starts on Monday 12 April 2027.",
        ),
        (
            ("Mon Tue Wed Thu Fri,101", "Thu Fri,101"),
            "",
            f"{ALONE}: Ana Bell (101) works on other days.",
        ),
        (
            None,
            "101,2027-03-29,2027-04-02,leave",
            f"{ALONE} in the week of 29 March 2027: Ana Bell (101) is away.",
        ),
        (
            (",court,,\n", ",court,,2027-03-29\n"),
            "101,2027-03-22,2027-03-26,leave",
            f"{ALONE} in the week of 22 March 2027: Ana Bell (101) is away.",
        ),
    ],
)
def test_a_new_starter_without_a_mentor(tmp_path, change, away, sentence):
    people = officers(*([change] if change else []))
    found = remarks(tmp_path, officers=people, away=away)
    assert found[0] == sentence


def test_two_weeks_without_a_mentor_for_two_reasons(tmp_path):
    people = officers((",court,,\n", ",court,,2027-03-26\n"))
    assert remarks(tmp_path, officers=people, away="101,2027-03-22,2027-03-24,leave") == [
        f"{ALONE} in the week of 22 March 2027: Ana Bell (101) is away.",
        f"{ALONE} in the week of 29 March 2027: Ana Bell (101) left on Friday 26 March 2027.",
    ]


def test_where_no_mentor_days_are_asked_there_is_no_remark(tmp_path):
    people = officers((",court,,\n", ",court,,2027-03-19\n"))
    for policy in ("mentor_days_per_week = 0\n", "weights = {mentor-days = 0}\n"):
        assert remarks(tmp_path, POLICY + policy, officers=people) == []


def test_a_mentor_of_many_is_told_of_in_six_remarks(tmp_path):
    new = "".join(
        f"{n},New {n},Red,PQIP,2026-09-07,Luton,Mon Tue,101,,,\n" for n in range(104, 111)
    )
    found = remarks(tmp_path, officers=officers(more=new), away="101,2027-03-01,2027-04-30,sick")
    assert found[1:5] == [
        f"officers: New {n} ({n}) has no day with a mentor: Ana Bell (101) is away."
        for n in range(104, 108)
    ]
    assert found[5:] == [
        "officers: others too have no day with a mentor, or none in some weeks: "
        "New 108 (108); New 109 (109); New 110 (110)."
    ]
