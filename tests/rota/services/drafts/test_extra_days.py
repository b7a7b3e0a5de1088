"""The duty of a Saturday in drafts, versions and nights: given, taken away, and published."""

from __future__ import annotations

from datetime import date, time

import pytest

from rota.domain import Away, Duty
from rota.errors import NotFound, RotaError
from rota.services.access.act import Act
from rota.services.answers import proposals
from rota.services.drafts import drafts
from rota.services.rotas import versions
from rota.services.runs import night, run_requests
from rota.services.units import record_changes
from rota.store.databases.database import Database
from tests import draft_edits
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, keep, record, sick, work_off_as
from tests.rota_text import FRI, MON, SAT, rota
from tests.stored import ONLOOKER, act, in_force, publish, work_off

CHART = """
        4 Jan 2027
        Mon Fri Sat
Ann     O   O   C
Bob     O   O   -
Cat     O   O   -
"""
EXTRA = {"takes_extra_days": True}
MEL = act(MON)
NIGHT = act(MON, "the night", time(2, 30))
SATURDAY = {"unit": "Blue", "day": SAT}


@pytest.fixture(autouse=True)
@filled_once
def published(database: Database) -> None:
    keep(
        database,
        CHART,
        on=["cover"],
        officers={"Ann": EXTRA, "Bob": EXTRA},
        duties=[Duty(SAT, "Crown Court", 1)],
        plan_ahead_weeks=0,
        notice_days=2,
    )
    publish(database, EARLIER, rota=rota(CHART))


def on_saturday(database: Database) -> list[tuple[str, str]]:
    """Who is published to be where on the Saturday."""
    return [(seat.staff_no, seat.site) for seat in in_force(database) if seat.date == SAT]


def publish_draft(database: Database, doer: Act = MEL) -> list[tuple[str, str]]:
    versions.publish(database, doer, unit="Blue", is_acknowledged=True)
    return on_saturday(database)


def test_it_is_published_and_nobody_else_is_planned(database: Database) -> None:
    assert on_saturday(database) == [("ann", "Crown Court")]


def test_a_draft_begins_with_it(database: Database) -> None:
    edited = draft_edits.move(database, MEL, unit="Blue", staff_no="bob", day=FRI, site="home")
    assert ("ann", SAT) in edited.after.seats
    assert publish_draft(database) == [("ann", "Crown Court")]


def test_it_is_given_to_somebody_else(database: Database) -> None:
    edited = draft_edits.move(database, MEL, staff_no="bob", site="Crown Court", **SATURDAY)
    assert [effect.after.says for effect in edited.effects if effect.worsens] == [
        "Crown Court has 2 officers on Saturday 9 January 2027; its duties ask for at most 1."
    ]
    edited = draft_edits.clear(database, MEL, staff_no="ann", **SATURDAY)
    assert edited.after.judgement.costs["cover"] == 0
    assert edited.after.waiting == ()
    assert publish_draft(database) == [("bob", "Crown Court")]
    changes = versions.list_changes(database, ONLOOKER, unit="Blue", number=2)
    assert [(its.staff_no, its.before, its.after) for its in changes] == [
        ("ann", "Crown Court", None),
        ("bob", None, "Crown Court"),
    ]


def test_who_is_taken_off_can_be_put_back(database: Database) -> None:
    draft_edits.clear(database, MEL, staff_no="ann", **SATURDAY)
    edited = draft_edits.move(database, MEL, staff_no="ann", site="Crown Court", **SATURDAY)
    assert edited.after.changes == ()
    assert edited.after.by_hand == ()


@pytest.mark.parametrize(
    ("staff_no", "site", "error", "says"),
    [
        (
            "cat",
            "Crown Court",
            RotaError,
            "Cat (cat) is not to be asked for extra days, as on Saturday 9 January 2027.",
        ),
        (
            "bob",
            "Leeds",
            RotaError,
            "Bob (bob) may not use Leeds on Saturday 9 January 2027; allowed: Crown Court.",
        ),
    ],
)
def test_it_goes_to_those_alone_who_may_do_it(
    database: Database, staff_no: str, site: str, error: type[RotaError], says: str
) -> None:
    with pytest.raises(error) as refused:
        draft_edits.move(database, MEL, staff_no=staff_no, site=site, **SATURDAY)
    assert str(refused.value) == says


