"""The pages of records: who sees and changes which, and nothing that was typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rota.records import RECORD_TABLES
from tests.rota.services.ledger import ledger
from tests.stored import act
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import MILLBROOK, NOW, TODAY
from web.units import record_words

RECORDS = f"/units/{MILLBROOK}/records"
OMAR, BEN = 2, 5
"""The numbers of officers' rows: Omar of team Red, Ben of team Blue."""


def rows(page: str) -> list[str]:
    """The first cells of the rows of a list."""
    cells = re.findall(r'<th class="govuk-table__header rota-records__first"[^>]*>(.*?)</th>', page)
    return [re.sub(r"<[^>]*>", "", cell) for cell in cells]


def errors(page: str) -> list[str]:
    """What the summary of errors says, each with the field it leads to."""
    return re.findall(r'<a href="#([\w-]+)">(.*?)</a>', page)


def seal(page: str) -> str:
    (its,) = re.findall(r'name="seal" value="(\w+)"', page)
    return str(its)


def value(page: str, field: str) -> str:
    """What stands in a text field."""
    (tag,) = re.findall(rf'<input[^>]* id="{field}"[^>]*>', page)
    return (re.findall(r'value="([^"]*)"', tag) or [""])[0]


def test_every_table_and_column_has_its_words() -> None:
    """No two columns of a table are called the same."""
    assert set(record_words.NAMES) == set(record_words.LISTED) == set(RECORD_TABLES)
    for name, table in RECORD_TABLES.items():
        columns = [column.name for column in table.columns]
        assert set(record_words.LISTED[name]) <= set(columns)
        assert len({record_words.find_label(name, column) for column in columns}) == len(columns)


def test_words_are_for_columns_that_there_are() -> None:
    columns = {column.name for table in RECORD_TABLES.values() for column in table.columns}
    assert set(record_words.LABELS) <= columns
    for name, labels in record_words.LABELS_OF.items():
        assert set(labels) <= {column.name for column in RECORD_TABLES[name].columns}


def test_columns_are_called_as_people_call_them() -> None:
    labels = {
        c: record_words.find_label("officers", c) for c in ("staff_no", "home", "other_sites")
    }
    assert labels == {
        "staff_no": "Staff number",
        "home": "May work at home",
        "other_sites": "Other sites",
    }
    assert record_words.find_label("away", "staff_no") == "Officer"


def test_tables_are_listed_with_what_is_in_them(town: Town) -> None:
    page = town.as_("manager").get(RECORDS).text
    counts = re.findall(r'rota-records__count">(.*?)</p>', page)
    names = re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a></h2>", page)
    assert dict(zip(names, counts, strict=True)) == {
        "People": "6 records",
        "Teams": "2 records",
        "Sites": "3 records",
        "Absences": "2 records",
        "Duties": "2 records",
        "Appointments": "1 record",
        "Skills on site": "0 records",
        "Standing requests": "2 records",
        "Links": "1 record",
        "Closures": "0 records",
    }


def test_people_are_listed_and_found(town: Town) -> None:
    client = town.as_("manager")
    everybody = ["Rita Rowe", "Omar Obi", "Nia Nash", "Bob Birch", "Ben Bell", "Bea Boyd"]
    assert rows(client.get(f"{RECORDS}/officers").text) == everybody
    found = client.get(f"{RECORDS}/officers?find=high+BOB").text
    assert rows(found) == ["Bob Birch"]
    assert "1 record of 6 with “high BOB”" in found
    assert "None of the 6 people holds “zzz”." in client.get(f"{RECORDS}/officers?find=zzz").text


def test_what_was_looked_for_is_told_as_text(town: Town) -> None:
    page = town.as_("manager").get(f"{RECORDS}/officers?find=%3Cscript%3E").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_empty_table_says_so(town: Town) -> None:
    assert "There are no closures yet." in town.as_("manager").get(f"{RECORDS}/closures").text


