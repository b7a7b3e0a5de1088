"""The pages for signing in and out, for passwords and for tokens."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
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
from web.accounts.way_back import own_path
from web.page_parts.form_faults import blame
from web.waiting import told_to_wait

blueprint = Blueprint("accounts", __name__)

Shown = Response | str | tuple[str, int]


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Shown:
    """Ask for name and password, and begin a session."""
    back = own_path(request.args.get("next"))
    if request.method == "GET" and the_user():
        return redirect(back or url_for("home"), 303)
    form = SignInForm()
    if not form.is_submitted():
        return _sign_in_page(form)
    if not form.validate():
        return _sign_in_page(form), 422
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
        return _sign_in_page(form), 422
    except Throttled as error:
        form.email.errors = [str(error)]
        return told_to_wait(_sign_in_page(form), error)
    return begun(secret, back)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    _end_session()
    response = redirect(url_for("accounts.sign_in"), 303)
    cookies.forget(response)
    return response


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> Shown:
    """Change the password."""
    form = PasswordForm()
    if not form.is_submitted():
        return _password_page(form)
    if not form.validate():
        return _password_page(form), 422
    user = _me()
    try:
        signing_in.change_password(
            the_database(),
            the_act(),
            user_id=user.id,
            old=form.old.data,
            new=form.new.data,
            keep=cookies.secret_of(request),
        )
    except WeakPassword as error:
        form.new.errors = [str(error)]
        return _password_page(form), 422
    except SignInRefused as error:
        form.old.errors = [str(error)]
        return _password_page(form), 422
    except Throttled as error:
        form.old.errors = [str(error)]
        return told_to_wait(_password_page(form), error)
    says = "You are signed out everywhere else, and your tokens are revoked."
    flash(f"Your password is changed. {says}", "success")
    return redirect(url_for("home" if user.must_change_password else "accounts.password"), 303)


@blueprint.get("/tokens")
def token_list() -> str:
    """The user's tokens, and a form for another."""
    return _tokens_page(_token_form())


@blueprint.post("/tokens")
def make_token() -> Shown:
    """Make a token, and show it this once."""
    form = _token_form()
    if not form.validate():
        return _tokens_page(form), 422
    try:
        tokens.prove_again(the_database(), the_act(), user=_me(), password=form.proof)
        secret = tokens.make(
            the_database(),
            the_act(),
            user_id=_me().id,
            name=form.name.data,
            scopes=form.scopes.data,
            good_for=form.good_for,
        )
    except BadInput as error:
        blame(form, error)
        return _tokens_page(form), 422
    except SignInRefused as error:
        form.password.errors = [str(error)]
        return _tokens_page(form), 422
    except Throttled as error:
        form.password.errors = [str(error)]
        return told_to_wait(_tokens_page(form), error)
    return render_template("accounts/token.html", secret=secret, name=form.name.data), 201


@blueprint.post("/tokens/<int:token_id>/revoke")
def revoke_token(token_id: int) -> Response:
    """End a token."""
    tokens.revoke(the_database(), the_act(), user_id=_me().id, token_id=token_id)
    flash("The token is revoked. Programs cannot use it any more.", "success")
    return redirect(url_for("accounts.token_list"), 303)


def begun(secret: str, back: str | None) -> Response:
    """Go on with a new session; whatever the browser had before is over."""
    _end_session()
    response = redirect(back or url_for("home"), 303)
    cookies.keep(response, secret)
    user = sessions.find_signed_in_user(the_database(), secret=secret, at=installation().clock())
    if user:
        remember(response, user.id)
    return response


def _me() -> User:
    user = the_user()
    assert user is not None  # The table of who may what lets nobody else come here.
    return user


def _end_session() -> None:
    session.clear()
    secret = cookies.secret_of(request)
    if secret:
        at = installation().clock()
        sessions.sign_out(the_database(), secret=secret, at=at, place=the_place())


def _sign_in_page(form: SignInForm) -> str:
    settings = the_settings()
    outside = settings.sso_name if settings.sso_issuer else None
    back = own_path(request.args.get("next"))
    return render_template("accounts/sign_in.html", form=form, outside=outside, back=back)


def _password_page(form: PasswordForm) -> str:
    return render_template(
        "accounts/password.html",
        form=form,
        must=_me().must_change_password,
        shortest=SHORTEST,
        outside=the_settings().sso_name,
    )


def _token_form() -> TokenForm:
    """The form for those with a password, or for those without."""
    return TokenWithPasswordForm() if _me().has_password else TokenForm()


def _tokens_page(form: TokenForm) -> str:
    kept = tokens.list_tokens(the_database(), the_act(), user_id=_me().id)
    now = installation().clock()
    may_make = _me().has_password or tokens.has_signed_in_recently(_me(), at=now)
    return render_template(
        "accounts/tokens.html",
        form=form,
        tokens=kept,
        now=now,
        may_make=may_make,
        outside=the_settings().sso_name,
    )
