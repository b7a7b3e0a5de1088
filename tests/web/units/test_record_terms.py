"""The pages of records ask from which day a change holds, and tell what held and will hold."""

from __future__ import annotations

import re

from tests.web.conftest import Town
from tests.web.town import MILLBROOK
from tests.web.units.test_records import BEN, OMAR, RECORDS, errors, seal, value

OMAR_S = {
    "name": "Omar Obi",
    "team": "Red",
    "grade": "PO",
    "start_date": "2/3/2015",
    "base_site": "High Street",
    "working_days": "Mon-Fri",
    "email": "omar@example.org",
    "skills": "court",
    "home": "yes",
}
TERMS = re.compile(
    r'summary-list__key">((?:Until|From|\d)[^<]*)</dt>\s*<dd class="[\w-]+">(.*?)</dd>'
)


def change_omar(town: Town, **data: str) -> str:
    """Change Omar's record as given, and the page that this leads to."""
    client = town.as_("manager")
    form = client.get(f"{RECORDS}/officers/{OMAR}").text
    given = {**OMAR_S, "from": value(form, "from"), "seal": seal(form), **data}
    return client.post(f"{RECORDS}/officers/{OMAR}", data=given, follow_redirects=True).text


def test_a_change_asks_from_which_day(town: Town) -> None:
    client = town.as_("manager")
    for path in (f"officers/{OMAR}", "sites/1", "teams/1"):
        form = client.get(f"{RECORDS}/{path}").text
        assert "From which day?" in form
        assert value(form, "from") == "13/1/2027"
        assert "A day that is over corrects the past." in form
    assert "From which day?" not in client.get(f"{RECORDS}/away/1").text


def test_a_new_record_holds_ever_since(town: Town) -> None:
    for table in ("officers", "sites", "teams"):
        assert "From which day?" not in town.as_("manager").get(f"{RECORDS}/{table}/new").text


def test_from_when_a_change_holds_is_said(town: Town) -> None:
    assert "Officer changed from Wednesday 13 January<" in re.sub(
        r"\s+<", "<", change_omar(town, grade="PSO")
    )
    assert "Officer changed from Monday 25 January" in change_omar(
        town, **{"grade": "PSO", "team": "Blue", "from": "25/1/2027"}
    )
    page = change_omar(town, name="Omar O. Obi", grade="PSO", team="Blue")
    assert "Officer changed" in page
    assert "Officer changed from" not in page


def test_a_day_that_is_none_is_told_beside_its_field(town: Town) -> None:
    page = change_omar(town, **{"team": "Blue", "from": "soon"})
    assert errors(page) == [("from", "Enter a real day, such as 17/5/2027")]
    assert value(page, "from") == "soon"


def test_the_page_of_an_officer_has_earlier_and_later_terms(town: Town) -> None:
    client = town.as_("manager")
    assert "Earlier and later terms" not in client.get(f"{RECORDS}/officers/{OMAR}/about").text
    change_omar(town, **{"mentor": "201", "from": "4/1/2027"})
    change_omar(town, **{"mentor": "201", "team": "Blue", "from": "25/1/2027"})
    for path in (f"officers/{OMAR}/about", f"officers/{OMAR}"):
        page = client.get(f"{RECORDS}/{path}").text
        assert "Earlier and later terms" in page
        assert TERMS.findall(page) == [
            ("Until 3 January 2027", "Mentor: not given"),
            ("4 January 2027 to 24 January 2027", "Team: Red; Mentor: Bob Birch"),
            ("From 25 January 2027", "Team: Blue"),
        ]


def test_those_who_do_not_manage_the_officer_read_no_more_of_earlier_terms(town: Town) -> None:
    client = town.as_("manager")
    form = client.get(f"{RECORDS}/officers/{BEN}").text
    data = {**OMAR_S, "name": "Ben Bell", "team": "Blue", "base_site": "High Street"}
    data |= {"skills": "", "office_percent": "50", "from": "25/1/2027", "seal": seal(form)}
    assert client.post(f"{RECORDS}/officers/{BEN}", data=data).status_code == 303
    page = town.as_("red_manager").get(f"{RECORDS}/officers/{BEN}/about").text
    assert TERMS.findall(page) == [
        ("Until 24 January 2027", "Base: Weir Street"),
        ("From 25 January 2027", "Base: High Street"),
    ]


def test_a_list_says_which_terms_are_still_to_come(town: Town) -> None:
    client = town.as_("manager")

    def list_notes(table: str) -> list[str]:
        page = client.get(f"/units/{MILLBROOK}/records/{table}").text
        return re.findall(r'rota-records__terms">((?:Until|From|\d).*?)</span>', page)

    form = client.get(f"{RECORDS}/sites/1").text
    data = {"kind": "office", "desks": "4", "from": "11/1/2027", "seal": seal(form)}
    assert client.post(f"{RECORDS}/sites/1", data=data).status_code == 303
    assert list_notes("sites") == [], "it holds already"
    form = client.get(f"{RECORDS}/sites/1").text
    data |= {"desks": "8", "from": "1/2/2027", "seal": seal(form)}
    assert client.post(f"{RECORDS}/sites/1", data=data).status_code == 303
    assert list_notes("sites") == [
        "11 January 2027 to 31 January 2027: Desks: 4",
        "From 1 February 2027: Desks: 8",
    ]
    change_omar(town, **{"team": "Blue", "from": "25/1/2027"})
    assert list_notes("officers") == [
        "Until 24 January 2027: Team: Red",
        "From 25 January 2027: Team: Blue",
    ]