def test_a_site_is_closed_for_a_day_or_for_several(town: Town) -> None:
    client = town.as_("manager")
    form = client.get(f"{RECORDS}/closures/new").text
    assert "Leave blank for one day." in form
    row = {"site": "High Street", "first": "11/1/2027", "last": "", "desks": "0"}
    assert client.post(f"{RECORDS}/closures/new", data=row).status_code == 303
    week = {**row, "site": "Weir Street", "last": "15/1/2027"}
    assert client.post(f"{RECORDS}/closures/new", data=week).status_code == 303
    page = client.get(f"{RECORDS}/closures").text
    assert sorted(rows(page)) == ["High Street", "Weir Street"]
    assert page.count("11 January 2027") > page.count("15 January 2027") > 0
    answer = client.post(f"{RECORDS}/closures/new", data={**week, "first": "", "desks": "2"})
    assert "Enter the first day" in answer.text
    answer = client.post(f"{RECORDS}/closures/new", data={**week, "first": "16/1/2027"})
    assert "Last day must not be before first day" in answer.text
    answer = client.post(f"{RECORDS}/closures/new", data={**week, "last": "", "desks": "2"})
    assert "2 contradicts what is recorded, which has 0 at Weir Street on 2027-01-11" in answer.text


def test_a_manager_of_a_team_sees_no_more_of_others_than_they_may(town: Town) -> None:
    client = town.as_("red_manager")
    assert rows(client.get(f"{RECORDS}/away").text) == ["Nia Nash"]
    assert rows(client.get(f"{RECORDS}/requests").text) == ["Omar Obi"]
    ben = client.get(f"{RECORDS}/officers/{BEN}/about").text
    assert "Ben Bell is in a team that you do not manage" in ben
    assert "Own office percentage" not in ben
    assert "Absences" not in ben
    assert "Sick" not in ben
    people = client.get(f"{RECORDS}/officers").text
    assert len(rows(people)) == 6
    assert re.findall(r"officers/(\d+)/remove", people) == ["1", "2", "3"]


def test_one_page_has_all_about_an_officer(town: Town) -> None:
    page = town.as_("manager").get(f"{RECORDS}/officers/{BEN}/about").text
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", page) == [
        "Details",
        "Absences",
        "Appointments",
        "Standing requests",
        "Links",
    ]
    assert "18 January 2027" in page
    assert "Sick" in page
    assert f"away/new?staff_no=202&amp;person={BEN}" in page


@pytest.mark.parametrize(
    "path",
    [
        f"officers/{BEN}",
        f"officers/{BEN}/remove",
        "away/1",
        "away/1/remove",
        "requests/1",
        "sites/1",
        "sites/1/remove",
        "sites/new",
        "links/1",
    ],
)
def test_records_of_others_are_not_opened(town: Town, path: str) -> None:
    assert town.as_("red_manager").get(f"{RECORDS}/{path}").status_code == 403
    assert town.as_("manager").get(f"{RECORDS}/{path}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "rota",
        "rota/new",
        "holidays",
        "away/99",
        "officers/99/about",
        f"away/{2**31}",
        f"away/{2**64}",
    ],
)
def test_what_is_not_there_is_told_as_such(town: Town, path: str) -> None:
    assert town.as_("manager").get(f"{RECORDS}/{path}").status_code == 404


AWAY = {"staff_no": "102", "first": "2/2/2027", "last": "3/2/2027", "kind": "leave"}


def test_a_record_is_added_and_listed(town: Town) -> None:
    client = town.as_("red_manager")
    answer = client.post(f"{RECORDS}/away/new", data=AWAY)
    assert (answer.status_code, answer.location) == (303, f"{RECORDS}/away")
    page = client.get(answer.location).text
    assert "Absence added" in page
    assert rows(page) == ["Nia Nash", "Omar Obi"]
    assert "2 February 2027" in page


def test_what_has_no_effect_is_added_with_a_remark(town: Town) -> None:
    client = town.as_("red_manager")
    saturday = {"date": "16/1/2027"}
    duty = {**saturday, "site": "Millbrook Crown Court", "needed": "1", "skill": ""}
    page = client.get(client.post(f"{RECORDS}/duties/new", data=duty).location).text
    assert "Duty added" in page
    assert (
        "1 duty cannot be met, because nobody may be asked for extra days: "
        "Millbrook Crown Court on Saturday 16 January 2027." in page
    )


def test_from_a_person_s_page_one_comes_back_to_it(town: Town) -> None:
    client = town.as_("manager")
    page = client.get(f"{RECORDS}/away/new?staff_no=102&person={OMAR}").text
    assert '<option value="102" selected>Omar Obi (102)</option>' in page
    answer = client.post(f"{RECORDS}/away/new?staff_no=102&person={OMAR}", data=AWAY)
    assert answer.location == f"{RECORDS}/officers/{OMAR}/about"


