"""The pages of a unit's policy."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from rota.errors import BadInput, Conflict
from rota.services.units import policy_settings
from rota.services.units.policy_settings import PolicyPage
from web.access.request_context import the_act, the_database, the_unit
from web.page_parts.form_faults import blame
from web.units import policy_words
from web.units.policy_forms import PolicyForm, policy_form

blueprint = Blueprint("policy", __name__, url_prefix="/units/<int:unit_id>/policy")


@blueprint.get("")
def show(unit_id: int) -> str:
    """Every setting with its meaning, and every rule with its weight."""
    shown = policy_settings.load_policy_page(the_database(), the_act(), unit=the_unit())
    return render_template(
        "units/policy.html",
        unit_id=unit_id,
        shown=shown,
        groups=policy_words.groups_of(shown.settings),
        told={setting.name: setting for setting in shown.settings},
        words=policy_words,
    )


@blueprint.route("/change", methods=["GET", "POST"])
def change(unit_id: int) -> Response | str | tuple[str, int]:
    """Change settings and weights."""
    shown = policy_settings.load_policy_page(the_database(), the_act(), unit=the_unit())
    form = policy_form(shown)
    if not form.is_submitted():
        return _page(unit_id, shown, form)
    if form.validate():
        try:
            changed = policy_settings.change_policy(
                the_database(),
                the_act(),
                unit=the_unit(),
                texts=form.texts(),
                seal=form.seal.data or "",
            )
        except BadInput as error:
            blame(form, error)
        except Conflict as error:
            form.form_errors.append(str(error))
            return _page(unit_id, shown, form), 409
        else:
            flash("Policy changed" if changed else "The policy is so already", "success")
            return redirect(url_for("policy.show", unit_id=unit_id), 303)
    return _page(unit_id, shown, form), 422


def _page(unit_id: int, shown: PolicyPage, form: PolicyForm) -> str:
    return render_template(
        "units/change_policy.html",
        unit_id=unit_id,
        shown=shown,
        form=form,
        groups=policy_words.GROUPS,
    )
