"""The pages for signing in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.errors import RotaError
from rota.services import signing_in
from web import cookies
from web.accounts.forms import SignInForm
from web.acting import installation, the_database, the_place

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    """Ask for name and password, and begin a session."""
    form = SignInForm()
    if not form.is_submitted():
        return render_template("accounts/sign_in.html", form=form)
    if form.validate():
        try:
            secret = signing_in.sign_in(
                the_database(),
                email=form.email.data or "",
                password=form.password.data or "",
                place=the_place(),
                at=installation().clock(),
            )
        except RotaError as error:
            form.email.errors = [str(error)]
        else:
            response = redirect(url_for("home"), 303)
            cookies.keep(response, secret)
            return response
    return render_template("accounts/sign_in.html", form=form), 422


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    secret = cookies.secret_of(request)
    if secret:
        at = installation().clock()
        signing_in.sign_out(the_database(), secret=secret, at=at, place=the_place())
    response = redirect(url_for("accounts.sign_in"), 303)
    cookies.forget(response)
    return response


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> str:
    """Change the password."""
    return render_template("accounts/password.html")
