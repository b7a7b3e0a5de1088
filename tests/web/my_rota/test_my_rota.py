"""The page of one's own rota: days, changes, share and calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rota.services.rotas import versions
from rota.services.units import record_changes
from rota.store.accounts import users
from tests import draft_edits
from tests.rota.services.example import change
from tests.stored import act
from tests.web.town import NOW, OTHERTON, email_of

WEDNESDAY = date(2027, 1, 20)
YESTERDAY = act(NOW.date() - timedelta(days=1), "Rita")


def publish_change(town, site="home"):
    """Omar's Wednesday of next week is published anew."""
    place = {"staff_no": "102", "day": WEDNESDAY, "site": site}
    draft_edits.move(town.database, YESTERDAY, unit="Millbrook", **place)
    versions.publish(town.database, YESTERDAY, unit="Millbrook", is_acknowledged=True)


def test_today_and_tomorrow_come_first_and_then_the_weeks(town):
    page = town.as_("officer").get("/my-rota").text
    assert "Today: Tuesday 12 January" in page
    assert "Tomorrow: Wednesday 13 January" in page
    weeks = re.findall(r'<h3 class="govuk-heading-s" id="week-([\d-]+)">', page)
    # Weeks that are over come last.
    assert weeks == ["2027-01-11", "2027-01-18", "2027-01-25", "2027-01-04"]
    assert page.index("Tomorrow") < page.index("week-2027-01-11") < page.index("Earlier weeks")


def test_on_a_friday_the_next_working_day_is_told(town):
    town.clock.now = NOW + timedelta(days=3)
    page = town.as_("officer").get("/my-rota").text
    assert "Today: Friday 15 January" in page
    assert "Next working day: Monday 18 January" in page


def test_mentor_and_new_starter_see_when_they_meet(town):
    assert "With Omar Obi, your mentor" in town.as_("starter").get("/my-rota").text
    assert "With Nia Nash, your new starter" in town.as_("officer").get("/my-rota").text
    assert "Team day" in town.as_("officer").get("/my-rota").text
    assert "your mentor" not in town.as_("blue_officer").get("/my-rota").text


def test_what_changed_is_shown_until_it_is_marked_as_read(town):
    officer = town.as_("officer")
    assert "Changed since you last looked" not in officer.get("/my-rota").text
    publish_change(town)
    page = officer.get("/my-rota").text
    assert "Changed since you last looked" in page
    assert "Home instead of High Street." in page
    assert "Changed since" not in town.as_("starter").get("/my-rota").text
    # What is published while one reads is not marked as read.
    publish_change(town, "High Street")
    answer = officer.post("/my-rota/read", data={"version": re.search(r'value="(\d+)"', page)[1]})
    assert (answer.status_code, answer.location) == (303, "/my-rota")
    page = officer.get("/my-rota").text
    assert "High Street instead of Home." in page
    assert "Home instead of High Street." not in page
    officer.post("/my-rota/read", data={"version": "3"})
    assert "Changed since" not in officer.get("/my-rota").text
    assert officer.post("/my-rota/read", data={"version": "x"}).status_code == 303


def test_days_on_which_every_office_is_closed_are_told(town):
    sentence = "On 2 of your working days no office has a desk for you"
    assert sentence not in town.as_("officer").get("/my-rota").text
    days = {"first": "2027-01-14", "last": "2027-01-15", "desks": "0"}
    for site in ("High Street", "Weir Street"):
        row = {"site": site, **days}
        record_changes.record(
            town.database, YESTERDAY, unit="Millbrook", table="closures", rows=[row]
        )
    assert sentence in town.as_("officer").get("/my-rota").text


def test_the_share_is_told_with_what_is_asked(town):
    # Omar is in from Tuesday to Thursday: 12 days of 20; 60 % of 20 are 12. Today is the 7th.
    page = town.as_("officer").get("/my-rota").text
    assert "4 of 7 working days, 57%" in page
    assert "12 of 20 working days, 60%. At least 12 asked for" in page
    # Ben has a percentage of his own, and was ill on two days: 40 % of 18, rounded up, are 8.
    ben = town.as_("blue_officer").get("/my-rota").text
    assert "11 of 18 working days, 61%. At least 8 asked for" in ben
    assert "40% of your working days" in ben
    assert "sick" not in ben


