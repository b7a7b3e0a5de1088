"""What each role allows, question by question, in their unit Blue and in another."""

import pytest

from rota.errors import Forbidden
from rota.services.access.rights import OPERATOR, Grant, Rights, Role

OFFICER = Rights((Grant(Role.OFFICER, 1, "Blue", staff_no="ann"),))
OF_TEAM = Rights((Grant(Role.MANAGER, 1, "Blue", team="Red"),))
MANAGER = Rights((Grant(Role.MANAGER, 1, "Blue"),))
HEAD = Rights((Grant(Role.HEAD, 1, "Blue"),))
BOSS = Rights((Grant(Role.ADMINISTRATOR),))
SEVERAL = Rights((*OFFICER.grants, *OF_TEAM.grants, Grant(Role.HEAD, 2, "Green")))
NOBODY = Rights()

QUESTIONS = {
    "see": (lambda rights, unit: rights.must_see(unit), {OFFICER, OF_TEAM, MANAGER, HEAD, SEVERAL}),
    "manage any team": (lambda rights, unit: rights.must_manage(unit), {OF_TEAM, MANAGER, SEVERAL}),
    "manage Red": (
        lambda rights, unit: rights.must_manage(unit, "Red"),
        {OF_TEAM, MANAGER, SEVERAL},
    ),
    "manage another team": (lambda rights, unit: rights.must_manage(unit, "Tan"), {MANAGER}),
    "manage all": (lambda rights, unit: rights.must_manage_whole(unit), {MANAGER}),
    "know figures": (
        lambda rights, unit: rights.must_know_figures(unit),
        {OF_TEAM, MANAGER, HEAD, SEVERAL},
    ),
    "know the policy": (
        lambda rights, unit: rights.must_know_policy(unit),
        {OF_TEAM, MANAGER, HEAD, SEVERAL},
    ),
    "audit": (lambda rights, unit: rights.must_audit(unit), {MANAGER, HEAD}),
    "be Ann": (lambda rights, unit: rights.must_be(unit, "ann"), {OFFICER, SEVERAL}),
    "be Bob": (lambda rights, unit: rights.must_be(unit, "bob"), set()),
}
"""Each question, and who may in the unit Blue."""

EVERYBODY = (OFFICER, OF_TEAM, MANAGER, HEAD, BOSS, SEVERAL, NOBODY)


def may(question, rights, unit):
    try:
        question(rights, unit)
    except Forbidden:
        return False
    return True


@pytest.mark.parametrize("what", QUESTIONS)
def test_a_role_allows_what_it_is_for_and_no_more(what):
    question, allowed = QUESTIONS[what]
    assert {rights for rights in EVERYBODY if may(question, rights, "Blue")} == allowed


@pytest.mark.parametrize("what", QUESTIONS)
def test_a_role_in_one_unit_is_none_in_another(what):
    question, _ = QUESTIONS[what]
    allowed = {rights for rights in EVERYBODY if may(question, rights, "Green")}
    for_heads = ("see", "oversee", "know figures", "know the policy", "audit")
    assert allowed == ({SEVERAL} if what in for_heads else set())


@pytest.mark.parametrize("what", QUESTIONS)
def test_an_operator_may_do_everything(what):
    question, _ = QUESTIONS[what]
    assert may(question, OPERATOR, "Blue")


def test_only_administrators_and_operators_administer():
    allowed = {rights for rights in (*EVERYBODY, OPERATOR) if rights.is_administrator}
    assert allowed == {BOSS, OPERATOR}


def test_a_refusal_says_what_and_whom_to_ask():
    with pytest.raises(Forbidden) as error:
        HEAD.must_manage("Blue", "Red")
    says = "You may not manage the team Red of Blue. Ask an administrator if you should."
    assert str(error.value) == says


def test_units_and_own_numbers_are_those_of_the_roles():
    assert SEVERAL.units == {1: "Blue", 2: "Green"}
    assert SEVERAL.own == {"Blue": "ann"}
    assert BOSS.units == BOSS.own == {}
