"""Every fault of a single cell, met in a folder as a user meets it."""

import pytest

from tests.rota.reading.small_unit import OFFICERS, faults, read, write_unit

HEADER = (
    "staff_no,name,team,grade,start_date,base_site,working_days,email,other_sites,mentor,"
    "skills,home,office_percent,leave_date"
)
GOOD = {
    "staff_no": "104",
    "name": "Gil Hart",
    "team": "Red",
    "grade": "PSO",
    "start_date": "2020-01-06",
    "base_site": "Luton",
    "working_days": "Mon Tue",
    "email": "gil@example.org",
    "other_sites": "Bedford;Crown Court",
    "mentor": "104",
    "skills": "court;duty",
    "home": "yes",
    "office_percent": "60",
    "leave_date": "2027-12-31",
}
NOT_A_DATE = "is not a date (2027-01-04 or 04/01/2027)."
NOT_A_DAY = "is not one of Mon, Tue, Wed, Thu, Fri."


def officers_with(column: str, value: str, **others: str) -> str:
    """Two officers, the second of whom has the value, and the others' values."""
    second = {**GOOD, "staff_no": "105", "mentor": "", **others, column: value}
    rows = [{**GOOD, "mentor": ""}, second]
    quoted = (",".join(f'"{cell}"' for cell in row.values()) for row in rows)
    return "\n".join([HEADER, *quoted])


