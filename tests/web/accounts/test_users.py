"""The pages on which administrators look after users."""

import re

import pytest

from rota.services.access.act import Act
from rota.services.accounts import signing_in, users
from rota.services.accounts.roles import describe_role
from tests.web.places import MOST_QUERIES
from tests.web.town import NOW, PASSWORD, USERS, email_of

ACT = Act("a test", "a test", NOW)


@pytest.fixture
def boss(town):
    return town.as_("administrator")


def number_of(town, who):
    return users.find_by_email(town.database, ACT, email=email_of(who)).id


def roles(town, who):
    its = users.find_by_email(town.database, ACT, email=email_of(who))
    return [describe_role(role) for role in its.roles]


def followed(client, answer):
    assert answer.status_code == 303
    return client.get(answer.location).text


def shown(answer):
    """The password that the page shows."""
    return re.search(r"<code>([a-z2-9-]{19})</code>", answer.text)[1]


def test_users_are_listed_and_found(boss):
    page = boss.get("/admin/users").text
    assert f"{len(USERS)} users" in page
    assert "Officer 102 of Millbrook" in page
    assert "Manager of all teams in Otherton" in page
    found = boss.get("/admin/users?search=HEAD").text
    assert "1 user found" in found
    assert "head@example.org" in found
    assert "officer@example.org" not in found
    nobody = boss.get("/admin/users?search=<zoe>").text
    assert "No user has “&lt;zoe&gt;” in their name" in nobody
    assert "There are no users on this page" in boss.get("/admin/users?page=9").text
    assert boss.get("/admin/users?page=none").status_code == 200


def test_a_user_is_added_with_a_password_for_once(town, boss):
    told = {"name": "Zoe Zen", "email": "zoe@example.org", "way": "once"}
    answer = boss.post("/admin/users/new", data=told)
    assert answer.status_code == 201
    client = town.as_(None)
    client.post("/sign-in", data={"email": "zoe@example.org", "password": shown(answer)})
    assert "Zoe Zen" in client.get("/password").text
    assert "They have no role" in boss.get(f"/admin/users/{number_of(town, 'zoe')}").text


def test_a_user_of_single_sign_on_is_added_without_a_password(boss):
    told = {"name": "Zoe Zen", "email": "zoe@example.org", "way": "outside"}
    page = followed(boss, boss.post("/admin/users/new", data=told))
    assert "Zoe Zen is added. Now give them a role." in page
    assert "They sign in by single sign-on only." in page


def test_what_is_wrong_with_a_new_user_is_told_beside_its_field(boss):
    answer = boss.post("/admin/users/new", data={"way": "once"})
    assert answer.status_code == 422
    assert 'href="#name">Enter their full name' in answer.text
    assert 'href="#email">Enter their email address' in answer.text
    told = {"name": "Zoe", "email": "head@example.org", "way": "once"}
    answer = boss.post("/admin/users/new", data=told)
    assert answer.status_code == 422
    assert 'href="#email">head@example.org belongs to another user' in answer.text


def test_a_user_is_renamed(town, boss):
    at = f"/admin/users/{number_of(town, 'officer')}"
    told = {"name": "Omar Obi", "email": "omar@example.org"}
    page = followed(boss, boss.post(f"{at}/name", data=told))
    assert '<h1 class="govuk-heading-l">Omar Obi</h1>' in page
    answer = boss.post(f"{at}/name", data={"name": "Omar Obi", "email": "omar"})
    assert answer.status_code == 422
    assert 'href="#email">omar is not an email address like name@example.com' in answer.text
    assert 'value="omar"' in answer.text


def test_roles_are_given_and_taken(town, boss):
    number = number_of(town, "officer")
    at = f"/admin/users/{number}/roles"
    told = {"role": "manager", "unit": "Millbrook", "team": " Red ", "staff_no": ""}
    page = followed(boss, boss.post(at, data=told))
    assert "The role is added." in page
    assert roles(town, "officer") == ["officer 102 of Millbrook", "manager of Red in Millbrook"]
    role = users.find(town.database, ACT, user_id=number).roles[0].id
    page = followed(boss, boss.post(f"{at}/{role}/remove"))
    assert "The role is removed." in page
    assert roles(town, "officer") == ["manager of Red in Millbrook"]
    assert boss.post(f"{at}/{role}/remove").status_code == 404


