"""Who makes the present request, on which database, and about which unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app, g, request, session

from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.access.rights import Rights
from rota.services.accounts.sessions import User
from rota.services.accounts.throttle import Meter
from rota.settings import Settings
from rota.store.databases.database import Database
from web.page_parts.converters import whole_number

EXTENSION = "rota"
"""Where Flask keeps the installation."""

_OWN = "own_unit"
"""Where the browser keeps the number of the unit whose officer one is at present."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What every request stands on. `clock` tells the present instant, aware of its zone."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    meter: Meter = field(default_factory=Meter)


def installation() -> Installation:
    its: Installation = current_app.extensions[EXTENSION]
    return its


def the_database() -> Database:
    return installation().database


def the_settings() -> Settings:
    return installation().settings


def the_user() -> User | None:
    """Whoever is signed in, if anybody is."""
    user: User | None = g.get("user")
    return user


def the_act() -> Act:
    """The deed of this request, under the name and with the rights of whoever is signed in."""
    if "act" not in g:
        user = the_user()
        g.act = Act(
            actor=user.email if user else "nobody",
            place=the_place(),
            at=installation().clock(),
            rights=user.rights if user else Rights(),
        )
    act: Act = g.act
    return act


def the_rights() -> Rights:
    return the_act().rights


def the_place() -> str:
    """The address that the request came from."""
    return request.remote_addr or "unknown"


def the_unit_id() -> int | None:
    """The number of the unit that the address of the page names, if it names one."""
    number: int | None = (request.view_args or {}).get("unit_id")
    return number


def the_unit() -> str:
    """The name of the unit that the address of the page names.

    Raises Forbidden where the user has no role in it, whether or not there is such a unit.
    """
    name = the_rights().units.get(the_unit_id() or 0)
    if name is None:
        raise Forbidden("You have no role in this unit, or there is no such unit.")
    return name


def the_own() -> tuple[str, str]:
    """The unit and the staff number of the officer that the user is.

    Of several it is the one whose unit the address names, also on all later pages, and before any
    is named the first. Raises Forbidden for whoever is none.
    """
    rights = the_rights()
    named = request.args.get("unit_id", type=whole_number)
    if rights.units.get(named or 0) in rights.own:
        session[_OWN] = named
    chosen = rights.units.get(session.get(_OWN, 0))
    for unit in (chosen, *rights.own):
        if unit in rights.own:
            return unit, rights.own[unit]
    raise Forbidden("This page is for officers, who have a rota of their own.")
