"""The cases re-enacted from public reports, which stand beside the checkout where they do.

Each has what is right about it in its EXPECT.md. Those that need what Rota cannot do yet wait, and
are listed with what they wait for.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from rota.checker import judge
from rota.domain import Away, PublishedSeat, Request
from rota.errors import BadInput
from rota.planning import Plan, plan
from rota.reading import read_problem
from rota.remarks import find_remarks_on_problem
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.accounts import roles, users
from rota.services.answers import decisions
from rota.services.drafts import drafts
from rota.services.importing import imports
from rota.services.importing.import_outcome import NotAgreed
from rota.services.my_rota.office_share import OfficeShare, compute_share
from rota.services.requests import agreements, new_requests
from rota.services.rotas import versions
from rota.services.units import record_changes
from rota.services.units.planning_problem import build_published_problem
from rota.store.databases.database import Database
from rota.store.requests.asks import DECLINED, GRANTED, LAPSED, Ask
from rota.store.units import units as stored_units
from tests import draft_edits
from tests.rota.services.example import ON_SQLITE
from tests.stored import act, in_force, publish

CASES = Path(__file__).parents[1].parent / "shared" / "cases"

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")

WAITING: dict[str, str] = {}
"""Cases that are not right yet, and what they need."""

TRIED = (
    "A1-working-days-changed",
    "A2-base-changed",
    "B1-leading-zeros-lost",
    "B2-import-takes-back-records",
    "C1-swap-turned-round",
    "C2-agreement-cannot-be-taken-back",
    "D1-sick-between-draft-and-publish",
    "E1-home-adjustment",
    "F1-not-read-in-silence",
    "F2-header-row-further-down",
    "F3-strict-workbook",
    "F4-borders-down-the-sheet",
    "G1-mentor-not-there",
    "G2-office-closed-for-a-week",
    "H1-records-without-effect",
)

MANAGER = act(date(2026, 11, 27))


def test_every_case_is_tried_or_waits() -> None:
    assert sorted(path.name for path in CASES.iterdir()) == sorted([*TRIED, *WAITING])


def mill(database: Database, case: str) -> None:
    """Keep the case's unit."""
    imports.import_unit(database, MANAGER, name="Mill", path=CASES / case)


# A: what changes from a day on

FIFTEENTH = act(date(2027, 1, 15))


def plan_after_change(database: Database, case: str) -> tuple[Plan, OfficeShare]:
    """Import the folder after the first one, on 15 January, and plan anew; Owen's share so far."""
    mill(database, case)
    outcome = imports.import_unit(
        database, FIFTEENTH, name="Mill", path=CASES / f"{case}-after", is_acknowledged=True
    )
    assert not any("Thursday 7 January" in note for note in outcome.notes)
    with database.reading() as connection:
        unit = stored_units.find(connection, "Mill")
        assert unit is not None
        problem = build_published_problem(connection, unit, unit.policy.period, FIFTEENTH.today)
    share = compute_share(problem, problem.officers["0102"])
    return plan(problem, seconds=20, seed=0, workers=1), share


@ON_SQLITE
def test_days_worked_under_an_old_pattern_stay_worked(database: Database) -> None:
    result, share = plan_after_change(database, "A1-working-days-changed/18-pattern-change")
    assert [result.outcome.levels[name].cost for name in ("limit", "cover", "policy")] == [0, 0, 0]
    (finding,) = (
        its
        for its in result.judgement.findings
        if its.rule.key == "office-minimum" and its.about == "Owen Tate (0102)"
    )
    assert (finding.count, finding.least) == (10, 10)
    assert (share.so_far.office_days, share.so_far.working_days) == (6, 10)
    assert share.over_period.working_days == 16
    assert share.over_period.least == 10


def test_from_files_alone_a_published_seat_shows_that_its_day_was_worked() -> None:
    folder = CASES / "A1-working-days-changed/18-pattern-change-after"
    problem = read_problem(folder, today=date(2027, 1, 15)).problem
    result = plan(problem, seconds=20, seed=0, workers=1)
    assert result.outcome.levels["policy"].cost == 0
    assert len(problem.working_days["0102"]) == 16
    seats = [seat for seat in result.rota if seat.staff_no == "0102" and seat.site != "home"]
    assert len([seat for seat in seats if seat.date <= date(2027, 1, 15)]) == 6


