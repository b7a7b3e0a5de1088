"""The pages that bring a unit in and take it away."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from werkzeug.test import TestResponse

from rota.services.importing import exports, imports
from rota.services.importing.uploads import KEPT_FOR
from tests.rota.services.ledger import ledger
from tests.web import plans
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import MILLBROOK, PASSWORD, email_of
from web.app import LARGEST_UPLOAD

IMPORT, EXPORT = f"/units/{MILLBROOK}/import", f"/units/{MILLBROOK}/export"
RECORDS = f"/units/{MILLBROOK}/records"


def exported(town: Town, *changes: Callable[[Any], None]) -> bytes:
    """The unit's workbook, with changes to it."""
    book = openpyxl.load_workbook(io.BytesIO(town.as_("manager").get(f"{EXPORT}/xlsx").data))
    for change in changes:
        change(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def send(town: Town, data: bytes, name: str = "unit.xlsx", who: str = "manager") -> TestResponse:
    return town.as_(who).post(IMPORT, data={"file": (io.BytesIO(data), name)})


def secret(page: str) -> str:
    """The secret of the file, which stands in every form about it."""
    (its,) = set(re.findall(r'name="secret" value="([\w-]+)"', page))
    return str(its)


def rename_omar(book: Any) -> None:
    book["officers"]["B3"] = "Omar Hill"
    book["sites"].append(["Hill End", "office", 12])
    book["away"].delete_rows(2)
    book["policy"]["B4"] = "50"


def test_a_unit_that_was_taken_away_changes_nothing(town: Town) -> None:
    for form in ("xlsx", "zip"):
        file = town.as_("manager").get(f"{EXPORT}/{form}")
        name = f"millbrook-2027-01-12.{form}"
        assert file.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        page = send(town, file.data, name).text
        assert "The file changes nothing" in page
        assert 'name="secret"' not in page


def test_what_changes_is_shown_before_anything_is_written(town: Town) -> None:
    page = send(town, exported(town, rename_omar)).text
    lines = re.findall(r'govuk-tag--\w+">(\w+)</strong>\s*<span>(.*?)</span>', page)
    assert lines == [
        (
            "Added",
            "Name of the site: Hill End, Kind: Office, Desks: 12, "
            "One person may be there alone: Yes",
        ),
        ("Changed", "Omar Obi (102). Name: Omar Hill (was Omar Obi)"),
        (
            "Removed",
            "Officer: Ben Bell (202), First day away: 18 January 2027, "
            "Last day away: 19 January 2027, Kind: Sick",
        ),
        ("Changed", "Office percentage: 50 (was 60)"),
    ]
    assert "Omar Obi" in town.as_("manager").get(f"{RECORDS}/officers").text


def test_a_yes_writes_it(town: Town) -> None:
    client = town.as_("manager")
    page = send(town, exported(town, rename_omar)).text
    answer = client.post(f"{IMPORT}/yes", data={"secret": secret(page)})
    assert answer.location == RECORDS
    assert "The file is imported" in client.get(answer.location).text
    assert "Omar Hill" in client.get(f"{RECORDS}/officers").text
    again = client.post(f"{IMPORT}/yes", data={"secret": secret(page)})
    assert again.status_code == 409
    assert "The file is not kept any more. Choose it again." in again.text


def everybody_in(book: Any) -> None:
    """All of Blue at Weir Street on Friday the 29th, and only two desks there."""
    for row in book["rota"].iter_rows(min_row=2):
        if f"{row[1].value:%Y-%m-%d}" == "2027-01-29" and row[0].value.startswith("2"):
            row[2].value = "Weir Street"
    for row in book["sites"].iter_rows(min_row=2):
        if row[0].value == "Weir Street":
            row[2].value = "2"


def test_what_its_rota_breaks_more_is_answered_for(town: Town, tmp_path: Path) -> None:
    client = town.as_("manager")
    # What is published came out of a file.
    exports.export_unit(town.database, plans.MANAGER, name="Millbrook", folder=tmp_path / "out")
    imports.import_unit(town.database, plans.MANAGER, name="Millbrook", path=tmp_path / "out")
    page = send(town, exported(town, everybody_in)).text
    assert "Its rota would add 1 breach of desk limits, courts and partners:" in page
    assert "<li>3 officers for 2 desks at Weir Street on Friday 29 January 2027.</li>" in page
    answer = client.post(f"{IMPORT}/yes", data={"secret": secret(page)})
    assert answer.status_code == 409
    assert "its rota adds 1 breach of desk limits, courts and partners" in answer.text
    answer = client.post(f"{IMPORT}/yes", data={"secret": secret(page), "acknowledged": "yes"})
    assert answer.location == RECORDS


def test_what_was_changed_meanwhile_is_not_overwritten(town: Town) -> None:
    client = town.as_("manager")
    page = send(town, exported(town, rename_omar)).text
    row = {"site": "High Street", "first": "3/2/2027", "desks": "1"}
    assert client.post(f"{RECORDS}/closures/new", data=row).status_code == 303
    answer = client.post(f"{IMPORT}/yes", data={"secret": secret(page)})
    assert answer.status_code == 409
    assert "The unit has changed since you looked" in answer.text
    assert "Omar Obi" in client.get(f"{RECORDS}/officers").text


def test_a_secret_is_of_no_use_to_somebody_else(town: Town) -> None:
    page = send(town, exported(town, rename_omar)).text
    for who, status in (("red_manager", 403), ("other_manager", 403), ("administrator", 403)):
        answer = town.as_(who).post(f"{IMPORT}/yes", data={"secret": secret(page)})
        assert answer.status_code == status


def test_a_file_without_a_yes_goes_when_anybody_signs_in(town: Town) -> None:
    send(town, exported(town, rename_omar))
    town.clock.now += KEPT_FOR
    _sign_in(town)
    assert len(ledger(town.database)["upload"]) == 1
    town.clock.now += timedelta(seconds=1)
    _sign_in(town)
    assert ledger(town.database)["upload"] == ()


def _sign_in(town: Town) -> None:
    told = {"email": email_of("head"), "password": PASSWORD}
    assert town.as_(None).post("/sign-in", data=told).status_code == 303


def spoil(book: Any) -> None:
    book["officers"]["C3"] = "Rad"
    book["away"]["B3"] = "=TODAY()"
    book["policy"]["B3"] = "99"


def test_every_fault_is_told_with_its_row_and_column(town: Town) -> None:
    answer = send(town, exported(town, spoil))
    assert answer.status_code == 422
    assert "unit.xlsx was not imported: there are 3 faults in it" in answer.text
    rows = answer.text.partition('id="faults"')[2].partition("<tbody")[2].split("<tr>")[1:]
    cells = [re.findall(r"<t[hd][^>]*>(?:<span.*?</span>)?(.*?)</t[hd]>", row) for row in rows]
    assert cells == [
        ["officers", "3", "team", "Rad", "Rad is not a team here. Maybe Red?"],
        ["away", "3", "first", "=TODAY()", "=TODAY() is a formula; only values are read"],
        ["policy", "3", "weeks", "99", "99 is not a whole number from 1 to 53"],
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("unit.pdf", "unit.pdf was not imported: there is 1 fault in it"),
        ("<b>.xlsx", "&lt;b&gt;.xlsx was not imported"),
    ],
)
def test_a_file_of_another_kind_is_refused(town: Town, name: str, says: str) -> None:
    answer = send(town, b"%PDF-1.7", name)
    assert answer.status_code == 422
    assert says in answer.text


