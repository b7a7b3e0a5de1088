"""The days in lieu that are owed for extra days worked."""

from __future__ import annotations

from collections.abc import Iterable

from rota.services.accounts.tokens import Scope
from rota.services.my_rota import days_in_lieu
from rota.services.my_rota.days_in_lieu import DaysInLieu
from web.access.request_context import the_database
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, build_page_of_all
from web.api.shapes import Nothing, Number, Resource


class InLieuResource(Resource):
    """An officer's days in lieu: earned up to today, planned for later, used, and owed.

    Fewer than 0 are owed if too many were used.
    """

    unit_id: int
    staff_no: str
    earned: Number
    planned: Number
    used: Number
    owed: Number


class DaysInLieuResource(PageResource[InLieuResource]):
    """A part of a list of days in lieu by officer."""


@operation(
    "GET",
    "/units/{unit_id}/days-in-lieu",
    answers=DaysInLieuResource,
    scope=Scope.READ_ROTA,
    query=PageQuery,
)
def list_days_in_lieu(call: Call[PageQuery, Nothing]) -> DaysInLieuResource:
    """List the days in lieu owed to officers of the teams that you manage, by staff number."""
    everybody = days_in_lieu.list_days_in_lieu(the_database(), call.act, unit=call.unit)
    return _build_page(call, ((call.unit, in_lieu) for in_lieu in everybody))


@operation(
    "GET",
    "/my-days-in-lieu",
    answers=DaysInLieuResource,
    scope=Scope.READ_ROTA,
    query=PageQuery,
)
def list_own_days_in_lieu(call: Call[PageQuery, Nothing]) -> DaysInLieuResource:
    """Tell the days in lieu owed to the owner of the token. For officers."""
    return _build_page(call, days_in_lieu.list_own_days_in_lieu(the_database(), call.act))


def _build_page(
    call: Call[PageQuery, Nothing], rows: Iterable[tuple[str, DaysInLieu]]
) -> DaysInLieuResource:
    numbers = {name: number for number, name in call.act.rights.units.items()}
    resources = [
        InLieuResource(
            unit_id=numbers[unit],
            staff_no=in_lieu.officer.staff_no,
            earned=in_lieu.earned,
            planned=in_lieu.planned,
            used=in_lieu.used,
            owed=in_lieu.owed,
        )
        for unit, in_lieu in rows
    ]
    items, later = build_page_of_all(call.query, resources, lambda row: (row.unit_id, row.staff_no))
    return DaysInLieuResource(items=items, next=later)


OPERATIONS = (list_days_in_lieu, list_own_days_in_lieu)