def test_a_weekend_without_a_duty_is_no_day_of_the_rota(database: Database) -> None:
    sunday = {**SATURDAY, "day": date(2027, 1, 10)}
    with pytest.raises(NotFound, match="has no seat on Sunday"):
        draft_edits.move(database, MEL, staff_no="bob", site="Crown Court", **sunday)


def test_half_a_duty_is_moved_for_as_long_as_it_takes(database: Database) -> None:
    row = {"date": f"{SAT}", "site": "Drug Service", "needed": "1", "part": "am"}
    record(database, MEL, "duties", **row)
    edited = draft_edits.move(database, MEL, staff_no="bob", site="Drug Service", **SATURDAY)
    assert edited.after.seats["bob", SAT].sites == "Drug Service in the morning"


def test_a_run_may_give_it_to_somebody_else_and_takes_it_away(database: Database) -> None:
    sick(database, MEL, Away("ann", SAT, SAT))
    run_requests.request_run(database, MEL, unit="Blue", start=MON, weeks=1, seconds=30)
    work_off(database, MEL)
    assert publish_draft(database) == [("bob", "Crown Court")]


def test_a_run_that_seats_nobody_gives_it_up(database: Database) -> None:
    run_requests.request_run(database, MEL, unit="Blue", start=MON, weeks=1, seconds=30)
    work_off(database, MEL, rota=rota(CHART.replace("C", "-").replace("-at", "Cat")))
    view = drafts.load_view(database, MEL, unit="Blue")
    assert [(its.staff_no, its.date, its.after) for its in view.changes] == [("ann", SAT, None)]
    assert publish_draft(database) == []


def test_a_seat_published_since_the_draft_began_stands(database: Database) -> None:
    draft_edits.move(database, MEL, unit="Blue", staff_no="bob", day=FRI, site="home")
    sick(database, NIGHT, Away("ann", SAT, SAT))
    night.request_nights(database, NIGHT, unit="Blue", as_of=MON, seconds=30)
    work_off(database, NIGHT)
    assert on_saturday(database) == [("bob", "Crown Court")]
    assert publish_draft(database) == [("bob", "Crown Court")]


def test_the_night_gives_a_seat_up_whose_duty_is_not_needed_any_more(database: Database) -> None:
    record(database, NIGHT, "duties", date=f"{SAT}", site="Drug Service", needed="1")
    record_changes.withdraw(
        database,
        NIGHT,
        unit="Blue",
        table="duties",
        rows=[{"date": f"{SAT}", "site": "Crown Court", "needed": "1"}],
    )
    night.request_nights(database, NIGHT, unit="Blue", as_of=MON, seconds=30)
    work_off(database, NIGHT)
    assert [site for _, site in on_saturday(database)] == ["Drug Service"]


def test_what_the_night_would_take_away_at_short_notice_waits_for_a_yes(
    database: Database,
) -> None:
    thursday = act(date(2027, 1, 7), "the night", time(2, 30))
    record(database, thursday, "away", staff_no="bob", first=f"{FRI}", last=f"{FRI}", kind="sick")
    night.request_nights(database, thursday, unit="Blue", as_of=thursday.today, seconds=30)
    work_off_as(database, thursday, rota(CHART.replace("C", "-").replace("-at", "Cat")))
    assert on_saturday(database) == [("ann", "Crown Court")]
    (waiting,) = proposals.list_waiting(database, thursday, unit="Blue")
    assert (waiting.date, waiting.before, waiting.after) == (SAT, "Crown Court", None)
    proposals.accept(database, thursday, unit="Blue", numbers=[waiting.id], is_acknowledged=True)
    assert on_saturday(database) == []


def test_a_duty_that_is_withdrawn_makes_it_void(database: Database) -> None:
    record_changes.withdraw(
        database,
        MEL,
        unit="Blue",
        table="duties",
        rows=[{"date": f"{SAT}", "site": "Crown Court", "needed": "1"}],
    )
    draft_edits.move(database, MEL, unit="Blue", staff_no="bob", day=FRI, site="home")
    assert publish_draft(database) == []
