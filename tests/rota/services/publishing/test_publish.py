"""One door publishes: the seats that it is given, and nothing else, whoever comes through it."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import Away, OfficerDay, PublishedSeat, SeatsOfDay
from rota.errors import RotaError
from rota.services.access.act import Act
from rota.services.answers import grants, proposals
from rota.services.publishing.publication import Publication
from rota.services.publishing.publish import Unacknowledged, publish_rota
from rota.services.requests import swap_fit
from rota.services.requests.published_rotas import PublishedRotas
from rota.services.rotas import versions
from rota.services.runs import night
from rota.services.units import record_changes
from rota.services.units.lookup import hold_unit
from rota.services.units.planning_problem import build_published_problem
from rota.store.databases.database import Database
from rota.store.rotas.versions import Version
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, record, sick, work_off_as
from tests.rota_text import FRI, MON, THU, TUE, WED, rota
from tests.stored import act, in_force, publish

pytestmark = ON_SQLITE

# There are two desks at Leeds.
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   H   O   O   O
Bob     H   O   O   O   O
Cat     O   O   H   H   H
"""
NIGHT = act(MON)
MORNING = act(MON)
JOINER = {
    "staff_no": "dan",
    "name": "Dan",
    "team": "Blue",
    "grade": "PO",
    "start_date": "2020-01-06",
    "base_site": "Leeds",
    "working_days": "Mon Tue Wed Thu Fri",
}


@pytest.fixture
def unit(database: Database) -> Database:
    """A published rota, of which Dan knows nothing, who joined since."""
    keep(database, CHART, on=["desks", "cover"], desks={"O": 2}, nightly_publishes="never")
    publish(database, EARLIER, rota=rota(CHART))
    record(database, EARLIER, "officers", **JOINER)
    return database


def put(
    database: Database,
    doer: Act,
    seats: dict[OfficerDay, PublishedSeat | None],
    *,
    is_acknowledged: bool = False,
) -> Version:
    """Publish these seats."""
    with database.writing() as connection:
        stored = hold_unit(connection, "Blue")
        (version,) = versions.list_versions(database, EARLIER, unit="Blue")[:1]
        publication = Publication(
            cause="published",
            problem=build_published_problem(connection, stored, version.period, doer.today),
            put={key: SeatsOfDay.of([seat]) if seat else None for key, seat in seats.items()},
            planned_revision=stored.revision,
            is_acknowledged=is_acknowledged,
        )
        return publish_rota(connection, doer, stored, publication)


def sites_of(database: Database, staff_no: str) -> dict[date, str]:
    return {seat.date: seat.site for seat in in_force(database) if seat.staff_no == staff_no}


def test_the_seats_that_are_put_change_and_no_others(unit: Database) -> None:
    before = in_force(unit)
    at_leeds = {("ann", TUE): PublishedSeat("ann", TUE, "Leeds")}
    version = put(unit, EARLIER, at_leeds, is_acknowledged=True)
    assert set(in_force(unit)) - set(before) == {PublishedSeat("ann", TUE, "Leeds")}
    assert set(before) - set(in_force(unit)) == {PublishedSeat("ann", TUE, "home")}
    assert (version.number, version.seats) == (2, 15)
    assert sites_of(unit, "dan") == {}


def test_a_seat_is_taken_back_where_none_is_put(unit: Database) -> None:
    put(unit, EARLIER, {("ann", TUE): None})
    assert sorted(sites_of(unit, "ann")) == [MON, WED, THU, FRI]
    (change,) = versions.list_changes(unit, EARLIER, unit="Blue", number=2)
    assert (change.staff_no, change.date, change.before, change.after) == ("ann", TUE, "home", None)


def test_what_was_published_up_to_today_is_never_changed(unit: Database) -> None:
    before = in_force(unit)
    with pytest.raises(RotaError, match=r"^What was published up to 2027-01-05 stays as it was\."):
        put(unit, act(TUE), {("ann", TUE): PublishedSeat("ann", TUE, "Leeds")})
    assert in_force(unit) == before


def test_a_breach_that_comes_is_answered_for_and_one_that_is_there_is_not(unit: Database) -> None:
    # Ann would be the third at two desks on Tuesday.
    at_leeds = {("ann", TUE): PublishedSeat("ann", TUE, "Leeds")}
    with pytest.raises(Unacknowledged) as refusal:
        put(unit, EARLIER, at_leeds)
    assert [breach.says for breach in refusal.value.breaches] == [
        "3 officers for 2 desks at Leeds on Tuesday 5 January 2027."
    ]
    put(unit, EARLIER, at_leeds, is_acknowledged=True)
    # A fourth makes it worse, which is answered for as well; moving somebody on another day is not.
    put(unit, EARLIER, {("cat", WED): None})
    with pytest.raises(Unacknowledged):
        put(unit, EARLIER, {("dan", TUE): PublishedSeat("dan", TUE, "Leeds")})
    put(unit, EARLIER, {("cat", TUE): PublishedSeat("cat", TUE, "home")})


