"""Records of half a day that have no effect, or ask for what cannot be."""

import pytest

from tests.rota.remarks.test_remarks import officers, remarks

# Ana works Mon and Tue and on Wednesday mornings, and is away on Tuesday afternoon.
PEOPLE = officers(("Mon Tue Wed,,court", "Mon Tue Wed am,,court"))
AWAY = "101,2027-03-23,2027-03-23,leave,pm"
ANA = "Ana Bell (101)"


def half_day_remarks(folder, **tables):
    """The remarks on the unit with these rows in its tables."""
    return remarks(folder, officers=PEOPLE, **{"away": AWAY, **tables})


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "101,Wed,home,1,pm",
            f"the officer does not work in that half of the day: {ANA} for home every Wednesday "
            "afternoon.",
        ),
        (
            "101,2027-03-24,home,1,pm",
            f"the officer does not work in that half of the day: {ANA} for home on the afternoon "
            "of Wednesday 24 March 2027.",
        ),
        (
            "101,2027-03-23,home,1,pm",
            f"the officer is away then: {ANA} for home on the afternoon of Tuesday 23 March 2027.",
        ),
    ],
)
def test_a_request_for_a_half_that_is_not_worked(tmp_path, row, sentence):
    assert half_day_remarks(tmp_path, requests=row) == [
        f"requests: 1 request has no effect, because {sentence}"
    ]


@pytest.mark.parametrize(
    "row", ["101,Wed,home,1,am", "101,Wed,home,1,", "101,Tue,home,1,pm", "101,2027-03-23,home,1,am"]
)
def test_a_request_for_a_half_that_is_worked(tmp_path, row):
    assert half_day_remarks(tmp_path, requests=row) == []


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            "101,2027-03-23,Luton,pm",
            f"the officer is away then: {ANA} at Luton on the afternoon of Tuesday 23 March 2027.",
        ),
        # All day asks for more than the morning that she works.
        (
            "101,2027-03-24,Luton,",
            f"the officer does not work in that half of the day: {ANA} at Luton on Wednesday "
            "24 March 2027.",
        ),
        (
            "101,2027-03-22,Luton,am\n101,2027-03-22,Crown Court,",
            f"the officer is expected at more than one site that day: {ANA} at Luton and Crown "
            "Court on Monday 22 March 2027.",
        ),
    ],
)
def test_an_appointment_that_cannot_be_kept(tmp_path, rows, sentence):
    assert half_day_remarks(tmp_path, appointments=rows) == [
        f"appointments: 1 appointment cannot be kept, because {sentence}"
    ]


def test_two_appointments_in_different_halves_can_be_kept(tmp_path):
    rows = "101,2027-03-22,Luton,am\n101,2027-03-22,Crown Court,pm\n101,2027-03-24,Luton,am"
    assert half_day_remarks(tmp_path, appointments=rows) == []


@pytest.mark.parametrize(
    ("row", "about"),
    [
        ("101,2027-03-24,2027-03-24,sick,pm", "the afternoon of Wednesday 24 March 2027"),
        (
            "101,2027-03-24,2027-03-25,sick,pm",
            "Wednesday 24 March 2027 to Thursday 25 March 2027, in the afternoons",
        ),
    ],
)
def test_an_absence_in_halves_that_are_not_worked_anyway(tmp_path, row, about):
    (remark,) = half_day_remarks(tmp_path, away=row)
    assert remark.startswith("away: 1 absence has no effect, because the officer ")
    assert remark.endswith(f": {ANA}, {about}.")


def test_a_duty_in_a_half_in_which_nobody_who_may_do_it_works(tmp_path):
    rows = "2027-03-24,Crown Court,1,court,pm\n2027-03-24,Crown Court,1,court,am"
    assert half_day_remarks(tmp_path, duties=rows) == [
        "duties: 1 duty cannot be met, because nobody with the skill court works then: "
        "Crown Court (skill court) on the afternoon of Wednesday 24 March 2027."
    ]


def test_a_published_half_that_is_not_worked(tmp_path):
    rows = "101,2027-03-24,Luton,,pm\n101,2027-03-24,Crown Court,,am"
    assert half_day_remarks(tmp_path, rota=rows) == [
        "rota: 1 seat has no effect, because the officer does not work in that half of "
        f"the day: {ANA} on the afternoon of Wednesday 24 March 2027."
    ]


def test_a_mentor_who_works_in_the_other_halves(tmp_path):
    people = officers(
        ("Mon Tue Wed,,court", "Mon am Tue am,,court"),
        ("Mon Tue Wed Thu Fri,101", "Mon pm Tue pm,101"),
    )
    assert remarks(tmp_path, officers=people) == [
        "officers: Cai Dunn (102) has no day with a mentor: Ana Bell (101) works at other times."
    ]


def test_a_week_in_turn_that_is_free(tmp_path):
    # 22 March 2027 is in the second of Ana's weeks, counted from 2 March 2015.
    people = officers(("Mon Tue Wed,,court", "Mon Tue / Mon,,court"))
    found = remarks(
        tmp_path, officers=people, requests="101,2027-03-23,home,1\n101,2027-03-30,home,1"
    )
    assert found == [
        "requests: 1 request has no effect, because the officer does not work on that weekday in "
        f"that week: {ANA} for home on Tuesday 23 March 2027."
    ]
