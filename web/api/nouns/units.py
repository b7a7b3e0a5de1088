"""Units: which there are for the caller."""

from __future__ import annotations

from typing import Literal

from rota.services.access.rights import Grant
from rota.services.accounts.tokens import Scope
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, build_page_of_all
from web.api.shapes import Nothing, Resource


class RoleResource(Resource):
    """A role that the caller has in a unit; a manager's is for one team of it, or for all (null).

    An officer has a staff number.
    """

    role: Literal["officer", "manager", "head"]
    team: str | None
    staff_no: str | None


class UnitResource(Resource):
    """A delivery unit, and what the caller is in it."""

    id: int
    name: str
    roles: list[RoleResource]


class Units(PageResource[UnitResource]):
    """A part of a list of units."""


@operation("GET", "/units", answers=Units, scope=Scope.READ_ROTA, query=PageQuery)
def list_units(call: Call[PageQuery, Nothing]) -> Units:
    """List the units in which the owner of the token has a role."""
    rights = call.act.rights
    units = [
        UnitResource(
            id=number,
            name=name,
            roles=[_build_role(g) for g in rights.grants if g.unit_id == number],
        )
        for number, name in rights.units.items()
    ]
    items, later = build_page_of_all(call.query, units, lambda unit: (unit.id,))
    return Units(items=items, next=later)


def _build_role(grant: Grant) -> RoleResource:
    return RoleResource(role=grant.role.value, team=grant.team, staff_no=grant.staff_no)


OPERATIONS = (list_units,)
