"""The tables of the database, and nothing else.

The tables of a unit have the columns of its input files, under the names of the domain, and after
them how each row came to be: by an import, a person or a program, by whom and when. Published
seats are kept from the version that told them first (`since`) to the one that took them back
(`until`), so that every version stays and only what changes takes room.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlmodel import Field, SQLModel

from rota.instant_column import Instant

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""How indexes and the like are called, so that migrations can name them on every database."""

SQLModel.metadata.naming_convention = NAMES


def _json() -> Any:
    return Field(sa_type=JSON)


def _instant(*, nullable: bool = False) -> Any:
    return Field(default=None if nullable else ..., sa_type=Instant, nullable=nullable)


def _text(default: Any = ...) -> Any:
    return Field(default=default, sa_type=Text)


def _source() -> Any:
    """How a row came to be: by an import, a person or a program."""
    return Field(sa_column_kwargs={"server_default": "import"})


def _whole_day() -> Any:
    """A half of the day, or blank for all of it."""
    return Field(sa_column_kwargs={"server_default": text("''")})


def _unit() -> Any:
    return Field(foreign_key="unit.id", index=True)


class UnitTable(SQLModel, table=True):
    """A delivery unit. `revision` rises whenever anything changes that a plan depends on."""

    __tablename__ = "unit"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    policy: dict[str, Any] = _json()
    revision: int
    policy_source: str = _source()
    policy_by: str | None
    policy_at: dt.datetime | None = _instant(nullable=True)


class SiteTable(SQLModel, table=True):
    """As in the input file `sites`."""

    __tablename__ = "site"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    name: str
    kind: str
    desks: int | None
    source: str = _source()
    recorded_by: str | None
    recorded_at: dt.datetime | None = _instant(nullable=True)
    office_percent: int | None
    since: dt.date | None
    may_be_alone: bool = Field(sa_column_kwargs={"server_default": true()})


