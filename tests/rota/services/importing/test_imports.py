"""Units are brought in from files whole or not at all, kept apart, and written back the same."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from rota.domain import Away, EarlierTerms, Period, PublishedSeat, Site, Team
from rota.errors import BadInput, NotFound, RotaError
from rota.reading import read_problem
from rota.records.differences import Difference
from rota.records.terms import drop_starts
from rota.services.access.audit_details import ChangedSetting
from rota.services.importing import exports, imports
from rota.services.importing.imports import Import
from rota.services.publishing import outbox
from rota.services.rotas import versions
from rota.services.units import lookup
from rota.store.databases.database import Database
from rota.store.units import units as stored_units
from rota.store.units.units import StoredUnit
from rota.writing import write_unit as write_folder
from tests.filling import filled
from tests.rota.reading.small_unit import OFFICERS, SITES, write_unit
from tests.rota.services.ledger import grown, ledger
from tests.stored import ONLOOKER, act, audited, in_force

ROOT = Path(__file__).parents[4]
DATA = ROOT.parent / "shared" / "data"
SAMPLES = ("hertfordshire", "leeds", "leeds-short", "northamptonshire")

MON, TUE, WED = (date(2027, 1, day) for day in (4, 5, 6))
TODAY, TOMORROW = date(2026, 12, 30), date(2026, 12, 31)
MEL = act(TODAY)
WEEKLY = "start = 2027-01-04\nweeks = 1\n"
AWAY = "staff_no,first,last,kind\n101,2027-01-04,2027-01-05,sick\n"
ROTA = """staff_no,date,site,locked
101,2027-01-04,Luton,yes
101,2027-01-05,home,
102,2027-01-12,Luton,
103,2027-01-22,Bedford,
"""
SEATS = (
    PublishedSeat("101", MON, "Luton", locked=True),
    PublishedSeat("101", TUE, "home"),
    PublishedSeat("102", date(2027, 1, 12), "Luton"),
    PublishedSeat("103", date(2027, 1, 22), "Bedford"),
)
NOTHING = Import(is_new=False, differences=(), settings=(), published=((), ()), notes=())


@pytest.fixture
def folder(tmp_path):
    """The small unit, planned by the week."""
    (tmp_path / "unit").mkdir()
    return write_unit(tmp_path / "unit", policy=WEEKLY)


def bring_in(database: Database, folder: Path, name: str = "Blue", **rest: object) -> Import:
    return imports.import_unit(database, rest.pop("doer", MEL), name=name, path=folder, **rest)


def kept(database: Database, name: str = "Blue") -> StoredUnit:
    with database.reading() as connection:
        unit = stored_units.find(connection, name)
    assert unit is not None
    return unit


def told(database: Database, name: str = "Blue"):
    """The tables, the policy and the seats in force."""
    unit = kept(database, name)
    with database.reading() as connection:
        tables = stored_units.load(connection, unit.id)
    return tables, unit.policy, set(in_force(database, name))


def without_order(tables):
    """The tables as sets; the order of their rows tells nothing."""
    return {name: set(getattr(tables, name)) for name in tables.__dataclass_fields__}


def test_a_new_unit_is_what_its_files_say(database, folder):
    write_unit(folder, away=AWAY)
    unit = read_problem(folder, today=TODAY).problem.unit
    assert bring_in(database, folder) == Import(
        is_new=True,
        differences=(
            Difference("sites", added_rows=unit.sites),
            Difference("teams", added_rows=(Team("Red", "Luton"),)),
            Difference("officers", added_rows=unit.officers),
            Difference("away", added_rows=(Away("101", MON, TUE, "sick"),)),
        ),
        settings=(),
        published=((), ()),
        notes=(),
    )
    assert told(database) == (unit, read_problem(folder, today=TODAY).problem.policy, set())
    assert lookup.list_unit_names(database, MEL) == ("Blue",)


def test_what_is_not_read_and_what_has_no_effect_is_told(database, folder):
    write_unit(folder, requests="staff_no,when,wants,why\n101,Fri,home,golf\n")
    (folder / "leave.csv").write_text(AWAY)
    assert bring_in(database, folder).notes == (
        f"{folder.name}: the file leave.csv is not read. Maybe away.csv?",
        "requests: the column why is not read.",
        "requests: 1 request has no effect, because the officer does not work on that weekday: "
        "Ana Bell (101) for home every Friday.",
    )


def test_a_second_import_changes_nothing(database, folder):
    write_unit(folder, away=AWAY, rota=ROTA)
    bring_in(database, folder)
    before = ledger(database)
    again = bring_in(database, folder, doer=act(TODAY + timedelta(weeks=6)))
    assert again == NOTHING
    assert again.is_empty
    assert ledger(database) == before


def test_the_order_of_rows_and_rows_told_twice_change_nothing(database, folder):
    bring_in(database, folder)
    before = ledger(database)
    header, *rows = OFFICERS.splitlines()
    write_unit(folder, officers="\n".join([header, *reversed(rows), rows[0]]))
    assert bring_in(database, folder).is_empty
    assert ledger(database) == before


def test_a_start_that_files_do_not_tell_stays_as_it_was(database, folder):
    write_unit(folder, policy="weeks = 1\n")
    bring_in(database, folder)
    assert kept(database).policy.start == MON
    before = ledger(database)
    assert bring_in(database, folder, doer=act(date(2027, 3, 3))).is_empty
    assert ledger(database) == before


def test_what_changes_and_goes_is_told_and_nothing_else(database, folder):
    write_unit(folder, away=AWAY)
    bring_in(database, folder)
    before = ledger(database)
    write_unit(
        folder,
        sites="site,kind,desks\nLuton,office,9\nCrown Court,court,\nYork,office,\n",
        officers=OFFICERS.replace("Ana Bell", "Ana Hill"),
        away="staff_no,first,last,kind\n101,2027-01-04,2027-01-06,sick\n",
    )
    was, now = before["officer"][0], read_problem(folder, today=TODAY).problem.officers["101"]
    assert bring_in(database, folder).differences == (
        Difference(
            "sites",
            added_rows=(Site("York", "office"),),
            changed_rows=(
                (Site("Luton", "office", 8), Site("Luton", "office", 9, since=TOMORROW)),
            ),
            removed_rows=(Site("Bedford", "office"),),
        ),
        Difference("officers", changed_rows=((replace(now, name="Ana Bell"), now),)),
        Difference(
            "away",
            added_rows=(Away("101", MON, WED, "sick"),),
            removed_rows=(Away("101", MON, TUE, "sick"),),
        ),
    )
    after = ledger(database)
    tables_written = {"unit", "site", "officer", "away", "audit", "imported_row", "earlier_terms"}
    assert grown(before, database) == tables_written
    assert after["officer"] == ({**was, "name": "Ana Hill"}, *before["officer"][1:])
    unit = told(database)[0]
    assert without_order(drop_starts(unit)) == without_order(
        read_problem(folder, today=TODAY).problem.unit
    )
    assert set(unit.earlier) == {
        EarlierTerms(Site("Luton", "office", 8), TOMORROW),
        EarlierTerms(Site("Bedford", "office"), TOMORROW),
    }
    assert kept(database).revision == before["unit"][0]["revision"] + 1


def test_a_table_that_is_missing_has_no_rows(database, folder):
    write_unit(folder, away=AWAY)
    bring_in(database, folder)
    (folder / "away.csv").unlink()
    gone = Difference("away", removed_rows=(Away("101", MON, TUE, "sick"),))
    assert bring_in(database, folder).differences == (gone,)
    assert told(database)[0].away == ()


def test_settings_of_the_policy_that_change_are_told_and_kept(database, folder):
    bring_in(database, folder)
    revision = kept(database).revision
    write_unit(folder, policy='start = 2027-01-11\nover = "week"\n[weights]\ndesks = 3\n')
    settings = bring_in(database, folder).settings
    assert settings == (
        ChangedSetting("start", MON, date(2027, 1, 11)),
        ChangedSetting("weeks", 1, 4),
        ChangedSetting("over", "period", "week"),
        ChangedSetting("weights", {}, {"desks": 3}),
    )
    assert kept(database).policy == read_problem(folder, today=TODAY).problem.policy
    assert kept(database).revision == revision + 1
    entry = audited(database)[0]
    assert entry.before == {
        "policy": {"start": "2027-01-04", "weeks": 1, "over": "period", "weights": {}}
    }
    assert entry.after == {
        "policy": {"start": "2027-01-11", "weeks": 4, "over": "week", "weights": {"desks": 3}},
        "since": "2027-01-04",
    }


def test_an_import_is_audited_with_what_was_before_and_after(database, folder):
    write_unit(folder, away=AWAY)
    bring_in(database, folder)
    write_unit(folder, away=AWAY.replace("sick", "leave"))
    bring_in(database, folder, doer=act(MON, "Ida"))
    entry, first = audited(database, unit="Blue")
    row = {"staff_no": "101", "first": "2027-01-04", "last": "2027-01-05", "part": ""}
    assert (entry.actor, entry.place, entry.at, entry.what) == (
        "Ida",
        "a test",
        act(MON).at,
        "imported files",
    )
    assert entry.before == {"away": [{**row, "kind": "sick"}]}
    assert entry.after == {"away": [{**row, "kind": "leave"}]}
    assert (first.actor, first.before) == ("Mel", {})
    assert first.after["teams"] == [{"name": "Red", "office": "Luton", "since": None}]


def test_a_trial_tells_what_the_import_would_and_changes_nothing(database, folder):
    nothing = ledger(database)
    write_unit(folder, rota=ROTA)
    trial = bring_in(database, folder, is_trial=True)
    assert ledger(database) == nothing
    assert bring_in(database, folder) == trial
    before = ledger(database)
    changed = ROTA.replace("Luton,yes", "home,")
    write_unit(folder, away=AWAY, policy="start = 2027-01-04\nweeks = 2\n", rota=changed)
    trial = bring_in(database, folder, is_trial=True)
    assert ledger(database) == before
    assert bring_in(database, folder) == trial
    assert [len(seats) for seats in trial.published] == [1, 1]


def test_files_with_a_fault_change_nothing(database, folder):
    bring_in(database, folder)
    before = ledger(database)
    write_unit(folder, away=AWAY, rota=ROTA.replace("Bedford", "Bredford"))
    with pytest.raises(BadInput) as error:
        bring_in(database, folder)
    assert str(error.value) == "rota row 5, site: Bredford is not a site here. Maybe Bedford?"
    assert ledger(database) == before


def test_an_import_that_fails_half_way_changes_nothing(database, folder):
    """Tables and one period are written when the second turns out to overlap a published one."""
    write_unit(folder, policy="start = 2027-01-04\nweeks = 2\n", rota=ROTA[: ROTA.index("103")])
    bring_in(database, folder)
    before = ledger(database)
    moved = ROTA.replace("Luton,yes", "home,").replace("2027-01-22", "2027-01-20")
    write_unit(folder, policy="start = 2027-01-11\nweeks = 2\n", away=AWAY, rota=moved)
    with pytest.raises(RotaError, match="2027-01-11/2027-01-24 shares days with 2027-01-04/2027-0"):
        bring_in(database, folder)
    assert ledger(database) == before


def test_an_unknown_unit_cannot_be_written_and_a_near_name_is_offered(database, folder):
    with pytest.raises(NotFound) as error:
        exports.export_unit(database, MEL, name="Blue", folder=folder)
    assert str(error.value) == "There is no unit Blue. There are: none yet."
    bring_in(database, folder)
    with pytest.raises(NotFound) as error:
        exports.export_unit(database, MEL, name="Bleu", folder=folder)
    assert str(error.value) == "There is no unit Bleu. Maybe Blue?"


def test_a_rota_is_published_period_by_period(database, folder):
    write_unit(folder, rota=ROTA)
    assert bring_in(database, folder).published == (SEATS, ())
    third, second, first = versions.list_versions(database, ONLOOKER, unit="Blue")
    assert [(its.number, its.period, its.seats) for its in (first, second, third)] == [
        (1, Period(MON, 1), 2),
        (2, Period(date(2027, 1, 11), 1), 1),
        (3, Period(date(2027, 1, 18), 1), 1),
    ]
    assert {its.cause for its in (first, second, third)} == {"imported"}
    assert {(its.published_by, its.published_at) for its in (first, second)} == {("Mel", MEL.at)}
    assert set(in_force(database)) == set(SEATS)


def test_only_periods_whose_rota_differs_are_published_anew(database, folder):
    write_unit(folder, rota=ROTA)
    bring_in(database, folder)
    write_unit(folder, rota=ROTA.replace("101,2027-01-04,Luton,yes", "101,2027-01-06,Bedford,"))
    moved = PublishedSeat("101", WED, "Bedford")
    assert bring_in(database, folder).published == ((moved,), (SEATS[0],))
    assert [its.number for its in versions.list_versions(database, ONLOOKER, unit="Blue")] == [
        4,
        3,
        2,
        1,
    ]
    assert set(in_force(database)) == {moved, *SEATS[1:]}
    told_by_4 = versions.list_changes(database, ONLOOKER, unit="Blue", number=4)
    assert [(its.date, its.before, its.after) for its in told_by_4] == [
        (MON, "Luton", None),
        (WED, None, "Bedford"),
    ]


def test_those_are_told_whose_published_days_an_import_changes(database, folder):
    write_unit(folder, rota=ROTA)
    bring_in(database, folder)
    assert outbox.list_unsent(database) == ()
    write_unit(folder, rota=ROTA.replace("Bedford", "home"))
    bring_in(database, folder)
    assert [its.staff_no for its in outbox.list_unsent(database)] == ["103"]


def test_a_lock_alone_is_a_difference(database, folder):
    write_unit(folder, rota=ROTA)
    bring_in(database, folder)
    write_unit(folder, rota=ROTA.replace("Luton,yes", "Luton,"))
    loose = SEATS[0]._replace(locked=False)
    assert bring_in(database, folder).published == ((loose,), (SEATS[0],))
    assert set(in_force(database)) == {loose, *SEATS[1:]}


def test_a_rota_that_is_missing_leaves_alone_what_is_published(database, folder):
    write_unit(folder, rota=ROTA)
    bring_in(database, folder)
    (folder / "rota.csv").unlink()
    before = ledger(database)
    assert bring_in(database, folder).is_empty
    write_unit(folder, away=AWAY)
    assert bring_in(database, folder).published == ((), ())
    assert grown(before, database) == {"unit", "away", "audit", "imported_row"}


def test_seats_before_the_start_of_the_policy_belong_to_periods_before_it(database, folder):
    write_unit(folder, policy="start = 2027-02-01\nweeks = 2\n", rota=ROTA)
    bring_in(database, folder)
    periods = [its.period for its in versions.list_versions(database, ONLOOKER, unit="Blue")]
    assert periods == [Period(date(2027, 1, 18), 2), Period(MON, 2)]


def test_what_was_published_up_to_today_stays_whatever_the_files_say(database, folder):
    write_unit(folder, rota=ROTA)
    bring_in(database, folder)
    rota = """staff_no,date,site,locked
