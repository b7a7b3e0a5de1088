"""The pages about users."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from rota.errors import BadInput
from rota.services.accounts import roles, sessions, users
from rota.services.units import lookup
from web.access.request_context import the_act, the_database
from web.accounts.account_forms import EverywhereForm
from web.accounts.user_forms import OUTSIDE, NewUserForm, RoleForm, UserForm
from web.page_parts.converters import read_row_number
from web.page_parts.form_faults import show_faults

blueprint = Blueprint("users", __name__, url_prefix="/admin/users")


@blueprint.get("")
def listed() -> str:
    """The users, with a search."""
    search = request.args.get("search", "")
    number = request.args.get("page", 1, type=read_row_number)
    page = users.list_users(the_database(), the_act(), search=search, page=number)
    return render_template(
        "accounts/users.html", page=page, search=search, in_words=roles.describe_role
    )


@blueprint.route("/new", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Add a user, and show their first password."""
    form = NewUserForm()
    if not form.is_submitted():
        return render_template("accounts/add_user.html", form=form)
    if not form.validate():
        return render_template("accounts/add_user.html", form=form), 422
    try:
        new_user = users.add(
            the_database(),
            the_act(),
            email=form.email.data,
            name=form.name.data,
            needs_password=form.way.data != OUTSIDE,
        )
    except BadInput as error:
        show_faults(form, error)
        return render_template("accounts/add_user.html", form=form), 422
    if new_user.password is None:
        flash(f"{form.name.data} is added. Now give them a role.", "success")
        return redirect(url_for("users.show", user_id=new_user.id), 303)
    user = users.find(the_database(), the_act(), user_id=new_user.id)
    return render_template(
        "accounts/user_password.html", user=user, password=new_user.password
    ), 201


@blueprint.get("/<int:user_id>")
def show(user_id: int) -> str:
    """A user, their roles, and what can be done about them."""
    return _render_user(user_id)


@blueprint.post("/<int:user_id>/name")
def rename(user_id: int) -> ResponseReturnValue:
    """Give a user another name or address."""
    form = UserForm()
    if not form.validate():
        return _render_user(user_id, name_form=form), 422
    try:
        users.rename(
            the_database(),
            the_act(),
            user_id=user_id,
            email=form.email.data,
            name=form.name.data,
        )
    except BadInput as error:
        show_faults(form, error)
        return _render_user(user_id, name_form=form), 422
    return _go_back(user_id, "The name and email address are saved.")


@blueprint.post("/<int:user_id>/roles")
def grant(user_id: int) -> ResponseReturnValue:
    """Give a user a role."""
    form = _build_role_form()
    if not form.validate():
        return _render_user(user_id, role_form=form), 422
    try:
        roles.grant(the_database(), the_act(), user_id=user_id, role=form.grant)
    except BadInput as error:
        show_faults(form, error)
        return _render_user(user_id, role_form=form), 422
    return _go_back(user_id, "The role is added.")


@blueprint.post("/<int:user_id>/roles/<int:grant_id>/remove")
def revoke(user_id: int, grant_id: int) -> Response:
    """Take a role from a user."""
    roles.revoke(the_database(), the_act(), user_id=user_id, grant_id=grant_id)
    return _go_back(user_id, "The role is removed.")


@blueprint.post("/<int:user_id>/deactivate")
def deactivate(user_id: int) -> Response:
    """Let a user sign in no more."""
    users.deactivate(the_database(), the_act(), user_id=user_id)
    return _go_back(user_id, "They are signed out everywhere and cannot sign in any more.")


@blueprint.post("/<int:user_id>/activate")
def activate(user_id: int) -> Response:
    """Let a user sign in again."""
    users.activate(the_database(), the_act(), user_id=user_id)
    return _go_back(user_id, "They can sign in again.")


@blueprint.post("/<int:user_id>/password")
def reset_password(user_id: int) -> ResponseReturnValue:
    """Give a user a password for one sign-in, and show it."""
    once = users.reset_password(the_database(), the_act(), user_id=user_id)
    user = users.find(the_database(), the_act(), user_id=user_id)
    return render_template("accounts/user_password.html", user=user, password=once)


@blueprint.post("/<int:user_id>/sign-out")
def end_everywhere(user_id: int) -> Response:
    """Sign a user out on every browser."""
    with_tokens = bool(EverywhereForm().with_tokens.data)
    sessions.end_everywhere(the_database(), the_act(), user_id=user_id, with_tokens=with_tokens)
    return _go_back(user_id, "They are signed out everywhere.")


@blueprint.post("/<int:user_id>/single-sign-on")
def forget_outside(user_id: int) -> Response:
    """Let single sign-on find a user by their email address again."""
    users.forget_outside(the_database(), the_act(), user_id=user_id)
    return _go_back(user_id, "Single sign-on will know them by their email address again.")


def _render_user(
    user_id: int, *, name_form: UserForm | None = None, role_form: RoleForm | None = None
) -> str:
    user = users.find(the_database(), the_act(), user_id=user_id)
    return render_template(
        "accounts/user.html",
        user=user,
        name_form=name_form or UserForm(formdata=None, obj=user),
        role_form=role_form or _build_role_form(is_blank=True),
        wrong=name_form or role_form,
        sessions=sessions.list_open_sessions(the_database(), the_act(), user_id=user_id),
        ending=EverywhereForm(formdata=None),
        now=the_act().at,
        in_words=roles.describe_role,
    )


def _build_role_form(*, is_blank: bool = False) -> RoleForm:
    form = RoleForm(formdata=None) if is_blank else RoleForm()
    form.offer(lookup.list_unit_names(the_database(), the_act()))
    return form


def _go_back(user_id: int, sentence: str) -> Response:
    flash(sentence, "success")
    return redirect(url_for("users.show", user_id=user_id), 303)