def test_a_lock_alone_is_published_and_tells_nobody_of_a_change(unit: Database) -> None:
    put(unit, EARLIER, {("ann", MON): PublishedSeat("ann", MON, "Leeds", locked=True)})
    assert PublishedSeat("ann", MON, "Leeds", locked=True) in in_force(unit)
    assert versions.list_changes(unit, EARLIER, unit="Blue", number=2) == ()


# Doors


def test_a_swap_publishes_nothing_of_whoever_joined(unit: Database) -> None:
    with unit.writing() as connection:
        stored = hold_unit(connection, "Blue")
        rotas = PublishedRotas(connection, stored, EARLIER.today)
        swap = swap_fit.fit_swap(rotas, EARLIER.today, day=TUE, staff_no="ann", with_staff_no="bob")
        officers = swap.in_force.problem.officers
        grants.publish_swap(connection, EARLIER, stored, swap, officers)
    changed = versions.list_changes(unit, EARLIER, unit="Blue", number=2)
    assert [(its.staff_no, its.date, its.after) for its in changed] == [
        ("ann", TUE, "Leeds"),
        ("bob", TUE, "home"),
    ]
    assert sites_of(unit, "dan") == {}
    assert versions.list_versions(unit, EARLIER, unit="Blue")[0].costs["limit"] == 0


def the_night(database: Database, chart: str) -> None:
    night.request_nights(database, NIGHT, unit="Blue", as_of=NIGHT.today, seconds=30)
    work_off_as(database, NIGHT, rota(chart))


def test_a_proposal_publishes_nothing_of_whoever_is_back(unit: Database) -> None:
    # Cat is ill until the night has taken her seats back, and then she is well again.
    sick(unit, NIGHT, Away("cat", WED, FRI))
    the_night(
        unit,
        """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   H   H   O   O
Bob     H   O   O   O   O
Cat     O   O   -   -   -
Dan     -   H   H   H   H
""",
    )
    row = {"staff_no": "cat", "first": f"{WED}", "last": f"{FRI}", "kind": "sick"}
    record_changes.withdraw_away(unit, NIGHT, unit="Blue", row=row)
    before = in_force(unit)
    (proposal,) = proposals.list_waiting(unit, MORNING, unit="Blue")
    assert (proposal.staff_no, proposal.date, proposal.after) == ("ann", WED, "home")
    proposals.accept(unit, MORNING, unit="Blue")
    assert set(in_force(unit)) ^ set(before) == {
        PublishedSeat("ann", WED, "Leeds"),
        PublishedSeat("ann", WED, "home"),
    }
    assert sorted(sites_of(unit, "cat")) == [MON, TUE]


def test_a_proposal_that_adds_a_breach_is_answered_for(unit: Database) -> None:
    sick(unit, NIGHT, Away("cat", FRI, FRI))
    the_night(
        unit,
        """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   O   O   O
Bob     H   O   O   O   O
Cat     O   O   H   H   -
Dan     -   H   H   H   H
""",
    )
    (waiting,) = proposals.list_judged(unit, MORNING, unit="Blue")
    says = "3 officers for 2 desks at Leeds on Tuesday 5 January 2027."
    assert waiting.breaches == (says,)
    with pytest.raises(Unacknowledged) as refusal:
        proposals.accept(unit, MORNING, unit="Blue")
    assert [breach.says for breach in refusal.value.breaches] == [says]
    assert len(proposals.list_waiting(unit, MORNING, unit="Blue")) == 1
    (version,) = proposals.accept(unit, MORNING, unit="Blue", acknowledgement="Cat sits outside.")
    assert version.costs["limit"] == 1


def test_the_night_adds_no_breach_that_nobody_answers_for(database: Database) -> None:
    """What would break a limit waits for a manager, and the rest of the night is published."""
    keep(database, CHART, on=["desks"], desks={"O": 2}, nightly_publishes="all")
    publish(database, EARLIER, rota=rota(CHART))
    record(database, EARLIER, "officers", **JOINER)
    the_night(
        database,
        """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   O   O   O
Bob     H   O   O   O   H
Cat     O   O   H   H   H
Dan     -   H   O   H   O
""",
    )
    # On Tuesday Ann would be the third, and on Wednesday Dan would be; on Friday Bob makes room.
    (ann, dan) = proposals.list_waiting(database, MORNING, unit="Blue")
    assert [(its.staff_no, its.date, its.after) for its in (ann, dan)] == [
        ("ann", TUE, "Leeds"),
        ("dan", WED, "Leeds"),
    ]
    assert sites_of(database, "dan") == {TUE: "home", THU: "home", FRI: "Leeds"}
    assert sites_of(database, "bob")[FRI] == "home"
    assert versions.list_versions(database, EARLIER, unit="Blue")[0].costs["limit"] == 0