101,2027-01-04,Bedford,
101,2027-01-06,Bedford,
102,2027-01-05,Bedford,
102,2027-01-12,Luton,
"""
    told_ = bring_in(database, write_unit(folder, rota=rota), doer=act(TUE))
    wednesday = PublishedSeat("101", WED, "Bedford")
    assert told_.published == ((wednesday,), (SEATS[3],))
    assert set(in_force(database)) == {*SEATS[:3], wednesday}
    assert bring_in(database, folder, doer=act(TUE)).is_empty


def test_a_rota_of_days_gone_by_is_taken_in_while_nothing_is_published_for_them(database, folder):
    later = act(date(2027, 2, 1))
    assert bring_in(database, write_unit(folder, rota=ROTA), doer=later).published == (SEATS, ())
    rota = ROTA.replace("Luton,yes", "home,") + "101,2027-01-26,Luton,\n"
    added = PublishedSeat("101", date(2027, 1, 26), "Luton")
    assert bring_in(database, write_unit(folder, rota=rota), doer=later).published == ((added,), ())


GONE = {
    "sites": SITES.replace("Bedford,office,\n", ""),
    "officers": "\n".join(line for line in OFFICERS.splitlines() if line[:3] != "102"),
}
"""The small unit without Bedford and without Cai, who has the number 102."""


def test_seats_of_sites_and_officers_that_are_gone_stay_published(database, folder, tmp_path):
    write_unit(folder, rota=ROTA)
    bring_in(database, folder)
    (folder / "rota.csv").unlink()
    bring_in(database, write_unit(folder, **GONE), is_agreed=True)
    before = ledger(database)
    exports.export_unit(database, MEL, name="Blue", folder=tmp_path / "out")
    assert read_problem(tmp_path / "out", today=TODAY).problem.unit.published == SEATS[:2]
    assert bring_in(database, tmp_path / "out").is_empty
    # That these files told fewer seats than the last is all that is kept of it.
    assert {**ledger(database), "imported_row": ()} == {**before, "imported_row": ()}


def test_a_seat_at_a_site_that_is_gone_gives_way_to_one_in_the_files(database, folder):
    write_unit(folder, rota=ROTA)
    bring_in(database, folder)
    moved = ROTA.replace("102,2027-01-12,Luton,\n", "").replace("Bedford", "home")
    told_ = bring_in(database, write_unit(folder, **GONE, rota=moved), is_agreed=True)
    home = PublishedSeat("103", date(2027, 1, 22), "home")
    assert told_.published == ((home,), (SEATS[3],))
    assert set(in_force(database)) == {*SEATS[:3], home}


def test_units_with_the_same_staff_numbers_are_kept_apart(database, folder):
    write_unit(folder, rota=ROTA)
    bring_in(database, folder, "Blue")
    bring_in(database, folder, "Green")
    blue = told(database, "Blue")
    assert told(database, "Green") == blue
    officers = OFFICERS.replace("Ana Bell", "Ida Moss").replace("103,Eve", "104,Eve")
    changed = ROTA.replace("101,2027-01-04,Luton,yes", "101,2027-01-04,home,")
    write_unit(folder, officers=officers, away=AWAY, rota=changed.replace("103", "104"))
    bring_in(database, folder, "Green", is_agreed=True)
    assert told(database, "Blue") == blue
    green, _, seats = told(database, "Green")
    assert [(its.staff_no, its.name) for its in green.officers] == [
        ("101", "Ida Moss"),
        ("102", "Cai Dunn"),
        ("104", "Eve Frost"),
    ]
    assert PublishedSeat("101", MON, "home") in seats
    assert lookup.list_unit_names(database, MEL) == ("Blue", "Green")
    assert [its.number for its in versions.list_versions(database, ONLOOKER, unit="Blue")] == [
        3,
        2,
        1,
    ]


def assert_it_comes_back_the_same(database, folder, out):
    """Import, export, import as another unit and as the same one."""
    bring_in(database, folder, is_acknowledged=True)
    exports.export_unit(database, MEL, name="Blue", folder=out)
    assert bring_in(database, out).is_empty
    bring_in(database, out, "Green", is_acknowledged=True)
    assert told(database, "Green") == told(database, "Blue")
    problem = read_problem(folder, today=TODAY).problem
    assert told(database)[:2] == (replace(problem.unit, published=()), problem.policy)
    assert told(database)[2] == set(problem.unit.published)


@pytest.mark.parametrize("name", ["every-rule", "millbrook", "overbooked", "pair"])
def test_a_fixture_comes_back_the_same(database, tmp_path, name):
    assert_it_comes_back_the_same(database, ROOT / "fixtures" / name, tmp_path / "out")


@pytest.mark.skipif(not DATA.is_dir(), reason="the sample units are not here")
@pytest.mark.parametrize(
    ("database_url", "name"),
    [*(("sqlite", name) for name in SAMPLES), ("postgresql", "hertfordshire")],
    indirect=["database_url"],
)
def test_a_sample_unit_with_a_rota_comes_back_the_same(database, tmp_path, name):
    problem = read_problem(DATA / name, today=TODAY).problem
    seats = (PublishedSeat(*seat[:3], n % 7 == 0) for n, seat in enumerate(filled(problem)))
    write_folder(tmp_path / "in", replace(problem.unit, published=tuple(seats)), problem.policy)
    assert_it_comes_back_the_same(database, tmp_path / "in", tmp_path / "out")
