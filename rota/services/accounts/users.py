"""Users, for administrators: who there is, and which roles they have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from rota.errors import Conflict, Fault, NotFound
from rota.sending.mailbox import Mailbox
from rota.services.access.act import Act
from rota.services.access.rights import Grant
from rota.services.accounts import passwords, throttle
from rota.services.accounts.roles import (
    end_calendars,
    find_account,
    give,
    refuse_faults,
    refuse_if_last,
)
from rota.services.accounts.signing_in import fold_email
from rota.store.accounts import sessions, tokens, users
from rota.store.accounts.known_names import list_known_names
from rota.store.accounts.users import Account, HeldRole
from rota.store.databases.database import Database
from rota.store.upkeep import audit

PAGE = 50
"""Users on a page of the list."""

LONGEST_NAME = 100
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDetails:
    """A user as administrators see them."""

    id: int
    email: str
    name: str
    is_active: bool
    has_password: bool
    must_change_password: bool
    password_ends_at: datetime | None
    """From when on a password for once cannot be used any more."""
    is_known_outside: bool
    """Whether single sign-on has let them in already."""
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True, slots=True)
class UserPage:
    """A page of the list of users, of so many users and pages."""

    users: tuple[UserDetails, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class AddedUser:
    """A new user, with a password for once unless they need none; it cannot be shown again."""

    id: int
    password: str | None


def list_users(database: Database, act: Act, *, search: str = "", page: int = 1) -> UserPage:
    """The users in whose name or address the text stands, by address."""
    act.rights.must_administer()
    first = (max(page, 1) - 1) * PAGE
    text = search.replace("\0", "").strip()
    with database.reading() as connection:
        accounts, total = users.search(connection, text, first=first, most=PAGE)
    return UserPage(tuple(map(_describe, accounts)), total, max(page, 1), max(1, -(-total // PAGE)))


def find(database: Database, act: Act, *, user_id: int) -> UserDetails:
    """The user of that number. Raises NotFound."""
    act.rights.must_administer()
    with database.reading() as connection:
        return _describe(find_account(connection, user_id))


def find_by_email(database: Database, act: Act, *, email: str) -> UserDetails:
    """The user of that address. Raises NotFound."""
    act.rights.must_administer()
    with database.reading() as connection:
        account = users.find_by_email(connection, fold_email(email))
    if account is None:
        raise NotFound(f"There is no user {fold_email(email)}.")
    return _describe(account)


def add(
    database: Database,
    act: Act,
    *,
    email: str,
    name: str,
    password: str | None = None,
    needs_password: bool = True,
    role: Grant | None = None,
) -> AddedUser:
    """Add a user, with a password for once unless one is given or none is needed.

    Raises BadInput with what is wrong, and WeakPassword; then there is no such user.
    """
    act.rights.must_administer()
    address, name = fold_email(email), name.strip()
    refuse_faults(_find_faults(address, name))
    if password:
        with database.reading() as connection:
            names = list_known_names(connection)
        passwords.must_be_good(password, email=address, name=name, words=names)
    once = passwords.make_one_time_password() if needs_password and not password else None
    first_password = password or once
    columns = {
        "email": address,
        "name": name,
        "password_hash": passwords.hash_password(first_password) if first_password else None,
        "must_change_password": once is not None,
        "password_ends_at": act.at + passwords.ONCE_LASTS if once else None,
    }
    with database.writing() as connection:
        refuse_faults(_find_taken(connection, address))
        number = users.add(connection, at=act.at, **columns)
        _audit(connection, act, "added a user", address, name=name)
        if role:
            give(connection, act, find_account(connection, number), role)
    return AddedUser(number, once)


def rename(database: Database, act: Act, *, user_id: int, email: str, name: str) -> None:
    """Give a user another name or address. Raises BadInput with all that is wrong."""
    act.rights.must_administer()
    address, name = fold_email(email), name.strip()
    refuse_faults(_find_faults(address, name))
    with database.writing() as connection:
        account = find_account(connection, user_id)
        if address != account.email:
            refuse_faults(_find_taken(connection, address))
        users.change(connection, user_id, email=address, name=name)
        before = {"user": account.email, "name": account.name}
        after = {"user": address, "name": name}
        if before != after:
            audit.add(connection, None, act.entry("renamed a user", before=before, after=after))


def deactivate(database: Database, act: Act, *, user_id: int) -> None:
    """Let a user in no more: end their sessions, tokens and calendar links, for good.

    Their roles are kept.

    Raises Conflict for the last administrator.
    """
    act.rights.must_administer()
    with database.writing() as connection:
        account = find_account(connection, user_id)
        refuse_if_last(connection, user_id)
        users.change(connection, user_id, is_active=False)
        sessions.end_all(connection, user_id)
        tokens.revoke_all(connection, user_id, at=act.at)
        _audit(connection, act, "deactivated a user", account.email)
        end_calendars(connection, act, account.roles)


def activate(database: Database, act: Act, *, user_id: int) -> None:
    """Let a user in again. Raises Conflict if somebody else is the same officer now."""
    act.rights.must_administer()
    with database.writing() as connection:
        account = find_account(connection, user_id)
        for role in account.roles:
            if role.unit_id and role.staff_no and not account.is_active:
                address = users.find_active_officer(connection, role.unit_id, role.staff_no)
                if address:
                    raise Conflict(f"Officer {role.staff_no} of {role.unit} is {address} now.")
        users.change(connection, user_id, is_active=True)
        _audit(connection, act, "activated a user", account.email)


def reset_password(database: Database, act: Act, *, user_id: int) -> str:
    """A password for once, which cannot be shown again; sessions and tokens of the user end.

    It is good for `passwords.ONCE_LASTS`.
    """
    act.rights.must_administer()
    once = passwords.make_one_time_password()
    hashed = passwords.hash_password(once)
    with database.writing() as connection:
        account = find_account(connection, user_id)
        ends_at = act.at + passwords.ONCE_LASTS
        columns = {"password_hash": hashed, "password_ends_at": ends_at}
        users.change(connection, user_id, must_change_password=True, **columns)
        sessions.end_all(connection, user_id)
        tokens.revoke_all(connection, user_id, at=act.at)
        throttle.forgive_name(connection, name=account.email)
        _audit(connection, act, "reset a password", account.email)
    return once


def forget_outside(database: Database, act: Act, *, user_id: int) -> None:
    """Have single sign-on know a user by their address anew; their account there is another now."""
    act.rights.must_administer()
    with database.writing() as connection:
        account = find_account(connection, user_id)
        users.change(connection, user_id, subject=None)
        sessions.end_all(connection, user_id)
        tokens.revoke_all(connection, user_id, at=act.at)
        _audit(connection, act, "unlinked a user from single sign-on", account.email)


def _describe(account: Account) -> UserDetails:
    return UserDetails(
        id=account.id,
        email=account.email,
        name=account.name,
        is_active=account.is_active,
        has_password=account.password_hash is not None,
        must_change_password=account.must_change_password,
        password_ends_at=account.password_ends_at,
        is_known_outside=account.subject is not None,
        roles=account.roles,
    )


def _find_faults(email: str, name: str) -> Iterable[Fault]:
    mailbox = Mailbox.read(email)
    if mailbox is None or mailbox.address != email:
        yield Fault("email", "is not an email address like name@example.com", value=email)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        yield Fault("name", f"must be a name of 1 to {LONGEST_NAME} characters", value=name)


def _find_taken(connection: Connection, email: str) -> Iterable[Fault]:
    if users.find_by_email(connection, email):
        yield Fault("email", "belongs to another user", value=email)


def _audit(connection: Connection, act: Act, action: str, email: str, **details: str) -> None:
    audit.add(connection, None, act.entry(action, after={"user": email, **details}))
