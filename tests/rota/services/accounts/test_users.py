"""Looking after users: who there is, what they are, and who may say so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rota.errors import BadInput, Conflict, Forbidden, NotFound
from rota.services.access.rights import Grant, Rights, Role
from rota.services.accounts import sessions, signing_in, tokens, users
from rota.services.accounts.passwords import WeakPassword
from rota.services.accounts.roles import describe_role, grant, revoke
from rota.services.accounts.signing_in import SignInRefused
from rota.services.my_rota import calendar_links
from tests.rota.services.example import ON_SQLITE, keep
from tests.rota.services.ledger import ledger
from tests.rota.services.sample_accounts import GOOD, NINE, PLACE, doing, keep_user

BOSS = doing("boss@example.org", rights=Rights((Grant(Role.ADMINISTRATOR),)))
ANA = "ana@example.org"
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     .   .   .   .   .
Bob     .   .   .   .   .
"""


def blue(role, **where):
    """A role in the unit Blue."""
    return Grant(role, unit="Blue", **where)


ANN = blue(Role.OFFICER, staff_no="ann")


@pytest.fixture
def boss(database):
    """The number of an administrator."""
    number = keep_user(database, "boss@example.org", name="Boss")
    grant(database, doing(), user_id=number, role=Grant(Role.ADMINISTRATOR))
    return number


def refused(kind, service, database, **options):
    with pytest.raises(kind) as error:
        service(database, BOSS, **options)
    return str(error.value)


def sign_in(database, email, password):
    return signing_in.sign_in(database, email=email, password=password, place=PLACE, at=NINE)


def who(database, secret):
    return sessions.find_signed_in_user(database, secret=secret, at=NINE)


def add(database, email=ANA, **options):
    return users.add(database, BOSS, email=email, **{"name": "Ana Bell", **options})


def roles(database, number):
    return [describe_role(its) for its in users.find(database, BOSS, user_id=number).roles]


def deeds(database):
    return [
        (row["who"], row["what"], row["before"], row["after"])
        for row in ledger(database)["audit"]
        if row["who"] == "boss@example.org"
    ]


def test_a_new_user_gets_a_password_for_once(database):
    added = add(database, " ANA@Example.org ", name=" Ana Bell ")
    assert len(added.password) == 19  # Four groups of four and three hyphens.
    user = who(database, sign_in(database, ANA, added.password))
    assert (user.id, user.email, user.name) == (added.id, ANA, "Ana Bell")
    assert user.must_change_password
    assert user.rights == Rights()
    assert added.password not in str(ledger(database))
    assert deeds(database) == [
        ("boss@example.org", "added a user", None, {"user": ANA, "name": "Ana Bell"})
    ]


def test_a_password_for_once_is_good_for_a_week(database):
    number = add(database).id
    until = NINE + timedelta(days=7)
    assert users.find(database, BOSS, user_id=number).password_ends_at == until
    users.reset_password(database, replace(BOSS, at=NINE + timedelta(days=9)), user_id=number)
    later = NINE + timedelta(days=16)
    assert users.find(database, BOSS, user_id=number).password_ends_at == later
    own = add(database, "bob@example.org", name="Bob Birch", password=GOOD)
    assert users.find(database, BOSS, user_id=own.id).password_ends_at is None


def test_a_user_who_comes_back_has_the_tokens_and_sessions_of_before_no_more(database):
    added = add(database, password=GOOD)
    told = {"name": "a program", "scopes": ["rota:read"], "good_for": tokens.LONGEST}
    token = tokens.make(database, doing(), user_id=added.id, **told)
    secret = sign_in(database, ANA, GOOD)
    users.deactivate(database, BOSS, user_id=added.id)
    users.activate(database, BOSS, user_id=added.id)
    assert tokens.find_bearer(database, secret=token, at=NINE) is None
    assert who(database, secret) is None
    (kept,) = tokens.list_tokens(database, doing(), user_id=added.id)
    assert kept.revoked_at == NINE


