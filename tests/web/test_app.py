"""The frame of all pages: signing in, the way through, and what errors look like."""

from rota import logs
from rota.store.accounts import users
from tests.web.town import NOW, PASSWORD, email_of


def test_somebody_who_is_not_signed_in_is_asked_to_and_comes_back(town):
    answer = town.as_(None).get("/password")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/password")


def test_one_signs_in_with_name_and_password(town):
    client = town.as_(None)
    assert 'autocomplete="username"' in client.get("/sign-in").text
    told = {"email": email_of("head"), "password": PASSWORD}
    assert client.post("/sign-in", data=told).status_code == 303
    assert "Head" in client.get("/password").text


def test_who_has_no_role_is_told_whom_to_ask(town):
    with town.database.writing() as connection:
        row = {"email": email_of("nobody"), "name": "Nobody", "must_change_password": False}
        users.add(connection, at=NOW, **row)
    answer = town.as_("nobody").get("/")
    assert answer.status_code == 200
    assert '<h1 class="govuk-heading-l">You have no role yet</h1>' in answer.text
    assert "Ask an administrator" in answer.text


def test_an_unknown_page_is_told_as_such(town):
    answer = town.as_("officer").get("/nowhere")
    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_an_error_that_nobody_expected_has_a_reference_that_is_in_the_log(town, capsys):
    logs.configure("json")
    town.app.view_functions["home"] = lambda: 1 / 0
    answer = town.as_("officer").get("/")
    assert answer.status_code == 500
    reference = answer.text.partition("the reference <strong>")[2].partition("<")[0]
    assert len(reference) == 8
    assert reference in capsys.readouterr().err


def test_a_number_that_no_row_can_have_is_the_number_of_no_page(town):
    for number in (2**31, 2**64):
        for who, path in (
            ("administrator", "/admin/users/{}"),
            ("officer", "/asks/{}"),
            ("manager", "/units/1/runs/{}"),
            ("manager", "/units/1/versions/{}/restore"),
            ("manager", "/units/1/records/away/{}"),
        ):
            assert town.as_(who).get(path.format(number)).status_code == 404
