"""The pages of single sign-on: one sends the browser to the provider, one takes it back."""

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
from flask.typing import ResponseReturnValue

from rota.errors import RotaError, say_missing_extra
from rota.services.accounts import signing_in, throttle
from rota.services.accounts.signing_in import SignInRefused
from rota.services.accounts.throttle import Throttled
from web.access.browsers import the_browser
from web.access.request_context import installation, the_database, the_place, the_settings
from web.accounts.return_address import find_own_path
from web.accounts.signing_in import begin_session
from web.accounts.sso_attempt import Attempt, Distrusted, Identity, Unanswered
from web.wait_answer import STATUS, build_wait_answer

if TYPE_CHECKING:
    from web.accounts.sso_provider import Provider

blueprint = Blueprint("sso", __name__, url_prefix="/sso")

LONGEST = timedelta(minutes=10)
"""How long somebody may take to sign in at the provider."""

AGAIN = "again"
"""The query parameter that makes somebody sign in at the provider once more."""

_ATTEMPT = "sso"
"""Key of the attempt in the session of the browser."""

_EXTENSION = "rota-sso"

_LATE = "This took too long, or was begun in another browser. Try again."

_OR_TELL = "Try again. Tell an administrator if it happens again."

_log = structlog.get_logger()


@blueprint.get("")
def start() -> ResponseReturnValue:
    """Send the browser to the provider."""
    provider = _find_provider()
    attempt = Attempt.create()
    at = installation().clock()
    try:
        address = provider.build_sign_in_address(attempt, at=at, again=AGAIN in request.args)
    except Unanswered as error:
        return _answer_silence(error)
    session[_ATTEMPT] = {
        **asdict(attempt),
        "at": at.timestamp(),
        "back": find_own_path(request.args.get("next")),
    }
    return redirect(address, 303)


@blueprint.get("/callback")
def callback() -> ResponseReturnValue:
    """Sign in the person whom the provider vouches for."""
    provider = _find_provider()
    at = installation().clock()
    stored_attempt = session.pop(_ATTEMPT, None)
    if stored_attempt is None or at.timestamp() - stored_attempt["at"] > LONGEST.total_seconds():
        return _render_failure(_LATE, 400)
    attempt = Attempt(stored_attempt["state"], stored_attempt["nonce"], stored_attempt["verifier"])
    if request.args.get("state") != attempt.state:
        return _render_failure(_LATE, 400)
    if "code" not in request.args:
        return _render_failure(f"You did not sign in with {the_settings().sso_name}.", 403)
    try:
        secret = _sign_in(provider, attempt, at)
    except Unanswered as error:
        return _answer_silence(error)
    except Distrusted as error:
        _log.warning("single sign-on refused", why=str(error))
        sentence = f"The answer of {the_settings().sso_name} could not be trusted. {_OR_TELL}"
        return _render_failure(sentence, 400)
    except SignInRefused as error:
        return _render_failure(f"{error}.", 403)
    except Throttled as error:
        return build_wait_answer(_render_failure(f"{error}.", STATUS)[0], error)
    return begin_session(secret, stored_attempt["back"])


def _sign_in(provider: Provider, attempt: Attempt, at: datetime) -> str:
    """Begin a session of the person whom the provider vouches for. Counts failures."""
    database, browser = the_database(), the_browser()
    attempt_count = throttle.count_outside(database, place=the_place(), at=at, browser=browser.mark)
    try:
        identity = _read_identity(provider, attempt, at)
    except Unanswered:
        with database.writing() as connection:
            throttle.take_back(connection, attempt_count)
        raise
    return signing_in.sign_in_from_outside(
        database,
        subject=identity.subject,
        email=identity.email,
        is_email_verified=identity.is_email_verified or the_settings().sso_trusts_email,
        place=the_place(),
        at=at,
        browser=browser,
        failure_ids=attempt_count,
    )


def _read_identity(provider: Provider, attempt: Attempt, at: datetime) -> Identity:
    """Who came back from the provider. Raises Unanswered and Distrusted."""
    if not provider.is_from_here(request.args.get("iss"), at=at):
        raise Distrusted("the answer is from another provider")
    return provider.find_identity(request.args["code"], attempt, at=at)


def _find_provider() -> Provider:
    """The provider in the settings; without one there is no such page."""
    settings = the_settings()
    if not settings.sso_issuer:
        abort(404)
    existing = current_app.extensions.get(_EXTENSION)
    if existing is None:
        existing = current_app.extensions[_EXTENSION] = _build_provider()
    provider: Provider = existing
    return provider


def _build_provider() -> Provider:
    try:
        from web.accounts.sso_provider import Provider
    except ImportError:
        raise RotaError(say_missing_extra("Single sign-on", "sso")) from None
    settings = the_settings()
    return Provider(
        settings.sso_issuer,
        client_id=settings.sso_client_id,
        client_secret=settings.sso_client_secret.get_secret_value(),
        redirect=settings.public_url + url_for("sso.callback"),
    )


def _answer_silence(error: RotaError) -> tuple[str, int]:
    _log.error("single sign-on does not answer", why=str(error))
    return _render_failure(
        f"{the_settings().sso_name} does not answer. Try again in a few minutes.", 503
    )


def _render_failure(sentence: str, status: int) -> tuple[str, int]:
    return render_template("accounts/sso_failed.html", sentence=sentence), status
