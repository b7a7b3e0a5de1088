"""Settings: read from the environment, refused in words, and shown without their secrets."""

import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest

from rota.errors import BadInput
from rota.settings import PREFIX, Settings, list_for_display, read_settings
from tests.rota.cli.command import environment

GIVEN = {
    "database_url": ("postgresql+psycopg://mel@host/rota", "postgresql+psycopg://mel@host/rota"),
    "night_at": ("03:15", time(3, 15)),
    "plan_seconds": ("12.5", 12.5),
    "processes": ("3", 3),
    "cluster": ("tls://host.example.org:8786", "tls://host.example.org:8786"),
    "cluster_certificates": ("/srv/certificates", Path("/srv/certificates")),
    "lease_seconds": ("45", 45.0),
    "attempts": ("7", 7),
    "mail_folder": ("/srv/letters", Path("/srv/letters")),
    "smtp_host": ("mail.example.org", "mail.example.org"),
    "smtp_port": ("25", 25),
    "smtp_security": ("tls", "tls"),
    "smtp_user": ("rota", "rota"),
    "smtp_password": ("open sesame", "open sesame"),
    "smtp_timeout": ("5", 5.0),
    "mail_from": ("Rota <rota@example.org>", "Rota <rota@example.org>"),
    "notify_key": ("a-key", "a-key"),
    "notify_template": ("a-template", "a-template"),
    "public_url": ("https://rota.example.org/", "https://rota.example.org"),
    "listen": ("[::1]:8080", "[::1]:8080"),
    "request_seconds": ("20", 20.0),
    "trusted_proxy": ("10.0.0.1", "10.0.0.1"),
    "secret_key": ("a signing key", "a signing key"),
    "sso_issuer": ("https://login.example.org/", "https://login.example.org"),
    "sso_client_id": ("rota", "rota"),
    "sso_client_secret": ("a client secret", "a client secret"),
    "sso_trusts_email": ("yes", True),
    "sso_name": ("Probation login", "Probation login"),
    "api_calls_of_user": ("60", 60),
    "api_calls_of_place": ("300", 300),
    "asks_of_officer": ("5", 5),
    "metrics_token": ("a token", "a token"),
    "log_format": ("json", "json"),
}
"""A text for each setting, and what it is read as."""

SECRETS = {"smtp_password", "notify_key", "secret_key", "sso_client_secret", "metrics_token"}

