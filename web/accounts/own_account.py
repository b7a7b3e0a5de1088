"""The page of the user's own account: where they are signed in, and links to the rest."""

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
    """How and where the user is signed in, and links to passwords and tokens."""
    user_sessions = sessions.list_open_sessions(
        the_database(),
        the_act(),
        user_id=_require_user().id,
        secret=cookies.read_session_secret(request),
    )
    return render_template(
        "accounts/account.html",
        sessions=user_sessions,
        form=EverywhereForm(formdata=None),
        outside=the_settings().sso_name,
    )


@blueprint.post("/sessions/<name>/end")
def end_session(name: str) -> Response:
    """Sign out on one browser, which may be this one."""
    sessions.end(the_database(), the_act(), user_id=_require_user().id, name=name)
    flash("You are signed out there.", "success")
    return redirect(url_for("account.show"), 303)


@blueprint.post("/sign-out-everywhere")
def end_everywhere() -> Response:
    """Sign out on every browser, this one included."""
    with_tokens = bool(EverywhereForm().with_tokens.data)
    sessions.end_everywhere(
        the_database(), the_act(), user_id=_require_user().id, with_tokens=with_tokens
    )
    response = redirect(url_for("accounts.sign_in"), 303)
    cookies.forget(response)
    return response


def _require_user() -> User:
    user = the_user()
    assert user is not None  # `page_access` lets nobody else open these pages.
    return user