def test_a_new_user_may_have_a_role_at_once_or_there_is_no_such_user(database):
    keep(database, CHART)
    stranger = {"email": ANA, "name": "Ana", "role": blue(Role.OFFICER, staff_no="zoe")}
    refused(BadInput, users.add, database, **stranger)
    assert ledger(database)["user_account"] == ()
    added = add(database, role=ANN)
    assert roles(database, added.id) == ["officer ann of Blue"]
    assert [what for _, what, *_ in deeds(database)] == ["added a user", "granted a role"]


def test_a_new_user_may_come_with_a_password_or_without(database):
    given = add(database, password=GOOD)
    assert given.password is None
    assert not who(database, sign_in(database, ANA, GOOD)).must_change_password
    without = add(database, "sso@example.org", needs_password=False)
    assert without.password is None
    assert not users.find(database, BOSS, user_id=without.id).has_password


@ON_SQLITE
def test_all_that_is_wrong_with_a_new_user_is_told_at_once(database):
    assert refused(BadInput, users.add, database, email="Ana", name=" ").splitlines() == [
        "email: ana is not an email address like name@example.com.",
        "name:  must be a name of 1 to 100 characters.",
    ]
    weak = {"email": ANA, "name": "Ana Bell", "password": "ana bell 2027!"}
    says = "Password must not include your name or email address"
    assert refused(WeakPassword, users.add, database, **weak) == says
    add(database)
    taken = refused(BadInput, users.add, database, email="Ana@example.org", name="Ana")
    assert taken == "email: ana@example.org belongs to another user."
    assert len(ledger(database)["user_account"]) == 1


def test_users_are_found_by_parts_of_their_names_and_addresses(database):
    for n in range(3):
        add(database, f"a{n}@example.org", name=f"Ana_{n}")
    add(database, "b@example.org", name="Bob 100%")

    def found(search):
        page = users.list_users(database, BOSS, search=search)
        return [its.email for its in page.users]

    assert found("") == [*(f"a{n}@example.org" for n in range(3)), "b@example.org"]
    assert found(" ANA_1 ") == ["a1@example.org"]
    assert found("B@EX") == ["b@example.org"]
    assert found("0%") == ["b@example.org"]
    assert found("_") == [f"a{n}@example.org" for n in range(3)]
    assert found("zoe") == found("\0zoe") == []


@ON_SQLITE
def test_users_are_listed_fifty_to_a_page(database):
    keep(database, CHART)
    for n in range(101):
        keep_user(database, f"u{n:03}@example.org", name="U", password=None)
    first = users.list_users(database, BOSS).users[0]
    grant(database, BOSS, user_id=first.id, role=blue(Role.MANAGER))
    grant(database, BOSS, user_id=first.id, role=blue(Role.HEAD))
    pages = [users.list_users(database, BOSS, page=n) for n in (0, 1, 2, 3, 4)]
    assert [len(its.users) for its in pages] == [50, 50, 50, 1, 0]
    assert {(its.total, its.pages) for its in pages} == {(101, 3)}
    assert [its.number for its in pages] == [1, 1, 2, 3, 4]
    assert pages[3].users[0].email == "u100@example.org"
    assert len(pages[1].users[0].roles) == 2


def test_a_user_is_renamed(database):
    added = add(database, password=GOOD)
    add(database, "bob@example.org", name="Bob")
    users.rename(database, BOSS, user_id=added.id, email="Ana.B@example.org", name="Ana Boyd")
    assert who(database, sign_in(database, "ana.b@example.org", GOOD)).name == "Ana Boyd"
    assert deeds(database)[-1][1:] == (
        "renamed a user",
        {"user": ANA, "name": "Ana Bell"},
        {"user": "ana.b@example.org", "name": "Ana Boyd"},
    )
    again = {"user_id": added.id, "email": "bob@example.org", "name": "Ana"}
    says = "email: bob@example.org belongs to another user."
    assert refused(BadInput, users.rename, database, **again) == says
    before = len(deeds(database))
    users.rename(database, BOSS, user_id=added.id, email="ana.b@example.org", name="Ana Boyd")
    assert len(deeds(database)) == before


