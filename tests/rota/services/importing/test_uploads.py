"""A file is looked at before it is taken in, and a unit taken away comes back the same."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from rota.domain import Away, Period, PublishedSeat, Site
from rota.errors import BadInput, Conflict, Forbidden, NotFound
from rota.reading import read_problem
from rota.records.differences import Difference
from rota.services.access.audit_details import ChangedSetting
from rota.services.importing import exports, imports, uploads
from rota.services.importing.uploads import KEPT_FOR
from rota.services.units import record_changes
from rota.store.databases.database import Database
from tests.rota.reading.small_unit import write_unit
from tests.rota.services.access.test_record_rights import ADMINISTRATOR, ANN, HEAD, OF_ALL, OF_BLUE
from tests.rota.services.example import ON_SQLITE
from tests.rota.services.importing.test_imports import (
    AWAY,
    MON,
    ROTA,
    SEATS,
    TOMORROW,
    TUE,
    WEEKLY,
    told,
)
from tests.rota.services.ledger import grown, ledger
from tests.stored import act, in_force

LATER = replace(OF_ALL, at=OF_ALL.at + KEPT_FOR + timedelta(seconds=1))
SOMEBODY_ELSE = replace(OF_ALL, actor="Ida")


def packed(folder):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    return data.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "unit").mkdir()
    return write_unit(tmp_path / "unit", policy=WEEKLY, rota=ROTA)


@pytest.fixture
def blue(database, folder) -> Database:
    imports.import_unit(database, act(OF_ALL.today), name="Blue", path=folder)
    return database


def preview(database, data, doer=OF_ALL, name="unit.zip"):
    return uploads.preview(database, doer, unit="Blue", name=name, data=data)


def confirm(database, secret, doer=OF_ALL):
    return uploads.confirm(database, doer, unit="Blue", secret=secret)


def refusal(database, action, *args, error, **rest):
    before = ledger(database)
    with pytest.raises(error) as its:
        action(database, *args, **rest)
    assert ledger(database) == before
    return str(its.value)


def test_what_a_file_would_change_is_told_and_nothing_written_but_the_file(blue, folder):
    before = ledger(blue)
    changed = write_unit(
        folder,
        sites=(folder / "sites.csv").read_text().replace("Luton,office,8", "Luton,office,9"),
        away=AWAY,
        policy=WEEKLY.replace("weeks = 1", "weeks = 2"),
        rota=ROTA.replace("101,2027-01-05,home", "101,2027-01-05,Luton"),
    )
    its = preview(blue, packed(changed))
    assert its.name == "unit.zip"
    assert its.outcome.differences == (
        Difference(
            "sites",
            changed_rows=(
                (Site("Luton", "office", 8), Site("Luton", "office", 9, since=TOMORROW)),
            ),
        ),
        Difference("away", added_rows=(Away("101", MON, TUE, "sick"),)),
    )
    assert its.outcome.settings == (ChangedSetting("weeks", 1, 2),)
    assert its.outcome.published == (
        (PublishedSeat("101", TUE, "Luton"),),
        (PublishedSeat("101", TUE, "home"),),
    )
    assert grown(before, blue) == {"upload"}
    assert its.secret not in str(ledger(blue)["upload"])


def test_a_yes_takes_in_what_was_looked_at(blue, folder):
    its = preview(blue, packed(write_unit(folder, away=AWAY)))
    assert confirm(blue, its.secret) == its.outcome
    assert told(blue)[0].away == (Away("101", MON, TUE, "sick"),)
    assert set(in_force(blue)) == set(SEATS)
    assert ledger(blue)["upload"] == ()


@ON_SQLITE
def test_a_yes_counts_once(blue, folder):
    its = preview(blue, packed(write_unit(folder, away=AWAY)))
    confirm(blue, its.secret)
    says = "The file is not kept any more. Choose it again."
    assert refusal(blue, confirm, its.secret, error=NotFound) == says


@ON_SQLITE
def test_a_file_that_changes_nothing_is_not_kept(blue, folder):
    before = ledger(blue)
    assert preview(blue, packed(folder)).outcome.is_empty
    assert ledger(blue) == before


@ON_SQLITE
def test_what_the_unit_was_changed_to_meanwhile_is_not_overwritten(blue, folder):
    its = preview(blue, packed(write_unit(folder, away=AWAY)))
    row = {"staff_no": "102", "first": "2027-01-04", "last": "2027-01-04"}
    record_changes.record(blue, OF_ALL, unit="Blue", table="away", rows=[row])
    assert refusal(blue, confirm, its.secret, error=Conflict).startswith("The unit has changed")


@ON_SQLITE
def test_what_changed_meanwhile_and_is_no_matter_of_the_file_does_no_harm(blue, folder):
    row = {"staff_no": "101", "first": "2027-01-04", "last": "2027-01-05", "kind": "sick"}
    its = preview(blue, packed(write_unit(folder, away=AWAY, policy=WEEKLY.replace("1\n", "2\n"))))
    record_changes.record(blue, OF_ALL, unit="Blue", table="away", rows=[row])
    record_changes.withdraw(blue, OF_ALL, unit="Blue", table="away", rows=[row])
    assert confirm(blue, its.secret) == its.outcome


@ON_SQLITE
def test_a_file_waits_half_an_hour_for_whoever_left_it(blue, folder):
    data = packed(write_unit(folder, away=AWAY))
    its = preview(blue, data)
    for doer in (SOMEBODY_ELSE, LATER):
        refusal(blue, confirm, its.secret, doer=doer, error=NotFound)
    refusal(blue, confirm, "guessed", error=NotFound)
    assert confirm(blue, its.secret, replace(OF_ALL, at=OF_ALL.at + KEPT_FOR)) == its.outcome


@ON_SQLITE
def test_of_the_files_that_somebody_left_the_last_is_kept_and_old_ones_are_not(blue, folder):
    data = packed(write_unit(folder, away=AWAY))
    first, other = preview(blue, data), preview(blue, data, SOMEBODY_ELSE)
    second = preview(blue, data)
    assert len(ledger(blue)["upload"]) == 2
    refusal(blue, confirm, first.secret, error=NotFound)
    preview(blue, data, LATER)
    assert len(ledger(blue)["upload"]) == 1
    for secret, doer in ((second.secret, OF_ALL), (other.secret, SOMEBODY_ELSE)):
        refusal(blue, confirm, secret, doer=doer, error=NotFound)


@ON_SQLITE
def test_every_fault_of_a_file_is_told(blue, folder):
    write_unit(folder, away=AWAY.replace("101", "110"), teams="team,office\nRed,Lutn\n")
    assert refusal(blue, preview, packed(folder), error=BadInput).splitlines() == [
        "teams row 2, office: Lutn is not a site here. Maybe Luton?",
        "away row 2, staff_no: 110 is not a staff number here. Maybe 101?",
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("unit.csv", "unit.csv: this is neither a workbook (.xlsx or .ods) nor a .zip archive"),
        ("", "unit: this is neither"),
        ("../../etc/../unit.xlsx", "unit.xlsx: this is not an .xlsx workbook, or it is damaged."),
        ("C:\\My files\\a<b>.zip", "a_b_.zip: this is not a .zip archive, or it is damaged."),
        (f"{'x' * 300}.zip", f"{'x' * 76}.zip: this is not a .zip archive"),
    ],
)
@ON_SQLITE
def test_a_file_of_another_kind_is_refused_by_its_plain_name(blue, name, says):
    told_ = refusal(blue, preview, b"sites", name=name, error=BadInput)
    assert told_.startswith(says)


@ON_SQLITE
def test_files_are_for_those_who_manage_the_whole_unit(blue, folder):
    data = packed(write_unit(folder, away=AWAY))
    secret = preview(blue, data).secret
    for doer in (OF_BLUE, HEAD, ADMINISTRATOR, ANN):
        refusal(blue, preview, data, doer=doer, error=Forbidden)
        refusal(blue, confirm, secret, doer=doer, error=Forbidden)
        with pytest.raises(Forbidden):
            exports.export_file(blue, doer, unit="Blue", form="xlsx")


@pytest.mark.parametrize("form", ["xlsx", "zip"])
def test_a_unit_taken_away_comes_back_the_same(blue, tmp_path, form):
    file = exports.export_file(blue, OF_ALL, unit="Blue", form=form)
    assert file.name == f"blue-2026-12-30.{form}"
    assert preview(blue, file.data, name=file.name).outcome.is_empty
    path = tmp_path / file.name
    path.write_bytes(file.data)
    problem = read_problem(path, today=OF_ALL.today).problem
    assert problem.unit.published == SEATS
    assert problem.policy.period == Period(MON, 1)


@ON_SQLITE
def test_a_unit_is_taken_away_in_two_forms(blue):
    with pytest.raises(NotFound, match=r"A unit cannot be written as exe. It can be xlsx or zip."):
        exports.export_file(blue, OF_ALL, unit="Blue", form="exe")
