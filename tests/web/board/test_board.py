"""The board: who sees which rota, what it shows, and how it is changed without any script."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient

from rota.services.access.act import Act
from rota.services.drafts import drafts
from rota.services.rotas import versions
from rota.services.units import record_changes
from rota.settings import Settings
from tests import draft_edits
from tests.stored import act
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import HIGH, MILLBROOK, NOW, START, TODAY, WEIR
from web import create_app
from web.access.request_context import EXTENSION

BOARD = f"/units/{MILLBROOK}/board"
THURSDAY = date(2027, 1, 14)
RITA = Act("rita@example.org", "a test", NOW)


def row(page: str, staff_no: str) -> list[str]:
    """The cells of an officer, each as its classes and its text."""
    (line,) = re.findall(rf'<tr id="r-{staff_no}".*?</tr>', page)
    cells = re.findall(r"<td(?: id=\"[^\"]*\")?(?: class=\"([^\"]*)\")?>([^<]*)</td>", line)
    return [f"{classes} {text}".strip() for classes, text in cells]


def names(page: str) -> list[str]:
    return re.findall(r'<tr id="r-(\w+)"', page)


def edit(client: FlaskClient, **told: object):
    form = {"action": "move", "staff_no": "102", "day": THURSDAY, "start": START, "revision": 0}
    return client.post(f"{BOARD}/edit", data={**form, **told})


def as_program(client: FlaskClient, **told: object):
    form = {"action": "move", "staff_no": "102", "day": THURSDAY, "start": START, "revision": 0}
    return client.post(
        f"{BOARD}/edit?start=2027-01-11&weeks=1",
        data={**form, **told},
        headers={"Accept": "application/json"},
    )


# What is shown


def test_it_shows_the_published_weeks_from_todays_on(town: Town) -> None:
    page = town.as_("officer").get(BOARD).text
    assert "The rota of 4 January to 31 January 2027. This is version 1" in page
    days = re.findall(r'data-d="([\d-]+)"', page)
    assert (len(days), days[0], days[-1]) == (15, "2027-01-11", "2027-01-29")
    assert names(page) == ["103", "102", "101", "203", "202", "201"]
    # Nia is away on Thursday and Friday of the second week.
    week = ["h H", "o O1", "o O1", "o O1", "h H"]
    assert row(page, "103") == [*week, *week[:3], "a A", "a A", *week]


def test_it_shows_as_many_weeks_as_asked_for(town: Town) -> None:
    client = town.as_("officer")
    for weeks, days in (("1", 5), ("2", 10), ("4", 20), ("9", 20), ("0", 5), ("x", 20)):
        page = client.get(BOARD, query_string={"start": "2027-01-04", "weeks": weeks}).text
        assert len(re.findall(r"data-d=", page)) == days


def test_desks_of_an_office_are_told_with_those_free(town: Town) -> None:
    page = town.as_("officer").get(BOARD, query_string={"start": "2027-01-18", "weeks": 1}).text
    # Nia is away on Thursday; Ben is ill on Monday and Tuesday, and all are at home on Mondays.
    desks = [
        re.findall(r'<td(?: class="(\w)")?>([^<]*)</td>', line)
        for line in re.findall(r"<tr data-desks=.*?</tr>", page, re.DOTALL)
    ]
    assert [text for _, text in desks[0]] == [
        "0\n6 free",
        "3\n3 free",
        "3\n3 free",
        "2\n4 free",
        "0\n6 free",
    ]
    assert desks[1][1:4] == [("", "2\n1 free"), ("f", "3\nfull"), ("f", "3\nfull")]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"team": "Blue"}, ["203", "202", "201"]),
        ({"office": WEIR}, ["203", "202", "201"]),
        ({"person": "ni"}, ["103"]),
        ({"person": "201"}, ["201"]),
        ({"kind": "court"}, []),
        ({"kind": "home", "team": "Red"}, ["103", "102", "101"]),
    ],
)
def test_filters_choose_officers(town: Town, asked: dict[str, str], shown: list[str]) -> None:
    page = town.as_("officer").get(BOARD, query_string=asked).text
    assert names(page) == shown
    assert ("No officer is like that." in page) is not shown


def test_the_script_is_where_there_is_something_to_change(town: Town) -> None:
    for who, asked, is_there in (
        ("manager", {}, True),
        ("red_manager", {"kind": "court"}, False),
        ("officer", {}, False),
    ):
        page = town.as_(who).get(BOARD, query_string=asked).text
        assert (
            bool(re.search(r'<script src="[^"]*/board\.js[^"]*" type="module">', page)) is is_there
        )


def test_breaches_are_for_managers(town: Town) -> None:
    page = town.as_("manager").get(BOARD).text
    assert '<a class="govuk-link" href="#c-202-0114">The appointment of Ben Bell (202)' in page
    assert '<td id="c-202-0114" class="o s">O2</td>' in page
    assert row(page, "202")[-1] == "g 2"
    for who in ("officer", "head"):
        page = town.as_(who).get(BOARD).text
        assert "appointment" not in page
        assert 'class="g"' not in page
        assert "data-edit" not in page
        assert not re.findall(r'class="\w [bs]"', page)


def test_a_draft_is_for_managers(town: Town) -> None:
    draft_edits.move(
        town.database, RITA, unit="Millbrook", staff_no="102", day=THURSDAY, site="home"
    )
    page = town.as_("red_manager").get(BOARD).text
    assert "Rota board: draft" in page
    assert row(page, "102")[3] == "h m e b H"
    assert row(town.as_("officer").get(BOARD).text, "102")[3] == "o O1"
    published = town.as_("manager").get(BOARD, query_string={"show": "published"}).text
    assert row(published, "102")[3] == "o O1"
    assert 'data-published="yes"' in published


def test_what_was_moved_by_hand_is_marked_until_it_is_set_back(town: Town) -> None:
    client = town.as_("manager")
    assert "moved by hand" not in client.get(BOARD).text
    moved = as_program(client, site="home").json
    assert ["102", "2027-01-14", "h m e b", "H", "c-102-0114"] in moved["cells"]
    for path in (BOARD, f"/units/{MILLBROOK}/print"):
        page = client.get(path).text
        assert 'board-swatch e">O</span> moved by hand: planning keeps it there' in page
        assert row(page, "102")[3].startswith("h m e")
    days = client.get(
        f"/units/{MILLBROOK}/board/officers/102", query_string={"start": "2027-01-11"}
    )
    assert days.text.count(">By hand</strong>") == 1
    as_program(client, site=moved["undo"]["site"], revision=moved["revision"])
    page = client.get(BOARD).text
    assert " e " not in row(page, "102")[3]
    assert "was moved by hand" not in page


def test_locks_are_marked(town: Town) -> None:
    draft_edits.lock(town.database, RITA, unit="Millbrook", staff_no="102", first=THURSDAY)
    assert row(town.as_("manager").get(BOARD).text, "102")[3] == "o l O1"
    versions.publish(town.database, RITA, unit="Millbrook", is_acknowledged=True)
    assert row(town.as_("officer").get(BOARD).text, "102")[3] == "o l O1"


def test_managers_of_a_team_may_change_it_alone(town: Town) -> None:
    page = town.as_("red_manager").get(BOARD).text
    mine = re.findall(r'<tbody data-mine="1">.*?</tbody>', page)
    assert [names(part) for part in mine] == [["103", "102", "101"]]
    assert re.findall(r'<a href="[^"]*/board/officers/(\d+)\?', page) == ["103", "102", "101"]


def test_a_unit_without_a_rota_says_how_to_get_one(town: Town) -> None:
    with town.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM change")  # There is none; versions are kept.
    page = town.as_("manager").get(BOARD, query_string={"start": "2028-01-03"}).text
    assert "There is no rota of these weeks yet." in page
    assert "4 January to 31 January 2027" in page
    assert "Generate a rota" in page
    assert (
        "Generate a rota"
        not in town.as_("officer").get(BOARD, query_string={"start": "2028-01-03"}).text
    )


def test_what_is_to_be_known_of_seats_of_a_draft_is_told(town: Town) -> None:
    draft_edits.move(
        town.database, RITA, unit="Millbrook", staff_no="102", day=THURSDAY, site="home"
    )
    away = {"staff_no": "103", "first": "2027-01-27", "last": "2027-01-27", "kind": "sick"}
    record_changes.record(town.database, RITA, unit="Millbrook", table="away", rows=[away])
    page = town.as_("manager").get(BOARD).text
    assert "does not fit any more" not in page
    assert "1 seat of this draft falls away" in page
    assert "(103) on Wednesday 27 January 2027, who is away</li>" in page
    assert "1 seat was moved by hand" in page
    # Its version 1 had the officer in, so nothing differs from what the draft began from.
    versions.restore(town.database, act(TODAY), unit="Millbrook", number=1, is_acknowledged=True)
    page = town.as_("manager").get(BOARD).text
    assert "changed by another version since" not in page


def test_the_page_for_paper_has_the_same_rows(town: Town) -> None:
    for who in ("officer", "manager"):
        page = town.as_(who).get(f"/units/{MILLBROOK}/print", query_string={"weeks": 1}).text
        assert row(page, "102") == ["h H", "o O1", "o O1", "o O1", "h H"]
        assert "High Street" in page


@pytest.mark.parametrize("who", ["officer", "manager"])
def test_no_page_asks_the_database_often(town: Town, who: str) -> None:
    client = town.as_(who)
    for address in (BOARD, BOARD, f"/units/{MILLBROOK}/print", f"{BOARD}/breaches"):
        with town.counting() as asked:
            client.get(address)
        assert len(asked) <= MOST_QUERIES
    assert len(asked) <= 6


# Changed by a program


def test_a_change_tells_what_gets_better_and_worse_and_what_looks_different(town: Town) -> None:
    client = town.as_("manager")
    first = as_program(client, site="home")
    assert first.status_code == 200
    assert (first.json["begun"], first.json["revision"]) == (True, 2)
    assert first.json["says"] == "Omar Obi is at home on Thursday 14 January."
    answer = as_program(client, site=HIGH, revision=2).json
    assert answer["revision"] == 3
    assert answer["worse"] == []
    assert [line.partition(":")[0] for line in answer["better"]] == [
        "Short notice",
        "Office policy",
        "Office policy",
    ]
    assert ["102", "2027-01-14", "o", "O1", "c-102-0114"] in answer["cells"]
    assert answer["desks"] == [[0, "2027-01-14", "", "3\n3 free"]]
    assert answer["undo"] == {"action": "move", "site": "home"}
    undone = as_program(client, **answer["undo"], revision=3).json
    assert undone["undo"] == {"action": "move", "site": HIGH}


@pytest.mark.parametrize("who", ["manager", "red_manager"])
def test_after_changes_the_board_is_as_if_made_afresh(town: Town, who: str) -> None:
    client, reader = town.as_("manager"), town.as_(who)
    view = {"start": "2027-01-04", "weeks": 4}
    as_program(client, site="home")
    steps = (
        {"site": HIGH},
        {"staff_no": "202", "site": HIGH},
        {"action": "lock"},
        {"action": "unlock"},
        {"staff_no": "103", "action": "kind", "site": "home"},
        {"staff_no": "202", "site": "home"},
    )
    for revision, step in enumerate(steps, 2):
        assert as_program(client, **step, revision=revision).status_code == 200
        if revision % 2:
            continue  # So that the next board comes after two changes.
        assert rows_of(reader.get(BOARD, query_string=view).text) == rows_made_afresh(town, who)


def rows_of(page: str) -> list[str]:
    return re.findall("<tr .*?</tr>", page, re.DOTALL)


def rows_made_afresh(town: Town, who: str) -> list[str]:
    """The rows as an app that has just been started shows them."""
    other = create_app(Settings(database_url=town.database.url), clock=town.clock)
    afresh = other.test_client()
    afresh.set_cookie("rota", town.secret_of(who))
    page = afresh.get(BOARD, query_string={"start": "2027-01-04", "weeks": 4}).text
    other.extensions[EXTENSION].database.close()
    return rows_of(page)


def test_after_a_lock_and_after_records_change_the_board_is_as_if_made_afresh(town: Town) -> None:
    client = town.as_("manager")
    view = {"start": "2027-01-04", "weeks": 4}
    court = {"day": "2027-01-20", "site": "Millbrook Crown Court"}
    assert as_program(client, **court).status_code == 200

    def record(table: str, **row: str) -> None:
        record_changes.record(town.database, RITA, unit="Millbrook", table=table, rows=[row])

    before = rows_of(client.get(BOARD, query_string=view).text)
    for change in (
        lambda: as_program(client, action="lock", revision=2),
        lambda: record("away", staff_no="103", first="2027-01-27", last="2027-01-27", kind="sick"),
        lambda: record("sites", site="A new court", kind="court"),
    ):
        change()
        rows = rows_of(client.get(BOARD, query_string=view).text)
        assert rows != before
        assert rows == rows_made_afresh(town, "manager")
        before = rows


def test_a_change_by_kind_and_a_lock(town: Town) -> None:
    client = town.as_("manager")
    assert as_program(client, action="kind", site="home").json["revision"] == 2
    locked = as_program(client, action="lock", revision=2).json
    assert locked["says"] == "Omar Obi is locked on Thursday 14 January."
    assert ["102", "2027-01-14", "h m e l b", "H", "c-102-0114"] in locked["cells"]
    assert locked["undo"] == {"action": "unlock", "site": ""}
    refused = as_program(client, action="kind", site="office", revision=3)
    assert refused.status_code == 422
    assert refused.json["says"].endswith("is locked; unlock it first.")


def test_of_two_managers_the_second_is_told_who_was_faster(town: Town) -> None:
    assert as_program(town.as_("red_manager"), site="home").json["revision"] == 2
    told = as_program(town.as_("manager"), site="home")
    assert told.status_code == 409
    assert told.json["says"].startswith("Red manager changed the draft at 09:00")


def test_nobody_else_changes_a_seat(town: Town) -> None:
    blue = as_program(town.as_("red_manager"), staff_no="202", site="home")
    assert (blue.status_code, blue.json["says"][:32]) == (403, "You may not manage the team Blue")
    for who in ("officer", "head", "stranger", "other_manager", "administrator"):
        assert edit(town.as_(who), site="home").status_code == 403


@pytest.mark.parametrize(
    "told",
    [{"action": "give"}, {"day": "soon"}, {"start": ""}, {"revision": "x"}, {"staff_no": ""}],
)
def test_a_change_that_makes_no_sense_is_refused(town: Town, told: dict[str, str]) -> None:
    answer = as_program(town.as_("manager"), site="home", **told)
    assert answer.status_code == 422
    assert answer.json["says"] == "The change could not be understood; load the page again."


# Changed without a script


def test_an_officers_days_can_be_changed_and_changed_back(town: Town) -> None:
    client = town.as_("red_manager")
    page = client.get(f"{BOARD}/officers/102?start=2027-01-11").text
    assert (
        page.count('name="site"') == 13
    )  # Three weeks, but for Monday and Tuesday, which is today.
    answer = edit(client, site="home")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Omar Obi is at home on Thursday 14 January." in page
    assert "Worse: Short notice:" in page
    told = sent_by(page, "Undo the change")
    assert (told["action"], told["site"], told["revision"]) == ("move", HIGH, "2")
    answer = edit(client, **told)
    assert answer.status_code == 303
    seats = drafts.load_view(town.database, RITA, unit="Millbrook").seats
    assert seats["102", THURSDAY].sites == HIGH
    answer = edit(client, **sent_by(client.get(answer.location).text, "Redo the change"))
    seats = drafts.load_view(town.database, RITA, unit="Millbrook").seats
    assert seats["102", THURSDAY].sites == "home"
    assert sent_by(client.get(answer.location).text, "Undo the change")["site"] == HIGH


def sent_by(page: str, button: str) -> dict[str, str]:
    """What the form of that button sends."""
    form = re.search(rf"<form[^>]*>((?:(?!</form>).)*{button}.*?)</form>", page, re.DOTALL)
    assert form is not None
    told = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
    told.pop("csrf_token", None)
    return told


def test_to_undo_takes_nothing_back_that_others_did_since(town: Town) -> None:
    client = town.as_("red_manager")
    address = edit(client, site="home").location
    draft_edits.lock(town.database, RITA, unit="Millbrook", staff_no="202", first=THURSDAY)
    answer = edit(client, **sent_by(client.get(address).text, "Undo the change"))
    assert answer.status_code == 409
    assert "rita@example.org changed the draft" in answer.text


@pytest.mark.parametrize("staff_no", ["1/2", "1?2#3", "50%25", "A & <B>"])
def test_a_staff_number_may_be_written_in_any_way(town: Town, staff_no: str) -> None:
    row = {
        "staff_no": staff_no,
        "name": "Una Usher",
        "team": "Red",
        "grade": "PO",
        "start_date": "2015-03-02",
        "base_site": HIGH,
        "working_days": "Mon Tue Wed Thu Fri",
    }
    record_changes.record(town.database, RITA, unit="Millbrook", table="officers", rows=[row])
    page = town.as_("manager").get(f"{BOARD}?start=2027-01-11").text
    address = re.search(r'href="([^"]*)">Una Usher', page)
    assert address is not None
    assert "<title>Una Usher" in town.as_("manager").get(unescape(address[1])).text


def test_an_officer_of_another_team_is_only_shown(town: Town) -> None:
    page = town.as_("red_manager").get(f"{BOARD}/officers/202").text
    assert "Only managers of this team may change these days." in page
    assert 'name="site"' not in page
    assert town.as_("manager").get(f"{BOARD}/officers/999").status_code == 404
    assert town.as_("officer").get(f"{BOARD}/officers/102").status_code == 403


def test_who_has_left_has_no_row_but_a_page_of_their_own(town: Town) -> None:
    gone = {
        "staff_no": "301",
        "name": "Old Hand",
        "team": "Red",
        "grade": "PO",
        "start_date": "2010-01-04",
        "leave_date": "2020-01-03",
        "base_site": HIGH,
        "working_days": "Mon-Fri",
    }
    record_changes.record(town.database, RITA, unit="Millbrook", table="officers", rows=[gone])
    client = town.as_("manager")
    assert names(client.get(BOARD).text) == ["103", "102", "101", "203", "202", "201"]
    page = client.get(f"{BOARD}/officers/301")
    assert page.status_code == 200
    assert "Old Hand" in page.text
