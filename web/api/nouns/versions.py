"""Versions: every rota that was ever published, and what each changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from rota.errors import NotFound
from rota.services.accounts.tokens import Scope
from rota.services.rotas import versions
from web.access.request_context import the_database
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, page_of_all
from web.api.shapes import Instant, Nothing, Query, Resource


class VersionResource(Resource):
    """A rota that was published for a period; numbers count within the unit.

    `cause` tells how it came about. Costs by level are for managers and heads; others see none.
    """

    version: int
    start: date
    last: date
    cause: str
    note: str
    seats: int
    published_at: Instant
    published_by: str
    costs: dict[str, int]


class Versions(PageResource[VersionResource]):
    """A part of a list of versions."""


class ChangeResource(Resource):
    """A seat that a version changed, and why; `before` or `after` is null where there was none."""

    staff_no: str
    date: date
    before: str | None
    after: str | None
    reason: str


class Changes(PageResource[ChangeResource]):
    """A part of a list of changes of a version."""


@operation(
    "GET",
    "/units/{unit_id}/versions",
    answers=Versions,
    scope=Scope.READ_ROTA,
    query=PageQuery,
)
def list_versions(call: Call[PageQuery, Nothing]) -> Versions:
    """List the published versions of a unit, the newest first."""
    told = versions.list_versions(the_database(), call.act, unit=call.unit)
    items, later = page_of_all(call.query, told, lambda its: (-its.number,))
    return Versions(items=[_version(its) for its in items], next=later)


@operation(
    "GET", "/units/{unit_id}/versions/{version}", answers=VersionResource, scope=Scope.READ_ROTA
)
def get_version(call: Call[Query, Nothing]) -> VersionResource:
    """Look at one published version."""
    number = call.names["version"]
    for its in versions.list_versions(the_database(), call.act, unit=call.unit):
        if its.number == number:
            return _version(its)
    raise NotFound(f"{call.unit} has no version {number}.")


@operation(
    "GET",
    "/units/{unit_id}/versions/{version}/changes",
    answers=Changes,
    scope=Scope.READ_ROTA,
    query=PageQuery,
)
def list_changes(call: Call[PageQuery, Nothing]) -> Changes:
    """List what a version changed and why, by staff number and date.

    Reasons that speak of others are told to those who manage the officer.
    """
    told = versions.list_changes(
        the_database(), call.act, unit=call.unit, number=call.names["version"]
    )
    items, later = page_of_all(call.query, told, lambda its: (its.staff_no, str(its.date)))
    changes = [
        ChangeResource(
            staff_no=its.staff_no,
            date=its.date,
            before=its.before,
            after=its.after,
            reason=its.reason_for_managers or its.reason,
        )
        for its in items
    ]
    return Changes(items=changes, next=later)


def _version(its: Any) -> VersionResource:
    return VersionResource(**told_version(its))


def told_version(its: Any) -> dict[str, Any]:
    """The fields of a version."""
    return {
        "version": its.number,
        "start": its.period.first,
        "last": its.period.last,
        "cause": its.cause,
        "note": its.note,
        "seats": its.seats,
        "published_at": its.published_at,
        "published_by": its.published_by,
        "costs": dict(its.costs),
    }


OPERATIONS = (list_versions, get_version, list_changes)