NO_WEEK = "has a week without days; write - for a week that is free."
NO_DAY_BEFORE = "does not follow a single day; write it after each it is for."


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("staff_no", "", "this cell must not be blank."),
        ("staff_no", "1;2", "1;2 holds a ; but ; separates values."),
        ("name", "", "this cell must not be blank."),
        ("name", "   ", "this cell must not be blank."),
        ("name", "=A1", "=A1 is a formula; only values are read."),
        ("name", "NaN", "NaN stands for no value; leave the cell blank."),
        ("name", "nan", "nan stands for no value; leave the cell blank."),
        ("name", "#REF!", "#REF! is an error of a spreadsheet, not a value."),
        ("name", "#N/A", "#N/A is an error of a spreadsheet, not a value."),
        ("name", "#DIV/0!", "#DIV/0! is an error of a spreadsheet, not a value."),
        ("name", "#NAME?", "#NAME? is an error of a spreadsheet, not a value."),
        ("name", "####", "#### is an error of a spreadsheet, not a value."),
        ("name", "A\x07B", r"A\x07B holds an invisible character (U+0007)."),
        ("name", "A\nB", r"A\nB holds an invisible character (U+000A)."),
        ("name", "A\u200bB", r"A\u200bB holds an invisible character (U+200B)."),
        ("name", "A" * 1001, f"{'A' * 60}… has more than 1000 characters."),
        ("grade", "PPO", "PPO is not one of PO, PSO, SPO, PQIP, ADMIN. Maybe PO?"),
        ("grade", "Boss", "Boss is not one of PO, PSO, SPO, PQIP, ADMIN."),
        ("start_date", "31/02/2025", f"31/02/2025 {NOT_A_DATE}"),
        ("start_date", "20260-01-01", f"20260-01-01 {NOT_A_DATE}"),
        ("start_date", "01/20/2025", f"01/20/2025 {NOT_A_DATE} Maybe 20/01/2025?"),
        ("start_date", "2025-01-20 00:00", f"2025-01-20 00:00 {NOT_A_DATE} Maybe 2025-01-20?"),
        (
            "start_date",
            "2025-01-20T08:30:00",
            f"2025-01-20T08:30:00 {NOT_A_DATE} Maybe 2025-01-20?",
        ),
        ("start_date", "20/1/25", f"20/1/25 {NOT_A_DATE} Maybe 20/01/2025?"),
        ("start_date", "20-01-2025", f"20-01-2025 {NOT_A_DATE} Maybe 20/01/2025?"),
        ("start_date", "2025/1/20", f"2025/1/20 {NOT_A_DATE} Maybe 2025-01-20?"),
        ("start_date", "20250120", f"20250120 {NOT_A_DATE} Maybe 2025-01-20?"),
        ("start_date", "Jan 20, 2025", f"Jan 20, 2025 {NOT_A_DATE} Maybe 20 Jan 2025?"),
        ("start_date", "20 Jan", f"20 Jan {NOT_A_DATE}"),
        ("start_date", "20 Ja 2025", f"20 Ja 2025 {NOT_A_DATE}"),
        ("start_date", "31 Feb 2025", f"31 Feb 2025 {NOT_A_DATE}"),
        (
            "start_date",
            "Tue 20 Jan 2025",
            f"Tue 20 Jan 2025 {NOT_A_DATE} Maybe Monday 20 January 2025?",
        ),
        ("start_date", "45000", f"45000 {NOT_A_DATE}"),
        ("start_date", "٢٠٢٥-01-01", f"٢٠٢٥-01-01 {NOT_A_DATE}"),
        ("start_date", "1949-12-31", "1949-12-31 is not between the years 1950 and 2150."),
        ("leave_date", "2151-01-01", "2151-01-01 is not between the years 1950 and 2150."),
        ("leave_date", "2019-12-31", "2019-12-31 is before start_date, which is 2020-01-06."),
        ("working_days", "Mon Fry", f"Fry {NOT_A_DAY} Maybe Fri?"),
        ("working_days", "Thirsday", f"Thirsday {NOT_A_DAY} Maybe Thu?"),
        ("working_days", "Sat", f"Sat {NOT_A_DAY}"),
        ("working_days", "Mon-Sat", f"Sat {NOT_A_DAY}"),
        ("working_days", "Fri-Mon", f"Fri-Mon {NOT_A_DAY} Maybe Fri?"),
        ("working_days", "Mon-Wed-Fri", f"Mon-Wed-Fri {NOT_A_DAY} Maybe Mon?"),
        ("working_days", "Mon-", f"Mon- {NOT_A_DAY} Maybe Mon?"),
        ("working_days", "Full time", f"Full time {NOT_A_DAY} Maybe Mon Tue Wed Thu Fri?"),
        ("working_days", ";", f"; {NOT_A_DAY}"),
        ("working_days", "Mon/Tue", f"Mon/Tue {NOT_A_DAY} Maybe Mon?"),
        ("working_days", "- / -", f"- / - {NOT_A_DAY}"),
        ("working_days", "/", f"/ {NO_WEEK}"),
        ("working_days", "Mon /", f"Mon / {NO_WEEK}"),
        ("working_days", "Mon / / Tue", f"Mon / / Tue {NO_WEEK}"),
        (
            "working_days",
            " / ".join(["Mon"] * 13),
            f"{(' / '.join(['Mon'] * 13))[:60]}… has 13 weeks in turn; at most 12 are read.",
        ),
        ("working_days", "am", f"am {NO_DAY_BEFORE}"),
        ("working_days", "Mon am pm", f"pm {NO_DAY_BEFORE}"),
        ("working_days", "Mon-Wed am", f"am {NO_DAY_BEFORE}"),
        ("working_days", "Mon am-Wed", f"am {NOT_A_DAY}"),
        ("working_days", "Mon noon", f"noon {NOT_A_DAY}"),
        ("working_days", "Mon Tue Mon am", "Mon stands here for all day and for am."),
        ("working_days", "Full time / Mon", f"Full time {NOT_A_DAY} Maybe Mon Tue Wed Thu Fri?"),
        ("email", "gil", "gil is not an e-mail address."),
        ("email", "gil@example", "gil@example is not an e-mail address."),
        ("email", "zoë@a.org", "zoë@a.org is not an e-mail address."),
        ("email", "gil@10.0.0.1", "gil@10.0.0.1 is not an e-mail address."),
        ("email", "gil hart@a.org", "gil hart@a.org is not an e-mail address. Maybe hart@a.org?"),
        ("email", "gil@a.org;", "gil@a.org; is not an e-mail address. Maybe gil@a.org?"),
        ("email", "gil@a;", "gil@a; is not an e-mail address."),
        ("email", "gil@a.org.", "gil@a.org. is not an e-mail address. Maybe gil@a.org?"),
        (
            "email",
            "mailto:gil@a.org",
            "mailto:gil@a.org is not an e-mail address. Maybe gil@a.org?",
        ),
        (
            "email",
            "Gil Hart <gil@a.org>",
            "Gil Hart <gil@a.org> is not an e-mail address. Maybe gil@a.org?",
        ),
        (
            "email",
            "gil@a.org; hart@a.org",
            "gil@a.org; hart@a.org holds more than one address; messages go to one.",
        ),
        ("home", "maybe", "maybe is not yes or no."),
        ("home", "-", "- is not yes or no."),
        ("home", "n/a", "n/a is not yes or no."),
        ("office_percent", "0.6", "0.6 is not a whole number from 0 to 100. Maybe 60?"),
        ("office_percent", "0,6", "0,6 is not a whole number from 0 to 100. Maybe 60?"),
        ("office_percent", "120%", "120% is not a whole number from 0 to 100."),
        ("office_percent", "none", "none is not a whole number from 0 to 100. Maybe 0?"),
        ("office_percent", "-", "- is not a whole number from 0 to 100. Maybe 0?"),
        ("office_percent", "600%", "600% is not a whole number from 0 to 100."),
        ("grade", "n/a", "n/a is not one of PO, PSO, SPO, PQIP, ADMIN."),
        ("office_percent", "101", "101 is not a whole number from 0 to 100."),
        ("office_percent", "-1", "-1 is not a whole number from 0 to 100."),
        ("office_percent", "2.5", "2.5 is not a whole number from 0 to 100."),
        ("office_percent", "9" * 99, f"{'9' * 60}… is not a whole number from 0 to 100."),
        ("team", "Rad", "Rad is not a team here. Maybe Red?"),
        ("team", "red", "red is not a team here. Maybe Red?"),
        ("base_site", "Lutton", "Lutton is not a site here. Maybe Luton?"),
        ("base_site", "home", "home is not allowed here."),
        ("other_sites", "Luton;Mars", "Mars is not a site here."),
        ("other_sites", "HOME", "home is not allowed here."),
        ("mentor", "401", "401 is not a staff number here."),
        ("mentor", "140", "140 is not a staff number here. Maybe 104?"),
        ("mentor", "105", "105 is the officer of this row; somebody else is needed."),
    ],
)
def test_officer(tmp_path, column, value, says):
    folder = write_unit(tmp_path, officers=officers_with(column, value))
    assert faults(folder) == [f"officers row 3, {column}: {says}"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("grade", "pso"),
        ("start_date", "6/1/2020"),
        ("start_date", " 06/01/2020 "),
        ("working_days", "mon; TUE,Wed"),
        ("working_days", "Monday\N{NO-BREAK SPACE}and Weds & Thurs"),
        ("home", "No"),
        ("office_percent", "+60"),
        ("office_percent", ""),
        ("other_sites", " Bedford ; Bedford ;"),
        ("mentor", "104"),
        ("name", "Zoë\N{ZERO WIDTH JOINER} O'Brien"),
        ("name", "Nan"),
        ("name", "#1"),
        ("leave_date", "2020-01-06"),
    ],
)
def test_officer_that_is_read(tmp_path, column, value):
    assert faults(write_unit(tmp_path, officers=officers_with(column, value))) == []