def test_no_file_is_asked_for(town: Town) -> None:
    answer = town.as_("manager").post(IMPORT, data={})
    assert answer.status_code == 422
    assert 'href="#file">Choose a file</a>' in answer.text


def test_a_file_that_is_too_large_is_refused(town: Town) -> None:
    assert town.app.config["MAX_CONTENT_LENGTH"] == LARGEST_UPLOAD
    town.app.config["MAX_CONTENT_LENGTH"] = 2000
    answer = send(town, b"x" * 2001)
    assert answer.status_code == 413
    assert "The file is too large" in answer.text


def test_a_zip_bomb_is_refused(town: Town) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("officers.csv", b" " * 60_000_000)
    answer = send(town, data.getvalue(), "unit.zip")
    assert answer.status_code == 422
    assert "no more than 50 MB are read" in answer.text


def test_what_looks_like_a_formula_is_taken_away_as_text(town: Town) -> None:
    client = town.as_("manager")
    link = {"staff_no": "102", "with_staff_no": "103", "reason": "@SUM(A1)"}
    assert client.post(f"{RECORDS}/links/new", data=link).status_code == 303
    with zipfile.ZipFile(io.BytesIO(client.get(f"{EXPORT}/zip").data)) as archive:
        links = archive.read("links.csv").decode()
    assert links.splitlines()[2] == "102,103,'@SUM(A1)"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{EXPORT}/xlsx").data))
    assert book["links"]["C3"].value == "'@SUM(A1)"
    assert "The file changes nothing" in send(town, exported(town)).text