def test_an_officer_is_added_with_all_that_can_be_said(town: Town) -> None:
    client = town.as_("manager")
    told = {
        "staff_no": "204",
        "name": "Zoë O'Brien",
        "team": "Blue",
        "grade": "PO",
        "start_date": "1/2/2027",
        "base_site": "Weir Street",
        "working_days": "Mon Wed",
        "email": "zoe@example.org",
        "other_sites": ["High Street", "Millbrook Crown Court"],
        "mentor": "202",
        "skills": "court; youth",
        "home": "no",
        "office_percent": "50",
        "home_days_per_week": "4",
        "extra_days": "yes",
        "leave_date": "30/6/2028",
    }
    assert client.post(f"{RECORDS}/officers/new", data=told).status_code == 303
    page = client.get(f"{RECORDS}/officers?find=204").text
    (number,) = re.findall(r"officers/(\d+)/about", page)
    page = client.get(f"{RECORDS}/officers/{number}/about").text
    values = re.findall(r'summary-list__value">(.*?)</dd>', page)
    assert values == [
        "204",
        "Zoë O&#39;Brien",
        "Blue",
        "PO",
        "1 February 2027",
        "Weir Street",
        "Mon, Wed",
        "zoe@example.org",
        "High Street, Millbrook Crown Court",
        "Ben Bell",
        "court, youth",
        "No",
        "50",
        "4",
        "Yes",
        "30 June 2028",
        "Recorded by Manager on 12 January 2027",
    ]
    # Opened and saved as it is, nothing of it changes.
    form = client.get(f"{RECORDS}/officers/{number}").text
    same = {name: text for name, text in told.items() if name != "staff_no"}
    answer = client.post(f"{RECORDS}/officers/{number}", data={**same, "seal": seal(form)})
    assert answer.status_code == 303
    assert (
        re.findall(
            r'summary-list__value">(.*?)</dd>',
            client.get(f"{RECORDS}/officers/{number}/about").text,
        )
        == values
    )


def test_every_error_leads_to_its_field_and_nothing_typed_is_lost(town: Town) -> None:
    data = {"staff_no": "", "first": "soon", "last": "4/1/2027", "kind": "sick"}
    answer = town.as_("manager").post(f"{RECORDS}/away/new", data=data)
    assert answer.status_code == 422
    assert errors(answer.text) == [
        ("staff_no", "Select the officer"),
        ("first", "Enter a real first day away, such as 17/5/2027"),
    ]
    assert value(answer.text, "first") == "soon"
    assert value(answer.text, "last") == "4/1/2027"
    assert re.search(r'value="sick" checked', answer.text)
    assert answer.text.count("<title>Error: Add an absence") == 1


def test_days_are_in_their_order(town: Town) -> None:
    data = {**AWAY, "last": "1/2/2027"}
    page = town.as_("manager").post(f"{RECORDS}/away/new", data=data).text
    assert errors(page) == [("last", "Last day away must not be before first day away")]


def test_what_only_the_unit_can_tell_stands_at_its_field_too(town: Town) -> None:
    data = {"site": "High Street", "kind": "court", "desks": "many"}
    page = town.as_("manager").post(f"{RECORDS}/sites/new", data=data).text
    assert errors(page) == [
        ("site", "High Street is known already, with other values"),
        ("desks", "many is not a whole number from 0 to 100000"),
    ]
    assert value(page, "desks") == "many"


def test_a_blank_form_asks_for_all_that_must_be_there(town: Town) -> None:
    page = town.as_("manager").post(f"{RECORDS}/officers/new", data={}).text
    assert [text for _, text in errors(page)] == [
        "Enter the staff number",
        "Enter the name",
        "Select the team",
        "Select the grade",
        "Enter the first day worked",
        "Select the base",
        "Enter the working days",
    ]


WEEKLY = {"site": "Millbrook Crown Court", "needed": "1", "skill": "", "first": "1/2/2027"}
"""A duty from February on, to be given its weekdays."""