class TeamTable(SQLModel, table=True):
    """As in the input file `teams`."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    name: str
    office: str
    source: str = _source()
    recorded_by: str | None
    recorded_at: dt.datetime | None = _instant(nullable=True)
    since: dt.date | None


class OfficerTable(SQLModel, table=True):
    """As in the input file `officers`."""

    __tablename__ = "officer"
    __table_args__ = (UniqueConstraint("unit_id", "staff_no"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    staff_no: str = Field(index=True)
    name: str
    team: str
    grade: str
    start_date: dt.date
    base: str
    working_days: list[int] | str = _json()
    other_sites: list[str] = _json()
    mentor: str | None
    skills: list[str] = _json()
    has_home_office: bool
    office_percent: int | None
    leave_date: dt.date | None
    email: str
    source: str = _source()
    recorded_by: str | None
    recorded_at: dt.datetime | None = _instant(nullable=True)
    home_days_per_week: int | None
    since: dt.date | None
    takes_extra_days: bool = Field(sa_column_kwargs={"server_default": false()})


class AwayTable(SQLModel, table=True):
    """As in the input file `away`."""

    __tablename__ = "away"
    __table_args__ = (Index("ix_away_unit_id_staff_no", "unit_id", "staff_no"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    staff_no: str
    first: dt.date
    last: dt.date
    kind: str
    source: str = _source()
    recorded_by: str | None
    recorded_at: dt.datetime | None = _instant(nullable=True)
    part: str = _whole_day()


class DutyTable(SQLModel, table=True):
    """As in the input file `duties`: `date` is a date, or weekdays such as Mon Wed."""

    __tablename__ = "duty"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    date: str
    site: str
    needed: int
    skill: str | None
    source: str = _source()
    recorded_by: str | None
    recorded_at: dt.datetime | None = _instant(nullable=True)
    first: dt.date | None
    last: dt.date | None
    every: int | None
    part: str = _whole_day()


class AppointmentTable(SQLModel, table=True):
    """As in the input file `appointments`: `date` is a date, or weekdays such as Mon Wed."""

    __tablename__ = "appointment"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    staff_no: str
    date: str
    site: str
    source: str = _source()
    recorded_by: str | None
    recorded_at: dt.datetime | None = _instant(nullable=True)
    first: dt.date | None
    last: dt.date | None
    every: int | None
    part: str = _whole_day()


class PresenceTable(SQLModel, table=True):
    """As in the input file `presence`: `when` is a date, weekdays such as Mon Wed, or nothing."""

    __tablename__ = "presence"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    site: str
    skill: str
    least: int
    when: str | None
    source: str = _source()
    recorded_by: str | None
    recorded_at: dt.datetime | None = _instant(nullable=True)


class RequestTable(SQLModel, table=True):
    """As in the input file `requests`: `when` is a date or a weekday such as Mon."""

    __tablename__ = "request"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    staff_no: str
    when: str
    wants: str
    strength: int
    source: str = _source()
    recorded_by: str | None
    recorded_at: dt.datetime | None = _instant(nullable=True)
    part: str = _whole_day()


class LinkTable(SQLModel, table=True):
    """As in the input file `links`."""

    __tablename__ = "link"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    staff_no: str
    with_staff_no: str
    reason: str
    source: str = _source()
    recorded_by: str | None
    recorded_at: dt.datetime | None = _instant(nullable=True)


class ClosureTable(SQLModel, table=True):
    """As in the input file `closures`."""

    __tablename__ = "closure"
    __table_args__ = (UniqueConstraint("unit_id", "site", "first", "last", "part"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    site: str
    first: dt.date
    desks: int
    source: str = _source()
    recorded_by: str | None
    recorded_at: dt.datetime | None = _instant(nullable=True)
    last: dt.date
    part: str = _whole_day()


class ImportedRowTable(SQLModel, table=True):
    """A row as the last import told it, whatever people have made of it since.

    Where they took it out, it has who did and when. The policy is one such row too.
    """

    __tablename__ = "imported_row"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    table_name: str
    row: dict[str, Any] = _json()
    taken_out: str | None
    taken_out_by: str | None
    taken_out_at: dt.datetime | None = _instant(nullable=True)


class EarlierTermsTable(SQLModel, table=True):
    """A row of officers, sites or teams, or the policy, as it was before the day `until`."""

    __tablename__ = "earlier_terms"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    table_name: str
    row: dict[str, Any] = _json()
    until: dt.date


class HistorySeatTable(SQLModel, table=True):
    """A seat of an earlier rota, from the last imported files that had any."""

    __tablename__ = "history_seat"
    __table_args__ = (UniqueConstraint("unit_id", "staff_no", "date", "part"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    staff_no: str
    date: dt.date
    site: str
    part: str
    duty: str | None


class RenamingTable(SQLModel, table=True):
    """That a site, a team or an officer has got another name.

    Only while one is under way does the database let names in its history be changed, and only to
    the new one. It refuses to change or remove a row, but for ending it.
    """

    __tablename__ = "renaming"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    table_name: str
    before: str
    after: str
    done_at: dt.datetime = _instant()
    done_by: str
    is_under_way: bool


class VersionTable(SQLModel, table=True):
    """A rota that was published for a period. The database itself refuses to change it."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("unit_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    number: int
    start: dt.date
    weeks: int
    cause: str
    note: str = _text()
    costs: dict[str, int] = _json()
    seats: int
    planned_revision: int
    published_at: dt.datetime = _instant()
    published_by: str


class PublishedSeatTable(SQLModel, table=True):
    """A published seat. The database refuses to change it, but for setting `until` once.

    A renaming (see `RenamingTable`) changes names in it.
    """

    __tablename__ = "published_seat"
    __table_args__ = (
        UniqueConstraint("unit_id", "staff_no", "date", "since", "part"),
        Index(
            "uq_published_seat_in_force",
            "unit_id",
            "staff_no",
            "date",
            "part",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        Index("ix_published_seat_unit_id_date", "unit_id", "date"),
    )
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    staff_no: str
    date: dt.date
    site: str
    locked: bool
    since: int
    until: int | None
    part: str = _whole_day()


class ChangeTable(SQLModel, table=True):
    """What a version changed of an officer's date, or of one half of it, and why.

    The database refuses to change it.
    """

    __tablename__ = "change"
    __table_args__ = (UniqueConstraint("version_id", "staff_no", "date", "part"),)
    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="version.id")
    staff_no: str
    date: dt.date
    before: str | None
    after: str | None
    reason: str = _text()
    reason_for_managers: str = _text()
    part: str = _whole_day()


class ProposalTable(SQLModel, table=True):
    """A change that waits for a manager's yes."""

    __tablename__ = "proposal"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    start: dt.date
    staff_no: str
    date: dt.date
    before: str | None
    after: str | None
    reason: str = _text()
    reason_for_managers: str = _text()
    state: str
    made_at: dt.datetime = _instant()
    decided_at: dt.datetime | None = _instant(nullable=True)
    decided_by: str | None
    part: str = _whole_day()