DEFAULTS = {
    "database_url": "sqlite:///rota.db",
    "night_at": time(2, 30),
    "plan_seconds": 60.0,
    "cluster": "",
    "cluster_certificates": None,
    "lease_seconds": 30.0,
    "attempts": 5,
    "mail_folder": Path("outbox"),
    "smtp_host": "",
    "smtp_port": 587,
    "smtp_security": "starttls",
    "smtp_user": "",
    "smtp_password": "",
    "smtp_timeout": 30.0,
    "mail_from": "rota@localhost",
    "notify_key": "",
    "notify_template": "",
    "public_url": "http://localhost:8000",
    "listen": "127.0.0.1:8000",
    "request_seconds": 60.0,
    "trusted_proxy": "",
    "api_calls_of_user": 600,
    "api_calls_of_place": 3000,
    "asks_of_officer": 50,
    "metrics_token": "",
    "secret_key": "",
    "sso_issuer": "",
    "sso_client_id": "",
    "sso_client_secret": "",
    "sso_trusts_email": False,
    "sso_name": "single sign-on",
    "log_format": "console",
}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def give(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(PREFIX + name.upper(), value)


def plain(settings, name):
    value = getattr(settings, name)
    return value.get_secret_value() if name in SECRETS else value


def test_every_setting_is_read_from_its_variable(monkeypatch):
    assert GIVEN.keys() == Settings.model_fields.keys()
    give(monkeypatch, **{name: text for name, (text, _) in GIVEN.items()})
    settings = read_settings()
    assert {name: plain(settings, name) for name in GIVEN} == {
        name: value for name, (_, value) in GIVEN.items()
    }


def test_what_is_not_set_or_blank_has_its_default(monkeypatch):
    assert {name: plain(read_settings(), name) for name in DEFAULTS} == DEFAULTS
    assert read_settings().processes >= 1
    give(monkeypatch, **dict.fromkeys(GIVEN.keys() - {"database_url"}, ""))
    assert {name: plain(read_settings(), name) for name in DEFAULTS} == DEFAULTS


def no_address():
    """Why the settings are refused where no database is named."""
    with pytest.raises(BadInput) as error:
        read_settings()
    return str(error.value)


def test_an_address_that_is_blank_is_refused(monkeypatch):
    give(monkeypatch, database_url="")
    assert no_address() == (
        "ROTA_DATABASE_URL: It is set, but blank. Name a database; or leave it away, for the file "
        "rota.db in the current folder."
    )


@pytest.mark.parametrize("left", ["connect_timeout", "sslmode", "target_session_attrs"])
def test_an_address_of_which_a_shell_has_left_a_part_is_refused(monkeypatch, left):
    monkeypatch.setenv(left, "5")
    assert no_address() == (
        f"ROTA_DATABASE_URL: It is not set, but {left} is, which belongs in it. A shell, and a "
        "file that it reads, needs the address in quotes."
    )
    give(monkeypatch, database_url="sqlite:///other.db")
    assert read_settings().database_url == "sqlite:///other.db"


def test_a_cluster_without_an_address_is_refused(monkeypatch):
    give(monkeypatch, cluster="tls://host:8786")
    assert no_address() == (
        "ROTA_DATABASE_URL: It is not set, but ROTA_CLUSTER is, which has to reach the same "
        "database."
    )


@pytest.mark.parametrize(
    ("line", "is_read"),
    [
        ("ROTA_DATABASE_URL={}", False),
        ("ROTA_DATABASE_URL='{}'", True),
        ('ROTA_DATABASE_URL="{}"', True),
    ],
)
def test_an_address_in_a_file_that_a_shell_reads_needs_quotes(tmp_path, line, is_read):
    url = "postgresql://mel@host/rota?sslmode=require&connect_timeout=5"
    (tmp_path / "rota.env").write_text(line.format(url))
    script = (
        f"set -a; . {tmp_path}/rota.env; "
        f"exec {sys.executable} -c 'from rota.settings import read_settings as read\n"
        "print(read().database_url)'"
    )
    ran = subprocess.run(["sh", "-c", script], capture_output=True, text=True, env=environment())
    assert (ran.stdout == f"{url}\n") == is_read
    assert ("It is not set, but connect_timeout is" in ran.stderr) != is_read


def test_variables_of_others_are_left_alone(monkeypatch):
    give(monkeypatch, colour="red")
    monkeypatch.setenv("SMTP_HOST", "elsewhere.example.org")
    assert read_settings().smtp_host == ""


NIGHT = "when rotas are planned anew each night, in London's time; the default is 02:30."
SECONDS = "seconds that a run may search, unless it says otherwise; the default is 60.0."
PROCESSES = (
    "runs that a worker solves at once; the number of cores unless given; the default is number of "
    "cores."
)
LEASE = "silence after which a worker is held to be dead; the default is 30.0."
ATTEMPTS = "workers that may die over one run before it is given up; the default is 5."
PORT = "its port; the default is 587."
SECURITY = "how the connection is kept private: none, starttls or tls; the default is starttls."
TIMEOUT = "seconds to wait for the mail server; the default is 30.0."
LOG = "console for people, json for machines; the default is console."
NO_TIME = "input should be in a valid time format, "
NO_NUMBER = "input should be a valid number, unable to parse string as a number"
NO_INTEGER = "input should be a valid integer, unable to parse string as an integer"


@pytest.mark.parametrize(
    ("name", "value", "why", "allowed"),
    [
        ("night_at", "soon", f"{NO_TIME}input is too short", NIGHT),
        ("night_at", "25:00", f"{NO_TIME}hour value is outside expected range of 0-23", NIGHT),
        ("plan_seconds", "0", "input should be greater than 0", SECONDS),
        ("plan_seconds", "3601", "input should be less than or equal to 3600", SECONDS),
        ("plan_seconds", "nan", "input should be less than or equal to 3600", SECONDS),
        ("plan_seconds", "long", NO_NUMBER, SECONDS),
        ("processes", "0", "input should be greater than or equal to 1", PROCESSES),
        ("processes", "257", "input should be less than or equal to 256", PROCESSES),
        ("processes", "1.5", NO_INTEGER, PROCESSES),
        ("lease_seconds", "0.5", "input should be greater than or equal to 1", LEASE),
        ("lease_seconds", "3601", "input should be less than or equal to 3600", LEASE),
        ("attempts", "0", "input should be greater than or equal to 1", ATTEMPTS),
        ("smtp_port", "0", "input should be greater than or equal to 1", PORT),
        ("smtp_port", "65536", "input should be less than or equal to 65535", PORT),
        ("smtp_security", "ssl", "input should be 'none', 'starttls' or 'tls'", SECURITY),
        ("smtp_timeout", "0", "input should be greater than 0", TIMEOUT),
        ("smtp_timeout", "inf", "input should be less than or equal to 3600", TIMEOUT),
        ("log_format", "xml", "input should be 'console' or 'json'", LOG),
    ],
)
def test_a_value_that_is_not_allowed_is_told_with_what_is(monkeypatch, name, value, why, allowed):
    give(monkeypatch, **{name: value})
    with pytest.raises(BadInput) as error:
        read_settings()
    variable = f"ROTA_{name.upper()}"
    assert str(error.value) == f"{variable}: {value} is not allowed ({why}); {allowed}"


def test_everything_that_is_wrong_is_told_at_once(monkeypatch):
    give(monkeypatch, smtp_port="none", attempts="-1", log_format="xml", smtp_password="sesame")
    with pytest.raises(BadInput) as error:
        read_settings()
    told = [fault.place for fault in error.value.faults]
    assert told == ["ROTA_ATTEMPTS", "ROTA_SMTP_PORT", "ROTA_LOG_FORMAT"]
    assert "sesame" not in str(error.value)


def test_every_setting_is_shown_with_its_default_its_value_and_what_it_is_for(monkeypatch):
    give(monkeypatch, night_at="04:05", cluster_certificates="/srv/certificates")
    told = {its.variable: its for its in list_for_display(read_settings())}
    assert list(told) == [PREFIX + name.upper() for name in GIVEN]
    assert all(its.help for its in told.values())
    night, folder = told["ROTA_NIGHT_AT"], told["ROTA_CLUSTER_CERTIFICATES"]
    assert (night.default, night.value) == ("02:30", "04:05")
    assert (folder.default, folder.value) == ("", "/srv/certificates")
    assert told["ROTA_PROCESSES"].default == "number of cores"
    assert told["ROTA_PROCESSES"].value == str(read_settings().processes)


def test_a_secret_is_shown_as_there_or_not_there(monkeypatch):
    def secrets():
        told = {its.variable: its.value for its in list_for_display(read_settings())}
        return told["ROTA_SMTP_PASSWORD"], told["ROTA_NOTIFY_KEY"]

    assert secrets() == ("", "")
    give(monkeypatch, smtp_password="sesame", notify_key="a-key")
    assert secrets() == ("********", "********")
    assert "sesame" not in repr(read_settings())
    assert "a-key" not in repr(read_settings())


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////srv/rota.db", "sqlite:////srv/rota.db"),
        ("postgresql://mel@host:5432/rota", "postgresql://mel@host:5432/rota"),
        ("postgresql://mel:sesame@host:5432/rota", "postgresql://mel:********@host:5432/rota"),
        ("postgresql://mel:se@s:/me@host/rota", "postgresql://mel:********@host/rota"),
        ("postgresql://:sesame@host/rota", "postgresql://:********@host/rota"),
        (
            "postgresql://mel@/rota?password=sesame&host=/run",
            "postgresql://mel@/rota?password=********&host=/run",
        ),
    ],
)
def test_the_password_of_an_address_is_not_shown(monkeypatch, url, told):
    give(monkeypatch, database_url=url)
    settings = read_settings()
    assert settings.database_url == url
    assert next(its.value for its in list_for_display(settings)) == told


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///rota.db", Path("rota.db")),
        ("sqlite:////srv/rota.db", Path("/srv/rota.db")),
        ("sqlite:///rota.db?timeout=5", Path("rota.db")),
        ("sqlite:///file:/srv/rota.db?mode=ro&uri=true", Path("/srv/rota.db")),
        ("sqlite://", None),
        ("postgresql+psycopg://mel@host/rota", None),
        ("postgresql+psycopg:///rota", None),
    ],
)
def test_the_file_of_the_database_is_known_if_it_is_one(monkeypatch, url, file):
    give(monkeypatch, database_url=url)
    assert read_settings().sqlite_file == file
