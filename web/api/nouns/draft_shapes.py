"""The shapes of drafts, of their seats, and of what an edit did to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from web.api.paging import PageResource
from web.api.shapes import Instant, Number, Part, Resource

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
    costs: dict[str, Number]
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
    part: Part
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
    gap_before: Number
    gap_after: Number
    says: str


class EditResource(Stamped):
    """What an edit made of the draft, the most important effect first."""

    draft: DraftResource
    costs_before: dict[str, Number]
    effects: list[EffectResource]


def build_tag(head: Any) -> str:
    """The ETag of the draft's state. Drafts from before there were stamps go by their revision."""
    return head.stamp or f"{head.id}-{head.revision}"


def build_effect(effect: Any) -> EffectResource:
    return EffectResource(
        level=effect.level,
        rule=effect.after.rule.key,
        about=effect.after.about,
        when=str(effect.after.when),
        gap_before=effect.before.gap,
        gap_after=effect.after.gap,
        says=effect.after.says,
    )
