"""The settings of an installation, each told once: its name, its default and what it is for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from rota.errors import BadInput, Fault

PREFIX = "ROTA_"


class Settings(BaseSettings):
    """What the environment says; a setting `name` is read from the variable ROTA_NAME."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: str = Field(
        "sqlite:///rota.db",
        description="where rotas are kept: sqlite:///FILE or postgresql://…",
    )
    night_at: time = Field(
        time(2, 30), description="when rotas are planned anew each night, in London's time"
    )
    plan_seconds: float = Field(
        60.0, gt=0, le=3600, description="seconds that a run may search, unless it says otherwise"
    )
    processes: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        le=256,
        description="runs that a worker solves at once; the number of cores unless given",
    )
    cluster: str = Field(
        "",
        description="address of a Dask scheduler, such as tls://host:8786, that solves instead",
    )
    cluster_certificates: Path | None = Field(
        None, description="folder with ca.pem, cert.pem and key.pem for tls:// addresses"
    )
    lease_seconds: float = Field(
        30.0, ge=1, le=3600, description="silence after which a worker is held to be dead"
    )
    attempts: int = Field(
        5, ge=1, description="workers that may die over one run before it is given up"
    )
    mail_folder: Path = Field(
        Path("outbox"), description="where messages go as .eml files while nothing else is set"
    )
    smtp_host: str = Field("", description="mail server; blank: none")
    smtp_port: int = Field(587, ge=1, le=65535, description="its port")
    smtp_security: Literal["none", "starttls", "tls"] = Field(
        "starttls", description="how the connection is kept private: none, starttls or tls"
    )
    smtp_user: str = Field("", description="name to sign in with; blank: no sign-in")
    smtp_password: SecretStr = Field(SecretStr(""), description="password to sign in with")
    smtp_timeout: float = Field(
        30.0, gt=0, le=3600, description="seconds to wait for the mail server"
    )
    mail_from: str = Field("rota@localhost", description="sender of all messages")
    notify_key: SecretStr = Field(
        SecretStr(""), description="API key of GOV.UK Notify, which then sends all messages"
    )
    notify_template: str = Field(
        "", description="its template, with the fields ((subject)) and ((body))"
    )
    public_url: str = Field(
        "http://localhost:8000", description="address at which people reach Rota's pages"
    )
    listen: str = Field(
        "127.0.0.1:8000",
        pattern=r"^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$",
        description="host and port at which the pages are served",
    )
    request_seconds: float = Field(
        60.0,
        ge=5,
        le=3600,
        description="seconds in which a request has to arrive whole, however slow its line is",
    )
    trusted_proxy: str = Field(
        "",
        description="address of a reverse proxy, which is believed who asks; blank: none",
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="key that signs forms; blank: one that the database keeps for itself",
    )
    sso_issuer: str = Field(
        "", description="address of an OpenID Connect provider for single sign-on; blank: none"
    )
    sso_client_id: str = Field("", description="what the provider calls Rota")
    sso_client_secret: SecretStr = Field(
        SecretStr(""), description="secret that the provider gave to Rota"
    )
    sso_trusts_email: bool = Field(
        False,
        description="whether the provider's email addresses count although it does not say that it "
        "has verified them, as Microsoft Entra of one organisation does not",
    )
    sso_name: str = Field(
        "single sign-on", description="what people call the provider: Sign in with …"
    )
    api_calls_of_user: int = Field(
        600, ge=1, description="API calls that the programs of one user may make in a minute"
    )
    api_calls_of_place: int = Field(
        3000, ge=1, description="API calls that may come from one address in a minute"
    )
    asks_of_officer: int = Field(
        50, ge=1, description="days, leave and swaps that one officer may ask for in a day"
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="token with which /metrics is read; blank: it is not there"
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="console for people, json for machines"
    )

    @field_validator("night_at")
    @classmethod
    def _of_london(cls, instant: time) -> time:
        if instant.tzinfo is not None:
            raise ValueError("it is London's time and has no zone")
        return instant

    @field_validator("public_url", "sso_issuer")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @property
    def names_database(self) -> bool:
        """Whether a database is named; if not, it is a file in the current folder."""
        return "database_url" in self.model_fields_set

    @cached_property
    def sqlite_file(self) -> Path | None:
        """The file of the database, if it is one."""
        scheme, _, rest = self.database_url.partition(":///")
        path = rest.partition("?")[0].removeprefix("file:")
        return Path(path) if scheme.startswith("sqlite") and path else None


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it is shown; a secret's value never is."""

    variable: str
    default: str
    value: str
    help: str


def read_settings() -> Settings:
    """The settings of the environment. Raises BadInput with everything that is wrong with them."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise BadInput(_list_faults(error)) from None
    if not settings.names_database and (trouble := _explain_lost_address(settings)):
        raise BadInput([Fault(_ADDRESS, trouble)])
    return settings


def list_for_display(settings: Settings) -> Iterator[Setting]:
    """Every setting for people to look at; secrets are not told."""
    for name, field in Settings.model_fields.items():
        yield Setting(
            f"{PREFIX}{name.upper()}",
            _format_default(field),
            _hide_password(_format_text(getattr(settings, name))),
            field.description or "",
        )


_ADDRESS = f"{PREFIX}DATABASE_URL"

_OF_ADDRESSES = (
    "application_name",
    "channel_binding",
    "client_encoding",
    "connect_timeout",
    "gssencmode",
    "hostaddr",
    "keepalives",
    "keepalives_idle",
    "passfile",
    "sslcert",
    "sslcrl",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslrootcert",
    "target_session_attrs",
    "tcp_user_timeout",
)
"""What an address of PostgreSQL may say after its ?.

A shell ends a command at an &, so that one without quotes is lost and these become variables.
"""


def _explain_lost_address(settings: Settings) -> str | None:
    """Why a database must have been meant although none is named."""
    if any(name.upper() == _ADDRESS for name in os.environ):
        return (
            "It is set, but blank. Name a database; or leave it away, for the file rota.db in "
            "the current folder"
        )
    leftover = next((name for name in _OF_ADDRESSES if name in os.environ), None)
    if leftover:
        return (
            f"It is not set, but {leftover} is, which belongs in it. A shell, and a file that it "
            "reads, needs the address in quotes"
        )
    if settings.cluster:
        return f"It is not set, but {PREFIX}CLUSTER is, which has to reach the same database"
    return None


_HIDDEN = "********"

_PASSWORD = re.compile(r"(://[^:@/]*:).*(?=@)|([?&]password=)[^&]*")
"""A password within an address, before its host or after its path, with what tells it."""


def _hide_password(text: str) -> str:
    return _PASSWORD.sub(rf"\1\2{_HIDDEN}", text)


def _format_default(field: FieldInfo) -> str:
    return "number of cores" if field.default_factory else _format_text(field.default)


def _format_text(value: object) -> str:
    if isinstance(value, SecretStr):
        return _HIDDEN if value.get_secret_value() else ""
    if isinstance(value, time):
        return value.isoformat("minutes")
    return "" if value is None else str(value)


def _list_faults(error: ValidationError) -> Iterator[Fault]:
    for problem in error.errors():
        name = str(problem["loc"][0])
        field = Settings.model_fields[name]
        value = "" if field.annotation is SecretStr else str(problem["input"])
        sentence = (
            f"is not allowed ({problem['msg'].lower()}); {field.description}; "
            f"the default is {_format_default(field)}"
        )
        yield Fault(f"{PREFIX}{name.upper()}", sentence, value=value)
