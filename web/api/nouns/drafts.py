"""Drafts: looked at, and changed seat by seat by those who know how they stand."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from rota.services.accounts.tokens import Scope
from rota.services.drafts import drafts
from rota.services.drafts.day_edits import Clear, DayEdit, DraftDay, Lock, Move, Split, Unlock
from rota.services.drafts.edits import edit
from web.access.request_context import the_database
from web.api.nouns.draft_shapes import (
    DraftInDetail,
    DraftResource,
    DraftSeat,
    DraftSeatsResource,
    DraftsResource,
    EditResource,
    build_effect,
    build_tag,
)
from web.api.operations import Call, operation
from web.api.paging import PageQuery, build_page_of_all
from web.api.shapes import Body, Name, Nothing, Query


@operation(
    "GET", "/units/{unit_id}/drafts", answers=DraftsResource, scope=Scope.READ_ROTA, query=PageQuery
)
def list_drafts(call: Call[PageQuery, Nothing]) -> DraftsResource:
    """List the drafts of a unit by date. For its managers."""
    heads = drafts.list_heads(the_database(), call.act, unit=call.unit)
    items, later = build_page_of_all(call.query, heads, lambda head: (str(head.period.first),))
    return DraftsResource(items=[DraftResource.of(head) for head in items], next=later)


@operation("GET", "/units/{unit_id}/drafts/{start}", answers=DraftInDetail, scope=Scope.READ_ROTA)
def get_draft(call: Call[Query, Nothing]) -> DraftInDetail:
    """Look at the draft of the period that starts on the date."""
    revision = drafts.find_unit_revision(the_database(), call.act, unit=call.unit)
    view = _load_draft_view(call)
    return DraftInDetail(
        etag=build_tag(view.draft),
        draft=DraftResource.of(view.draft),
        unit_revision=revision,
        newest=view.newest,
        is_outdated=view.is_outdated,
        seats=len(view.drafted),
        changes=len(view.changes),
        breaches=len(view.judgement.breaches),
        fallen=list(view.remarks.fallen),
        overlaps=list(view.remarks.overlaps),
        by_hand=list(view.remarks.by_hand),
        not_kept=list(view.remarks.not_kept),
    )


_OF_FIRST_SEAT = {
    "unit_id": "$request.path.unit_id",
    "start": "$request.path.start",
    "staff_no": "$response.body#/items/0/staff_no",
    "date": "$response.body#/items/0/date",
    "If-Match": "$response.header.ETag",
}


class SeatsQuery(PageQuery):
    """Whose seats."""

    staff_no: Name | None = None


@operation(
    "GET",
    "/units/{unit_id}/drafts/{start}/seats",
    answers=DraftSeatsResource,
    scope=Scope.READ_ROTA,
    query=SeatsQuery,
    links=dict.fromkeys(("move_seat", "lock_seat", "unlock_seat"), _OF_FIRST_SEAT),
)
def list_draft_seats(call: Call[SeatsQuery, Nothing]) -> DraftSeatsResource:
    """List the seats of a draft by staff number and date."""
    view = _load_draft_view(call)
    staff_no = call.query.staff_no
    seats = [seat for seat in view.drafted if staff_no in (None, seat.staff_no)]
    items, later = build_page_of_all(
        call.query, seats, lambda seat: (seat.staff_no, str(seat.date), seat.part)
    )
    moved_from = view.draft.moved_from
    resources = [
        DraftSeat(**seat._asdict(), by_hand=seat.officer_day in moved_from) for seat in items
    ]
    return DraftSeatsResource(items=resources, next=later, etag=build_tag(view.draft))


class MoveBody(Body):
    """Where the officer shall be: for all that they work of the day, or in each half of it."""

    site: Name
    afternoon: Name | None = Field(
        None, description="The site of the afternoon, if it is another than that of the morning"
    )


_SEAT = "/units/{unit_id}/drafts/{start}/seats/{staff_no}/{date}"


@operation(
    "PUT",
    f"{_SEAT}/site",
    answers=EditResource,
    scope=Scope.WRITE_DRAFTS,
    body=MoveBody,
    is_conditional=True,
)
def move_seat(call: Call[Query, MoveBody]) -> EditResource:
    """Put an officer at a site on a date, and learn what gets better and worse."""
    body = call.body
    return _edit_draft(
        call, Split(body.site, body.afternoon) if body.afternoon else Move(body.site)
    )


@operation(
    "DELETE", f"{_SEAT}/site", answers=EditResource, scope=Scope.WRITE_DRAFTS, is_conditional=True
)
def take_off_seat(call: Call[Query, Nothing]) -> EditResource:
    """Take an officer off the duty of an extra day; on others the published seat stands again."""
    return _edit_draft(call, Clear())


@operation(
    "PUT", f"{_SEAT}/lock", answers=EditResource, scope=Scope.WRITE_DRAFTS, is_conditional=True
)
def lock_seat(call: Call[Query, Nothing]) -> EditResource:
    """Hold a seat fast, so that planning leaves it where it is."""
    return _edit_draft(call, Lock())


@operation(
    "DELETE", f"{_SEAT}/lock", answers=EditResource, scope=Scope.WRITE_DRAFTS, is_conditional=True
)
def unlock_seat(call: Call[Query, Nothing]) -> EditResource:
    """Let planning move a seat again."""
    return _edit_draft(call, Unlock())


def _edit_draft(call: Call[Any, Any], day_edit: DayEdit) -> EditResource:
    """Change the draft, if it is as the caller knows it."""
    draft = _load_draft_view(call).draft
    call.must_match(build_tag(draft))
    day = DraftDay(
        unit=call.unit,
        staff_no=call.names["staff_no"],
        day=call.names["date"],
        start=call.names["start"],
        revision=draft.revision,
    )
    edited = edit(the_database(), call.act, day, day_edit)
    return EditResource(
        etag=build_tag(edited.after.draft),
        draft=DraftResource.of(edited.after.draft),
        costs_before=dict(edited.costs_before),
        effects=[build_effect(effect) for effect in edited.effects],
    )


def _load_draft_view(call: Call[Any, Any]) -> Any:
    return drafts.load_view(the_database(), call.act, unit=call.unit, start=call.names["start"])


OPERATIONS = (
    list_drafts,
    get_draft,
    list_draft_seats,
    move_seat,
    take_off_seat,
    lock_seat,
    unlock_seat,
)
