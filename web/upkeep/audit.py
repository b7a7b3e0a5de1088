"""The pages of the audit: what was done in a unit, and outside all units."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rota.services.upkeep import audits
from rota.services.upkeep.audits import AuditFilter, AuditPage
from rota.writing.audit_lines import list_audit_parts
from web.access.request_context import the_act, the_database, the_rights, the_unit
from web.page_parts.converters import read_row_number
from web.upkeep.audit_forms import SearchForm

blueprint = Blueprint("audit", __name__)


@blueprint.get("/units/<int:unit_id>/audit")
def show(unit_id: int) -> ResponseReturnValue:
    """What was done in the unit."""

    def search(audit_filter: AuditFilter, before: int | None) -> AuditPage:
        return audits.find_in_unit(
            the_database(), the_act(), unit=the_unit(), search=audit_filter, before=before
        )

    unit = the_unit()
    address = url_for("audit.show", unit_id=unit_id)
    return _render_audit(
        search, f"Audit of {unit}", address, is_discreet=not the_rights().manages_whole(unit)
    )


@blueprint.get("/admin/audit")
def outside_units() -> ResponseReturnValue:
    """Who signed in, and what was done for users."""

    def search(audit_filter: AuditFilter, before: int | None) -> AuditPage:
        return audits.find_outside_units(
            the_database(), the_act(), search=audit_filter, before=before
        )

    address = url_for("audit.outside_units")
    return _render_audit(search, "Audit of users and sign-ins", address, is_discreet=False)


def _render_audit(
    search: Callable[[AuditFilter, int | None], AuditPage],
    heading: str,
    address: str,
    *,
    is_discreet: bool,
) -> ResponseReturnValue:
    form = SearchForm(request.args)
    is_right = form.validate()
    deeds = search(
        form.audit_filter if is_right else AuditFilter(),
        request.args.get("before", type=read_row_number),
    )
    actor_names = deeds.called.get("who", {})
    form.offer({actor: actor_names.get(actor, actor) for actor in deeds.actors}, deeds.actions)
    page = render_template(
        "upkeep/audit.html",
        deeds=deeds,
        form=form,
        heading=heading,
        is_discreet=is_discreet,
        is_search=any(form.data.values()),
        actor_names=actor_names,
        parts=partial(list_audit_parts, called=deeds.called),
        address=address,
        older=f"{address}?{_build_older_query(deeds.older)}" if deeds.older else None,
    )
    return page if is_right else (page, 422)


def _build_older_query(number: int) -> str:
    """The same search, for the entries below that number."""
    return urlencode({**request.args.to_dict(), "before": number})