class DraftTable(SQLModel, table=True):
    """The rota of a period in the making. `revision` rises with every change to it.

    `replaced` tells where the last run differs from the draft that it planned anew: staff number,
    date, the site there was, and the half of the day unless it is all of it; `not_kept` likewise
    the seats moved by hand that it could not keep.
    `stamp` is made up anew with every change: of two states of drafts,
    even of two that had one number after each other, no two have the same.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("unit_id", "start"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    start: dt.date
    weeks: int
    revision: int
    base: int
    planned_revision: int
    costs: dict[str, int] = _json()
    changed_at: dt.datetime = _instant()
    changed_by: str
    replaced: list[list[str]] | None = Field(default=None, sa_type=JSON)
    stamp: str | None
    not_kept: list[list[str]] | None = Field(default=None, sa_type=JSON)


class DraftSeatTable(SQLModel, table=True):
    """A seat of a draft. `moved_from` is set while it is one that was moved by hand.

    Where the halves of a day at one site were moved from two, it is two rows.
    """

    __tablename__ = "draft_seat"
    draft_id: int = Field(
        sa_column=Column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    )
    staff_no: str = Field(primary_key=True)
    date: dt.date = Field(primary_key=True)
    site: str
    locked: bool
    moved_from: str | None
    part: str = Field(primary_key=True, sa_column_kwargs={"server_default": text("''")})


class RunTable(SQLModel, table=True):
    """One request to plan. Whoever holds `claim` works on it until `lease_until`.

    A run that starts `afresh` does not keep seats that were moved by hand.
    """

    __tablename__ = "run"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    kind: str
    key: str | None = Field(unique=True)
    start: dt.date | None
    weeks: int | None
    today: dt.date | None
    seconds: float
    seed: int
    state: str = Field(index=True)
    asked_at: dt.datetime = _instant()
    asked_by: str
    claim: str | None
    claimed_by: str | None
    lease_until: dt.datetime | None = _instant(nullable=True)
    attempts: int
    stop_asked: bool
    progress: dict[str, Any] | None = Field(sa_type=JSON)
    result: dict[str, Any] | None = Field(sa_type=JSON)
    error: str | None = _text(None)
    planned_revision: int | None
    ended_at: dt.datetime | None = Field(default=None, sa_type=Instant, nullable=True, index=True)
    begun_at: dt.datetime | None = _instant(nullable=True)
    afresh: bool = Field(sa_column_kwargs={"server_default": false()})


class NightTable(SQLModel, table=True):
    """A night whose runs were asked for, each once."""

    __tablename__ = "night"
    date: dt.date = Field(primary_key=True)
    begun_at: dt.datetime = _instant()
    begun_by: str
    runs: int


class MessageTable(SQLModel, table=True):
    """A message to one person. Whoever holds `claim` sends it until `lease_until`."""

    __tablename__ = "message"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    unit_id: int = _unit()
    staff_no: str
    address: str
    subject: str
    body: str = _text()
    state: str = Field(index=True)
    attempts: int
    written_at: dt.datetime = _instant()
    due_at: dt.datetime = _instant()
    claim: str | None
    lease_until: dt.datetime | None = _instant(nullable=True)
    handed_over_at: dt.datetime | None = _instant(nullable=True)
    sent_at: dt.datetime | None = _instant(nullable=True)
    error: str | None = _text(None)


class CalendarLinkTable(SQLModel, table=True):
    """A secret address of an officer's calendar; only a digest of the secret is kept."""

    __tablename__ = "calendar_link"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    staff_no: str
    digest: str = Field(unique=True)
    made_at: dt.datetime = _instant()
    revoked_at: dt.datetime | None = _instant(nullable=True)


class AuditTable(SQLModel, table=True):
    """Who did what, when and from where. The database itself refuses to change or remove a row."""

    __tablename__ = "audit"
    id: int | None = Field(default=None, primary_key=True)
    at: dt.datetime = _instant()
    who: str
    place: str
    unit_id: int | None = Field(foreign_key="unit.id", index=True)
    what: str
    before: dict[str, Any] | None = Field(sa_type=JSON)
    after: dict[str, Any] | None = Field(sa_type=JSON)


