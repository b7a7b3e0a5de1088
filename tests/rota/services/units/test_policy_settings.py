"""The policy of a unit, looked at and changed setting by setting."""

from dataclasses import replace
from datetime import date

import pytest

from rota.domain import Policy, list_settings
from rota.errors import BadInput, Conflict, Forbidden
from rota.rules import RULES
from rota.services.access.audit_details import ChangedSetting
from rota.services.units import policy_settings
from rota.services.units.policy_settings import EarlierValue
from rota.store.databases.database import Database
from rota.store.units import units
from rota.writing.policy_texts import build_policy_texts
from tests.rota.services.access.test_record_rights import (
    ADMINISTRATOR,
    ANN,
    HEAD,
    OF_ALL,
    OF_BLUE,
    PROBLEM,
)
from tests.rota.services.example import ON_SQLITE, revision
from tests.rota.services.ledger import grown, ledger
from tests.rota_text import MON
from tests.stored import act, audited, keep

POLICY = Policy(start=MON, weeks=2, counts=("court", "office"), weights={"desks": 3, "links": 0})


@pytest.fixture
def blue(database) -> Database:
    keep(database, "Blue", PROBLEM.unit, POLICY)
    return database


def shown(database, doer=OF_ALL):
    return policy_settings.load_policy_page(database, doer, unit="Blue")


def change(database, doer=OF_ALL, seal=None, since=None, **texts):
    texts = {name.replace("__", ".").replace("_of_", "-"): text for name, text in texts.items()}
    seal = seal or shown(database).seal
    return policy_settings.change_policy(
        database, doer, unit="Blue", texts=texts, seal=seal, since=since
    )


def policy(database):
    with database.reading() as connection:
        unit = units.find(connection, "Blue")
        assert unit is not None
        return unit.policy


def told(database):
    return {its.name: its for its in shown(database).settings}


@ON_SQLITE
def test_every_setting_is_told_with_its_meaning_what_it_may_be_and_its_default(blue):
    its = told(blue)
    assert list(its) == [name for name in list_settings() if name != "weights"]
    assert (its["weeks"].value, its["weeks"].default) == ("2", "4")
    assert its["weeks"].help == "weeks in the period"
    assert its["weeks"].allows == "a whole number from 1 to 53"
    assert its["over"].choices == ("period", "week", *map(str, range(1, 54)))
    assert not its["over"].is_list
    assert (its["counts"].value, its["counts"].default) == ("court;office", "office")
    assert its["counts"].choices == ("office", "court", "partner", "prison", "home")
    assert its["counts"].is_list
    assert its["start"].allows == "a Monday, a date (2027-01-04 or 04/01/2027)"
    # The example acts on 30 December 2026, a Wednesday.
    assert (its["start"].value, its["start"].default) == ("2027-01-04", "2027-01-04")


@ON_SQLITE
def test_every_rule_is_told_with_its_weight(blue):
    weights = {its.rule.key: its.weight for its in shown(blue).weights}
    usual = {rule.key: rule.weight for rule in RULES}
    assert weights == {**usual, "desks": 3, "links": 0}
    assert shown(blue).weights[0].name == "weights.desks"


def test_settings_are_changed_counted_and_audited(blue):
    before, was = ledger(blue), revision(blue)
    assert change(blue, weeks="3", counts="office", over="Week") == (
        ChangedSetting("weeks", 2, 3),
        ChangedSetting("over", "period", "week"),
        ChangedSetting("counts", ("court", "office"), ("office",)),
    )
    assert policy(blue) == replace(POLICY, weeks=3, counts=("office",), over="week")
    assert grown(before, blue) == {"unit", "earlier_terms", "audit"}
    assert revision(blue) == was + 1
    entry = audited(blue)[0]
    assert entry.what == "changed policy"
    # The example acts on a Wednesday, and weeks are judged by it from the next Monday on.
    assert entry.after == {
        "policy": {"weeks": 3, "over": "week", "counts": ["office"]},
        "since": "2027-01-04",
    }


@ON_SQLITE
def test_a_blank_setting_has_its_default(blue):
    change(blue, weeks="", counts="", weights__desks=" ")
    assert policy(blue) == replace(POLICY, weeks=4, counts=("office",), weights={"links": 0})


@ON_SQLITE
def test_a_list_of_nothing_is_a_semicolon(blue):
    change(blue, counts=";")
    assert policy(blue).counts == ()
    assert told(blue)["counts"].value == ";"
    assert change(blue) == ()


def test_days_off_are_kept_in_their_order(blue):
    assert change(blue, days_off="15/1/2027; 2027-01-08;2027-01-15") == (
        ChangedSetting("days_off", (), (date(2027, 1, 8), date(2027, 1, 15))),
    )
    assert policy(blue).days_off == (date(2027, 1, 8), date(2027, 1, 15))
    assert told(blue)["days_off"].value == "2027-01-08;2027-01-15"
    assert audited(blue)[0].after == {
        "policy": {"days_off": ["2027-01-08", "2027-01-15"]},
        "since": "2027-01-04",
    }
    assert policy_settings.list_days_off(blue, OF_ALL, unit="Blue") == policy(blue).days_off
    change(blue, days_off="")
    assert policy(blue).days_off == ()


