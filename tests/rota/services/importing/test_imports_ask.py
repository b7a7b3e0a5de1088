"""An import asks before it takes away: what people recorded, what they rely on, names that changed.

The unit:  team Red at Luton, Ana (SPO, 0101), Cai (0102, Ana's) and Eve (0103); Bedford and a court
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from rota.domain import Away, Closure, PublishedSeat, Site
from rota.errors import BadInput
from rota.records.differences import Difference
from rota.services.access.audit_details import ChangedSetting
from rota.services.access.rights import Grant, Rights, Role
from rota.services.importing import exports, imports
from rota.services.importing.import_answers import RENAME, SAME, Answers
from rota.services.importing.import_outcome import (
    NotAgreed,
    tell_going,
    tell_seats,
    tell_setting,
    tell_since,
)
from rota.services.importing.import_reliance import Going, Shrinking
from rota.services.rotas import versions
from rota.services.units import policy_settings, record_changes, record_edits, renaming
from rota.services.units.record_list import list_records
from rota.store.databases.database import Database
from rota.store.units import sources
from rota.store.units import units as stored_units
from rota.store.units.rows import table_of
from rota.store.units.sources import IMPORT, PERSON, PROGRAM, RowSource
from rota.tables import AskTable, CalendarLinkTable, GrantTable, UserTable
from tests import draft_edits
from tests.rota.reading.small_unit import write_unit
from tests.rota.services.ledger import grown, ledger
from tests.stored import act, audited, in_force
from tests.stored import publish as planned

MON, TUE, WED, THU = (date(2027, 1, day) for day in (4, 5, 6, 7))
MEL = act(MON - timedelta(weeks=1))
IDA = replace(
    act(MON - timedelta(days=3), "ida@example.org"),
    rights=Rights((Grant(Role.MANAGER, 1, "Blue"),)),
)

SITES = "site,kind,desks\nLuton,office,8\nBedford,office,\nCrown Court,court,\n"
OFFICERS = """staff_no,name,team,grade,start_date,base_site,working_days,mentor
0101,Ana Bell,Red,SPO,2015-03-02,Luton,Mon Tue Wed Thu Fri,
0102,Cai Dunn,Red,PQIP,2026-09-07,Luton,Mon Tue Wed Thu Fri,0101
0103,Eve Frost,Red,PO,2011-01-10,Luton,Mon Tue Wed Thu Fri,
"""
WITHOUT_ZEROS = OFFICERS.replace("010", "10")
AWAY = "staff_no,first,last,kind\n0101,2027-01-04,2027-01-05,leave\n"
POLICY = "start = 2027-01-04\nweeks = 1\noffice_percent = 60\n"
UNIT = {"sites": SITES, "officers": OFFICERS, "policy": POLICY}
ROTA = """staff_no,date,site
0101,2027-01-04,Luton
0102,2027-01-04,Luton
0102,2027-01-05,Bedford
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "unit").mkdir()
    return write_unit(tmp_path / "unit", **UNIT, away=AWAY)


@pytest.fixture
def blue(database, folder) -> Database:
    """The unit as it was imported by Mel."""
    bring_in(database, folder)
    return database


def rewrite(folder, **files):
    """The unit's files with these in place of some or as well."""
    return write_unit(folder, **{**UNIT, **files})


def bring_in(database, folder, doer=MEL, **rest):
    return imports.import_unit(database, doer, name="Blue", path=folder, **rest)


def tables(database):
    with database.reading() as connection:
        unit = stored_units.find(connection, "Blue")
        return stored_units.load(connection, unit.id)


def source_of(database, table, row):
    with database.reading() as connection:
        return sources.load_by_row(connection, 1, table)[row]


def record(database, table, doer=IDA, **row):
    record_changes.record(database, doer, unit="Blue", table=table, rows=[row])


def record_what_a_day_brings(database):
    """Sickness, a duty, a request and a closure, recorded by Ida."""
    days = {"first": "2027-01-13", "last": "2027-01-15"}
    record(database, "away", staff_no="0102", **days, kind="sick")
    record(database, "duties", date="2027-01-13", site="Crown Court", needed="1", skill="court")
    record(database, "requests", staff_no="0103", when="Fri", wants="home")
    record(database, "closures", site="Bedford", date="2027-01-13", desks="0")