def test_what_is_wrong_with_a_role_is_told_beside_its_field(town, boss):
    at = f"/admin/users/{number_of(town, 'head')}/roles"
    said = (
        ({}, "#role", "Select a role"),
        ({"role": "officer", "unit": ""}, "#unit", "Choose the unit in which they have the role"),
        ({"role": "officer", "unit": "Millbrook"}, "#staff_no", "Enter the staff number"),
        (
            {"role": "officer", "unit": "Millbrook", "staff_no": "120"},
            "#staff_no",
            "120 is not a staff number in Millbrook. Maybe 102?",
        ),
        (
            {"role": "officer", "unit": "Millbrook", "staff_no": "102"},
            "#staff_no",
            "102 is officer@example.org already",
        ),
        ({"role": "manager", "unit": "Millbrook", "team": "Rad"}, "#team", "Rad is no team"),
        ({"role": "head", "unit": "Millbrook"}, "#role", "Head has this role already"),
        ({"role": "head", "unit": "Nowhere"}, "#unit", "Not a valid choice"),
    )
    for told, where, says in said:
        answer = boss.post(at, data=told)
        assert answer.status_code == 422
        assert f'href="{where}">{says}' in answer.text
    assert roles(town, "head") == ["head of Millbrook"]


def test_who_is_deactivated_is_out_at_once_and_may_come_back(town, boss):
    client = town.as_("officer")
    at = f"/admin/users/{number_of(town, 'officer')}"
    page = followed(boss, boss.post(f"{at}/deactivate"))
    assert "cannot sign in any more" in page
    assert client.get("/tokens").status_code == 303
    told = {"email": email_of("officer"), "password": PASSWORD}
    assert town.as_(None).post("/sign-in", data=told).status_code == 422
    assert "They can sign in again" in followed(boss, boss.post(f"{at}/activate"))
    assert town.as_(None).post("/sign-in", data=told).status_code == 303


def test_a_new_password_is_shown_once(town, boss):
    at = f"/admin/users/{number_of(town, 'officer')}"
    once = shown(boss.post(f"{at}/password"))
    assert once not in boss.get(at).text
    assert "They have to choose a password" in boss.get(at).text
    client = town.as_(None)
    client.post("/sign-in", data={"email": email_of("officer"), "password": once})
    assert client.get("/tokens").location == "/password"


def test_single_sign_on_can_be_made_to_know_somebody_anew(town, boss):
    at = f"/admin/users/{number_of(town, 'officer')}"
    assert "Know them anew" not in boss.get(at).text
    signing_in.sign_in_from_outside(
        town.database,
        subject="me",
        email=email_of("officer"),
        is_email_verified=True,
        place="a test",
        at=NOW,
    )
    assert "Know them anew" in boss.get(at).text
    followed(boss, boss.post(f"{at}/single-sign-on"))
    assert "Know them anew" not in boss.get(at).text


def test_the_last_administrator_stays(town, boss):
    number = number_of(town, "administrator")
    answer = boss.post(f"/admin/users/{number}/deactivate")
    assert answer.status_code == 409
    assert "This is the last administrator" in answer.text
    (role,) = users.find(town.database, ACT, user_id=number).roles
    assert boss.post(f"/admin/users/{number}/roles/{role.id}/remove").status_code == 409


def test_a_user_who_is_not_there_is_told(boss):
    for path in ("", "/deactivate", "/activate", "/password"):
        its = boss.get if not path else boss.post
        assert its(f"/admin/users/999{path}").status_code == 404


def test_no_page_asks_more_than_twelve_times(town, boss):
    for path in ("/admin/users", f"/admin/users/{number_of(town, 'head')}", "/admin/users/new"):
        with town.counting() as asked:
            assert boss.get(path).status_code == 200
        assert len(asked) <= MOST_QUERIES
