"""Settings, from a policy.toml and from the command line."""

from datetime import date, time

import pytest

from rota.domain import list_settings
from rota.errors import BadInput
from rota.reading import read_problem
from rota.rules import RULES
from tests.rota.reading.small_unit import TODAY, faults, read, write_unit


def policy(folder, toml=None, **options):
    files = {} if toml is None else {"policy": toml}
    return read(write_unit(folder, **files), **options).problem.policy


def test_no_file_gives_every_default_from_the_monday_after_today(tmp_path):
    made = policy(tmp_path)
    defaults = {n: s.default for n, s in list_settings().items() if n not in ("start", "weights")}
    assert {name: getattr(made, name) for name in defaults} == defaults
    assert (TODAY.isoformat(), made.start, made.weights) == ("2026-12-29", date(2027, 1, 4), {})


def test_every_setting(tmp_path):
    numbers = [name for name, setting in list_settings().items() if "range" in setting.metadata]
    lines = [f"{name} = 5" for name in numbers]
    lines += ['start = "11/01/2027"', 'over = "Week"', 'counts = ["court", "office", "court"]']
    lines += ["[weights]", *(f"{rule.key} = 7" for rule in RULES)]
    made = policy(tmp_path, "\n".join(lines))
    assert {getattr(made, name) for name in numbers} == {5}
    assert (made.start, made.over, made.counts) == (date(2027, 1, 11), "week", ("court", "office"))
    assert made.weights == {rule.key: 7 for rule in RULES}


def test_days_off_are_dates_in_their_order_each_once(tmp_path):
    made = policy(tmp_path, 'days_off = ["4/2/2027", 2027-01-15, "2027-01-15"]')
    assert made.days_off == (date(2027, 1, 15), date(2027, 2, 4))


@pytest.mark.parametrize("text", ["08:30:00", '"8:30"', '"08.30"'])
def test_times_of_the_day_are_read_as_people_write_them(tmp_path, text):
    assert policy(tmp_path, f"day_start = {text}").day_start == time(8, 30)


def test_options_replace_settings_whatever_these_say(tmp_path):
    made = policy(tmp_path, "start = 2027-01-05\nweeks = 0", start=date(2027, 1, 18), weeks=2)
    assert (made.start, made.weeks) == (date(2027, 1, 18), 2)


