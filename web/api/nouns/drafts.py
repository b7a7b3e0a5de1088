"""Drafts: looked at, and changed seat by seat by those who know how they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from rota.services.accounts.tokens import Scope
from rota.services.drafts import drafts
from rota.services.my_rota import draft_heads
from web.access.request_context import the_database
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, page_of_all
from web.api.shapes import Body, Instant, Name, Nothing, Query, Resource

_TAG = {"ETag": "The state of the draft, to be sent back as If-Match"}


class DraftResource(Resource):
    """The rota of a period in the making.

    `base` is the version that it began from, if any; it is outdated if another was published since.
    What that changed stands, where the draft did not change it too.
    """

    start: date
    last: date
    revision: int
    base: int | None
    costs: dict[str, int]
    changed_at: Instant
    changed_by: str

    @classmethod
    def of(cls, head: Any) -> DraftResource:
        return cls(
            start=head.period.first,
            last=head.period.last,
            revision=head.revision,
            base=head.base or None,
            costs=dict(head.costs),
            changed_at=head.changed_at,
            changed_by=head.changed_by,
        )


class DraftsResource(PageResource[DraftResource]):
    """A part of a list of drafts."""


class Stamped(Resource):
    """What stands for one state of a draft, which `etag` names."""

    HEADERS: ClassVar[Mapping[str, str]] = _TAG

    etag: str

    def headers(self) -> Mapping[str, str]:
        return {"ETag": f'"{self.etag}"'}


class DraftInDetail(Stamped):
    """A draft, and how it stands to what is published and to the rules.

    `unit_revision` rises whenever anything changes by which the draft is judged; `newest` is the
    number of the unit's newest version, 0 if there is none. The lists are of seats that fall away,
    that versions have changed since although the draft changes them too, that were moved by hand,
    and that the last run could not keep.
    """

    draft: DraftResource
    unit_revision: int
    newest: int
    is_outdated: bool
    seats: int
    changes: int
    breaches: int
    fallen: list[str]
    overlaps: list[str]
    by_hand: list[str]
    not_kept: list[str]


class DraftSeat(Resource):
    """A seat of a draft.

    Planning leaves a locked one where it is, and one moved by hand where that is possible.
    """

    staff_no: str
    date: date
    site: str
    locked: bool
    by_hand: bool


class DraftSeatsResource(PageResource[DraftSeat], Stamped):
    """A part of the seats of a draft."""

    HEADERS: ClassVar[Mapping[str, str]] = {**PageResource.HEADERS, **_TAG}

    def headers(self) -> Mapping[str, str]:
        return {**PageResource.headers(self), **Stamped.headers(self)}


class EffectResource(Resource):
    """A finding that the edit changed: its gap before and after, and what is found now."""

    level: str
    rule: str
    about: str
    when: str
    gap_before: int
    gap_after: int
    says: str


class EditResource(Stamped):
    """What an edit made of the draft, the most important effect first."""

    draft: DraftResource
    costs_before: dict[str, int]
    effects: list[EffectResource]


@operation(
    "GET", "/units/{unit_id}/drafts", answers=DraftsResource, scope=Scope.READ_ROTA, query=PageQuery
)
def list_drafts(call: Call[PageQuery, Nothing]) -> DraftsResource:
    """List the drafts of a unit by date. For its managers."""
    heads = draft_heads.list_drafts(the_database(), call.act, unit=call.unit)
    items, later = page_of_all(call.query, heads, lambda its: (str(its.period.first),))
    return DraftsResource(items=[DraftResource.of(its) for its in items], next=later)


@operation("GET", "/units/{unit_id}/drafts/{start}", answers=DraftInDetail, scope=Scope.READ_ROTA)
def get_draft(call: Call[Query, Nothing]) -> DraftInDetail:
    """Look at the draft of the period that starts on the date."""
    revision = draft_heads.find_revision(the_database(), call.act, unit=call.unit)
    look = _look(call)
    return DraftInDetail(
        etag=tag_of(look.draft),
        draft=DraftResource.of(look.draft),
        unit_revision=revision,
        newest=look.newest,
        is_outdated=look.is_outdated,
        seats=len(look.drafted),
        changes=len(look.changes),
        breaches=len(look.judgement.breaches),
        fallen=list(look.remarks.fallen),
        overlaps=list(look.remarks.overlaps),
        by_hand=list(look.remarks.by_hand),
        not_kept=list(look.remarks.not_kept),
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
    look = _look(call)
    wanted = call.query.staff_no
    seats = [seat for seat in look.drafted if wanted in (None, seat.staff_no)]
    items, later = page_of_all(call.query, seats, lambda its: (its.staff_no, str(its.date)))
    moved = look.draft.moved_from
    told = [DraftSeat(**its._asdict(), by_hand=its[:2] in moved) for its in items]
    return DraftSeatsResource(items=told, next=later, etag=tag_of(look.draft))


class Move(Body):
    """Where the officer shall be."""

    site: Name


_SEAT = "/units/{unit_id}/drafts/{start}/seats/{staff_no}/{date}"


@operation(
    "PUT",
    f"{_SEAT}/site",
    answers=EditResource,
    scope=Scope.WRITE_DRAFTS,
    body=Move,
    is_conditional=True,
)
def move_seat(call: Call[Query, Move]) -> EditResource:
    """Put an officer at a site on a date, and learn what gets better and worse."""
    return _edited(call, drafts.move, day=call.names["date"], site=call.body.site)


@operation(
    "PUT", f"{_SEAT}/lock", answers=EditResource, scope=Scope.WRITE_DRAFTS, is_conditional=True
)
def lock_seat(call: Call[Query, Nothing]) -> EditResource:
    """Hold a seat fast, so that planning leaves it where it is."""
    return _edited(call, drafts.lock, first=call.names["date"])


@operation(
    "DELETE", f"{_SEAT}/lock", answers=EditResource, scope=Scope.WRITE_DRAFTS, is_conditional=True
)
def unlock_seat(call: Call[Query, Nothing]) -> EditResource:
    """Let planning move a seat again."""
    return _edited(call, drafts.unlock, first=call.names["date"])


def _edited(call: Call[Any, Any], change: Any, **asked: Any) -> EditResource:
    """Change the draft that the caller knows."""
    known = _look(call).draft
    call.must_match(tag_of(known))
    edit = change(
        the_database(),
        call.act,
        unit=call.unit,
        staff_no=call.names["staff_no"],
        start=call.names["start"],
        revision=known.revision,
        **asked,
    )
    return EditResource(
        etag=tag_of(edit.look.draft),
        draft=DraftResource.of(edit.look.draft),
        costs_before=dict(edit.costs_before),
        effects=[_effect(its) for its in edit.effects],
    )


def _look(call: Call[Any, Any]) -> Any:
    return drafts.look(the_database(), call.act, unit=call.unit, start=call.names["start"])


def tag_of(head: Any) -> str:
    """The name of the draft's state; one that is not changed since there are stamps has none."""
    return head.stamp or f"{head.id}-{head.revision}"


def _effect(its: Any) -> EffectResource:
    return EffectResource(
        level=its.level,
        rule=its.after.rule.key,
        about=its.after.about,
        when=str(its.after.when),
        gap_before=its.before.gap,
        gap_after=its.after.gap,
        says=its.after.says,
    )


OPERATIONS = (list_drafts, get_draft, list_draft_seats, move_seat, lock_seat, unlock_seat)
