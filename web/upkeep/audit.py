"""What was done in a unit, and outside of all units."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for

from rota.services.upkeep import audits
from rota.services.upkeep.audits import AuditFilter, AuditPage
from rota.writing.audit_lines import list_audit_parts
from web.access.request_context import the_act, the_database, the_rights, the_unit
from web.page_parts.converters import whole_number
from web.upkeep.audit_forms import SearchForm

blueprint = Blueprint("audit", __name__)

Shown = str | tuple[str, int]


@blueprint.get("/units/<int:unit_id>/audit")
def show(unit_id: int) -> Shown:
    """What was done in the unit."""

    def found(wanted: AuditFilter, before: int | None) -> AuditPage:
        return audits.find_in_unit(
            the_database(), the_act(), unit=the_unit(), search=wanted, before=before
        )

    its = the_unit()
    here = url_for("audit.show", unit_id=unit_id)
    return _page(found, f"Audit of {its}", here, is_discreet=not the_rights().manages_whole(its))


@blueprint.get("/admin/audit")
def outside_units() -> Shown:
    """Who signed in, and what was done for users."""

    def found(wanted: AuditFilter, before: int | None) -> AuditPage:
        return audits.find_outside_units(the_database(), the_act(), search=wanted, before=before)

    here = url_for("audit.outside_units")
    return _page(found, "Audit of users and sign-ins", here, is_discreet=False)


def _page(
    found: Callable[[AuditFilter, int | None], AuditPage],
    heading: str,
    here: str,
    *,
    is_discreet: bool,
) -> Shown:
    form = SearchForm(request.args)
    is_right = form.validate()
    deeds = found(
        form.wanted if is_right else AuditFilter(), request.args.get("before", type=whole_number)
    )
    actor_names = deeds.called.get("who", {})
    form.offer({a: actor_names.get(a, a) for a in deeds.actors}, deeds.actions)
    page = render_template(
        "upkeep/audit.html",
        deeds=deeds,
        form=form,
        heading=heading,
        is_discreet=is_discreet,
        is_search=any(form.data.values()),
        actor_names=actor_names,
        parts=partial(list_audit_parts, called=deeds.called),
        here=here,
        older=f"{here}?{_older(deeds.older)}" if deeds.older else None,
    )
    return page if is_right else (page, 422)


def _older(number: int) -> str:
    """The same search, for the entries below that number."""
    return urlencode({**request.args.to_dict(), "before": number})