@ON_SQLITE
def test_a_weight_that_is_the_rule_s_own_is_not_kept(blue):
    change(blue, weights__desks="1", weights__links="2", weights__supervision="0")
    assert policy(blue).weights == {"supervision": 0}


@ON_SQLITE
def test_a_change_that_changes_nothing_is_not_kept(blue):
    before = ledger(blue)
    assert change(blue, **build_policy_texts(POLICY)) == ()
    assert ledger(blue) == before


@ON_SQLITE
def test_everything_that_is_wrong_is_told_and_nothing_kept(blue):
    before = ledger(blue)
    with pytest.raises(BadInput) as error:
        change(
            blue,
            start="5/1/2027",
            weeks="0",
            office_percent="sixty",
            over="weak",
            counts="office;sofa",
            weights__desks="-1",
            weights__desk="1",
            weekz="1",
        )
    assert sorted(str(fault) for fault in error.value.faults) == [
        "policy, counts: sofa is not one of office, court, partner, prison, home.",
        "policy, office_percent: sixty is not a whole number from 0 to 100.",
        "policy, over: weak is not one of period, week, or a whole number from 1 to 53. "
        "Maybe week?",
        "policy, start: 5/1/2027 is not a Monday. Maybe 2027-01-04 or 2027-01-11?",
        "policy, weeks: 0 is not a whole number from 1 to 53.",
        "policy, weekz: there is no such setting. Maybe weeks?",
        "policy, weights.desk: there is no such rule. Maybe desks?",
        "policy, weights.desks: -1 is not a whole number from 0 to 1000.",
    ]
    assert ledger(blue) == before


def test_of_two_changes_the_second_is_refused(blue):
    seal = shown(blue).seal
    change(blue, weeks="3")
    before = ledger(blue)
    with pytest.raises(Conflict, match="Somebody changed the policy since you opened it"):
        change(blue, seal=seal, weeks="5")
    assert ledger(blue) == before


@ON_SQLITE
def test_the_policy_is_read_by_heads_and_managers_and_changed_by_those_of_the_whole_unit(blue):
    assert (shown(blue).may_change, shown(blue, OF_BLUE).may_change) == (True, False)
    assert shown(blue, HEAD) == shown(blue, OF_BLUE)
    for doer in (ANN, ADMINISTRATOR):
        with pytest.raises(Forbidden):
            shown(blue, doer)
    for doer in (OF_BLUE, HEAD, ANN):
        with pytest.raises(Forbidden):
            change(blue, doer, weeks="3")
    assert policy(blue) == POLICY


def test_the_texts_of_a_policy_read_as_the_same():
    assert build_policy_texts(Policy(start=date(2027, 1, 4), counts=()))["counts"] == ";"
    assert build_policy_texts(POLICY)["weights.links"] == "0"


def find_earlier(database, name, doer=OF_ALL):
    (setting,) = (its for its in shown(database, doer).settings if its.name == name)
    return setting.earlier


@ON_SQLITE
def test_a_change_holds_from_the_next_monday_unless_another_is_told(blue):
    assert shown(blue).next_monday == MON
    change(blue, office_percent="50")
    change(blue, office_percent="40", since=date(2027, 1, 18))
    assert find_earlier(blue, "office_percent") == (
        EarlierValue("60", MON),
        EarlierValue("50", date(2027, 1, 18)),
    )
    assert find_earlier(blue, "home_days_per_week") == ()
    assert shown(blue).weights[0].earlier == ()


@ON_SQLITE
def test_a_day_that_is_no_monday_is_refused(blue):
    before = ledger(blue)
    with pytest.raises(BadInput) as refused:
        change(blue, office_percent="50", since=date(2027, 1, 12))
    (fault,) = refused.value.faults
    assert (fault.column, fault.value) == ("from", "2027-01-12")
    assert fault.says == "is not a Monday"
    assert fault.maybe == "2027-01-11 or 2027-01-18"
    assert ledger(blue) == before


@ON_SQLITE
def test_how_to_plan_and_publish_changes_at_once(blue):
    before = ledger(blue)
    change(blue, notice_days="3", start="11/1/2027", since=date(2027, 1, 18))
    assert grown(before, blue) == {"unit", "audit"}
    assert "since" not in audited(blue)[0].after
    change(blue, office_percent="50", notice_days="4", since=date(2027, 1, 18))
    assert find_earlier(blue, "notice_days") == ()


@ON_SQLITE
def test_weights_are_told_with_what_they_were(blue):
    change(blue, weights__desks="5", since=date(2027, 1, 18))
    (desks,) = (its for its in shown(blue).weights if its.rule.key == "desks")
    assert (desks.weight, desks.earlier) == (5, (EarlierValue("3", date(2027, 1, 18)),))
    (links,) = (its for its in shown(blue).weights if its.rule.key == "links")
    assert (links.weight, links.earlier) == (0, ())


@ON_SQLITE
@pytest.mark.parametrize(
    ("today", "is_told"),
    [
        # Periods of two weeks begin on 4 and 18 January, and on 1 February.
        (date(2027, 1, 12), True),
        (date(2027, 2, 14), True),
        (date(2027, 2, 15), False),
    ],
)
def test_what_was_before_is_told_until_the_end_of_the_next_period(blue, today, is_told):
    change(blue, office_percent="50", since=date(2027, 1, 18))
    later = replace(OF_ALL, at=act(today).at)
    assert bool(find_earlier(blue, "office_percent", later)) is is_told