NUMBER = "is not a whole number from"


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("weeks = 0", f"weeks: 0 {NUMBER} 1 to 53."),
        ("weeks = 54", f"weeks: 54 {NUMBER} 1 to 53."),
        ("weeks = true", f"weeks: true {NUMBER} 1 to 53."),
        ("weeks = 2.5", f"weeks: 2.5 {NUMBER} 1 to 53."),
        ('weeks = "4"', f'weeks: "4" {NUMBER} 1 to 53.'),
        ("weeks = [4]", f"weeks: [4] {NUMBER} 1 to 53."),
        ("weeks = {a = 1}", f"weeks: {{…}} {NUMBER} 1 to 53."),
        (f"weeks = 0x{'f' * 5000}", f"weeks: 0x{'f' * 58}… {NUMBER} 1 to 53."),
        ('office_percent = "sixty"', f'office_percent: "sixty" {NUMBER} 0 to 100.'),
        ('office_percent = "60 %"', f'office_percent: "60 %" {NUMBER} 0 to 100. Maybe 60?'),
        ("office_percent = 0.6", f"office_percent: 0.6 {NUMBER} 0 to 100. Maybe 60?"),
        ("home_days_per_week = 6", f"home_days_per_week: 6 {NUMBER} 0 to 5."),
        ('over = "weak"', 'over: "weak" is not one of period, week. Maybe week?'),
        ("over = 1", "over: 1 is not one of period, week."),
        (
            "start = 2027-01-05",
            "start: 2027-01-05 is not a Monday. Maybe 2027-01-04 or 2027-01-11?",
        ),
        ('start = "soon"', 'start: "soon" is not a date (2027-01-04 or 04/01/2027).'),
        ("start = 5", "start: 5 is not a date (2027-01-04 or 04/01/2027)."),
        (
            "start = 2027-01-04T10:00:00",
            "start: 2027-01-04T10:00:00 is not a date (2027-01-04 or 04/01/2027).",
        ),
        ("start = 1900-01-01", "start: 1900-01-01 is not between the years 1950 and 2150."),
        (
            'counts = "office"',
            'counts: "office" is not a list of kinds, such as ["office", "court"].',
        ),
        (
            'counts = ["ofice"]',
            "counts: ofice is not one of office, court, partner, prison, home. Maybe office?",
        ),
        ("counts = [1]", "counts: [1] is not one of office, court, partner, prison, home."),
        (
            "days_off = 2027-01-15",
            "days_off: 2027-01-15 is not a list of dates, such as [2027-01-15].",
        ),
        (
            'days_off = [2027-01-15, "soon"]',
            "days_off: soon is not a date (2027-01-04 or 04/01/2027).",
        ),
        ("days_off = [5]", "days_off: [5] is not a date (2027-01-04 or 04/01/2027)."),
        ('noon = "24:00"', 'noon: "24:00" is not a time of the day such as 09:00.'),
        ("noon = 12", "noon: 12 is not a time of the day such as 09:00."),
        ("noon = 12:00:30", "noon: 12:00:30 is not a time of the day such as 09:00."),
        ("noon = 09:00:00", "noon: 09:00:00 is not later than day_start, which is 09:00."),
        ("noon = 18:00:00", "noon: 18:00:00 is not earlier than day_end, which is 17:00."),
        ("weights = 3", "weights: 3 is not a table of weights by the keys of rules."),
        ("weights.desk = 3", "weights.desk: there is no such rule. Maybe desks?"),
        ("weights.desks = -1", f"weights.desks: -1 {NUMBER} 0 to 1000."),
        ("weights.desks = 0.5", f"weights.desks: 0.5 {NUMBER} 0 to 1000."),
        ("ofice_percent = 3", "ofice_percent: there is no such setting. Maybe office_percent?"),
        ("[policy]\nweeks = 3", "policy: there is no such setting."),
    ],
)
def test_a_setting_at_fault(tmp_path, toml, says):
    assert faults(write_unit(tmp_path, policy=toml)) == [f"policy.toml, {says}"]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (
            "weeks = 4\nover\n",
            ": this is not TOML: Expected '=' after a key in a key/value pair"
            " (at line 2, column 5).",
        ),
        (
            "weeks = 4\nweeks = 5\n",
            ": this is not TOML: Cannot overwrite a value (at line 2, column 10).",
        ),
        (b"weeks = 4\n# caf\xe9\n", " row 2: the text is not in UTF-8; save it as UTF-8."),
    ],
)
def test_a_file_that_is_no_toml(tmp_path, toml, says):
    assert faults(write_unit(tmp_path, policy=toml)) == [f"policy.toml{says}"]


@pytest.mark.parametrize(
    "toml", ["x = " + "[" * 5000, f"x = {'9' * 5000}", ".".join("a" * 2000) + "=1"]
)
def test_a_file_made_to_break_the_reader(tmp_path, toml):
    assert len(faults(write_unit(tmp_path, policy=toml))) == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"weeks": 0}, "--weeks: 0 is not a whole number from 1 to 53."),
        (
            {"start": date(2027, 1, 10)},
            "--start: 2027-01-10 is not a Monday. Maybe 2027-01-04 or 2027-01-11?",
        ),
        ({"start": date(1, 1, 1)}, "--start: 0001-01-01 is not between the years 1950 and 2150."),
        ({"today": date.max}, "--today: 9999-12-31 is not between the years 1950 and 2150."),
    ],
)
def test_an_option_at_fault(tmp_path, options, says):
    with pytest.raises(BadInput) as bad:
        read_problem(write_unit(tmp_path), **{"today": TODAY, **options})
    assert str(bad.value) == says


@pytest.mark.parametrize(
    ("today", "monday"),
    [(date(2027, 1, 3), date(2027, 1, 4)), (date(2027, 1, 4), date(2027, 1, 11))],
)
def test_the_monday_after_today(tmp_path, today, monday):
    assert read_problem(write_unit(tmp_path), today=today).problem.policy.start == monday