@pytest.mark.parametrize(
    ("column", "value", "usual"),
    [
        ("office_percent", "60%", "60"),
        ("office_percent", "60 %", "60"),
        ("office_percent", "60.0", "60"),
        ("office_percent", "n/a", ""),
        ("working_days", "Mon-Fri", "Mon Tue Wed Thu Fri"),
        ("working_days", "Mon - Wed", "Mon Tue Wed"),
        ("working_days", "Monday to Wednesday, Fri", "Mon Tue Wed Fri"),
        ("working_days", "Tue\N{EN DASH}Thu", "Tue Wed Thu"),
        ("working_days", "Mondays", "Mon"),
        ("working_days", "Mon Tues AM", "Mon Tue am"),
        ("working_days", "Mon-Tue, Wed a.m.", "Mon Tue Wed am"),
        ("working_days", "Wednesday (morning) & Fri afternoon", "Wed am Fri pm"),
        ("working_days", "Mon am Mon pm Tue", "Mon Tue"),
        ("working_days", "Mon-Wed / Monday  Tuesday", "Mon Tue Wed / Mon Tue"),
        ("working_days", "Mon / off", "Mon / -"),
        ("home", "Y", "yes"),
        ("home", "TRUE", "yes"),
        ("home", "1", "yes"),
        ("home", "N", "no"),
        ("home", "0", "no"),
        ("start_date", "01-Feb-27", "2027-02-01"),
        ("start_date", "01-Feb-50", "1950-02-01"),
        ("start_date", "1 Feb 2027", "2027-02-01"),
        ("start_date", "1st February 2027", "2027-02-01"),
        ("start_date", "Mon 1 Feb 2027", "2027-02-01"),
        ("start_date", "4 January 2027", "2027-01-04"),
        ("start_date", "4 Sept 2026", "2026-09-04"),
        ("start_date", "04.01.2027", "2027-01-04"),
        ("start_date", "'04/01/2027", "2027-01-04"),
        ("staff_no", "'0105", "0105"),
        ("staff_no", "105.0", "105"),
        ("mentor", "104.0", "104"),
        ("mentor", "n/a", ""),
        ("mentor", "-", ""),
        ("skills", "none", ""),
        ("email", "None", ""),
        ("leave_date", "\N{EN DASH}", ""),
        ("base_site", "\N{THIN SPACE}Luton\N{NARROW NO-BREAK SPACE}", "Luton"),
    ],
)
def test_officer_written_in_another_way(tmp_path, column, value, usual):
    last = {"leave_date": ""} if column != "leave_date" else {}
    first, second = (
        read(write_unit(tmp_path, officers=officers_with(column, text, **last))).problem.unit
        for text in (value, usual)
    )
    assert first == second


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Luton,office,none", "desks: none is not a whole number from 0 to 100000. Maybe 0?"),
        (
            'Luton,office,"1,200"',
            "desks: 1,200 is not a whole number from 0 to 100000. Maybe 1200?",
        ),
        ("Luton,office,-3", "desks: -3 is not a whole number from 0 to 100000."),
        ("Luton,office,100001", "desks: 100001 is not a whole number from 0 to 100000."),
        (
            "Luton,offise,",
            "kind: offise is not one of office, court, partner, prison, home. Maybe office?",
        ),
    ],
)
def test_site(tmp_path, text, says):
    folder = write_unit(tmp_path, sites=f"site,kind,desks\n{text}\n")
    assert faults(folder) == [f"sites row 2, {says}"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "Home,office,",
            "site: home is kept for working at home; a site of the kind office needs another name.",
        ),
        ("Den,home,", "kind: home is the kind of home alone."),
        ("home,home,4", "desks: 4 cannot be kept: home holds everyone; leave the cell blank."),
    ],
)
def test_half_a_home(tmp_path, row, says):
    folder = write_unit(tmp_path, sites=f"site,kind,desks\nLuton,office,\n{row}\n")
    assert faults(folder) == [f"sites row 3, {says}"]


