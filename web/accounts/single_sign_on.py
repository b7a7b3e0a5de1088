"""The pages between which a provider of single sign-on stands."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response

from rota.errors import RotaError
from rota.services.accounts import signing_in, throttle
from rota.services.accounts.signing_in import SignInRefused
from rota.services.accounts.throttle import Throttled
from web.access.browsers import the_browser
from web.access.request_context import installation, the_database, the_place, the_settings
from web.accounts.signing_in import begun
from web.accounts.sso_attempt import Attempt, Distrusted, Identity, Unanswered
from web.accounts.way_back import own_path
from web.waiting import STATUS, told_to_wait

if TYPE_CHECKING:
    from web.accounts.sso_provider import Provider

blueprint = Blueprint("sso", __name__, url_prefix="/sso")

LONGEST = timedelta(minutes=10)
"""So long somebody may take to sign in at the provider."""

AGAIN = "again"
"""What the address says where somebody has to show once more who they are."""

_KEPT = "sso"
"""Under which name the browser keeps an attempt."""

_EXTENSION = "rota-sso"

_LATE = "This took too long, or was begun in another browser. Try again."

_OR_TELL = "Try again. Tell an administrator if it happens again."

_log = structlog.get_logger()

Shown = Response | tuple[str, int]


@blueprint.get("")
def start() -> Shown:
    """Send the browser to the provider."""
    provider = _provider()
    attempt = Attempt.new()
    at = installation().clock()
    try:
        address = provider.way_in(attempt, at=at, again=AGAIN in request.args)
    except Unanswered as error:
        return _silent(error)
    session[_KEPT] = {
        **asdict(attempt),
        "at": at.timestamp(),
        "back": own_path(request.args.get("next")),
    }
    return redirect(address, 303)


@blueprint.get("/callback")
def callback() -> Shown:
    """Let in whom the provider vouches for."""
    provider = _provider()
    at = installation().clock()
    kept = session.pop(_KEPT, None)
    if kept is None or at.timestamp() - kept["at"] > LONGEST.total_seconds():
        return _failed(_LATE, 400)
    attempt = Attempt(kept["state"], kept["nonce"], kept["verifier"])
    if request.args.get("state") != attempt.state:
        return _failed(_LATE, 400)
    if "code" not in request.args:
        return _failed(f"You did not sign in with {the_settings().sso_name}.", 403)
    try:
        secret = _signed_in(provider, attempt, at)
    except Unanswered as error:
        return _silent(error)
    except Distrusted as error:
        _log.warning("single sign-on refused", why=str(error))
        says = f"The answer of {the_settings().sso_name} could not be trusted. {_OR_TELL}"
        return _failed(says, 400)
    except SignInRefused as error:
        return _failed(f"{error}.", 403)
    except Throttled as error:
        return told_to_wait(_failed(f"{error}.", STATUS)[0], error)
    return begun(secret, kept["back"])


def _signed_in(provider: Provider, attempt: Attempt, at: datetime) -> str:
    """The secret of a session of whoever the provider vouches for. Failures are counted."""
    database, browser = the_database(), the_browser()
    counted = throttle.count_outside(database, place=the_place(), at=at, browser=browser.mark)
    try:
        identity = _identity(provider, attempt, at)
    except Unanswered:
        with database.writing() as connection:
            throttle.take_back(connection, counted)
        raise
    return signing_in.sign_in_from_outside(
        database,
        subject=identity.subject,
        email=identity.email,
        is_email_verified=identity.is_email_verified or the_settings().sso_trusts_email,
        place=the_place(),
        at=at,
        browser=browser,
        failure_ids=counted,
    )


def _identity(provider: Provider, attempt: Attempt, at: datetime) -> Identity:
    """Who came back from the provider. Raises Unanswered and Distrusted."""
    if not provider.is_from_here(request.args.get("iss"), at=at):
        raise Distrusted("the answer is from another provider")
    return provider.identity(request.args["code"], attempt, at=at)


def _provider() -> Provider:
    """The provider of the settings; without one there is no such page."""
    settings = the_settings()
    if not settings.sso_issuer:
        abort(404)
    known = current_app.extensions.get(_EXTENSION)
    if known is None:
        known = current_app.extensions[_EXTENSION] = _made()
    provider: Provider = known
    return provider


def _made() -> Provider:
    try:
        from web.accounts.sso_provider import Provider
    except ImportError:
        raise RotaError("Single sign-on needs more: pip install 'rota[sso]'") from None
    settings = the_settings()
    return Provider(
        settings.sso_issuer,
        client_id=settings.sso_client_id,
        client_secret=settings.sso_client_secret.get_secret_value(),
        redirect=settings.public_url + url_for("sso.callback"),
    )


def _silent(error: RotaError) -> tuple[str, int]:
    _log.error("single sign-on does not answer", why=str(error))
    return _failed(f"{the_settings().sso_name} does not answer. Try again in a few minutes.", 503)


def _failed(says: str, status: int) -> tuple[str, int]:
    return render_template("accounts/sso_failed.html", says=says), status