@ON_SQLITE
def test_days_at_an_old_base_stay_days_at_the_base(database: Database) -> None:
    result, share = plan_after_change(database, "A2-base-changed/18c-base-change")
    assert [result.outcome.levels[name].cost for name in ("limit", "cover", "policy")] == [0, 0, 0]
    (finding,) = (
        its
        for its in result.judgement.findings
        if its.rule.key == "office-minimum" and its.about == "Owen Tate (0102)"
    )
    assert (finding.count, finding.least) == (12, 12)
    assert (share.so_far.office_days, share.so_far.working_days) == (6, 10)
    assert share.over_period.least == 12


# B: imports


@ON_SQLITE
def test_a_list_that_lost_its_zeros_replaces_nobody_without_a_word(database: Database) -> None:
    mill(database, "B1-leading-zeros-lost/14-lost-zeros-import")
    publish(database, MANAGER, name="Mill")
    before = in_force(database, "Mill")
    with pytest.raises(NotAgreed) as refusal:
        mill(database, "B1-leading-zeros-lost/14b-lost-zeros-again")
    assert (
        "officers: Nia Prosser (0101) would go and Nia Prosser (101) would come, of the same name. "
        "Maybe 0101?"
    ) in str(refusal.value)
    assert in_force(database, "Mill") == before


@ON_SQLITE
def test_what_was_recorded_since_stays_when_the_same_is_imported_again(database: Database) -> None:
    case = "B2-import-takes-back-records/22-import-after-records"
    mill(database, case)
    days = {"first": "2027-01-13", "last": "2027-01-15", "kind": "sick"}
    rows = {
        "away": {"staff_no": "0102", **days},
        "duties": {"date": "2027-01-14", "site": "Bridge Court", "needed": "1", "skill": "court"},
        "requests": {"staff_no": "0103", "when": "Fri", "wants": "home", "strength": "2"},
    }
    for table, row in rows.items():
        record_changes.record(database, MANAGER, unit="Mill", table=table, rows=[row])
    told = imports.import_unit(database, MANAGER, name="Mill", path=CASES / case)
    assert told.is_empty
    assert [since.merged.table for since in told.since] == ["away", "duties", "requests"]
    assert {since.source.by for since in told.since} == {"Mel"}
    with database.reading() as connection:
        tables = stored_units.load(connection, 1)
    assert Away("0102", date(2027, 1, 13), date(2027, 1, 15), "sick") in tables.away
    assert tables.requests == (Request("0103", 4, "home", 2),)


# C: swaps


WEDNESDAY = date(2026, 12, 2)
NIA, OWEN = (
    Act(
        f"{name}@example.org",
        "a test",
        MANAGER.at,
        Rights((Grant(Role.OFFICER, 1, "Mill", staff_no=staff_no),)),
    )
    for name, staff_no in (("nia", "0101"), ("owen", "0102"))
)


def put(database: Database, **sites: str) -> None:
    """Publish Nia and Owen at these sites on Wednesday."""
    were = places(database)
    wished = [sites["nia"], sites["owen"]]
    for staff_no, was, site in zip(("0101", "0102"), were, wished, strict=True):
        if was != site:
            about = {"unit": "Mill", "staff_no": staff_no, "day": WEDNESDAY}
            draft_edits.move(database, MANAGER, site=site, **about)
    if were != wished:
        versions.publish(database, MANAGER, unit="Mill", is_acknowledged=True)


def agreed(database: Database, case: str) -> int:
    """The swap of Nia, at the office, with Owen, at home, to which he has agreed."""
    mill(database, case)
    email = {"email": "owen@example.org", "name": "Owen", "needs_password": False}
    owen = users.add(database, MANAGER, **email)
    role = Grant(Role.OFFICER, 1, "Mill", staff_no="0102")
    roles.grant(database, MANAGER, user_id=owen.id, role=role)
    publish(database, MANAGER, name="Mill")
    put(database, nia="Mill House", owen="home")
    about = {"unit": "Mill", "staff_no": "0101", "with_staff_no": "0102", "day": WEDNESDAY}
    number = new_requests.ask_for_swap(database, NIA, **about)
    agreements.agree(database, OWEN, unit="Mill", number=number)
    return number


def the_ask(database: Database) -> Ask:
    return new_requests.list_own_asks(database, NIA, unit="Mill", staff_no="0101")[0].ask


def places(database: Database) -> list[str]:
    """Where Nia and Owen are on Wednesday."""
    seats = [its for its in in_force(database, "Mill") if its.date == WEDNESDAY]
    return [its.site for its in sorted(seats) if its.staff_no in ("0101", "0102")]