def change(database, table, number, doer=IDA, **texts):
    """Change columns of a record on its page."""
    page = list_records(database, doer, unit="Blue", table=table)
    row = next(its for its in page.records if its.number == number)
    entered = {**row.texts, **texts}
    its = {"unit": "Blue", "table": table, "number": number, "seal": row.seal}
    record_edits.change(database, doer, **its, texts=entered)


def said(told):
    return [tell_since(its, told.names) for its in told.since]


# Where rows come from.


def test_rows_out_of_files_have_the_import_as_their_source(blue):
    source = RowSource(IMPORT, "Mel", MEL.at)
    assert source_of(blue, "away", Away("0101", MON, TUE)) == source
    assert {source_of(blue, "officers", its) for its in tables(blue).officers} == {source}


@pytest.mark.parametrize(
    ("doer", "kind"),
    [(IDA, PERSON), (replace(IDA, is_by_program=True), PROGRAM), (MEL, PROGRAM)],
)
def test_rows_that_are_recorded_have_who_did_it_and_when(blue, doer, kind):
    record(blue, "closures", doer, site="Bedford", date="2027-01-13", desks="0")
    closure = Closure("Bedford", date(2027, 1, 13), date(2027, 1, 13), 0)
    assert source_of(blue, "closures", closure) == RowSource(kind, doer.actor, doer.at)


def test_a_row_that_is_changed_has_who_changed_it_last(blue):
    change(blue, "officers", 3, email="eve@example.org")
    eve = next(its for its in tables(blue).officers if its.staff_no == "0103")
    assert source_of(blue, "officers", eve) == RowSource(PERSON, IDA.actor, IDA.at)


# What people recorded since the last import.


def test_the_same_again_changes_nothing_whatever_was_recorded_since(blue, folder):
    record_what_a_day_brings(blue)
    change(blue, "officers", 3, email="eve@example.org")
    record_changes.withdraw_away(
        blue,
        IDA,
        unit="Blue",
        row={"staff_no": "0101", "first": "2027-01-04", "last": "2027-01-05", "kind": "leave"},
    )
    before = ledger(blue)
    told = bring_in(blue, folder)
    assert told.is_empty
    assert not told.needs_yes
    assert ledger(blue) == before
    assert said(told) == [
        "Eve Frost (0103) was changed since the last import, by ida@example.org on "
        "1 January 2027; it stays.",
        "Cai Dunn (0102), sick 13 to 15 January 2027 was recorded since the last import, by "
        "ida@example.org on 1 January 2027; it stays.",
        "Ana Bell (0101), leave 4 to 5 January 2027 was taken out since the last import, by "
        "ida@example.org on 1 January 2027; it stays out.",
        "13 January 2027, Crown Court, needed 1, court was recorded since the last import, by "
        "ida@example.org on 1 January 2027; it stays.",
        "Eve Frost (0103), Fri, home, strength 1 was recorded since the last import, by "
        "ida@example.org on 1 January 2027; it stays.",
        "Bedford, 13 January 2027, desks 0 was recorded since the last import, by "
        "ida@example.org on 1 January 2027; it stays.",
    ]


def test_what_was_recorded_stays_beside_what_the_file_changes(blue, folder):
    record_what_a_day_brings(blue)
    away = AWAY.replace("2027-01-05", "2027-01-06")
    told = bring_in(blue, rewrite(folder, away=away))
    assert told.differences == (
        Difference("away", (Away("0101", MON, WED),), (), (Away("0101", MON, TUE),)),
    )
    assert set(tables(blue).away) == {
        Away("0101", MON, WED),
        Away("0102", date(2027, 1, 13), date(2027, 1, 15), "sick"),
    }
    assert len(tables(blue).duties) == 1


def test_a_yes_undoes_what_was_recorded_and_tells_it(blue, folder):
    before = tables(blue)
    record_what_a_day_brings(blue)
    told = bring_in(blue, folder, answers=Answers(over_records=True))
    assert [(its.table, len(its.removed_rows)) for its in told.differences] == [
        ("away", 1),
        ("duties", 1),
        ("requests", 1),
        ("closures", 1),
    ]
    assert tables(blue) == before
    assert [tell_since(its, told.names, is_undone=True) for its in told.since][:1] == [
        "Cai Dunn (0102), sick 13 to 15 January 2027 was recorded since the last import, by "
        "ida@example.org on 1 January 2027; this is undone."
    ]
    assert audited(blue)[0].before["requests"][0]["staff_no"] == "0103"
    assert bring_in(blue, folder).since == ()


