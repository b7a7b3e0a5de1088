"""Terms that files change hold from a day on, which can be chosen and is told beforehand.

Everybody imports on Wednesday 30 December 2026.
"""

from dataclasses import replace
from datetime import date

import pytest

from rota.domain import EarlierPolicy, EarlierTerms, Site
from rota.services.importing import exports, imports, uploads
from rota.services.importing.import_answers import NO_ANSWERS, Answers
from rota.services.importing.import_outcome import tell_terms_days
from rota.store.databases.database import Database
from tests.rota.reading.small_unit import OFFICERS, SITES, write_unit
from tests.rota.services.access.test_record_rights import OF_ALL
from tests.rota.services.example import ON_SQLITE, revision
from tests.rota.services.importing.test_imports import MEL, MON, TOMORROW, WEEKLY, kept, told
from tests.rota.services.importing.test_uploads import confirm, packed, preview
from tests.stored import audited

MORE_DESKS = SITES.replace("Luton,office,8", "Luton,office,9")
SINCE = date(2027, 1, 18)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "unit").mkdir()
    return write_unit(tmp_path / "unit", policy=WEEKLY)


@pytest.fixture
def blue(database, folder) -> Database:
    outcome = bring_in(database, folder)
    assert (outcome.terms_from, tell_terms_days(outcome)) == (None, "")
    return database


def bring_in(database, folder, answers=NO_ANSWERS):
    return imports.import_unit(database, MEL, name="Blue", path=folder, answers=answers)


def load(database):
    return told(database)[0]


@ON_SQLITE
def test_what_changes_holds_from_tomorrow(blue, folder):
    outcome = bring_in(blue, write_unit(folder, sites=MORE_DESKS))
    assert outcome.terms_from == TOMORROW
    assert tell_terms_days(outcome) == (
        "What changes of officers, sites and teams holds from Thursday 31 December 2026, "
        "unless the file tells another day."
    )
    assert load(blue).earlier == (EarlierTerms(Site("Luton", "office", 8), TOMORROW),)
    assert audited(blue)[0].after["since"] == "2026-12-31"


@ON_SQLITE
def test_another_day_can_be_chosen(blue, folder):
    outcome = bring_in(blue, write_unit(folder, sites=MORE_DESKS), Answers(since="2027-01-18"))
    assert outcome.terms_from == SINCE
    assert load(blue).sites[0] == Site("Luton", "office", 9, since=SINCE)


@ON_SQLITE
def test_the_day_is_chosen_after_a_look_at_what_changes(blue, folder):
    first = preview(blue, packed(write_unit(folder, sites=MORE_DESKS)))
    assert first.outcome.terms_from == TOMORROW
    answers = Answers(since="2027-01-18")
    second = uploads.answer(blue, OF_ALL, unit="Blue", secret=first.secret, answers=answers)
    assert second.outcome.terms_from == SINCE
    assert second.outcome.seal != first.outcome.seal
    assert confirm(blue, second.secret) == second.outcome
    assert load(blue).sites[0].since == SINCE


@ON_SQLITE
def test_a_policy_holds_from_the_monday_then_or_next(blue, folder):
    before = kept(blue).policy
    policy = WEEKLY + "office_percent = 50\n"
    outcome = bring_in(blue, write_unit(folder, policy=policy), Answers(since="2027-01-13"))
    assert outcome.terms_from == SINCE
    assert tell_terms_days(outcome) == (
        "Weeks are judged by the new policy from Monday 18 January 2027."
    )
    assert load(blue).earlier_policies == (EarlierPolicy(before, SINCE),)
    outcome = bring_in(blue, write_unit(folder, policy=policy.replace("weeks = 1", "weeks = 2")))
    assert outcome.terms_from is None, "how to plan changes at once"


@ON_SQLITE
def test_terms_of_the_past_can_be_put_right_by_a_file(blue, folder):
    """What holds at last stays as it is, and yet something changes."""
    bring_in(blue, write_unit(folder, sites=MORE_DESKS), Answers(since="2026-12-07"))
    most_desks = SITES.replace("Luton,office,8", "Luton,office,10")
    bring_in(blue, write_unit(folder, sites=most_desks), Answers(since="2027-01-18"))
    exports.export_unit(blue, MEL, name="Blue", folder=folder)
    assert bring_in(blue, folder).is_empty
    was = revision(blue)
    text = (folder / "sites.csv").read_text("utf-8-sig")
    assert text.startswith(
        "site,kind,desks,office_percent,alone,from\nLuton,office,8,,yes,\n"
        "Luton,office,9,,yes,2026-12-07\nLuton,office,10,,yes,2027-01-18\n"
    )
    (folder / "sites.csv").write_text(text.replace("Luton,office,9,", "Luton,office,7,"))
    outcome = bring_in(blue, folder)
    assert (outcome.differences, outcome.terms_from) == ((), TOMORROW)
    assert outcome.pasts == (("sites", Site("Luton", "office", 10, since=SINCE)),)
    assert not outcome.is_empty
    assert load(blue).earlier == (
        EarlierTerms(Site("Luton", "office", 8), date(2026, 12, 7)),
        EarlierTerms(Site("Luton", "office", 7, since=date(2026, 12, 7)), SINCE),
    )
    assert revision(blue) == was + 1
    assert audited(blue)[0].after == {"since": "2026-12-31", "earlier": ["Luton"]}
    again = bring_in(blue, folder)
    assert again.is_empty
    assert revision(blue) == was + 1


@ON_SQLITE
@pytest.mark.parametrize("form", ["xlsx", "zip"])
def test_what_is_taken_away_comes_back_with_all_of_its_terms(blue, folder, form):
    bring_in(blue, write_unit(folder, sites=MORE_DESKS), Answers(since="2027-01-18"))
    unit = load(blue)
    file = exports.export_file(blue, OF_ALL, unit="Blue", form=form)
    outcome = preview(blue, file.data, name=file.name).outcome
    assert replace(outcome, names={}).is_empty
    assert load(blue) == unit
    imports_of_new = uploads.add_unit(blue, MEL, unit="Green", name=file.name, data=file.data)
    assert imports_of_new.is_new
    assert told(blue, "Green")[0].earlier == unit.earlier
    assert MON < SINCE


@ON_SQLITE
def test_remarks_are_found_by_the_terms_of_each_day(blue, folder):
    """Ana has an appointment on a Wednesday, one of the last on which she works."""
    files = {
        "officers": OFFICERS.replace("Luton,Mon Tue Wed,\n", "Luton,Mon Tue,\n"),
        "appointments": "staff_no,date,site\n101,2027-01-06,Luton\n",
    }
    outcome = bring_in(blue, write_unit(folder, **files), Answers(since="2027-01-18"))
    assert not [note for note in outcome.notes if note.startswith("appointments")]


@ON_SQLITE
def test_what_is_over_stays_though_files_begin_later(blue, folder):
    away = "staff_no,first,last,kind\n101,2026-12-07,2026-12-08,sick\n"
    bring_in(blue, write_unit(folder, away=away))
    bring_in(blue, write_unit(folder, away="staff_no,first,last\n101,2027-01-05,2027-01-05\n"))
    assert {spell.first for spell in load(blue).away} == {date(2026, 12, 7), date(2027, 1, 5)}
    bring_in(blue, write_unit(folder, away="staff_no,first,last\n101,2026-12-01,2026-12-01\n"))
    assert {spell.first for spell in load(blue).away} == {date(2026, 12, 1)}