def test_a_percentage_that_changes_is_told_with_its_last_day(town):
    # Ben works 10 days before 18 January, at 40 %, and is ill on two of the 10 after it: 4 + 4.8.
    doer = act(NOW.date(), "Rita")
    cells = {"office_percent": "60", "since": "2027-01-18"}
    change(town.database, doer, "officers", "202", unit="Millbrook", **cells)
    page = town.as_("blue_officer").get("/my-rota").text
    assert "At least 9 asked for" in page
    assert (
        "You are asked for 40% of your working days until 17 January 2027, then for 60%, rounded "
        "up to whole days."
    ) in page


def test_it_is_for_officers_alone(town):
    for who in ("manager", "head", "administrator"):
        answer = town.as_(who).get("/my-rota")
        assert answer.status_code == 403
        assert "This page is for officers" in answer.text
        assert "My rota" not in answer.text
    assert town.as_(None).get("/my-rota").location == "/sign-in?next=/my-rota"


def unpublish(database):
    """Take back all versions, which only a test can."""
    with database.writing() as connection:
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.exec_driver_sql(asked).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for table in ("published_seat", "change", "version"):
            connection.exec_driver_sql(f"DELETE FROM {table}")


def test_before_anything_is_published_the_page_says_so(town):
    unpublish(town.database)
    page = town.as_("officer").get("/my-rota").text
    assert "No rota is published for these weeks yet." in page
    assert "Not published" in page


def test_it_asks_little_of_the_database(town):
    client = town.as_("officer")
    with town.counting() as queries:
        client.get("/my-rota")
    assert len(queries) <= 13


def test_the_calendar_link_is_shown_once_and_can_be_ended(town):
    officer = town.as_("officer")
    assert "Make a calendar link" in officer.get("/my-rota").text
    page = officer.post("/my-rota/calendar-link").text
    address = re.search(r'value="http://localhost:8000(/calendar/[\w-]+\.ics)" readonly', page)[1]
    assert "You made a calendar link on 12 January 2027 at 9am" in officer.get("/my-rota").text
    assert address not in officer.get("/my-rota").text
    feed = town.as_(None).get(address)
    assert feed.status_code == 200
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert feed.headers["Cache-Control"] == "private, max-age=900"
    assert b"SUMMARY:High Street" in feed.data
    again = town.as_(None).get(address, headers={"If-None-Match": feed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    answer = officer.post("/my-rota/calendar-link/end")
    assert answer.status_code == 303
    assert "1 calendar link ended." in officer.get("/my-rota").text
    assert town.as_(None).get(address).status_code == 404
    assert town.as_("manager").post("/my-rota/calendar-link").status_code == 403


def test_an_officer_of_two_units_chooses_one_of_them(town):
    with town.database.writing() as connection:
        account = users.find_by_email(connection, email_of("officer"))
        users.grant(connection, account.id, "officer", unit_id=OTHERTON, team=None, staff_no="301")
    client = town.as_("officer")
    page = client.get("/my-rota").text
    assert "Omar Obi, Millbrook" in page
    assert 'href="/my-rota?unit_id=2">Otherton' in page
    assert "Omar Obi, Millbrook" in client.get("/my-rota?unit_id=99").text
    assert "Gus Gray, Otherton" in client.get("/my-rota?unit_id=2").text
    assert "Gus Gray, Otherton" in client.get("/my-rota").text
    leave = {"first": "26/1/2027", "last": "26/1/2027"}
    client.post("/asks/new/leave", data=leave)
    page = client.get("/asks").text
    assert "leave" in page.partition("<main")[2]
    assert 'href="/asks?unit_id=2" aria-current="page">Otherton' in page
    assert "26 January" in page
    assert "26 January" not in client.get("/asks?unit_id=1").text
    assert "unit_id=" not in town.as_("starter").get("/my-rota").text