@pytest.mark.parametrize(
    ("office", "says"),
    [
        ("Crown Court", "Crown Court is a site of the kind court; a team meets at an office."),
        ("home", "home is not allowed here."),
        ("Lutn", "Lutn is not a site here. Maybe Luton?"),
    ],
)
def test_where_a_team_meets(tmp_path, office, says):
    folder = write_unit(tmp_path, teams=f"team,office\nRed,{office}\n")
    assert faults(folder) == [f"teams row 2, office: {says}"]


HEADERS = {
    "table": "header",
    "away": "staff_no,first,last,kind",
    "duties": "date,site,needed,skill",
    "appointments": "staff_no,date,site",
    "requests": "staff_no,when,wants,strength",
    "links": "staff_no,with_staff_no,reason",
    "closures": "site,date,desks",
    "rota": "staff_no,date,site,locked",
}
WANTS = "is not one of office, court, partner, prison, home."
NOT_WHEN = "is not a date (2027-01-04 or 04/01/2027) or one of Mon, Tue, Wed, Thu, Fri."


@pytest.mark.parametrize(
    ("table", "row", "says"),
    [
        (
            "away",
            "11,2027-01-04,2027-01-05,",
            "staff_no: 11 is not a staff number here. Maybe 101?",
        ),
        (
            "away",
            "101,2027-01-04,2027-01-03,",
            "last: 2027-01-03 is before first, which is 2027-01-04.",
        ),
        ("away", "101,2027-01-04,,", "last: this cell must not be blank."),
        (
            "away",
            "101,2027-01-04,2027-01-04,sik",
            "kind: sik is not one of leave, sick, training, lieu, other. Maybe sick?",
        ),
        (
            "duties",
            "2027-01-04,Crown Court,two,",
            "needed: two is not a whole number from 0 to 10000.",
        ),
        ("duties", "2027-01-04,Crown,2,", "site: Crown is not a site here. Maybe Crown Court?"),
        ("duties", "2027-01-04,home,2,", "site: home is not allowed here."),
        ("duties", "2027-01-04,Luton,2,a;b", "skill: a;b holds a ; but ; separates values."),
        (
            "appointments",
            "101,tomorrow,Luton",
            "date: tomorrow is not a date (2027-01-04 or 04/01/2027), or some of "
            "Mon, Tue, Wed, Thu, Fri.",
        ),
        ("appointments", "101,2027-01-04,home", "site: home is not allowed here."),
        ("requests", "101,Someday,home,1", f"when: Someday {NOT_WHEN}"),
        ("requests", "101,Munday,home,1", f"when: Munday {NOT_WHEN} Maybe Mon?"),
        ("requests", "101,Mon Tue,home,1", f"when: Mon Tue {NOT_WHEN} Maybe Mon?"),
        ("requests", "101,13/25/2027,home,1", f"when: 13/25/2027 {NOT_WHEN}"),
        (
            "requests",
            "101,1900-01-01,home,1",
            "when: 1900-01-01 is not between the years 1950 and 2150.",
        ),
        ("requests", "101,Mon,Luton,1", f"wants: Luton {WANTS}"),
        ("requests", "101,Mon,home,4", "strength: 4 is not a whole number from 1 to 3."),
        (
            "links",
            "101,101,",
            "with_staff_no: 101 is the officer of this row; somebody else is needed.",
        ),
        ("links", "101,201,", "with_staff_no: 201 is not a staff number here."),
        ("closures", "Luton,2027-01-04,", "desks: this cell must not be blank."),
        ("closures", "home,2027-01-04,0", "site: home is not allowed here."),
        ("rota", "101,2027-01-04,hme,", "site: hme is not a site here. Maybe home?"),
        ("rota", "101,2027-01-04,home,si", "locked: si is not yes or no."),
    ],
)
def test_other_tables(tmp_path, table, row, says):
    folder = write_unit(tmp_path, **{table: f"{HEADERS[table]}\n{row}\n"})
    assert faults(folder) == [f"{table} row 2, {says}"]


def test_two_bad_words_in_one_cell_are_two_faults(tmp_path):
    folder = write_unit(tmp_path, officers=officers_with("working_days", "Mon Teusday Fry"))
    assert faults(folder) == [
        f"officers row 3, working_days: Teusday {NOT_A_DAY} Maybe Tue?",
        f"officers row 3, working_days: Fry {NOT_A_DAY} Maybe Fri?",
    ]


def test_a_wrong_cell_of_an_officer_is_one_fault_though_others_name_the_officer(tmp_path):
    spoilt = OFFICERS.replace("101,Ana Bell,Red,PO", "101,Ana Bell,Red,Boss")
    folder = write_unit(tmp_path, officers=spoilt, links="staff_no,with_staff_no\n101,102\n")
    assert faults(folder) == [
        "officers row 2, grade: Boss is not one of PO, PSO, SPO, PQIP, ADMIN."
    ]