def test_it_is_named_at_every_import_until_the_file_says_so_too(blue, folder):
    record(blue, "away", staff_no="0102", first="2027-01-06", last="2027-01-07", kind="sick")
    assert len(bring_in(blue, folder).since) == 1
    assert len(bring_in(blue, folder).since) == 1
    both = f"{AWAY}0102,2027-01-06,2027-01-07,sick\n"
    assert bring_in(blue, rewrite(folder, away=both)).since == ()
    gone = Difference("away", removed_rows=(Away("0102", WED, THU, "sick"),))
    assert bring_in(blue, rewrite(folder, away=AWAY)).differences == (gone,)


def test_what_people_took_out_stays_out_until_a_yes_brings_it_back(blue, folder):
    page = list_records(blue, IDA, unit="Blue", table="officers")
    eve = next(its for its in page.records if its.texts["staff_no"] == "0103")
    record_edits.remove(blue, IDA, unit="Blue", table="officers", number=eve.number, seal=eve.seal)
    told = bring_in(blue, folder)
    assert told.is_empty
    assert said(told) == [
        "Eve Frost (0103) was taken out since the last import, by ida@example.org on "
        "1 January 2027; it stays out."
    ]
    told = bring_in(blue, folder, answers=Answers(over_records=True))
    assert [its.added_rows[0].staff_no for its in told.differences] == ["0103"]


def test_who_changed_a_row_stays_its_source_when_a_file_changes_another_column(blue, folder):
    change(blue, "officers", 3, email="eve@example.org")
    moved = OFFICERS.replace("0103,Eve Frost,Red,PO", "0103,Eve Frost,Red,SPO")
    bring_in(blue, rewrite(folder, officers=moved))
    eve = next(its for its in tables(blue).officers if its.staff_no == "0103")
    assert (eve.email, eve.grade) == ("eve@example.org", "SPO")
    assert source_of(blue, "officers", eve).by == "ida@example.org"


def test_a_setting_that_people_changed_stays_as_well(blue, folder):
    shown = policy_settings.load_policy_page(blue, IDA, unit="Blue")
    policy_settings.change_policy(
        blue, IDA, unit="Blue", texts={"office_percent": "50"}, seal=shown.seal
    )
    told = bring_in(blue, folder)
    assert told.is_empty
    assert [tell_setting(its, "office_percent") for its in told.settings_since] == [
        "office_percent 50 was set since the last import, by ida@example.org on 1 January 2027; "
        "it stays."
    ]
    weeks = POLICY.replace("weeks = 1", "weeks = 2")
    told = bring_in(blue, rewrite(folder, policy=weeks))
    assert told.settings == (ChangedSetting("weeks", 1, 2),)
    assert policy_settings.load_policy_page(blue, IDA, unit="Blue").settings[2].value == "50"
    told = bring_in(blue, folder, answers=Answers(over_records=True))
    assert told.settings == (ChangedSetting("office_percent", 50, 60),)


def test_seats_that_were_changed_since_stay_until_the_file_says_something_new(published, folder):
    about = {"unit": "Blue", "staff_no": "0102", "day": MON}
    draft_edits.move(published, MEL, **about, site="home")
    draft_edits.move(published, MEL, **{**about, "staff_no": "0103"}, site="Luton")
    versions.publish(published, MEL, unit="Blue", is_acknowledged=True)
    before = in_force(published)
    told = bring_in(published, rewrite(folder, rota=ROTA))
    assert told.is_empty
    # Ana is on leave, so that her void seat was taken back.
    assert told.seats_since == (("0101", MON), ("0102", MON), ("0103", MON))
    assert tell_seats(told.seats_since, told.names, is_undone=False) == (
        "the published seat of Ana Bell (0101) on Monday 4 January 2027 and 2 more did not come "
        "from a file, which says otherwise; it stays."
    )
    assert in_force(published) == before
    # What the file says otherwise of a seat that nobody changed is published, and that alone; what
    # people changed stays, whatever it says of that now.
    new = ROTA.replace("0102,2027-01-04,Luton", "0102,2027-01-04,Bedford")
    new = new.replace("0102,2027-01-05,Bedford", "0102,2027-01-05,Luton")
    told = bring_in(published, rewrite(folder, rota=new), is_acknowledged=True)
    stays = (("0101", MON), ("0102", MON), ("0103", MON))
    assert told.seats_since == stays
    assert told.published[0] == (PublishedSeat("0102", TUE, "Luton"),)
    told = bring_in(published, folder)
    assert (told.is_empty, told.seats_since) == (True, stays)
    # Under another number it is the same rota.
    renaming.rename(published, MEL, unit="Blue", table="officers", before="0103", after="0109")
    told = bring_in(published, rewrite(folder, officers=OFFICERS.replace("0103", "0109")))
    assert (told.is_empty, told.seats_since) == (True, (*stays[:2], ("0109", MON)))
    # A yes takes all of the file.
    told = bring_in(published, folder, answers=Answers(over_records=True), is_acknowledged=True)
    ana, cai = PublishedSeat("0101", MON, "Luton"), PublishedSeat("0102", MON, "Bedford")
    home, eve = PublishedSeat("0102", MON, "home"), PublishedSeat("0109", MON, "Luton")
    assert told.published == ((ana, cai), (home, eve))


