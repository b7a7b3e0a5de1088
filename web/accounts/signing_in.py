"""The pages for signing in and out, for passwords and for tokens."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from rota.errors import BadInput
from rota.services.accounts import sessions, signing_in, tokens
from rota.services.accounts.passwords import SHORTEST, WeakPassword
from rota.services.accounts.sessions import User
from rota.services.accounts.signing_in import SignInRefused
from rota.services.accounts.throttle import Throttled
from web.access import cookies
from web.access.browsers import remember, the_browser
from web.access.request_context import (
    installation,
    the_act,
    the_database,
    the_place,
    the_settings,
    the_user,
)
from web.accounts.account_forms import PasswordForm, SignInForm, TokenForm, TokenWithPasswordForm
from web.accounts.return_address import find_own_path
from web.page_parts.form_faults import show_faults
from web.wait_answer import build_wait_answer

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for name and password, and begin a session."""
    back = find_own_path(request.args.get("next"))
    if request.method == "GET" and the_user():
        return redirect(back or url_for("home"), 303)
    form = SignInForm()
    if not form.is_submitted():
        return _render_sign_in(form)
    if not form.validate():
        return _render_sign_in(form), 422
    try:
        secret = signing_in.sign_in(
            the_database(),
            email=form.email.data,
            password=form.password.data,
            place=the_place(),
            at=installation().clock(),
            browser=the_browser(),
        )
    except SignInRefused as error:
        form.email.errors = [str(error)]
        return _render_sign_in(form), 422
    except Throttled as error:
        form.email.errors = [str(error)]
        return build_wait_answer(_render_sign_in(form), error)
    return begin_session(secret, back)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    _end_session()
    response = redirect(url_for("accounts.sign_in"), 303)
    cookies.forget(response)
    return response


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change the password."""
    form = PasswordForm()
    if not form.is_submitted():
        return _render_password(form)
    if not form.validate():
        return _render_password(form), 422
    user = _require_user()
    try:
        signing_in.change_password(
            the_database(),
            the_act(),
            user_id=user.id,
            old=form.old.data,
            new=form.new.data,
            keep=cookies.read_session_secret(request),
        )
    except WeakPassword as error:
        form.new.errors = [str(error)]
        return _render_password(form), 422
    except SignInRefused as error:
        form.old.errors = [str(error)]
        return _render_password(form), 422
    except Throttled as error:
        form.old.errors = [str(error)]
        return build_wait_answer(_render_password(form), error)
    sentence = "You are signed out everywhere else, and your tokens are revoked."
    flash(f"Your password is changed. {sentence}", "success")
    return redirect(url_for("home" if user.must_change_password else "accounts.password"), 303)


@blueprint.get("/tokens")
def token_list() -> str:
    """The user's tokens, and a form for another."""
    return _render_tokens(_build_token_form())


@blueprint.post("/tokens")
def make_token() -> ResponseReturnValue:
    """Make a token, and show it this once."""
    form = _build_token_form()
    if not form.validate():
        return _render_tokens(form), 422
    try:
        tokens.prove_again(the_database(), the_act(), user=_require_user(), password=form.proof)
        secret = tokens.make(
            the_database(),
            the_act(),
            user_id=_require_user().id,
            name=form.name.data,
            scopes=form.scopes.data,
            good_for=form.good_for,
        )
    except BadInput as error:
        show_faults(form, error)
        return _render_tokens(form), 422
    except SignInRefused as error:
        form.password.errors = [str(error)]
        return _render_tokens(form), 422
    except Throttled as error:
        form.password.errors = [str(error)]
        return build_wait_answer(_render_tokens(form), error)
    return render_template("accounts/token.html", secret=secret, name=form.name.data), 201


@blueprint.post("/tokens/<int:token_id>/revoke")
def revoke_token(token_id: int) -> Response:
    """End a token."""
    tokens.revoke(the_database(), the_act(), user_id=_require_user().id, token_id=token_id)
    flash("The token is revoked. Programs cannot use it any more.", "success")
    return redirect(url_for("accounts.token_list"), 303)


def begin_session(secret: str, back: str | None) -> Response:
    """Begin a new session in the browser, and end the one that it had before."""
    _end_session()
    response = redirect(back or url_for("home"), 303)
    cookies.keep(response, secret)
    user = sessions.find_signed_in_user(the_database(), secret=secret, at=installation().clock())
    if user:
        remember(response, user.id)
    return response


def _require_user() -> User:
    user = the_user()
    assert user is not None  # `page_access` lets nobody else open these pages.
    return user


def _end_session() -> None:
    session.clear()
    secret = cookies.read_session_secret(request)
    if secret:
        at = installation().clock()
        sessions.sign_out(the_database(), secret=secret, at=at, place=the_place())


def _render_sign_in(form: SignInForm) -> str:
    settings = the_settings()
    outside = settings.sso_name if settings.sso_issuer else None
    back = find_own_path(request.args.get("next"))
    return render_template("accounts/sign_in.html", form=form, outside=outside, back=back)


def _render_password(form: PasswordForm) -> str:
    return render_template(
        "accounts/password.html",
        form=form,
        must=_require_user().must_change_password,
        shortest=SHORTEST,
        outside=the_settings().sso_name,
    )


def _build_token_form() -> TokenForm:
    """The form for users with a password, or for users without."""
    return TokenWithPasswordForm() if _require_user().has_password else TokenForm()


def _render_tokens(form: TokenForm) -> str:
    user_tokens = tokens.list_tokens(the_database(), the_act(), user_id=_require_user().id)
    now = installation().clock()
    may_make = _require_user().has_password or tokens.has_signed_in_recently(
        _require_user(), at=now
    )
    return render_template(
        "accounts/tokens.html",
        form=form,
        tokens=user_tokens,
        now=now,
        may_make=may_make,
        outside=the_settings().sso_name,
    )
