"""Sign in with a password or from outside, prove a password again, and change it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from rota.errors import RotaError
from rota.services.access.act import Act
from rota.services.access.secrets import compute_digest, make_secret
from rota.services.accounts import passwords, throttle
from rota.services.accounts.sessions import ABSOLUTE, IDLE, UNKNOWN, Browser, audit_sign_in
from rota.services.importing.uploads import KEPT_FOR
from rota.store.accounts import sessions, tokens, users
from rota.store.accounts.known_names import list_known_names
from rota.store.accounts.users import Account
from rota.store.databases.database import Database
from rota.store.units import uploads
from rota.store.upkeep import audit

_REFUSED = "Email address or password is not right"

_ENDED = (
    f"This password was good for {passwords.ONCE_LASTS.days} days, which are over. "
    "Ask an administrator for a new one"
)

_REFUSED_OUTSIDE = "There is no account for you here. Ask an administrator to add you"


class SignInRefused(RotaError):  # noqa: N818, it is the user who reads it
    """Somebody could not be let in. It never says why, which would tell who has an account."""


def sign_in(
    database: Database,
    *,
    email: str,
    password: str,
    place: str,
    at: datetime,
    browser: Browser = UNKNOWN,
) -> str:
    """Begin a session. Its secret, of which only a digest is kept.

    `place` is the address that it comes from. Raises SignInRefused or Throttled.
    """
    name = fold_email(email)
    with database.reading() as connection:
        account = users.find_by_email(connection, name)
    mark = browser.known_to(account.id) if account else None
    failure_ids = throttle.count(database, name=name, place=place, at=at, browser=mark)
    is_right = passwords.is_password(password, account.password_hash if account else None)
    if account is None or not (is_right and account.is_active):
        _audit_failure(database, account, place, at)
        raise SignInRefused(_REFUSED)
    fresh = passwords.hash_password(password) if _is_outdated(account) else None
    with database.writing() as connection:
        current = users.find(connection, account.id)
        if current is None or (current.password_hash, current.is_active) != (
            account.password_hash,
            True,
        ):
            raise SignInRefused(_REFUSED)  # It was changed while we looked at it.
        throttle.forgive(connection, failure_ids, name=name, place=place, browser=mark)
        if fresh:
            users.change(connection, account.id, password_hash=fresh)
        if not _has_ended(current, at):
            return _begin(connection, account, "signed in", place, at, browser)
    raise SignInRefused(_ENDED)


def sign_in_from_outside(
    database: Database,
    *,
    subject: str,
    email: str,
    is_email_verified: bool,
    place: str,
    at: datetime,
    browser: Browser = UNKNOWN,
    failure_ids: Iterable[int] = (),
) -> str:
    """Begin a session of somebody whom the provider of single sign-on vouches for. Its secret.

    They are known by their subject; at first, by an e-mail address that the provider has verified.
    `failure_ids` were counted before the provider was asked. Raises SignInRefused if no active user
    is meant.
    """
    with database.writing() as connection:
        account = users.find_by_subject(connection, subject)
        if account is None and is_email_verified:
            account = _skip_if_linked(users.find_by_email(connection, fold_email(email)))
            if account and account.is_active:
                users.change(connection, account.id, subject=subject)
        if account and account.is_active:
            throttle.take_back(connection, failure_ids)
            return _begin(connection, account, "signed in by single sign-on", place, at, browser)
    _audit_failure(database, account, place, at)
    raise SignInRefused(_REFUSED_OUTSIDE)


def change_password(
    database: Database, act: Act, *, user_id: int, old: str, new: str, keep: str | None = None
) -> None:
    """Give a user another password; all their sessions end but that of the secret `keep`.

    Their tokens end too, since whoever knew the old password may have made some.
    Raises SignInRefused if the old one is wrong, Throttled if it was so too often, WeakPassword.
    """
    account = prove(database, act, user_id=user_id, password=old)
    if new == old:
        raise passwords.WeakPassword("New password must be different from the current one")
    with database.reading() as connection:
        names = list_known_names(connection)
    passwords.must_be_good(new, email=account.email, name=account.name, words=names)
    hashed = passwords.hash_password(new)
    with database.writing() as connection:
        users.change(
            connection,
            user_id,
            password_hash=hashed,
            must_change_password=False,
            password_ends_at=None,
        )
        sessions.end_all(connection, user_id, but=compute_digest(keep) if keep else None)
        tokens.revoke_all(connection, user_id, at=act.at)
        audit.add(connection, None, act.entry("changed their password"))


def prove(database: Database, act: Act, *, user_id: int, password: str) -> Account:
    """The account of somebody who is signed in and has entered their password once more.

    What others try elsewhere does not slow it down. Raises SignInRefused if the password is wrong,
    and Throttled if it was wrong too often.
    """
    with database.reading() as connection:
        account = users.find(connection, user_id)
    if account is None:
        raise SignInRefused(_REFUSED)
    subject = {"name": account.email, "place": act.place, "browser": _SIGNED_IN}
    failure_ids = throttle.count(database, at=act.at, **subject)
    if not passwords.is_password(password, account.password_hash):
        _audit_failure(database, account, act.place, act.at)
        raise SignInRefused("Current password is not right")
    with database.writing() as connection:
        throttle.forgive(connection, failure_ids, **subject)
    return account


_SIGNED_IN = "signed in"
"""The mark of every browser of somebody who is signed in already."""


def fold_email(email: str) -> str:
    """The address as users are known by it."""
    return email.replace("\0", "").strip().lower()


def _begin(
    connection: Connection,
    account: Account,
    action: str,
    place: str,
    at: datetime,
    browser: Browser,
) -> str:
    secret = make_secret()
    sessions.end_old(connection, made_before=at - ABSOLUTE, seen_before=at - IDLE)
    throttle.forget_old_failures(connection, at=at)
    throttle.forget_old_allowances(connection, at=at)
    uploads.remove_old(connection, before=at - KEPT_FOR)
    digest = compute_digest(secret)
    sessions.add(
        connection, account.id, digest=digest, at=at, place=place, browser=browser.description
    )
    audit_sign_in(connection, account, action, place, at)
    return secret


def _has_ended(account: Account, at: datetime) -> bool:
    """Whether the password was for once, and its time is over."""
    return account.password_ends_at is not None and at >= account.password_ends_at


def _skip_if_linked(account: Account | None) -> Account | None:
    """The user, unless the provider knows them as another, who had the address before."""
    return account if account and account.subject is None else None


def _is_outdated(account: Account) -> bool:
    return account.password_hash is not None and passwords.is_outdated(account.password_hash)


def _audit_failure(database: Database, account: Account | None, place: str, at: datetime) -> None:
    if account is not None:
        with database.writing() as connection:
            audit_sign_in(connection, account, "could not sign in", place, at)