def test_what_was_planned_here_stays_where_no_file_ever_told_a_rota(blue, tmp_path):
    """A folder that was exported before two officers changed a seat does not change it back."""
    planned(blue, MEL, name="Blue")
    exports.export_unit(blue, MEL, name="Blue", folder=tmp_path / "out")
    draft_edits.move(blue, MEL, unit="Blue", staff_no="0103", day=MON, site="home")
    versions.publish(blue, MEL, unit="Blue", is_acknowledged=True)
    before = in_force(blue)
    told = bring_in(blue, tmp_path / "out")
    assert (told.is_empty, told.seats_since) == (True, (("0103", MON),))
    assert in_force(blue) == before


def test_a_filtered_rota_takes_seats_back_only_with_a_yes(blue, folder):
    days = [MON, TUE, WED, THU]
    rows = [f"010{n},{day},Luton" for n in (2, 3) for day in days]
    bring_in(blue, rewrite(folder, rota="staff_no,date,site\n" + "\n".join(rows) + "\n"))
    only_one = "staff_no,date,site\n" + "\n".join(rows[:4]) + "\n"
    with pytest.raises(NotAgreed, match="rota: 4 of 8 rows would go"):
        bring_in(blue, rewrite(folder, rota=only_one))
    assert len(in_force(blue)) == 8
    bring_in(blue, folder, is_agreed=True)
    assert len(in_force(blue)) == 4


def test_records_that_do_not_go_with_the_file_are_told_as_faults(blue, folder):
    """Ida had Ana learn from Cai, and now the file has Cai learn from Ana, as it did: a circle."""
    without_mentor = OFFICERS.replace("Fri,0101", "Fri,")
    bring_in(blue, rewrite(folder, officers=without_mentor))
    change(blue, "officers", 1, mentor="0102")
    before = ledger(blue)
    with pytest.raises(BadInput) as error:
        bring_in(blue, rewrite(folder))
    assert str(error.value).splitlines()[-1] == (
        "records: this was recorded since the last import and does not go with the file."
    )
    assert ledger(blue) == before


# What people rely on.


@pytest.fixture
def published(blue, folder) -> Database:
    """Published, with a user who is Cai, his calendar, and his request of Eve."""
    bring_in(blue, rewrite(folder, rota=ROTA))
    (folder / "rota.csv").unlink()
    user = {"email": "cai@example.org", "name": "Cai", "must_change_password": False}
    cai = {"unit_id": 1, "staff_no": "0102"}
    asked = {"kind": "day", "note": "", "state": "waiting", "made_at": MEL.at, "answer": ""}
    with blue.writing() as connection:

        def add(model, **row):
            connection.execute(insert(table_of(model)).values(row))

        add(UserTable, **user, is_active=True, made_at=MEL.at)
        add(GrantTable, user_id=1, role="officer", **cai)
        add(CalendarLinkTable, **cai, digest="a digest", made_at=MEL.at)
        add(AskTable, **cai, **asked)
    return blue


def going(database, folder, **rest):
    """What the import asks about, which does nothing without a yes."""
    before = ledger(database)
    with pytest.raises(NotAgreed) as error:
        bring_in(database, folder, **rest)
    assert ledger(database) == before
    return error.value.outcome


def without(*staff_nos):
    lines = OFFICERS.splitlines(keepends=True)
    return "".join(line for line in lines if line[:4] not in staff_nos)


