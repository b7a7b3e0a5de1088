"""The pages about units: an administrator makes one from a file, and sees nothing in it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from rota.services.units import lookup
from tests.rota.reading.small_unit import UNIT
from tests.stored import act
from tests.web import town as county
from tests.web.conftest import Town, town_at
from tests.web.town import TODAY

UNITS = "/admin/units"


def packed(**files: str) -> bytes:
    """The files of the small unit in an archive, some with another text."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in {**UNIT, **{f"{n}.csv": t for n, t in files.items()}}.items():
            archive.writestr(name, text)
    return data.getvalue()


def send(town: Town, name: str, data: bytes, who: str = "administrator") -> TestResponse:
    told = {"unit": name, "file": (io.BytesIO(data), "luton.zip")}
    return town.as_(who).post(f"{UNITS}/new", data=told)


def names(town: Town) -> tuple[str, ...]:
    return lookup.list_unit_names(town.database, act(TODAY))


def test_units_are_listed(town: Town) -> None:
    page = town.as_("administrator").get(UNITS).text
    assert re.findall(r"<li>(\w+)</li>", page.partition("<main")[2]) == ["Millbrook", "Otherton"]


def test_without_a_unit_it_says_so_and_offers_to_add_one(
    migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(county, "USERS", {"administrator": county.USERS["administrator"]})
    with town_at(migrated_file, tmp_path) as bare:
        county.let_in(bare.database)
        page = bare.as_("administrator").get(UNITS).text
    assert "There is no unit yet." in page
    assert "/admin/units/new" in page


def test_a_unit_is_made_from_a_file(town: Town) -> None:
    answer = send(town, " Luton  North ", packed())
    assert (answer.status_code, answer.location) == (303, UNITS)
    assert names(town) == ("Luton North", "Millbrook", "Otherton")


def test_a_file_with_faults_makes_no_unit(town: Town) -> None:
    answer = send(town, "Luton", packed(teams="team,office\nRed,Lutn\n"))
    assert answer.status_code == 422
    assert "luton.zip was not imported: there is 1 fault in it" in answer.text
    assert "Lutn is not a site here. Maybe Luton?" in answer.text
    assert names(town) == ("Millbrook", "Otherton")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Millbrook", "Millbrook is a unit already; its managers can import into it"),
        ("", "Enter the name of the unit"),
        ("x" * 101, "is not a name of at most 100 letters"),
    ],
)
def test_a_name_that_will_not_do_stands_at_its_field(town: Town, name: str, says: str) -> None:
    answer = send(town, name, packed())
    assert answer.status_code == 422
    assert re.search(rf'<a href="#unit">[^<]*{says}', answer.text)
    assert names(town) == ("Millbrook", "Otherton")


def test_an_administrator_cannot_import_into_a_unit_that_is_there(town: Town) -> None:
    assert town.as_("administrator").get("/units/1/import").status_code == 403
    for who in ("manager", "head", "officer"):
        assert town.as_(who).get(UNITS).status_code == 403
        assert send(town, "Luton", packed(), who).status_code == 403
    assert names(town) == ("Millbrook", "Otherton")
