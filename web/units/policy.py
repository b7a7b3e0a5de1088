"""The pages of a unit's policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from rota.errors import BadInput, Conflict
from rota.services.access.audit_details import ChangedSetting
from rota.services.units import policy_settings
from rota.services.units.policy_settings import PolicyPage
from web.access.request_context import the_act, the_database, the_unit
from web.page_parts.form_faults import show_faults
from web.page_parts.words import weekday
from web.units import policy_words
from web.units.policy_forms import PolicyForm, build_policy_form

blueprint = Blueprint("policy", __name__, url_prefix="/units/<int:unit_id>/policy")


@blueprint.get("")
def show(unit_id: int) -> str:
    """Every setting with its meaning, and every rule with its weight."""
    policy = policy_settings.load_policy_page(the_database(), the_act(), unit=the_unit())
    return render_template(
        "units/policy.html",
        unit_id=unit_id,
        policy=policy,
        groups=policy_words.group_settings(policy.settings),
        settings={setting.name: setting for setting in policy.settings},
        words=policy_words,
        today=the_act().today,
    )


@blueprint.route("/change", methods=["GET", "POST"])
def change(unit_id: int) -> Response | str | tuple[str, int]:
    """Change settings and weights."""
    policy = policy_settings.load_policy_page(the_database(), the_act(), unit=the_unit())
    form = build_policy_form(policy)
    if not form.is_submitted():
        return _render_form(unit_id, policy, form)
    if form.validate():
        try:
            changes = policy_settings.change_policy(
                the_database(),
                the_act(),
                unit=the_unit(),
                texts=form.read_texts(),
                seal=form.seal.data or "",
                since=form.monday,
            )
        except BadInput as error:
            show_faults(form, error)
        except Conflict as error:
            form.form_errors.append(str(error))
            return _render_form(unit_id, policy, form), 409
        else:
            flash(_describe_change(changes, form.monday or policy.next_monday), "success")
            return redirect(url_for("policy.show", unit_id=unit_id), 303)
    return _render_form(unit_id, policy, form), 422


def _describe_change(changes: Sequence[ChangedSetting], monday: date) -> str:
    """That the policy has changed, and from when weeks are judged by it if they are."""
    if not changes:
        return "The policy is so already"
    since = f" from {weekday(monday)}" if policy_settings.judges_weeks(changes) else ""
    return f"Policy changed{since}"


def _render_form(unit_id: int, policy: PolicyPage, form: PolicyForm) -> str:
    return render_template(
        "units/change_policy.html",
        unit_id=unit_id,
        policy=policy,
        form=form,
        groups=policy_words.GROUPS,
    )
