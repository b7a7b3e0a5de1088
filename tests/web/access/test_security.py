"""What protects people from those who mean ill: headers, tokens of forms, cookies and sessions."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from rota import logs
from rota.services.access.act import Act
from rota.services.accounts import passwords, users
from rota.services.accounts.passwords import hash_password
from rota.services.accounts.throttle import Slowing
from rota.store.databases.database import Database
from rota.store.units.rows import table_of
from rota.tables import UserTable
from tests.rota.services.ledger import ledger
from tests.web.conftest import town_at
from tests.web.places import places
from tests.web.town import NOW, PASSWORD, email_of
from web import journal
from web.app import LARGEST_UPLOAD

ROOT = Path(__file__).parents[3] / "web"
ACT = Act("a test", "a test", NOW)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def guarded(town):
    """The town with tokens of forms, as it is for everybody."""
    town.app.config["WTF_CSRF_CHECK_DEFAULT"] = True
    return town


@pytest.fixture
def private(town_file, tmp_path):
    """The town behind HTTPS."""
    with town_at(town_file, tmp_path, public_url="https://rota.example.org") as town:
        yield town


def sign_in(client, who="officer", password=PASSWORD, **options):
    """Sign in by the form, with its token."""
    told = {"email": email_of(who), "password": password, "csrf_token": token_in(client)}
    return client.post("/sign-in", data=told, **options)


def token_in(client, address="/sign-in"):
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    return found[1]


def unlike(answer, headers=HEADERS):
    """The headers that are not as they should be."""
    return {
        name: answer.headers.get(name)
        for name, its in headers.items()
        if answer.headers.get(name) != its
    }


# Headers.


def test_every_page_tells_browsers_what_it_may_do_and_is_not_kept(town):
    clients = {}
    faults = {}
    for _, who, address in places(town.app):
        client = clients.setdefault(who, town.as_(who))
        answer = client.get(address)
        if told := unlike(answer, {**HEADERS, "Cache-Control": "no-store"}):
            faults[address] = told
    assert faults == {}


def test_so_do_errors_refusals_files_and_the_api(town):
    town.app.view_functions["home"] = lambda: 1 / 0
    officer = town.as_("officer")
    for client, address, status in (
        (officer, "/", 500),
        (officer, "/nowhere", 404),
        (officer, "/admin/users", 403),
        (officer, "/tokens/1/revoke", 405),
        (town.as_(None), "/my-rota", 303),
        (officer, "/static/joined/rota.css", 200),
        (officer, "/api/v1/units", 401),
        (officer, "/health", 200),
    ):
        with client.get(address) as answer:
            assert (answer.status_code, unlike(answer)) == (status, {})


def test_browsers_that_came_by_https_come_by_https_again(town, private):
    name = "Strict-Transport-Security"
    assert name not in town.as_(None).get("/sign-in").headers
    told = private.as_(None).get("/sign-in").headers[name]
    assert told == "max-age=31536000"


# Tokens of forms.


def posts(app):
    """Every address to which a browser can send a form."""
    parts = {"unit_id": 1, "table": "officers", "staff_no": "102", "name": "0" * 32}
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and not rule.endpoint.startswith("api."):
            with app.test_request_context():
                yield rule.build({name: parts.get(name, 1) for name in rule.arguments})[1]


@pytest.mark.parametrize("who", [None, "red_manager", "administrator"])
def test_no_form_is_taken_without_its_token_or_with_another_s(guarded, who):
    before = changing(guarded.database)
    client, other = guarded.as_(who), guarded.as_(who)
    client.get("/sign-in")
    theirs = token_in(other, "/password" if who else "/sign-in")
    for address in posts(guarded.app):
        for told in ({}, {"csrf_token": "made up"}, {"csrf_token": theirs}):
            answer = client.post(address, data=told)
            assert (address, answer.status_code) == (address, 400)
            assert "Go back and try again" in answer.text
    assert changing(guarded.database) == before


def changing(database):
    """All rows but those of sessions, which say when somebody was seen."""
    return {
        name: rows for name, rows in ledger(database).items() if name not in ("session", "audit")
    }


def test_every_form_of_every_page_has_its_token(guarded):
    clients = {}
    bare = {}
    for _, who, address in places(guarded.app):
        client = clients.setdefault(who, guarded.as_(who))
        forms = re.findall(r"<form\b.*?</form>", client.get(address).text, re.S)
        sent = [form for form in forms if re.match(r'<form[^>]*method="post"', form)]
        if any('name="csrf_token"' not in form for form in sent):
            bare[address] = sent
    assert bare == {}


def test_signing_in_makes_the_tokens_of_before_worthless(guarded):
    client = guarded.as_(None)
    before = token_in(client)
    assert sign_in(client).status_code == 303
    told = {"name": "x", "scopes": "rota:read", "days": "30", "password": PASSWORD}
    told["csrf_token"] = before
    assert client.post("/tokens", data=told).status_code == 400
    told["csrf_token"] = token_in(client, "/tokens")
    assert client.post("/tokens", data=told).status_code == 201


# Cookies.


EXPIRES = "Expires="
"""An attribute whose value depends on when the test runs."""


def cookies_of(answer):
    """The cookies that an answer sets, with their attributes, but without their values."""
    for line in answer.headers.getlist("Set-Cookie"):
        first, *attributes = line.split("; ")
        told = (EXPIRES if its.startswith(EXPIRES) else its for its in attributes)
        yield first.partition("=")[0], frozenset(told)


def test_the_cookies_are_for_this_server_and_no_script_reads_them(guarded):
    client = guarded.as_(None)
    kept = dict(cookies_of(sign_in(client)))
    assert kept["rota"] == {"HttpOnly", "Path=/", "SameSite=Lax"}
    assert kept["rota-known"] == {*kept["rota"], "Max-Age=15552000", EXPIRES}
    form = dict(cookies_of(guarded.as_(None).get("/sign-in")))
    assert form["rota-form"] == {"HttpOnly", "Path=/", "SameSite=Lax"}


def test_behind_https_the_cookies_are_bound_to_it(private):
    client = private.as_(None)
    there = {"base_url": "https://rota.example.org"}
    page = client.get("/sign-in", **there)
    assert dict(cookies_of(page))["rota-form"] == {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"}
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    told = {"email": email_of("officer"), "password": PASSWORD, "csrf_token": token}
    kept = dict(cookies_of(client.post("/sign-in", data=told, **there)))
    assert kept["__Host-rota"] == {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"}
    assert {*kept["__Host-rota-known"]} > kept["__Host-rota"]
    assert "rota" not in kept


def test_signing_out_has_the_browser_forget_the_cookie(town):
    (cookie,) = (
        line
        for line in town.as_("officer").post("/sign-out").headers.getlist("Set-Cookie")
        if line.startswith("rota=")
    )
    assert cookie.startswith("rota=;")
    assert "Max-Age=0" in cookie


# Sessions.


def test_a_secret_that_somebody_else_chose_is_never_taken_over(town):
    client = town.as_(None)
    client.set_cookie("rota", "chosen by somebody else")
    told = {"email": email_of("officer"), "password": PASSWORD}
    assert client.post("/sign-in", data=told).status_code == 303
    assert client.get_cookie("rota").value != "chosen by somebody else"
    other = town.as_(None)
    other.set_cookie("rota", "chosen by somebody else")
    assert other.get("/tokens").status_code == 303


def test_the_secret_of_a_session_is_kept_nowhere(town):
    secret = town.secret_of("officer")
    assert secret not in str(ledger(town.database))


def test_a_session_that_is_not_used_ends_in_an_hour(town):
    client = town.as_("officer")
    town.clock.now = NOW + timedelta(minutes=59)
    assert client.get("/tokens").status_code == 200
    town.clock.now += timedelta(minutes=60)
    answer = client.get("/tokens")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/tokens")


def test_a_session_ends_in_twelve_hours(town):
    client = town.as_("officer")
    for n in range(1, 24):
        town.clock.now = NOW + timedelta(minutes=30 * n)
        assert client.get("/tokens").status_code == 200
    town.clock.now = NOW + timedelta(hours=12)
    assert client.get("/tokens").status_code == 303


def test_a_changed_password_ends_the_sessions_elsewhere(town):
    here, there = town.as_("officer"), town.as_("officer")
    told = {"old": PASSWORD, "new": "granite lantern teapot"}
    assert here.post("/password", data=told).status_code == 303
    assert here.get("/tokens").status_code == 200
    assert there.get("/tokens").status_code == 303


def test_what_was_sent_without_being_signed_in_is_not_done(town):
    before = ledger(town.database)
    for address in posts(town.app):
        if not address.startswith(("/sign-", "/sso")):
            assert town.as_(None).post(address).status_code == 303
    assert ledger(town.database) == before


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(town):
    answer = town.as_(None).get("/tokens", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in")


# Guessing.


@pytest.fixture
def strangers(town):
    """Four who are refused for four reasons."""
    number = users.find_by_email(town.database, ACT, email=email_of("head")).id
    users.deactivate(town.database, ACT, user_id=number)
    user = table_of(UserTable)
    with town.database.writing() as connection:
        its = user.c.email == email_of("region")
        connection.execute(update(user).values(password_hash=hash_password(PASSWORD)))
        connection.execute(update(user).where(its).values(password_hash=None))
    return {
        "who has another password": ("officer", "wrong"),
        "who is deactivated": ("head", PASSWORD),
        "who has no password": ("region", PASSWORD),
        "who is nobody": ("nobody", PASSWORD),
    }


@pytest.mark.usefixtures("slow_passwords")
def test_nobody_learns_who_has_an_account(town, strangers, monkeypatch):
    """The answers are alike but for the name that was entered, and so is the work behind them."""
    verified = []
    verify = passwords._HASHER.verify

    class Counting:
        def __getattr__(self, name):
            return getattr(passwords.PasswordHasher, name)

        def verify(self, kept, password):
            verified.append(kept)
            return verify(kept, password)

    passwords._hash_of_nobody()
    monkeypatch.setattr(passwords, "_HASHER", Counting())
    told = set()
    for who, password in strangers.values():
        verified.clear()
        answer = town.as_(None).post(
            "/sign-in", data={"email": email_of(who), "password": password}
        )
        told.add(
            (
                answer.status_code,
                without_token(answer.text).replace(email_of(who), "…"),
                frozenset(answer.headers.keys()),
                tuple(kept.rpartition("$")[0].rpartition("$")[0] for kept in verified),
            )
        )
    assert len(told) == 1
    ((status, text, _, work),) = told
    assert (status, work) == (422, ("$argon2id$v=19$m=47104,t=1,p=1",))
    assert "Email address or password is not right" in text


def without_token(page):
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def test_nobody_can_go_on_guessing(town):
    client = town.as_(None)
    statuses = [
        client.post("/sign-in", data={"email": email_of(who), "password": "wrong"}).status_code
        for who in ["officer"] * 6 + ["nobody"] * 6
    ]
    assert statuses == [*[422] * 5, 429, *[422] * 5, 429]
    right = {"email": email_of("officer"), "password": PASSWORD}
    assert client.post("/sign-in", data=right).status_code == 429
    town.clock.now = NOW + timedelta(seconds=15)
    assert client.post("/sign-in", data=right).status_code == 303


def test_who_claims_to_be_elsewhere_waits_all_the_same(town, monkeypatch):
    """Headers that a proxy would set count for nothing where the server is not told of one."""
    slowing = Slowing(3, timedelta(seconds=1), timedelta(minutes=1))
    monkeypatch.setattr("rota.services.accounts.throttle.OF_PLACE", slowing)
    statuses = [
        town.as_(None)
        .post(
            "/sign-in",
            data={"email": f"{n}@example.org", "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{n}"},
        )
        .status_code
        for n in range(4)
    ]
    assert statuses == [422, 422, 422, 429]


# Leading elsewhere.


def test_a_made_up_host_leads_nowhere(town):
    told = {"email": email_of("officer"), "password": PASSWORD}
    host = {"base_url": "http://elsewhere.example"}
    answer = town.as_(None).post("/sign-in", data=told, **host)
    assert answer.location == "/"
    assert town.as_(None).get("/tokens", **host).location == "/sign-in?next=/tokens"


# What is sent to us.


def test_what_is_too_large_is_not_taken(town):
    too_large = b"x" * (LARGEST_UPLOAD + 1)
    for address in ("/sign-in", "/units/1/import"):
        answer = town.as_("manager").post(
            address, data=too_large, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 413
        assert "The file is too large" in answer.text


# What nobody may read.


def test_an_error_tells_nothing_of_its_cause(town, capsys):
    logs.configure("console")

    def fail():
        secret = "concealed"
        raise ValueError(f"cannot read /etc/rota/{secret}")

    town.app.view_functions["home"] = fail
    answer = town.as_("officer").get("/")
    assert answer.status_code == 500
    for told in ("ValueError", "/etc/rota", "concealed", "Traceback", ".py"):
        assert told not in answer.text
    assert "cannot read /etc/rota/concealed" in capsys.readouterr().err


def test_a_database_that_fails_is_not_told_of(town_file, tmp_path):
    with town_at(town_file, tmp_path) as town:
        client = town.as_("officer")
        with Database(f"sqlite:///{tmp_path / 'town.db'}").writing() as connection:
            connection.exec_driver_sql("DROP TABLE token")
        answer = client.get("/tokens")
    assert answer.status_code == 503
    for told in ("sqlite", "town.db", "no such table", "token WHERE"):
        assert told not in answer.text


def test_what_was_asked_for_is_not_repeated_as_it_is(town):
    answer = town.as_("officer").get("/<script>alert(1)</script>")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_the_address_of_a_calendar_is_kept_nowhere_and_told_by_no_log(town, capsys):
    logs.configure("console")
    journal.keep(town.app)
    page = town.as_("officer").post("/my-rota/calendar-link").text
    secret = re.search(r"/calendar/([\w-]{43})\.ics", page)[1]
    assert secret not in str(ledger(town.database))
    address = f"/calendar/{secret}.ics"
    assert town.as_(None).get(address).status_code == 200
    town.app.view_functions["calendar.feed"] = lambda secret: 1 / 0  # noqa: ARG005
    assert town.as_(None).get(address).status_code == 500
    log = capsys.readouterr().err
    assert log.count("GET /calendar/….ics") == 2
    assert log.count("path=/calendar/….ics") == 1
    assert secret not in log


def test_an_address_where_no_page_is_keeps_its_secret_and_is_one_line_of_the_log(town, capsys):
    logs.configure("console")
    journal.keep(town.app)
    client = town.as_(None)
    for address in ("/calendar/My-Secret", "/calendar/My-Secret.ics/", "/calendar/My/Secret.ics"):
        assert client.get(address).status_code == 404
    assert client.get("/x%0a2027-01-12T09:00:00Z GET /admin/users").status_code == 404
    log = capsys.readouterr().err
    assert "ecret" not in log
    assert log.count("GET /calendar/… ") == 1
    assert log.count("GET /calendar/….ics ") == 1
    assert log.count("GET /calendar/….ics/ ") == 1
    assert log.count("GET /x%0A2027-01-12T09%3A00%3A00Z%20GET%20/admin/users") == 1
    assert len(log.splitlines()) == 4


# What our own templates and programs hold.


def sources(*endings):
    for path in ROOT.rglob("*"):
        is_ours = not {"node_modules", "files"} & {*path.relative_to(ROOT).parts}
        if is_ours and path.suffix in endings:
            yield path, path.read_text(encoding="utf-8")


INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"'{]|javascript:|\|\s*safe\b|"
    r"autoescape|hx-on|hx-vals=[\"']js:",
    re.I,
)
ELSEWHERE = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.I)


def test_no_template_has_scripts_or_styles_within_it_or_escapes_nothing():
    found = {
        path.name: INLINE.findall(text) + ELSEWHERE.findall(text)
        for path, text in sources(".html", ".svg", ".j2")
    }
    assert len(found) > 20
    assert {name: its for name, its in found.items() if its} == {}


def test_no_script_of_ours_runs_text_or_asks_elsewhere():
    danger = re.compile(r"\beval\(|new Function|document\.write|https?://")
    found = {path.name: danger.findall(text) for path, text in sources(".js")}
    assert {name: its for name, its in found.items() if its} == {}


def test_no_program_of_the_pages_turns_their_guards_off():
    danger = re.compile(r"csrf\.exempt|render_template_string|Markup\(request|verify=False")
    found = {path.name: danger.findall(text) for path, text in sources(".py")}
    assert {name: its for name, its in found.items() if its} == {}
