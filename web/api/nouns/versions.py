"""Versions: every rota that was ever published, and what each changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from rota.errors import NotFound
from rota.services.accounts.tokens import Scope
from rota.services.rotas import versions
from web.access.request_context import the_database
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, build_page_of_all
from web.api.shapes import Instant, Nothing, Number, Part, Query, Resource


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
    costs: dict[str, Number]


class Versions(PageResource[VersionResource]):
    """A part of a list of versions."""


class ChangeResource(Resource):
    """A seat that a version changed, and why; `before` or `after` is null where there was none.

    Where the halves of a day changed differently, each has a change of its own.
    """

    staff_no: str
    date: date
    part: Part
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
    rows = versions.list_versions(the_database(), call.act, unit=call.unit)
    items, later = build_page_of_all(call.query, rows, lambda version: (-version.number,))
    return Versions(items=[_build_version(version) for version in items], next=later)


@operation(
    "GET", "/units/{unit_id}/versions/{version}", answers=VersionResource, scope=Scope.READ_ROTA
)
def get_version(call: Call[Query, Nothing]) -> VersionResource:
    """Look at one published version."""
    number = call.names["version"]
    for version in versions.list_versions(the_database(), call.act, unit=call.unit):
        if version.number == number:
            return _build_version(version)
    raise NotFound(f"{call.unit} has no version {number}.")


@operation(
    "GET",
    "/units/{unit_id}/versions/{version}/changes",
    answers=Changes,
    scope=Scope.READ_ROTA,
    query=PageQuery,
)
def list_changes(call: Call[PageQuery, Nothing]) -> Changes:
    """List what a version changed and why, by staff number, date and part.

    Reasons that speak of others are told to those who manage the officer.
    """
    rows = versions.list_changes(
        the_database(), call.act, unit=call.unit, number=call.names["version"]
    )
    items, later = build_page_of_all(
        call.query, rows, lambda change: (change.staff_no, str(change.date), change.part)
    )
    changes = [
        ChangeResource(
            staff_no=change.staff_no,
            date=change.date,
            part=change.part,
            before=change.before,
            after=change.after,
            reason=change.reason_for_managers or change.reason,
        )
        for change in items
    ]
    return Changes(items=changes, next=later)


def _build_version(version: Any) -> VersionResource:
    return VersionResource(**list_version_fields(version))


def list_version_fields(version: Any) -> dict[str, Any]:
    """The fields of a version."""
    return {
        "version": version.number,
        "start": version.period.first,
        "last": version.period.last,
        "cause": version.cause,
        "note": version.note,
        "seats": version.seats,
        "published_at": version.published_at,
        "published_by": version.published_by,
        "costs": dict(version.costs),
    }


OPERATIONS = (list_versions, get_version, list_changes)
