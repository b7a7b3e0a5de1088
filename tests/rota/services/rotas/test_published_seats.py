"""Long lists of what is published, a part at a time, on both kinds of database."""

from __future__ import annotations

from datetime import date

import pytest

from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.drafts import drafts
from rota.services.my_rota import colleagues
from rota.services.rotas import findings, published_seats, version_rota, versions
from rota.services.units import record_changes
from rota.services.upkeep import health_metrics
from tests import draft_edits
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, keep
from tests.rota_text import MON, THU, TUE, WED, rota
from tests.stored import LEASE, publish

CHART = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   O   H
Bob     H   O   -
Cat     O   H   O
"""
TEAMS = {"Cat": {"team": "Red"}, "Bob": {"leave_date": date(2027, 2, 1)}}

OFFICER = Rights((Grant(Role.OFFICER, 1, "Blue", None, "bob"),))
RED_MANAGER = Rights((Grant(Role.MANAGER, 1, "Blue", "Red"),))
STRANGER = Rights((Grant(Role.MANAGER, 2, "Green"),))


def by(rights):
    return Act("somebody", "a test", EARLIER.at, rights)


@pytest.fixture
@filled_once
def published(database):
    """The unit Blue with the rota of the chart."""
    keep(database, CHART, officers=TEAMS)
    publish(database, EARLIER, rota=rota(CHART))
    return database


def told(database, *, first=MON, last=THU, most=100, **only):
    seats = published_seats.list_seats(
        database, by(OFFICER), unit="Blue", first=first, last=last, most=most, **only
    )
    return [(its.date, its.staff_no, its.kind) for its in seats]


def test_seats_come_by_date_and_staff_number(published):
    assert told(published) == [
        (MON, "ann", "office"),
        (MON, "bob", "home"),
        (MON, "cat", "office"),
        (TUE, "ann", "office"),
        (TUE, "bob", "office"),
        (TUE, "cat", "home"),
        (WED, "ann", "home"),
        (WED, "cat", "office"),
    ]


def test_a_part_begins_after_the_last_seat_of_the_part_before(published):
    assert told(published, most=2, after=(MON, "bob", "")) == [
        (MON, "cat", "office"),
        (TUE, "ann", "office"),
    ]
    assert told(published, after=(WED, "cat", "")) == []


def test_only_the_seats_of_some_are_told(published):
    assert told(published, first=TUE, last=TUE, team="Blue") == [
        (TUE, "ann", "office"),
        (TUE, "bob", "office"),
    ]
    assert told(published, staff_no="bob") == [(MON, "bob", "home"), (TUE, "bob", "office")]
    assert told(published, site="home", last=TUE) == [(MON, "bob", "home"), (TUE, "cat", "home")]
    assert told(published, team="Nobody's") == []


def test_who_has_come_to_be_away_is_nowhere(published):
    row = {"staff_no": "ann", "first": f"{TUE}", "last": f"{WED}", "kind": "sick"}
    record_changes.record(published, EARLIER, unit="Blue", table="away", rows=[row])
    assert told(published, first=TUE) == [
        (TUE, "bob", "office"),
        (TUE, "cat", "home"),
        (WED, "cat", "office"),
    ]
    assert told(published, staff_no="ann") == [(MON, "ann", "office")]


def test_a_version_in_force_shows_nobody_who_has_come_to_be_away(published):
    row = {"staff_no": "ann", "first": f"{MON}", "last": f"{TUE}", "kind": "sick"}
    record_changes.record(published, EARLIER, unit="Blue", table="away", rows=[row])

    def days_of_ann(number, day):
        doer = Act("somebody", "a test", EARLIER.at + (day - EARLIER.today), by(OFFICER).rights)
        rows = version_rota.load_version_rota(published, doer, unit="Blue", number=number).rows
        return [*next(its.sites for its in rows if its.staff_no == "ann")]

    assert days_of_ann(1, MON) == [WED]
    assert days_of_ann(1, TUE) == [MON, WED]
    versions.restore(published, EARLIER, unit="Blue", number=1, is_acknowledged=True)
    assert days_of_ann(1, MON) == [MON, TUE, WED]
    assert days_of_ann(2, MON) == [WED]


def test_seats_are_for_those_with_a_role_in_the_unit(published):
    with pytest.raises(Forbidden):
        published_seats.list_seats(
            published, by(STRANGER), unit="Blue", first=MON, last=THU, most=1
        )


def test_own_seats_are_those_of_the_caller(published):
    own = published_seats.list_own_seats(published, by(OFFICER), first=MON, last=THU)
    assert [(unit, its.date, its.site) for unit, its in own] == [
        ("Blue", MON, "home"),
        ("Blue", TUE, "Leeds"),
    ]
    with pytest.raises(Forbidden):
        published_seats.list_own_seats(published, by(RED_MANAGER), first=MON, last=THU)


def test_officers_are_known_in_full_to_managers_of_their_team(published):
    def known(rights):
        everybody = colleagues.list_colleagues(published, by(rights), unit="Blue")
        return [(its.staff_no, its.officer is not None) for its in everybody]

    assert known(OFFICER) == [("ann", False), ("bob", False), ("cat", False)]
    assert known(RED_MANAGER) == [("ann", False), ("bob", False), ("cat", True)]
    with pytest.raises(Forbidden):
        known(STRANGER)


def test_who_has_left_is_not_listed(published):
    later = Act("somebody", "a test", EARLIER.at.replace(year=2028), OFFICER)
    told = colleagues.list_colleagues(published, later, unit="Blue")
    assert [its.staff_no for its in told] == ["ann", "cat"]


def test_drafts_are_for_managers(published):
    draft_edits.move(published, EARLIER, unit="Blue", staff_no="ann", day=TUE, site="home")
    (head,) = drafts.list_heads(published, by(RED_MANAGER), unit="Blue")
    assert (head.period.first, head.revision) == (MON, 2)
    with pytest.raises(Forbidden):
        drafts.list_heads(published, by(OFFICER), unit="Blue")


def test_findings_of_what_is_published_are_for_managers(published):
    assert findings.load_of_published(published, EARLIER, unit="Blue").left_out == 0
    with pytest.raises(Forbidden):
        findings.load_of_published(published, by(OFFICER), unit="Blue")


def test_the_vitals_are_counts(published):
    told = health_metrics.read_health_figures(published, at=EARLIER.at, lease=LEASE)
    assert (told.runs, told.messages, told.workers) == (
        {"done": 1},
        {"no address": 3},
        0,
    )
    assert told.night_begun_at is None
    health_metrics.must_be_ready(published)
