"""The page of one's own account: where one is signed in, and the way to the rest of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.services.accounts import sessions
from rota.services.accounts.sessions import User
from web.access import cookies
from web.access.request_context import the_act, the_database, the_settings, the_user
from web.accounts.account_forms import EverywhereForm

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
def show() -> str:
    """How one signs in, where one is signed in, and the ways to passwords and tokens."""
    kept = sessions.list_open_sessions(
        the_database(), the_act(), user_id=_me().id, secret=cookies.secret_of(request)
    )
    return render_template(
        "accounts/account.html",
        sessions=kept,
        form=EverywhereForm(formdata=None),
        outside=the_settings().sso_name,
    )


@blueprint.post("/sessions/<name>/end")
def end_session(name: str) -> Response:
    """Sign out on one browser, which may be this one."""
    sessions.end(the_database(), the_act(), user_id=_me().id, name=name)
    flash("You are signed out there.", "success")
    return redirect(url_for("account.show"), 303)


@blueprint.post("/sign-out-everywhere")
def end_everywhere() -> Response:
    """Sign out on every browser, this one included."""
    with_tokens = bool(EverywhereForm().with_tokens.data)
    sessions.end_everywhere(the_database(), the_act(), user_id=_me().id, with_tokens=with_tokens)
    response = redirect(url_for("accounts.sign_in"), 303)
    cookies.forget(response)
    return response


def _me() -> User:
    user = the_user()
    assert user is not None  # The table of who may what lets nobody else come here.
    return user