def test_who_is_deactivated_is_out_and_can_be_let_in_again(database):
    added = add(database, password=GOOD)
    secret = sign_in(database, ANA, GOOD)
    users.deactivate(database, BOSS, user_id=added.id)
    assert who(database, secret) is None
    with pytest.raises(SignInRefused):
        sign_in(database, ANA, GOOD)
    users.activate(database, BOSS, user_id=added.id)
    assert who(database, secret) is None
    assert sign_in(database, ANA, GOOD)
    assert [what for _, what, *_ in deeds(database)] == [
        "added a user",
        "deactivated a user",
        "activated a user",
    ]


def test_a_password_is_reset_to_one_for_once_which_ends_sessions_and_tokens(database):
    added = add(database, password=GOOD)
    secret = sign_in(database, ANA, GOOD)
    token = tokens.make(
        database,
        doing(),
        user_id=added.id,
        name="a program",
        scopes=["rota:read"],
        good_for=tokens.LONGEST,
    )
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in(database, ANA, "forgotten")
    once = users.reset_password(database, BOSS, user_id=added.id)
    assert who(database, secret) is None
    assert tokens.find_bearer(database, secret=token, at=NINE) is None
    with pytest.raises(SignInRefused):
        sign_in(database, ANA, GOOD)
    assert who(database, sign_in(database, ANA, once)).must_change_password


@pytest.mark.usefixtures("boss")
def test_every_role_is_granted_and_revoked(database):
    keep(database, CHART)
    number = add(database).id
    for role in (
        blue(Role.OFFICER, staff_no="ann"),
        blue(Role.MANAGER, team="Blue"),
        blue(Role.MANAGER),
        blue(Role.HEAD),
        Grant(Role.ADMINISTRATOR),
    ):
        grant(database, BOSS, user_id=number, role=role)
    assert roles(database, number) == [
        "officer ann of Blue",
        "manager of Blue in Blue",
        "manager of all teams in Blue",
        "head of Blue",
        "administrator",
    ]
    granted = {"user": ANA, "role": "officer", "unit": "Blue", "staff_no": "ann"}
    assert deeds(database)[1][1:] == ("granted a role", None, granted)
    for role in users.find(database, BOSS, user_id=number).roles:
        revoke(database, BOSS, user_id=number, grant_id=role.id)
        again = {"user_id": number, "grant_id": role.id}
        says = "Ana Bell has no such role any more."
        assert refused(NotFound, revoke, database, **again) == says
    assert roles(database, number) == []
    assert deeds(database)[6][1:] == ("revoked a role", granted, None)
    assert [row["unit_id"] for row in ledger(database)["audit"]][-5:] == [1, 1, 1, 1, None]


@ON_SQLITE
def test_roles_that_cannot_be_are_refused(database):
    keep(database, CHART)
    number = add(database).id
    other = add(database, "bob@example.org", name="Bob").id

    def says(role, user_id=number, **options):
        given = {"user_id": user_id, "role": Grant(Role(role), **options)}
        return refused(BadInput, grant, database, **given).splitlines()

    assert says("officer") == [
        "unit: choose the unit in which they have the role.",
        "staff_no: enter the staff number of the officer they are.",
    ]
    assert says("manager") == ["unit: choose the unit in which they have the role."]
    assert says("administrator", unit="Blue", team="Blue", staff_no="ann") == [
        "unit: Blue is not needed: administrators are there for all.",
        "staff_no: ann is only for officers.",
        "team: Blue is only for managers.",
    ]
    assert says("manager", unit="Blue", team="Bleu") == [
        "team: Bleu is no team of Blue. Maybe Blue?"
    ]
    assert says("officer", unit="Blue", staff_no="anna") == [
        "staff_no: anna is not a staff number in Blue. Maybe ann?"
    ]
    grant(database, BOSS, user_id=number, role=ANN)
    assert says("officer", unit="Blue", staff_no="ann") == ["role: Ana Bell has this role already."]
    assert says("officer", unit="Blue", staff_no="bob") == [
        "staff_no: Ana Bell is officer ann there already."
    ]
    assert says("officer", other, unit="Blue", staff_no="ann") == [
        "staff_no: ann is ana@example.org already."
    ]
    unit = {"user_id": number, "role": Grant(Role.HEAD, unit="Green")}
    assert "Green" in refused(NotFound, grant, database, **unit)
    assert roles(database, number) == ["officer ann of Blue"]


