"""A unit that is written as an input folder reads as the very same unit and policy."""

import csv
import tempfile
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rota.domain import (
    FULL_TIME,
    Appointment,
    Away,
    Closure,
    Duty,
    EarlierTerms,
    Link,
    Officer,
    PastSeat,
    Policy,
    Presence,
    PublishedSeat,
    Request,
    Seat,
    Site,
    Team,
    Unit,
    WorkingPattern,
    list_settings,
)
from rota.domain.terms import name_of
from rota.errors import BadInput
from rota.reading import read_problem
from rota.records import TABLES
from rota.rules import RULES
from rota.writing import write_unit
from tests.conftest import times
from tests.random_problems import problems

MON, TUE = date(2027, 1, 4), date(2027, 1, 5)
LONG_AGO = date(2015, 3, 2)
ALL_WEEK = FULL_TIME
TODAY = date(2026, 12, 29)

ANA = Officer("007", "Ana Bell", "Red", "PO", LONG_AGO, "Luton", ALL_WEEK)
SMALL = Unit(
    sites=(Site("Luton", "office", 8), Site("Court", "court")),
    teams=(Team("Red", "Luton"),),
    officers=(ANA,),
)
FULL = Unit(
    sites=(
        Site("Luton", "office", 0, office_percent=40),
        Site("York, the “old” one", "office", may_be_alone=False),
        Site('Court "A"', "court", 3),
    ),
    teams=(Team("Red", "Luton"), Team("Łódź, Siân & Co", "York, the “old” one")),
    officers=(
        ANA,
        Officer(
            staff_no="b/2",
            name="O'Brien; Zoë, 'the \"2nd\"",
            team="Łódź, Siân & Co",
            grade="PQIP",
            start_date=date(2026, 9, 7),
            base='Court "A"',
            working_days=WorkingPattern.parse("Mon Fri am / Mon / -"),
            other_sites=("York, the “old” one", "Luton"),
            mentor="007",
            skills=frozenset({"youth, under 18", "trial", "çok"}),
            has_home_office=False,
            office_percent=0,
            home_days_per_week=0,
            leave_date=date(2027, 6, 30),
            email="zoe@example.org",
        ),
        Officer("-3", "'t Hart +@", "Red", "ADMIN", LONG_AGO, "Luton", WorkingPattern.of_days({2})),
    ),
    away=(Away("007", MON, TUE, "sick"), Away("b/2", MON, MON, part="pm")),
    duties=(
        Duty(MON, 'Court "A"', 2, "trial"),
        Duty(TUE, "Luton", 0),
        Duty(TUE, 'Court "A"', 1, part="am"),
        Duty(frozenset({0, 2}), "Luton", 1, first=MON, every=2),
    ),
    appointments=(
        Appointment("007", MON, 'Court "A"'),
        Appointment("-3", MON, "Luton", "am"),
        Appointment("007", frozenset({4}), "Luton", last=date(2027, 6, 30)),
    ),
    presence=(
        Presence("Luton", "first aid"),
        Presence("York, the “old” one", "fire warden", 2, frozenset({1, 3})),
        Presence("Luton", "first aid", 2, TUE),
    ),
    requests=(
        Request("007", 0, "home"),
        Request("007", 4, "office", 3),
        Request("-3", TUE, "home"),
        Request("-3", TUE, "office", part="pm"),
    ),
    links=(Link("007", "b/2", 'one; household, "theirs"'), Link("-3", "007")),
    closures=(Closure("Luton", TUE, TUE, 0), Closure("Luton", MON, MON, 4, "pm")),
    history=(
        PastSeat("007", MON - timedelta(days=3), "Luton", "am", "Duty officer"),
        PastSeat("007", MON - timedelta(days=3), "home", "pm"),
        PastSeat("-3", MON - timedelta(days=70), "home"),
    ),
    published=(
        PublishedSeat("007", MON, "home", locked=True),
        PublishedSeat("b/2", MON, "York, the “old” one"),
        PublishedSeat("007", TUE, "home", part="am"),
        PublishedSeat("007", TUE, "Luton", part="pm"),
    ),
)
PLAIN = Policy(start=MON)
MARK = "\ufeff"


def read(folder, notes=()):
    reading = read_problem(folder, today=TODAY)
    assert reading.notes == notes
    return reading.problem.unit, reading.problem.policy


def texts(folder):
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def test_a_full_unit_reads_as_it_was(tmp_path):
    write_unit(tmp_path, FULL, PLAIN)
    assert read(tmp_path) == (FULL, PLAIN)