def test_a_duty_can_be_on_weekdays(town: Town) -> None:
    client = town.as_("red_manager")
    data = {**WEEKLY, "weekdays": ["Mon", "Wed"], "last": "31/3/2027", "every": "2"}
    assert client.post(f"{RECORDS}/duties/new", data=data).status_code == 303
    assert "Every Monday and Wednesday" in client.get(f"{RECORDS}/duties").text
    page = client.get(f"{RECORDS}/duties/3").text
    assert [value(page, name) for name in ("date", "first", "last", "every")] == [
        "",
        "1/2/2027",
        "31/3/2027",
        "2",
    ]
    assert re.findall(r'value="(\w+)" checked', page) == ["Mon", "Wed"]
    once = {**data, "weekdays": [], "date": "4/2/2027", "first": "", "last": "", "every": ""}
    assert client.post(f"{RECORDS}/duties/3", data={**once, "seal": seal(page)}).status_code == 303
    assert "4 February 2027" in client.get(f"{RECORDS}/duties").text


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({}, [("date", "Enter the date or select weekdays")]),
        (
            {"weekdays": ["Mon"], "date": "1/2/2027"},
            [("date", "Enter a date or select weekdays, not both")],
        ),
        (
            {"date": "1/2/2027"},
            [("first", "2027-02-01 goes with weekdays such as Mon Wed; 2027-02-01 is one date")],
        ),
        (
            {"weekdays": ["Mon"], "first": "", "every": "2"},
            [("every", "2 needs a first day, from whose week the weeks are counted")],
        ),
        (
            {"weekdays": ["Mon"], "last": "31/1/2027"},
            [("last", "To must not be before from")],
        ),
    ],
)
def test_weekdays_that_do_not_go_together_are_told_beside_their_field(
    town: Town, data: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    answer = town.as_("red_manager").post(f"{RECORDS}/duties/new", data={**WEEKLY, **data})
    assert errors(answer.text) == found


def test_a_skill_on_site_can_be_always_on_a_date_or_on_weekdays(town: Town) -> None:
    client = town.as_("red_manager")
    row = {"site": "High Street", "skill": "first aid", "least": "1"}
    assert 'value="1"' in client.get(f"{RECORDS}/presence/new").text
    assert client.post(f"{RECORDS}/presence/new", data=row).status_code == 303
    assert "Always" in client.get(f"{RECORDS}/presence").text
    monday = {**row, "weekdays": ["Mon"], "least": "2"}
    assert client.post(f"{RECORDS}/presence/new", data=monday).status_code == 303
    listed = client.get(f"{RECORDS}/presence").text
    assert "Skills on site" in listed
    assert "Every Monday" in listed
    page = client.get(f"{RECORDS}/presence/2").text
    assert [value(page, name) for name in ("when", "skill", "least")] == ["", "first aid", "2"]
    assert re.findall(r'value="(\w+)" checked', page) == ["Mon"]
    once = {**row, "when": "4/2/2027", "seal": seal(page)}
    assert client.post(f"{RECORDS}/presence/2", data=once).status_code == 303
    assert "4 February 2027" in client.get(f"{RECORDS}/presence").text
    both = client.post(f"{RECORDS}/presence/new", data={**monday, "when": "4/2/2027"})
    assert errors(both.text) == [("when", "Enter a date or select weekdays, not both")]
    missing = client.post(f"{RECORDS}/presence/new", data={"site": "High Street", "least": "1"})
    assert errors(missing.text) == [("skill", "Enter the skill")]


def test_a_site_says_whether_one_person_may_be_there_alone(town: Town) -> None:
    client = town.as_("manager")
    page = client.get(f"{RECORDS}/sites/1").text
    assert "One person may be there alone" in page
    data = {"kind": "office", "desks": "6", "alone": "no", "seal": seal(page)}
    assert client.post(f"{RECORDS}/sites/1", data=data).status_code == 303
    assert re.findall(
        r'name="alone"[^>]*value="(\w+)" checked', client.get(f"{RECORDS}/sites/1").text
    ) == ["no"]


def test_a_closure_can_be_added_for_many_days(town: Town) -> None:
    client = town.as_("manager")
    closure = {"first": "1/2/2027", "site": "High Street", "desks": "1"}
    assert client.post(f"{RECORDS}/closures/new", data={**closure, "last": "5/2/2027"}).location
    assert "1 February 2027" in client.get(f"{RECORDS}/closures").text
    again = client.post(f"{RECORDS}/closures/new", data={**closure, "last": "31/1/2027"})
    assert errors(again.text) == [("last", "Last day must not be before first day")]


def test_a_record_is_changed_as_it_was_seen_or_not_at_all(town: Town) -> None:
    client, other = town.as_("manager"), town.as_("manager")
    page = client.get(f"{RECORDS}/sites/1").text
    assert value(page, "desks") == "6"
    data = {"kind": "office", "seal": seal(page)}
    assert other.post(f"{RECORDS}/sites/1", data={**data, "desks": "7"}).status_code == 303
    answer = client.post(f"{RECORDS}/sites/1", data={**data, "desks": "8"})
    assert answer.status_code == 409
    assert "Somebody changed this record since you opened it." in answer.text
    assert value(answer.text, "desks") == "8"
    page = client.get(f"{RECORDS}/sites/1").text
    assert value(page, "desks") == "7"
    answer = client.post(f"{RECORDS}/sites/1", data={**data, "desks": "8", "seal": seal(page)})
    assert answer.status_code == 303


def test_what_others_need_is_not_removed_and_it_is_told_why(town: Town) -> None:
    client = town.as_("manager")
    page = client.get(f"{RECORDS}/sites/1/remove").text
    assert "You cannot remove this site yet" in page
    assert "3 people</a>, as base" in page
    assert "<button" not in page.partition("<main")[2]
    assert client.post(f"{RECORDS}/sites/1/remove", data={"seal": "x"}).status_code == 409


def test_an_officer_is_removed_with_all_about_them(town: Town) -> None:
    client = town.as_("manager")
    page = client.get(f"{RECORDS}/officers/{BEN}/remove").text
    assert re.findall(r"<li>(\d+ .*?)</li>", page) == ["1 absence", "1 appointment"]
    answer = client.post(f"{RECORDS}/officers/{BEN}/remove", data={"seal": seal(page)})
    assert answer.location == f"{RECORDS}/officers"
    page = client.get(answer.location).text
    assert "Officer removed" in page
    assert "Ben Bell" not in rows(page)
    assert client.get(f"{RECORDS}/officers/{BEN}/about").status_code == 404


def test_the_days_are_those_of_the_town() -> None:
    assert act(TODAY).today == NOW.date()


PAGES = [
    "",
    *(f"/{table}" for table in RECORD_TABLES),
    *(f"/{table}/new" for table in RECORD_TABLES),
    *(f"/{table}/1" for table in RECORD_TABLES if table not in ("closures", "presence")),
    *(f"/{table}/1/remove" for table in RECORD_TABLES if table not in ("closures", "presence")),
    f"/officers/{BEN}/about",
    "/officers?find=red",
]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_the_database_more_than_a_dozen_times(town: Town, path: str) -> None:
    client = town.as_("manager")
    with town.counting() as asked:
        assert client.get(f"{RECORDS}{path}").status_code == 200
    assert len(asked) <= MOST_QUERIES


def number_of(town: Town, table: str, **columns: str) -> int:
    (row,) = (
        row
        for row in ledger(town.database)[table]
        if all(row[name] == value for name, value in columns.items()) and row["unit_id"] == 1
    )
    return int(row["id"])


def test_who_recorded_something_and_when_is_told_beside_it(town: Town) -> None:
    client = town.as_("red_manager")
    client.post(f"{RECORDS}/away/new", data=AWAY)
    told = "Recorded by Red manager on 12 January 2027"
    assert client.get(f"{RECORDS}/away").text.count(told) == 1
    number = max(row["id"] for row in ledger(town.database)["away"])
    assert told in client.get(f"{RECORDS}/away/{number}").text
    omar = number_of(town, "officer", staff_no="102")
    assert client.get(f"{RECORDS}/officers/{omar}/about").text.count(told) == 1
    assert "Recorded by" not in client.get(f"{RECORDS}/officers").text


@pytest.mark.parametrize(
    ("table", "stored", "before", "after"),
    [
        ("officers", {"staff_no": "102"}, "102", "0102"),
        ("sites", {"name": "High Street"}, "High Street", "Low Street"),
        ("teams", {"name": "Red"}, "Red", "Crimson"),
    ],
)
def test_a_record_that_others_name_is_renamed_everywhere(
    town: Town, table: str, stored: dict[str, str], before: str, after: str
) -> None:
    client = town.as_("manager")
    address = f"{RECORDS}/{table}/{number_of(town, table.removesuffix('s'), **stored)}"
    assert f'href="{address}/rename">Rename it</a>' in client.get(address).text
    page = client.get(f"{address}/rename").text
    assert f'<h1 class="govuk-heading-l">Rename {before}</h1>' in page
    answer = client.post(f"{address}/rename", data={"before": before, "after": after})
    assert (answer.status_code, answer.location) == (303, f"{RECORDS}/{table}")
    assert "renamed" in client.get(answer.location).text
    assert f"<strong>{after}</strong>" in client.get(address).text
    (unit,) = (unit for unit in ledger(town.database)["renaming"])
    assert (unit["before"], unit["after"], unit["done_by"]) == (
        before,
        after,
        "manager@example.org",
    )


def test_a_name_that_is_taken_blank_or_changed_meanwhile_is_refused(town: Town) -> None:
    client = town.as_("manager")
    address = f"{RECORDS}/officers/{number_of(town, 'officer', staff_no='102')}/rename"
    for told, says in (
        ({"before": "102", "after": "103"}, "103 is another staff number already"),
        ({"before": "102", "after": ""}, "Enter the new name"),
        ({"before": "102x", "after": "0102"}, "102x is not a staff number here"),
    ):
        answer = client.post(address, data=told)
        assert answer.status_code == 422
        assert says in answer.text
    assert client.get(f"{RECORDS}/away/1/rename").status_code == 404


def test_only_who_manages_the_whole_unit_is_offered_another_name(town: Town) -> None:
    address = f"{RECORDS}/officers/{number_of(town, 'officer', staff_no='102')}"
    assert "so it stays." in town.as_("red_manager").get(address).text
    assert town.as_("red_manager").get(f"{address}/rename").status_code == 403


# Halves of days

ZOE = {
    "staff_no": "204",
    "name": "Zoe",
    "team": "Blue",
    "grade": "PO",
    "start_date": "1/2/2027",
    "base_site": "Weir Street",
    "home": "yes",
}
"""A new officer of team Blue, to be given her working days."""


@pytest.mark.parametrize(
    ("table", "data"),
    [
        ("away", {**AWAY, "staff_no": "102"}),
        ("duties", {"date": "1/2/2027", "site": "Millbrook Crown Court", "needed": "1"}),
        ("appointments", {"date": "1/2/2027", "site": "High Street", "staff_no": "102"}),
        ("requests", {"staff_no": "102", "when": "Mon", "wants": "home", "strength": "1"}),
        ("closures", {"site": "High Street", "first": "1/2/2027", "desks": "2"}),
    ],
)
def test_a_record_is_of_all_day_unless_a_half_is_chosen(
    town: Town, table: str, data: dict[str, str]
) -> None:
    client = town.as_("manager")
    page = client.get(f"{RECORDS}/{table}/new").text
    radios = re.findall(r'<input[^>]* name="part"[^>]* value="(\w*)"( checked)?', page)
    assert radios == [("", " checked"), ("am", ""), ("pm", "")]
    page = client.get(f"{RECORDS}/{table}").text
    numbers = set(re.findall(rf"{table}/(\d+)", page))
    assert client.post(f"{RECORDS}/{table}/new", data={**data, "part": "pm"}).status_code == 303
    page = client.get(f"{RECORDS}/{table}").text
    assert page.count("Afternoon") == 1
    (number,) = set(re.findall(rf"{table}/(\d+)", page)) - numbers
    page = client.get(f"{RECORDS}/{table}/{number}").text
    assert re.findall(r'name="part"[^>]* value="(\w*)" checked', page) == ["pm"]
    answer = client.post(
        f"{RECORDS}/{table}/{number}", data={**data, "part": "", "seal": seal(page)}
    )
    assert answer.status_code == 303
    assert "Afternoon" not in client.get(f"{RECORDS}/{table}").text


@pytest.mark.parametrize(
    ("text", "listed", "kept"),
    [
        ("Mon-Fri", "Mon, Tue, Wed, Thu, Fri", "Mon Tue Wed Thu Fri"),
        ("mon tue wed am", "Mon, Tue, Wed morning", "Mon Tue Wed am"),
        ("Mon Tue / Mon", "Mon, Tue; then Mon", "Mon Tue / Mon"),
        ("Mon / -", "Mon; then none", "Mon / -"),
    ],
)
def test_working_days_are_one_text(town: Town, text: str, listed: str, kept: str) -> None:
    client = town.as_("manager")
    told = {**ZOE, "working_days": text}
    assert client.post(f"{RECORDS}/officers/new", data=told).status_code == 303
    page = client.get(f"{RECORDS}/officers?find=204").text
    assert f">{listed}<" in page
    (number,) = re.findall(r"officers/(\d+)/about", page)
    assert value(client.get(f"{RECORDS}/officers/{number}").text, "working_days") == kept


def test_working_days_that_cannot_be_read_are_told(town: Town) -> None:
    client = town.as_("manager")
    page = client.post(f"{RECORDS}/officers/new", data={**ZOE, "working_days": "Mon Tus am"}).text
    ((field, sentence),) = errors(page)
    assert field == "working_days"
    assert sentence == "Tus is not one of Mon, Tue, Wed, Thu, Fri. Maybe Tue?"
    assert value(page, "working_days") == "Mon Tus am"