def test_calendars_end_with_the_officer_whose_they_are(database):
    keep(database, CHART)
    number, bob = add(database).id, add(database, "bob@example.org", name="Bob").id
    grant(database, BOSS, user_id=number, role=ANN)
    grant(database, BOSS, user_id=bob, role=blue(Role.OFFICER, staff_no="bob"))

    def link(staff_no):
        return calendar_links.make_link(database, doing(), staff_no=staff_no, unit="Blue")

    def is_there(secret):
        try:
            return bool(calendar_links.load_feed(database, BOSS, secret=secret))
        except NotFound:
            return False

    anns, bobs = link("ann"), link("bob")
    users.deactivate(database, BOSS, user_id=number)
    assert (is_there(anns), is_there(bobs)) == (False, True)
    users.activate(database, BOSS, user_id=number)
    again = link("ann")
    assert (is_there(anns), is_there(again)) == (False, True)
    (role,) = users.find(database, BOSS, user_id=number).roles
    revoke(database, BOSS, user_id=number, grant_id=role.id)
    assert (is_there(again), is_there(bobs)) == (False, True)


@ON_SQLITE
def test_who_was_an_officer_is_not_let_in_again_beside_who_is_now(database):
    keep(database, CHART)
    before, now = add(database).id, add(database, "ann@example.org").id
    grant(database, BOSS, user_id=before, role=ANN)
    users.deactivate(database, BOSS, user_id=before)
    grant(database, BOSS, user_id=now, role=ANN)
    says = "Officer ann of Blue is ann@example.org now."
    assert refused(Conflict, users.activate, database, user_id=before) == says
    users.activate(database, BOSS, user_id=now)


def test_the_last_administrator_stays(database, boss):
    says = "This is the last administrator, without whom nobody could look after users."
    (role,) = users.find(database, BOSS, user_id=boss).roles
    last = {"user_id": boss, "grant_id": role.id}
    assert refused(Conflict, users.deactivate, database, user_id=boss) == says
    assert refused(Conflict, revoke, database, **last) == says
    other = add(database).id
    grant(database, BOSS, user_id=other, role=Grant(Role.ADMINISTRATOR))
    users.deactivate(database, BOSS, user_id=other)
    assert refused(Conflict, revoke, database, **last) == says
    users.activate(database, BOSS, user_id=other)
    revoke(database, BOSS, **last)
    assert refused(Conflict, users.deactivate, database, user_id=other) == says


def test_what_is_not_there_is_told(database):
    for service in (users.find, users.deactivate, users.activate, users.reset_password):
        assert refused(NotFound, service, database, user_id=9) == "There is no such user."
    email = {"email": "Zoe@example.org"}
    says = "There is no user zoe@example.org."
    assert refused(NotFound, users.find_by_email, database, **email) == says


@ON_SQLITE
def test_only_administrators_look_after_users(database):
    manager = Rights((Grant(Role.MANAGER, 1, "Blue"), Grant(Role.HEAD, 1, "Blue")))
    number = add(database).id
    before = ledger(database)
    services = {
        users.list_users: {},
        users.find: {"user_id": number},
        users.find_by_email: {"email": ANA},
        users.add: {"email": "b@example.org", "name": "B"},
        users.rename: {"user_id": number, "email": ANA, "name": "B"},
        users.deactivate: {"user_id": number},
        users.activate: {"user_id": number},
        users.reset_password: {"user_id": number},
        users.forget_outside: {"user_id": number},
        grant: {"user_id": number, "role": Grant(Role.ADMINISTRATOR)},
        revoke: {"user_id": number, "grant_id": 1},
    }
    for rights in (Rights(), manager):
        for service, options in services.items():
            with pytest.raises(Forbidden):
                service(database, doing(rights=rights), **options)
    assert ledger(database) == before