def test_an_officer_with_seats_or_roles_goes_only_with_a_yes(published, folder):
    record(published, "requests", staff_no="0102", when="Fri", wants="home")
    rewrite(folder, officers=without("0102"))
    told = going(published, folder, doer=replace(MEL, at=act(MON).at))
    cai = next(its for its in tables(published).officers if its.staff_no == "0102")
    counts = {"seats": 2, "seats_to_come": 1, "roles": 1, "calendars": 1, "asks": 1, "records": 1}
    assert told.going == (Going(table="officers", row=cai, **counts),)
    assert [tell_going(its) for its in told.going] == [
        "Cai Dunn (0102) would go, with 2 published seats (1 to come), 1 role, 1 calendar, "
        "1 open request, 1 record."
    ]
    done = bring_in(published, folder, is_agreed=True)
    assert [its.table for its in done.differences] == ["officers", "requests"]
    assert len(tables(published).officers) == 2
    assert len(in_force(published)) == 3


def test_an_officer_on_whom_nothing_hangs_goes_without_asking(published, folder):
    told = bring_in(published, rewrite(folder, officers=without("0103")))
    assert told.going == ()
    assert len(tables(published).officers) == 2


def test_a_site_in_use_goes_only_with_a_yes(published, folder):
    record(published, "duties", date="2027-01-13", site="Crown Court", needed="1")
    rewrite(folder, sites="site,kind\nLuton,office\n")
    told = going(published, folder)
    assert told.going == (
        Going(table="sites", row=Site("Bedford", "office"), seats=1, seats_to_come=1),
        Going(table="sites", row=Site("Crown Court", "court"), records=1),
    )


def test_a_team_goes_only_with_a_yes_if_somebody_manages_it(published, folder):
    with published.writing() as connection:
        row = {"user_id": 1, "role": "manager", "unit_id": 1, "team": "Red"}
        connection.execute(insert(table_of(GrantTable)).values(row))
    other = {
        "teams": "team,office\nWhite,Luton\n",
        "officers": OFFICERS.replace(",Red,", ",White,"),
    }
    told = going(published, rewrite(folder, **other))
    assert [(its.table, its.row.name, its.roles) for its in told.going] == [("teams", "Red", 1)]


REQUESTS = "staff_no,when,wants\n" + "".join(
    f"0101,2027-01-{day:02},home\n" for day in range(4, 30) if date(2027, 1, day).weekday() < 5
)
"""Twenty requests."""


@pytest.mark.parametrize(("gone", "asks"), [(2, False), (3, True), (20, True)])
def test_more_than_a_tenth_of_a_table_goes_only_with_a_yes(blue, folder, gone, asks):
    bring_in(blue, rewrite(folder, requests=REQUESTS))
    kept = "".join(REQUESTS.splitlines(keepends=True)[: 21 - gone])
    rewrite(folder, requests=kept)
    told = bring_in(blue, folder, is_trial=True)
    assert told.shrinking == ((Shrinking("requests", gone, 20),) if asks else ())
    assert told.needs_yes is asks
    if asks:
        going(blue, folder)


def test_a_missing_file_is_a_table_that_goes(blue, folder):
    bring_in(blue, rewrite(folder, requests=REQUESTS))
    (folder / "requests.csv").unlink()
    assert going(blue, folder).shrinking == (Shrinking("requests", 20, 20),)


def test_days_gone_by_and_rows_that_change_are_no_loss(blue, folder):
    days = [MON + timedelta(days=n) for n in (0, 1, 2, 3, 9)]
    rows = [f"0101,{day},{day},leave\n" for day in days]
    header = AWAY.splitlines(keepends=True)[0]
    bring_in(blue, rewrite(folder, away=header + "".join(rows)))
    rewrite(folder, away=header + rows[-1])
    assert not bring_in(blue, folder, doer=act(date(2027, 1, 8)), is_trial=True).needs_yes
    assert bring_in(blue, folder, is_trial=True).shrinking == (Shrinking("away", 4, 5),)
    rewrite(folder, away=header + "".join(row.replace("leave", "sick") for row in rows))
    assert not bring_in(blue, folder).needs_yes


# Names that changed.


def test_a_list_without_its_zeros_is_not_taken_in_without_a_word(blue, folder):
    told = going(blue, lost_zeros(folder))
    assert [(its.before, its.after) for its in told.pairs] == [
        ("0101", "101"),
        ("0102", "102"),
        ("0103", "103"),
    ]


def lost_zeros(folder):
    """The unit's files as a spreadsheet saves them."""
    away, rota = AWAY.replace("0101", "101"), ROTA.replace("010", "10")
    return rewrite(folder, officers=WITHOUT_ZEROS, away=away, rota=rota)


