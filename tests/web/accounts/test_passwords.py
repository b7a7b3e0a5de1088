"""The page on which a password is changed."""

from datetime import timedelta

from rota.services.access.act import Act
from rota.services.accounts import signing_in, users
from tests.web.town import NOW, PASSWORD, email_of

OTHER = "granite lantern teapot"


def change(client, old=PASSWORD, new=OTHER):
    return client.post("/password", data={"old": old, "new": new})


def test_another_password_signs_out_everywhere_else(town):
    here, there = town.as_("officer"), town.as_("officer")
    answer = change(here)
    assert (answer.status_code, answer.location) == (303, "/password")
    assert "Your password is changed" in here.get("/password").text
    assert there.get("/password").status_code == 303
    told = {"email": email_of("officer"), "password": OTHER}
    assert town.as_(None).post("/sign-in", data=told).status_code == 303


def test_what_is_wrong_is_told_beside_its_field(town):
    client = town.as_("officer")
    said = (
        ("", "", 'href="#old">Enter your current password'),
        (PASSWORD, "", 'href="#new">Enter a new password'),
        ("wrong", OTHER, 'href="#old">Current password is not right'),
        (PASSWORD, "short", 'href="#new">Password must be 12 characters or more'),
        (PASSWORD, "officer example", 'href="#new">Password must not include your name'),
        (PASSWORD, PASSWORD, 'href="#new">New password must be different'),
    )
    for old, new, says in said:
        answer = change(client, old, new)
        assert answer.status_code == 422
        assert says in answer.text
    for _ in range(5):
        change(client, "wrong")
    answer = change(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "15")


def test_who_has_a_password_for_once_can_do_nothing_before_they_change_it(town):
    act = Act("a test", "a test", NOW)
    number = users.find_by_email(town.database, act, email=email_of("officer")).id
    once = users.reset_password(town.database, act, user_id=number)
    client = town.as_(None)
    client.post("/sign-in", data={"email": email_of("officer"), "password": once})
    for path in ("/", "/tokens"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, "/password")
    assert client.post("/tokens").location == "/password"
    assert "good for one time only" in client.get("/password").text
    answer = change(client, once)
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/tokens").status_code == 200


def test_a_password_for_once_ends_after_a_week_and_says_whom_to_ask(town):
    act = Act("a test", "a test", NOW)
    number = users.find_by_email(town.database, act, email=email_of("officer")).id
    once = users.reset_password(town.database, act, user_id=number)
    town.clock.now = NOW + timedelta(days=7)
    told = {"email": email_of("officer"), "password": once}
    answer = town.as_(None).post("/sign-in", data=told)
    assert answer.status_code == 422
    says = "This password was good for 7 days, which are over. Ask an administrator for a new one"
    assert says in answer.text
    assert (
        "ended 19 January 2027 at 9am"
        in town.as_("administrator").get(f"/admin/users/{number}").text
    )


def test_who_signs_in_elsewhere_has_no_password_to_change(town):
    act = Act("a test", "a test", NOW)
    told = {"email": "zoe@example.org", "name": "Zoe Zen", "needs_password": False}
    users.add(town.database, act, **told)
    secret = signing_in.sign_in_from_outside(
        town.database,
        subject="zoe",
        email="zoe@example.org",
        is_email_verified=True,
        place="a test",
        at=NOW,
    )
    client = town.as_(None)
    client.set_cookie("rota", secret)
    page = client.get("/password").text
    assert "You sign in with single sign-on. You have no password here." in page
    assert 'name="old"' not in page
    assert change(client, "anything").status_code == 422