class WorkerTable(SQLModel, table=True):
    """A worker and when it was last heard of."""

    __tablename__ = "worker"
    name: str = Field(primary_key=True)
    started_at: dt.datetime = _instant()
    seen_at: dt.datetime = _instant()


class InstallationTable(SQLModel, table=True):
    """What the installation made up for itself once, such as the key that signs its forms."""

    __tablename__ = "installation"
    name: str = Field(primary_key=True)
    value: str = _text()


class UserTable(SQLModel, table=True):
    """Somebody who may sign in: with a password, of which only a hash is kept, or from outside.

    `email` is in small letters. `subject` names the user at the provider of single sign-on. A
    password for once cannot be used any more from `password_ends_at` on.
    """

    __tablename__ = "user_account"
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str | None
    must_change_password: bool
    subject: str | None = Field(unique=True)
    is_active: bool
    made_at: dt.datetime = _instant()
    password_ends_at: dt.datetime | None = _instant(nullable=True)


class GrantTable(SQLModel, table=True):
    """A role that a user has: in a unit, in one team of it where one is named, or everywhere.

    `staff_no` is the officer that the user is, where the role is that of an officer.
    """

    __tablename__ = "role_grant"
    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    role: str
    unit_id: int | None = Field(foreign_key="unit.id", index=True)
    team: str | None
    staff_no: str | None


class SessionTable(SQLModel, table=True):
    """Somebody signed in on one browser; only a digest of its secret is kept.

    `place` and `browser` tell people which one it is; sessions of before they were kept have none.
    """

    __tablename__ = "session"
    digest: str = Field(primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    made_at: dt.datetime = _instant()
    seen_at: dt.datetime = _instant()
    place: str | None
    browser: str | None


class FailedSignInTable(SQLModel, table=True):
    """A sign-in that failed, under digests of its name, of where it came from, or of both."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index("ix_failed_sign_in_about_at", "about", "at"),)
    id: int | None = Field(default=None, primary_key=True)
    about: str
    at: dt.datetime = _instant()


class AllowanceTable(SQLModel, table=True):
    """How many calls all processes together have set aside for somebody since an instant."""

    __tablename__ = "allowance"
    about: str = Field(primary_key=True)
    since: dt.datetime = _instant()
    taken: int


class TokenTable(SQLModel, table=True):
    """A secret with which a program acts for a user; only a digest of it is kept."""

    __tablename__ = "token"
    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    name: str
    digest: str = Field(unique=True)
    scopes: list[str] = _json()
    made_at: dt.datetime = _instant()
    expires_at: dt.datetime = _instant()
    revoked_at: dt.datetime | None = _instant(nullable=True)


class LookTable(SQLModel, table=True):
    """The newest version of a unit whose changes a user has marked as read."""

    __tablename__ = "look"
    user_id: int = Field(foreign_key="user_account.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    version: int


class AskTable(SQLModel, table=True):
    """What an officer asks of their manager: a day at a kind of site, leave, or a swap.

    `when` is a date or a weekday such as Mon, for a day and a swap; `first` and `last` are for
    leave; both may be of half of each day, their `part`. A swap is first agreed to by the
    colleague, or for them by the manager in `agreed_by`; `own_site` and `with_site` are where the
    asker and the colleague were published to be then.
    """

    __tablename__ = "ask"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = _unit()
    staff_no: str = Field(index=True)
    kind: str
    when: str | None
    wants: str | None
    strength: int | None
    first: dt.date | None
    last: dt.date | None
    with_staff_no: str | None = Field(index=True)
    note: str = _text()
    state: str
    made_at: dt.datetime = _instant()
    agreed_at: dt.datetime | None = _instant(nullable=True)
    decided_at: dt.datetime | None = _instant(nullable=True)
    decided_by: str | None
    answer: str = _text()
    own_site: str | None
    with_site: str | None
    agreed_by: str | None
    outcome: str | None = _text(None)
    part: str = _whole_day()


class UploadTable(SQLModel, table=True):
    """A file that somebody is about to import, kept from the look at what it changes to their yes.

    Only a digest of the secret is kept that names it; `seal` marks what the import would do.
    """

    __tablename__ = "upload"
    digest: str = Field(primary_key=True)
    unit_id: int = _unit()
    who: str
    name: str
    data: bytes = Field(sa_type=LargeBinary)
    seal: str
    made_at: dt.datetime = _instant()
    answers: dict[str, Any] | None = Field(default=None, sa_type=JSON)