def test_days_off_are_written_as_dates(tmp_path):
    policy = Policy(start=MON, days_off=(TUE, date(2027, 1, 15)))
    write_unit(tmp_path, FULL, policy)
    assert "days_off = [2027-01-05, 2027-01-15]\n" in texts(tmp_path)["policy.toml"]
    assert read(tmp_path) == (FULL, policy)


def test_a_full_unit_has_every_table():
    held = {"rota": "published"}
    assert [t.name for t in TABLES if not getattr(FULL, held.get(t.name, t.name))] == []


def readable(unit):
    """The unit without what no folder tells: circles of mentors, no working days, leaving early.

    Nor does it tell earlier policies. Earlier terms stand as reading has them, by table and name.
    What is published for days before the period stands in the same table as all else.
    """
    places = {row: n for n, row in enumerate((*unit.sites, *unit.teams, *unit.officers))}
    names = {name_of(row): place for row, place in places.items()}
    earlier = (
        EarlierTerms(_readable(t.row) if isinstance(t.row, Officer) else t.row, t.until)
        for t in sorted(unit.earlier, key=lambda terms: names[name_of(terms.row)])
    )
    return replace(
        unit,
        published=(*unit.published, *unit.published_before),
        published_before=(),
        officers=tuple(map(_readable, unit.officers)),
        earlier=tuple(earlier),
        earlier_policies=(),
    )


def _readable(officer):
    return replace(
        officer,
        working_days=officer.working_days if officer.working_days.weekdays else ALL_WEEK,
        mentor=officer.mentor if (officer.mentor or "~") < officer.staff_no else None,
        leave_date=max(officer.leave_date, officer.start_date) if officer.leave_date else None,
    )


quick = hypothesis_settings(
    max_examples=times(20, soak=1200), deadline=None, suppress_health_check=list(HealthCheck)
)


@quick
@given(problem=problems())
def test_a_random_unit_reads_as_it_was(problem):
    unit = readable(problem.unit)
    with tempfile.TemporaryDirectory() as folder:
        write_unit(Path(folder), unit, problem.policy)
        assert read(Path(folder)) == (unit, problem.policy)


def test_the_bytes_of_a_small_unit(tmp_path):
    write_unit(tmp_path, replace(SMALL, away=FULL.away[:1]), Policy(start=MON, notice_days=3))
    assert texts(tmp_path) == {
        "sites.csv": (
            f"{MARK}site,kind,desks,office_percent,alone,from\n"
            "Luton,office,8,,yes,\nCourt,court,,,yes,\n"
        ),
        "teams.csv": f"{MARK}team,office,from\nRed,Luton,\n",
        "officers.csv": (
            f"{MARK}staff_no,name,team,grade,start_date,base_site,working_days,email,other_sites,"
            "mentor,skills,home,office_percent,home_days_per_week,extra_days,leave_date,from\n"
            "007,Ana Bell,Red,PO,2015-03-02,Luton,Mon Tue Wed Thu Fri,,,,,yes,,,no,,\n"
        ),
        "away.csv": f"{MARK}staff_no,first,last,kind,part\n007,2027-01-04,2027-01-05,sick,\n",
        "policy.toml": "start = 2027-01-04\nweeks = 4\nnotice_days = 3\n",
    }


def test_a_unit_without_rows_still_has_the_tables_that_must_be_there(tmp_path):
    write_unit(tmp_path, Unit(sites=(), teams=(), officers=()), PLAIN)
    assert set(texts(tmp_path)) == {"sites.csv", "teams.csv", "officers.csv", "policy.toml"}


def test_what_begins_like_a_formula_is_written_as_text_and_reads_as_it_was(tmp_path):
    reasons = ("+1", "-1", "@home", "'quoted'", "'-1", "''@x", "'", "1+1")
    links = tuple(Link("007", "-3", reason) for reason in reasons)
    write_unit(tmp_path, replace(FULL, links=links), PLAIN)
    assert texts(tmp_path)["links.csv"].splitlines()[1:] == [
        "007,'-3,'+1",
        "007,'-3,'-1",
        "007,'-3,'@home",
        "007,'-3,'quoted'",
        "007,'-3,''-1",
        "007,'-3,'''@x",
        "007,'-3,'",
        "007,'-3,1+1",
    ]
    assert read(tmp_path)[0].links == links


def other_values(setting):
    """Values that the setting may have, its default among them or not."""
    if allowed := setting.metadata.get("range"):
        return st.sampled_from(allowed)
    if choices := setting.metadata.get("choices"):
        return st.sampled_from((*choices, *setting.metadata.get("or_range", ())))
    weights = st.dictionaries(st.sampled_from([r.key for r in RULES]), st.integers(0, 1000))
    return {
        "start": st.integers(0, 5000).map(lambda n: date(1951, 1, 1) + timedelta(weeks=n)),
        "counts": st.lists(st.sampled_from(("office", "court", "home")), unique=True).map(tuple),
        "days_off": st.sets(st.dates(date(1951, 1, 1), date(2149, 1, 1)), max_size=3).map(
            lambda days: tuple(sorted(days))
        ),
        "day_start": st.sampled_from([time(9), time(7, 45)]),
        "noon": st.sampled_from([time(13), time(12, 30)]),
        "day_end": st.sampled_from([time(17), time(23, 59)]),
        "weights": weights,
    }[setting.name]


