"""Who may open which page: one table, and the check that reads it before every request.

Services ask again, and more closely: which team, whose seat. A page that is not in the table is
open to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask import Flask, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from rota.errors import Forbidden
from rota.services.access.rights import Rights
from rota.services.accounts import sessions
from web.access import cookies
from web.access.request_context import (
    installation,
    the_database,
    the_rights,
    the_unit,
    the_unit_id,
    the_user,
)
from web.api.endpoints import OPERATIONS as API


class PageAudience(StrEnum):
    """For whom a page is, in words. Those of a unit speak of the unit in the page's address."""

    ANYONE = "anyone"
    SIGNED_IN = "anyone who is signed in"
    BEARER = "programs with a token"
    IS_OFFICER = "officers, who have a rota of their own"
    SEES_UNIT = "anyone with a role in the unit"
    MANAGES_UNIT = "managers of a team of the unit"
    MANAGES_WHOLE_UNIT = "managers of the whole unit"
    KNOWS_FIGURES = "heads and managers of the unit"
    AUDITS_UNIT = "heads of the unit and managers of all of it"
    KNOWS_SOME_FIGURES = "heads and managers of any unit"
    ADMINISTERS = "administrators"


_A = PageAudience

WHO_MAY: Mapping[str, PageAudience] = {
    "static": _A.ANYONE,
    "assets": _A.ANYONE,
    "home": _A.SIGNED_IN,
    "probes.health": _A.ANYONE,
    "probes.ready": _A.ANYONE,
    "probes.metrics": _A.ANYONE,
    "api.openapi": _A.ANYONE,
    "guide.show": _A.ANYONE,
    **dict.fromkeys((f"api.{operation.name}" for operation in API), _A.BEARER),
    "board.show": _A.SEES_UNIT,
    "board.printed": _A.SEES_UNIT,
    "board.breach_list": _A.MANAGES_UNIT,
    "board.officer": _A.MANAGES_UNIT,
    "board.edit": _A.MANAGES_UNIT,
    "runs.listed": _A.KNOWS_FIGURES,
    "runs.ask": _A.MANAGES_UNIT,
    "runs.watched": _A.KNOWS_FIGURES,
    "runs.stop": _A.MANAGES_UNIT,
    "runs.retry": _A.MANAGES_UNIT,
    "publishing.draft": _A.MANAGES_UNIT,
    "publishing.publish": _A.MANAGES_UNIT,
    "publishing.discard": _A.MANAGES_UNIT,
    "versions.listed": _A.SEES_UNIT,
    "versions.shown": _A.SEES_UNIT,
    "versions.rota": _A.SEES_UNIT,
    "versions.restore": _A.MANAGES_UNIT,
    "proposals.listed": _A.MANAGES_UNIT,
    "proposals.decide": _A.MANAGES_UNIT,
    "my_rota.show": _A.IS_OFFICER,
    "my_rota.read": _A.IS_OFFICER,
    "calendar.feed": _A.ANYONE,
    "calendar.make": _A.IS_OFFICER,
    "calendar.revoke": _A.IS_OFFICER,
    "who_is_in.show": _A.SEES_UNIT,
    "asks.listed": _A.IS_OFFICER,
    "asks.new_day": _A.IS_OFFICER,
    "asks.new_leave": _A.IS_OFFICER,
    "asks.new_swap": _A.IS_OFFICER,
    "asks.check_swap": _A.IS_OFFICER,
    "asks.one": _A.IS_OFFICER,
    "asks.withdraw": _A.IS_OFFICER,
    "asks.agree": _A.IS_OFFICER,
    "asks.decline": _A.IS_OFFICER,
    "answers.waiting": _A.MANAGES_UNIT,
    "answers.answer": _A.MANAGES_UNIT,
    "answers.agree_for": _A.MANAGES_UNIT,
    "accounts.sign_in": _A.ANYONE,
    "accounts.sign_out": _A.ANYONE,
    "accounts.password": _A.SIGNED_IN,
    "records.tables": _A.MANAGES_UNIT,
    "records.listed": _A.MANAGES_UNIT,
    "records.person": _A.MANAGES_UNIT,
    "records.add": _A.MANAGES_UNIT,
    "records.edit": _A.MANAGES_UNIT,
    "records.remove": _A.MANAGES_UNIT,
    "records.rename": _A.MANAGES_WHOLE_UNIT,
    "days_in_lieu.show": _A.MANAGES_UNIT,
    "policy.show": _A.KNOWS_FIGURES,
    "policy.change": _A.MANAGES_WHOLE_UNIT,
    "importing.upload": _A.MANAGES_WHOLE_UNIT,
    "importing.answer": _A.MANAGES_WHOLE_UNIT,
    "importing.confirm": _A.MANAGES_WHOLE_UNIT,
    "importing.export": _A.MANAGES_WHOLE_UNIT,
    "importing.download": _A.MANAGES_WHOLE_UNIT,
    "accounts.token_list": _A.SIGNED_IN,
    "accounts.make_token": _A.SIGNED_IN,
    "accounts.revoke_token": _A.SIGNED_IN,
    "account.show": _A.SIGNED_IN,
    "account.end_session": _A.SIGNED_IN,
    "account.end_everywhere": _A.SIGNED_IN,
    "sso.start": _A.ANYONE,
    "sso.callback": _A.ANYONE,
    "units.listed": _A.ADMINISTERS,
    "units.add": _A.ADMINISTERS,
    "users.listed": _A.ADMINISTERS,
    "users.add": _A.ADMINISTERS,
    "users.show": _A.ADMINISTERS,
    "users.rename": _A.ADMINISTERS,
    "users.grant": _A.ADMINISTERS,
    "users.revoke": _A.ADMINISTERS,
    "users.deactivate": _A.ADMINISTERS,
    "users.activate": _A.ADMINISTERS,
    "users.reset_password": _A.ADMINISTERS,
    "users.end_everywhere": _A.ADMINISTERS,
    "users.forget_outside": _A.ADMINISTERS,
    "upkeep.settings": _A.ADMINISTERS,
    "upkeep.health": _A.ADMINISTERS,
    "overview.show": _A.KNOWS_FIGURES,
    "overview.table": _A.KNOWS_FIGURES,
    "overview.units": _A.KNOWS_SOME_FIGURES,
    "overview.units_table": _A.KNOWS_SOME_FIGURES,
    "nights.of_unit": _A.KNOWS_FIGURES,
    "nights.of_all": _A.KNOWS_SOME_FIGURES,
    "audit.show": _A.AUDITS_UNIT,
    "audit.outside_units": _A.ADMINISTERS,
}
"""The audience of every endpoint."""

