"""The pages about users."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.errors import BadInput
from rota.services.accounts import roles, sessions, users
from rota.services.units import lookup
from web.access.request_context import the_act, the_database
from web.accounts.account_forms import EverywhereForm
from web.accounts.user_forms import OUTSIDE, NewUserForm, RoleForm, UserForm
from web.page_parts.converters import whole_number
from web.page_parts.form_faults import blame

blueprint = Blueprint("users", __name__, url_prefix="/admin/users")

Shown = Response | str | tuple[str, int]


@blueprint.get("")
def listed() -> str:
    """Users, to be searched."""
    search = request.args.get("search", "")
    number = request.args.get("page", 1, type=whole_number)
    page = users.list_users(the_database(), the_act(), search=search, page=number)
    return render_template(
        "accounts/users.html", page=page, search=search, in_words=roles.describe_role
    )


@blueprint.route("/new", methods=["GET", "POST"])
def add() -> Shown:
    """Add a user, and show their password for once."""
    form = NewUserForm()
    if not form.is_submitted():
        return render_template("accounts/add_user.html", form=form)
    if not form.validate():
        return render_template("accounts/add_user.html", form=form), 422
    try:
        added = users.add(
            the_database(),
            the_act(),
            email=form.email.data,
            name=form.name.data,
            needs_password=form.way.data != OUTSIDE,
        )
    except BadInput as error:
        blame(form, error)
        return render_template("accounts/add_user.html", form=form), 422
    if added.password is None:
        flash(f"{form.name.data} is added. Now give them a role.", "success")
        return redirect(url_for("users.show", user_id=added.id), 303)
    user = users.find(the_database(), the_act(), user_id=added.id)
    return render_template("accounts/user_password.html", user=user, password=added.password), 201


@blueprint.get("/<int:user_id>")
def show(user_id: int) -> str:
    """A user, their roles, and what can be done about them."""
    return _page(user_id)


@blueprint.post("/<int:user_id>/name")
def rename(user_id: int) -> Shown:
    """Give a user another name or address."""
    form = UserForm()
    if not form.validate():
        return _page(user_id, naming=form), 422
    try:
        users.rename(
            the_database(),
            the_act(),
            user_id=user_id,
            email=form.email.data,
            name=form.name.data,
        )
    except BadInput as error:
        blame(form, error)
        return _page(user_id, naming=form), 422
    return _back(user_id, "The name and email address are saved.")


@blueprint.post("/<int:user_id>/roles")
def grant(user_id: int) -> Shown:
    """Give a user a role."""
    form = _role_form()
    if not form.validate():
        return _page(user_id, giving=form), 422
    try:
        roles.grant(the_database(), the_act(), user_id=user_id, role=form.grant)
    except BadInput as error:
        blame(form, error)
        return _page(user_id, giving=form), 422
    return _back(user_id, "The role is added.")


@blueprint.post("/<int:user_id>/roles/<int:grant_id>/remove")
def revoke(user_id: int, grant_id: int) -> Response:
    """Take a role from a user."""
    roles.revoke(the_database(), the_act(), user_id=user_id, grant_id=grant_id)
    return _back(user_id, "The role is removed.")


@blueprint.post("/<int:user_id>/deactivate")
def deactivate(user_id: int) -> Response:
    """Let a user in no more."""
    users.deactivate(the_database(), the_act(), user_id=user_id)
    return _back(user_id, "They are signed out everywhere and cannot sign in any more.")


@blueprint.post("/<int:user_id>/activate")
def activate(user_id: int) -> Response:
    """Let a user in again."""
    users.activate(the_database(), the_act(), user_id=user_id)
    return _back(user_id, "They can sign in again.")


@blueprint.post("/<int:user_id>/password")
def reset_password(user_id: int) -> Shown:
    """Give a user a password for once, and show it."""
    once = users.reset_password(the_database(), the_act(), user_id=user_id)
    user = users.find(the_database(), the_act(), user_id=user_id)
    return render_template("accounts/user_password.html", user=user, password=once)


@blueprint.post("/<int:user_id>/sign-out")
def end_everywhere(user_id: int) -> Response:
    """Sign a user out on every browser."""
    with_tokens = bool(EverywhereForm().with_tokens.data)
    sessions.end_everywhere(the_database(), the_act(), user_id=user_id, with_tokens=with_tokens)
    return _back(user_id, "They are signed out everywhere.")


@blueprint.post("/<int:user_id>/single-sign-on")
def forget_outside(user_id: int) -> Response:
    """Have single sign-on know a user anew."""
    users.forget_outside(the_database(), the_act(), user_id=user_id)
    return _back(user_id, "Single sign-on will know them by their email address again.")


def _page(user_id: int, *, naming: UserForm | None = None, giving: RoleForm | None = None) -> str:
    user = users.find(the_database(), the_act(), user_id=user_id)
    return render_template(
        "accounts/user.html",
        user=user,
        naming=naming or UserForm(formdata=None, obj=user),
        giving=giving or _role_form(is_blank=True),
        wrong=naming or giving,
        sessions=sessions.list_open_sessions(the_database(), the_act(), user_id=user_id),
        ending=EverywhereForm(formdata=None),
        now=the_act().at,
        in_words=roles.describe_role,
    )


def _role_form(*, is_blank: bool = False) -> RoleForm:
    form = RoleForm(formdata=None) if is_blank else RoleForm()
    form.offer(lookup.list_unit_names(the_database(), the_act()))
    return form


def _back(user_id: int, says: str) -> Response:
    flash(says, "success")
    return redirect(url_for("users.show", user_id=user_id), 303)