@quick
@given(values=st.fixed_dictionaries({n: other_values(s) for n, s in list_settings().items()}))
def test_any_policy_reads_as_it_was(values):
    policy = Policy(**values)
    with tempfile.TemporaryDirectory() as folder:
        write_unit(Path(folder), SMALL, policy)
        assert read(Path(folder)) == (SMALL, policy)


def test_the_settings_that_are_not_the_usual_ones_are_written(tmp_path):
    policy = Policy(
        start=MON,
        weeks=2,
        over="week",
        counts=("office", "court"),
        weights={"keep-notice": 0, "desks": 5},
    )
    write_unit(tmp_path, SMALL, policy)
    assert texts(tmp_path)["policy.toml"] == (
        'start = 2027-01-04\nweeks = 2\nover = "week"\ncounts = ["office", "court"]\n'
        "\n[weights]\nkeep-notice = 0\ndesks = 5\n"
    )


def test_a_second_export_leaves_only_the_truth_and_every_other_file(tmp_path):
    write_unit(tmp_path, FULL, Policy(start=MON, weeks=2))
    (tmp_path / "my own remarks.txt").write_text("mine")
    (tmp_path / "old away.zip").write_text("mine too")
    write_unit(tmp_path, SMALL, PLAIN)
    not_read = (
        f"{tmp_path.name}: the file old away.zip is not read. Maybe away.csv?",
        f"{tmp_path.name}: the file my own remarks.txt is not read.",
    )
    assert read(tmp_path, notes=not_read) == (SMALL, PLAIN)
    assert set(texts(tmp_path)) == {
        "sites.csv",
        "teams.csv",
        "officers.csv",
        "policy.toml",
        "my own remarks.txt",
        "old away.zip",
    }


def test_a_table_under_another_spelling_of_its_name_gives_way(tmp_path):
    for name in ("Officers.CSV", "Away.csv", "Policy.toml"):
        (tmp_path / name).write_text("as somebody called it")
    write_unit(tmp_path, SMALL, PLAIN)
    assert read(tmp_path) == (SMALL, PLAIN)


def test_the_same_unit_gives_the_same_bytes(tmp_path):
    write_unit(tmp_path / "one", FULL, PLAIN)
    write_unit(tmp_path / "two", FULL, PLAIN)
    assert texts(tmp_path / "one") == texts(tmp_path / "two")


def test_skills_and_days_stand_in_their_order_and_other_sites_in_the_order_given(tmp_path):
    ana = replace(
        ANA,
        working_days=WorkingPattern.of_days({4, 2, 0}),
        other_sites=("Luton", "Court"),
        skills=frozenset("fcaebd"),
    )
    write_unit(tmp_path, replace(SMALL, officers=(ana,)), PLAIN)
    (row,) = csv.DictReader(texts(tmp_path)["officers.csv"].splitlines())
    assert [row[name] for name in ("working_days", "other_sites", "skills")] == [
        "Mon Wed Fri",
        "Luton;Court",
        "a;b;c;d;e;f",
    ]


def test_seats_held_fast_in_a_draft_are_no_table(tmp_path):
    write_unit(tmp_path, replace(SMALL, locked=(Seat("007", MON, "Luton"),)), PLAIN)
    assert read(tmp_path) == (SMALL, PLAIN)


def test_a_folder_is_made_with_those_above_it(tmp_path):
    write_unit(tmp_path / "far" / "away", SMALL, PLAIN)
    assert read(tmp_path / "far" / "away") == (SMALL, PLAIN)


def test_a_folder_that_cannot_be_made_is_an_error_that_names_it(tmp_path):
    (tmp_path / "unit").write_text("a file")
    with pytest.raises(OSError, match="unit"):
        write_unit(tmp_path / "unit", SMALL, PLAIN)
    with pytest.raises(OSError, match="unit"):
        write_unit(tmp_path / "unit" / "below", SMALL, PLAIN)


def test_a_text_that_no_file_may_hold_is_refused_when_read(tmp_path):
    unit = replace(SMALL, officers=(replace(ANA, name="=1+1"),))
    write_unit(tmp_path, unit, PLAIN)
    with pytest.raises(BadInput, match="=1\\+1 is a formula"):
        read(tmp_path)