WITH_AN_OLD_PASSWORD = {"static", "assets", "accounts.password", "accounts.sign_out"}
"""What users may open before they have changed a password that they must change."""


def guard(app: Flask) -> None:
    """Check before every request whether the user may make it."""
    app.before_request(_check_access)


def is_for(endpoint: str, rights: Rights, unit: str | None) -> bool:
    """Whether somebody with these rights may open the page; `unit` is the unit of its address."""
    audience = WHO_MAY.get(endpoint)
    return audience is not None and _is_in_audience(rights, unit or "", audience)


def _is_in_audience(rights: Rights, unit: str, audience: PageAudience) -> bool:
    """Whether somebody who is signed in belongs to the audience."""
    match audience:
        case _A.ANYONE | _A.SIGNED_IN:
            return True
        case _A.IS_OFFICER:
            return bool(rights.own)
        case _A.SEES_UNIT:
            return rights.sees(unit)
        case _A.MANAGES_UNIT:
            return rights.manages(unit)
        case _A.MANAGES_WHOLE_UNIT:
            return rights.manages_whole(unit)
        case _A.KNOWS_FIGURES:
            return rights.knows_figures(unit)
        case _A.KNOWS_SOME_FIGURES:
            return any(rights.knows_figures(name) for name in rights.units.values())
        case _A.AUDITS_UNIT:
            return rights.audits(unit)
        case _A.ADMINISTERS:
            return rights.is_administrator
        case _:
            return False


def _check_access() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None:
        return None  # There is no such page, and the answer says so.
    audience = WHO_MAY.get(endpoint)
    if audience is None:
        abort(403)
    if endpoint in ("static", "assets") or audience == _A.BEARER:
        return None  # Files are everybody's; the API asks for a token itself.
    _load_user()
    if audience == _A.ANYONE:
        return None
    user = the_user()
    if user is None:
        return _send_to_sign_in()
    if user.must_change_password and endpoint not in WITH_AN_OLD_PASSWORD:
        return redirect(url_for("accounts.password"), 303)
    unit = the_unit() if the_unit_id() is not None else None
    if not is_for(endpoint, the_rights(), unit):
        raise Forbidden(f"This page is for {audience}. Ask an administrator if that is you.")
    return None


def _load_user() -> None:
    secret = cookies.read_session_secret(request)
    at = installation().clock()
    g.user = sessions.find_signed_in_user(the_database(), secret=secret, at=at) if secret else None


def _send_to_sign_in() -> Response:
    """Send to the sign-in page, and afterwards back to the page if it was only to be looked at."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    target = url_for("accounts.sign_in", next=None if back == "/" else back)
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": url_for("accounts.sign_in")})
    return redirect(target, 303)