@pytest.mark.parametrize("path", [IMPORT, EXPORT, f"{EXPORT}/xlsx", f"{EXPORT}/zip"])
def test_files_are_for_managers_of_the_whole_unit(town: Town, path: str) -> None:
    for who in ("officer", "red_manager", "other_manager", "head", "administrator"):
        assert town.as_(who).get(path).status_code == 403
    client = town.as_("manager")
    with town.counting() as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= MOST_QUERIES


def test_another_form_of_file_is_not_found(town: Town) -> None:
    assert town.as_("manager").get(f"{EXPORT}/exe").status_code == 404


def pad_numbers(*numbers: str) -> Callable[[Any], None]:
    """Write these staff numbers with a zero before them, wherever they stand."""

    def changed(book: Any) -> None:
        for row in (row for sheet in book for row in sheet.iter_rows()):
            for cell in row:
                if cell.value in numbers:
                    cell.value = f"0{cell.value}"

    return changed


def items(page: str, heading: str) -> list[str]:
    """The list under that heading."""
    its = page.partition(f">{heading}</h2>")[2].partition("</ul>")[0]
    return re.findall(r"<li>(.*?)</li>", its)


def officers(town: Town) -> set[str]:
    rows = ledger(town.database)["officer"]
    return {row["staff_no"] for row in rows if row["unit_id"] == MILLBROOK}


ALARM = "This takes away what people rely on"


def test_a_name_that_looks_like_another_is_asked_about(town: Town) -> None:
    client = town.as_("manager")
    page = send(town, exported(town, pad_numbers("102", "203"))).text
    assert re.findall(r"(?s)<legend[^>]*>\s*(Officer: .*?)\s*</legend>", page) == [
        "Officer: is Omar Obi (102), which would go, the same as Omar Obi (0102), of the same "
        "name?",
        "Officer: is Bea Boyd (203), which would go, the same as Bea Boyd (0203), of the same "
        "name?",
    ]
    before = ledger(town.database)["officer"]
    answer = client.post(f"{IMPORT}/yes", data={"secret": secret(page)})
    assert answer.status_code == 422
    assert 'href="#agreed">Say yes to what the file takes away</a>' in answer.text
    assert ledger(town.database)["officer"] == before


def test_an_answer_renames_an_officer_and_leaves_another_as_they_are(town: Town) -> None:
    client = town.as_("manager")
    page = send(town, exported(town, pad_numbers("102", "203"))).text
    told = {"before": ["102", "203"], "after": ["0102", "0203"]}
    answers = {**told, "pair-0": "rename", "pair-1": "same", "secret": secret(page)}
    page = client.post(f"{IMPORT}/answers", data=answers).text
    assert "govuk-tag" not in page.partition("<main")[2].partition("</main>")[0]
    assert page.count("checked") == 3  # Both answers, and that each is given by itself.
    assert ALARM not in page
    assert client.post(f"{IMPORT}/yes", data={"secret": secret(page)}).status_code == 303
    assert officers(town) == {"101", "0102", "103", "201", "202", "203"}
    assert "Omar Obi" in town.as_("officer").get("/my-rota").text
    assert town.as_("officer").get("/my-rota").status_code == 200


def test_all_that_are_alike_are_answered_at_once(town: Town) -> None:
    client = town.as_("manager")
    everybody = ("101", "102", "103", "201", "202", "203")
    page = send(town, exported(town, pad_numbers(*everybody))).text
    answers = {"secret": secret(page), "all_alike": "same"}
    page = client.post(f"{IMPORT}/answers", data=answers).text
    assert "The file changes nothing" in page


def leave_out(*names: str) -> Callable[[Any], None]:
    """Take the rows out of a book that name any of these."""

    def changed(book: Any) -> None:
        for sheet in book:
            rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            gone = [n for n, row in enumerate(rows, 1) if set(row) & set(names)]
            for number in reversed(gone):
                sheet.delete_rows(number)

    return changed