@ON_SQLITE
@pytest.mark.parametrize(
    ("nia", "owen"), [("home", "Mill House"), ("Mill House", "Mill House"), ("home", "home")]
)
def test_a_swap_of_places_that_changed_since_is_never_made(
    database: Database, nia: str, owen: str
) -> None:
    number = agreed(database, "C1-swap-turned-round/42-reversed-swap")
    put(database, nia=nia, owen=owen)
    told = decisions.answer(database, MANAGER, unit="Mill", numbers=[number], outcome=GRANTED)
    assert told.answered == ()
    assert places(database) == [nia, owen]
    assert the_ask(database).state == LAPSED


@ON_SQLITE
def test_an_agreement_is_taken_back_while_it_waits_for_the_manager(database: Database) -> None:
    number = agreed(database, "C2-agreement-cannot-be-taken-back/19-stale-swap")
    agreements.decline(database, OWEN, unit="Mill", number=number)
    assert the_ask(database).state == DECLINED


# D: drafts


@ON_SQLITE
def test_a_draft_outlives_that_somebody_falls_ill(database: Database) -> None:
    mill(database, "D1-sick-between-draft-and-publish/39-sick-before-publish")
    publish(database, MANAGER, name="Mill")
    owen, nia = date(2026, 12, 14), date(2026, 12, 21)
    for staff_no, day in (("0102", owen), ("0101", nia)):
        seat = next(s for s in in_force(database, "Mill") if s[:2] == (staff_no, day))
        site = "home" if seat.site != "home" else "Mill House"
        draft_edits.move(database, MANAGER, unit="Mill", staff_no=staff_no, day=day, site=site)
    moved = [
        s
        for s in drafts.load_view(database, MANAGER, unit="Mill").draft.seats
        if s.date in (owen, nia)
    ]
    ill = {"staff_no": "0103", "first": "2026-12-09", "last": "2026-12-09", "kind": "sick"}
    record_changes.record(database, MANAGER, unit="Mill", table="away", rows=[ill])
    before = in_force(database, "Mill")
    versions.publish(database, MANAGER, unit="Mill", is_acknowledged=True)
    after = in_force(database, "Mill")
    assert [seat for seat in after if seat.date in (owen, nia)] == moved
    gone = {seat for seat in before if seat[:2] == ("0103", date(2026, 12, 9))}
    assert {PublishedSeat(*s[:3]) for s in set(before) - set(after)} >= gone
    assert len(after) == len(before) - 1


# E: agreed adjustments


def test_agreed_adjustments_keep_people_at_home() -> None:
    folder = CASES / "E1-home-adjustment/13-home-adjustment"
    problem = read_problem(folder, today=date(2026, 11, 27)).problem
    result = plan(problem, seconds=20, seed=0, workers=1)
    office_days = Counter(seat.staff_no for seat in result.rota if seat.site == "Mill House")
    assert office_days["0101"] == 4  # 20 % of 20 days, and one day a week beside 4 at home
    assert office_days["0102"] <= 4
    assert result.outcome.levels["policy"].cost == 0


# F: what is read, G: mentors, H: records without effect


def lines(case: str) -> list[str]:
    """Every remark on the case, or every fault of it."""
    try:
        reading = read_problem(CASES / case, today=date(2026, 11, 27))
    except BadInput as error:
        return str(error).splitlines()
    return [*reading.notes, *map(str, find_remarks_on_problem(reading.problem))]


@pytest.mark.parametrize(
    ("case", "ending"),
    [
        ("37-unread-0", "the file leave.csv is not read. Maybe away.csv?"),
        ("37-unread-1", "the file annual leave.csv is not read. Maybe away.csv?"),
        ("37-unread-2", "the file absences.csv is not read. Maybe away.csv?"),
        ("37-unread-3", "the file Away 2027.csv is not read. Maybe away.csv?"),
        ("37-unread-4", "the file policy.csv is not read. Maybe policy.toml?"),
        ("37-unread-5", "the file court duties.csv is not read. Maybe duties.csv?"),
        ("37-unread-6", "the file away.csv.txt is not read. Maybe away.csv?"),
        ("37-unread-7", "the file away.tsv is not read. Maybe away.csv?"),
        (
            "37-unread-8",
            "the file bank_holidays.csv is not read: "
            "Rota knows the bank holidays of England and Wales itself.",
        ),
        ("37-sheet.xlsx", "the sheet Sickness is not read. Maybe away?"),
    ],
)
def test_what_is_not_read(case, ending):
    assert lines(f"F1-not-read-in-silence/{case}") == [f"{case}: {ending}"]