def test_the_numbers_that_are_stored_stay(published, folder):
    before = ledger(published)
    told = bring_in(published, lost_zeros(folder), answers=Answers(all_alike=SAME))
    assert told.is_empty
    assert [its.answer for its in told.decisions] == [SAME] * 3
    assert ledger(published) == before


def test_the_numbers_of_the_file_are_taken_and_nothing_is_lost(published, folder):
    seats = in_force(published)
    told = bring_in(published, lost_zeros(folder), answers=Answers(all_alike=RENAME))
    assert told.differences == ()
    assert not told.is_empty
    assert in_force(published) == tuple(
        seat._replace(staff_no=seat.staff_no.lstrip("0")) for seat in seats
    )
    assert [its.number for its in versions.list_versions(published, MEL, unit="Blue")] == [1]
    assert [its["staff_no"] for its in ledger(published)["role_grant"]] == ["102"]
    assert bring_in(published, folder).is_empty


def test_a_name_is_answered_by_itself_before_all_that_are_alike(blue, folder):
    answers = Answers(rename=(("0102", "102"),), all_alike=SAME)
    told = bring_in(blue, lost_zeros(folder), answers=answers)
    assert {(its.before, its.answer) for its in told.decisions} == {
        ("0101", SAME),
        ("0102", RENAME),
        ("0103", SAME),
    }
    assert {its.staff_no for its in tables(blue).officers} == {"0101", "102", "0103"}


def test_a_letter_apart_is_not_among_all_that_are_alike(blue, folder):
    moved = OFFICERS.replace("0103,Eve Frost", "0104,Eva Moss")
    rewrite(folder, officers=moved)
    told = going(blue, folder, answers=Answers(all_alike=SAME))
    assert [(its.before, its.after) for its in told.open_pairs] == [("0103", "0104")]
    told = bring_in(blue, folder, answers=Answers(same=(("0104", "0103"),)))
    (difference,) = told.differences
    assert [(a.name, b.name) for a, b in difference.changed_rows] == [("Eve Frost", "Eva Moss")]


def test_any_site_that_goes_may_be_one_that_comes(published, folder):
    renamed = {"sites": SITES.replace("Bedford", "Sandy Hub")}
    rewrite(folder, **renamed)
    assert [its.row.name for its in going(published, folder).going] == ["Bedford"]
    told = bring_in(published, folder, answers=Answers(rename=(("Bedford", "Sandy Hub"),)))
    assert told.differences == ()
    assert {seat.site for seat in in_force(published)} == {"Luton", "Sandy Hub"}


def test_what_people_recorded_goes_by_the_new_name_and_stays(published, folder):
    record(published, "closures", site="Bedford", date="2027-01-13", desks="0")
    rewrite(folder, sites=SITES.replace("Bedford", "BEDFORD"))
    told = bring_in(published, folder, answers=Answers(all_alike=RENAME))
    assert len(told.since) == 1
    assert tables(published).closures == (
        Closure("BEDFORD", date(2027, 1, 13), date(2027, 1, 13), 0),
    )


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (
            Answers(rename=(("0109", "101"),)),
            "--rename: 0109=101 does not fit: nothing stored is called 0109.",
        ),
        (
            Answers(same=(("109", "0101"),)),
            "--same: 109=0101 does not fit: nothing in the file is called 109.",
        ),
        (
            Answers(rename=(("0101", "101"),), same=(("101", "0101"),)),
            "--rename: 0101 is in two answers.\n--rename: 101 is in two answers.",
        ),
        (
            Answers(rename=(("Luton", "Bedford"),)),
            "--rename: Luton=Bedford does not fit: Luton is in the file too, or Bedford is stored "
            "already.",
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_a_fault(blue, folder, answers, says):
    before = ledger(blue)
    with pytest.raises(BadInput) as error:
        bring_in(blue, lost_zeros(folder), answers=answers, is_agreed=True)
    assert str(error.value) == says
    assert ledger(blue) == before


def test_a_trial_asks_the_same_and_renames_nothing(published, folder):
    before = ledger(published)
    trial = bring_in(
        published, lost_zeros(folder), answers=Answers(all_alike=RENAME), is_trial=True
    )
    assert ledger(published) == before
    assert bring_in(published, folder, answers=Answers(all_alike=RENAME)) == trial
    assert grown(before, published) >= {"officer", "published_seat", "renaming", "imported_row"}