def test_a_list_that_lacks_people_is_asked_about_with_what_hangs_on_them(town: Town) -> None:
    client = town.as_("manager")
    page = send(town, exported(town, leave_out("202", "203"))).text
    assert items(page, ALARM) == [
        "People: Ben Bell (202) would go, with 18 published seats (11 to come), 1 role.",
        "People: Bea Boyd (203) would go, with 20 published seats (13 to come).",
        "People: 2 of 6 rows would go.",
    ]
    assert client.post(f"{IMPORT}/yes", data={"secret": secret(page)}).status_code == 422
    page = send(town, exported(town, leave_out("202", "203"))).text
    told = {"secret": secret(page), "agreed": "yes"}
    assert client.post(f"{IMPORT}/yes", data=told).status_code == 303
    assert officers(town) == {"101", "102", "103", "201"}


def test_what_was_recorded_since_is_named_and_undone_only_after_a_yes(town: Town) -> None:
    client = town.as_("manager")
    data = exported(town)
    row = {"staff_no": "102", "first": "25/1/2027", "last": "26/1/2027", "kind": "sick"}
    assert client.post(f"{RECORDS}/away/new", data=row).status_code == 303
    page = send(town, data).text
    assert "The file changes nothing" in page
    assert items(page, "Recorded since the last import") == [
        "Absences: Omar Obi (102), sick 25 to 26 January 2027 was recorded since the last "
        "import, by Manager on 12 January 2027; it stays."
    ]
    answers = {"secret": secret(page), "over_records": "yes"}
    page = client.post(f"{IMPORT}/answers", data=answers).text
    assert ("Removed", "Officer: Omar Obi (102)") in [
        (deed, says.partition(",")[0])
        for deed, says in re.findall(r'govuk-tag--\w+">(\w+)</strong>\s*<span>(.*?)</span>', page)
    ]
    assert client.post(f"{IMPORT}/yes", data={"secret": secret(page)}).status_code == 303
    assert len(ledger(town.database)["away"]) == 2


def test_answers_to_a_file_that_is_gone_ask_for_it_again(town: Town) -> None:
    answer = town.as_("manager").post(f"{IMPORT}/answers", data={"secret": "another"})
    assert answer.status_code == 409
    assert "The file is not kept any more. Choose it again." in answer.text


def give_more_desks(book: Any) -> None:
    book["sites"]["C2"] = "8"


def test_the_day_from_which_changes_hold_is_told_and_can_be_chosen(town: Town) -> None:
    client = town.as_("manager")
    page = send(town, exported(town, give_more_desks)).text
    says = "What changes of officers, sites and teams holds from Wednesday 13 January 2027"
    assert says in page
    assert "High Street. Desks: 8 (was 6); Holds from: 13 January 2027 (was blank)" in page
    assert '"13/1/2027"' in page
    data = {"secret": secret(page), "since": "1 Feb 2027"}
    page = client.post(f"{IMPORT}/answers", data=data).text
    assert says.replace("Wednesday 13 January", "Monday 1 February") in page
    assert client.post(f"{IMPORT}/yes", data={"secret": secret(page)}).location == RECORDS
    assert "From 1 February 2027: Desks: 8" in client.get(f"{RECORDS}/sites").text


def test_a_day_that_is_none_is_told_and_the_file_is_kept(town: Town) -> None:
    client = town.as_("manager")
    page = send(town, exported(town, give_more_desks)).text
    answer = client.post(f"{IMPORT}/answers", data={"secret": secret(page), "since": "soon"})
    assert answer.status_code == 422
    assert re.findall(r'<a href="#([\w-]+)">(Enter.*?)</a>', answer.text) == [
        ("since", "Enter a real day, such as 17/5/2027")
    ]
    assert '"soon"' in answer.text
    answer = client.post(f"{IMPORT}/answers", data={"secret": secret(answer.text), "since": ""})
    assert answer.status_code == 200
    assert '"13/1/2027"' in answer.text


def test_no_day_is_asked_for_where_it_does_not_matter(town: Town) -> None:
    page = send(town, exported(town, lambda book: book["away"].delete_rows(2))).text
    assert "What the file changes" in page
    assert "From which day?" not in page