def test_columns_that_are_not_read():
    assert lines("F1-not-read-in-silence/31c-optional-headers") == [
        "officers: 7 columns are not read: E-mail address (Maybe email?); "
        "Other offices (Maybe other_sites?); Mentor ID (Maybe mentor?); Skill (Maybe skills?); "
        "WFH? (Maybe home?); Office % (Maybe office_percent?); Last day (Maybe leave_date?).",
        "away: the column Reason is not read. Maybe kind?",
    ]


@pytest.mark.parametrize(
    ("case", "row"),
    [
        ("02-title-row", 3),
        ("07b-title-merged.xlsx", 3),
        ("31-two-headers.xlsx", 2),
        ("34-spaces", 2),
    ],
)
def test_a_header_further_down(case, row):
    assert lines(f"F2-header-row-further-down/{case}") == [
        "officers: row 1 is taken as the header, and has none of the columns; "
        f"row {row} has. Remove what stands above it."
    ]


@pytest.mark.parametrize(
    ("case", "remarks"),
    [
        ("08-hidden-sheet.xlsx", ["08-hidden-sheet.xlsx: the sheet away is hidden, and was read."]),
        ("08c-hidden-row.xlsx", ["officers: row 5 is hidden, and was read."]),
    ],
)
def test_what_is_hidden_and_read(case, remarks):
    assert lines(f"F1-not-read-in-silence/{case}") == remarks


@pytest.mark.parametrize(
    "case",
    [
        "F3-strict-workbook/30-plain.xlsx",
        "F3-strict-workbook/30-strict.xlsx",
        "F4-borders-down-the-sheet/09-borders.xlsx",
    ],
)
def test_workbooks_that_are_read_without_a_word(case):
    assert lines(case) == []


def test_a_mentor_who_is_not_there():
    assert (
        lines("G1-mentor-not-there/25-maternity")[0]
        == "officers: Tom Ode (0105) has no day with a mentor: Nia Prosser (0101) is away."
    )
    assert lines("G1-mentor-not-there/36-mentor-elsewhere") == [
        "officers: Tom Ode (0103) has no day with a mentor: "
        "Nia Prosser (0101) is based at Dock Road and may not use Mill House.",
        "officers: Tom Ode (0104) has no day with a mentor: "
        "Nia Prosser (0102) left on Thursday 31 December 2026.",
    ]


@pytest.mark.parametrize(
    ("case", "asked"),
    [
        # 60 % of 5 days in each week but that one, and of 15 days over all.
        ("27-closed-week", [3, 3, 3]),
        ("27b-closed-week-period", [9]),
    ],
)
def test_an_office_that_is_closed_for_a_week(case, asked):
    folder = f"G2-office-closed-for-a-week/{case}"
    assert lines(folder) == [
        "closures: Mill House has no desk from 11 to 15 January 2027: 4 officers for whom no other "
        "office is open are asked for no office days then, nor held to home days."
    ]
    problem = read_problem(CASES / folder, today=date(2026, 11, 27)).problem
    result = plan(problem, seconds=20, seed=0, workers=1)
    assert [result.outcome.levels[name].cost for name in ("limit", "policy")] == [0, 0]
    findings = judge(problem, result.rota).findings
    assert asked == [
        finding.least
        for finding in findings
        if finding.rule.key == "office-minimum" and finding.about == "Nia Prosser (0101)"
    ]


def test_records_without_effect():
    found = lines("H1-records-without-effect/12-duty-on-no-working-day")
    assert [line.partition(", because ")[0] for line in found] == [
        "duties: 3 duties cannot be met",
        *["appointments: 1 appointment cannot be kept"] * 4,
    ]


@ON_SQLITE
def test_records_without_effect_are_kept_with_one_answer(database):
    mill(database, "H1-records-without-effect/21-no-effect")
    rows = {
        "duties": {"date": "2027-01-09", "site": "Bridge Court", "needed": "1", "skill": "cuort"},
        "closures": {"site": "Mill House", "date": "2027-01-10", "desks": "0"},
        "requests": {"staff_no": "0101", "when": "2027-01-16", "wants": "home"},
        "appointments": {"staff_no": "0104", "date": "2027-01-15", "site": "Mill House"},
        "away": {"staff_no": "0104", "first": "2027-01-14", "last": "2027-01-15"},
    }
    for table, row in rows.items():
        recorded = record_changes.record(database, MANAGER, unit="Mill", table=table, rows=[row])
        assert recorded.differences
        assert [remark.table for remark in recorded.remarks][:1] == [table]
