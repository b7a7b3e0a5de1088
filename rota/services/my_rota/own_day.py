"""A day of an officer as their own page has it, all of it or half by half."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from rota.domain import WHOLE_DAY, say_sites_by_part


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDay:
    """A day of the reader, or a half of one; `why_off` is blank where they have a site.

    `mentor` and `new_starters` name those of theirs who are at the same site that day. On a team
    day the whole team is in all day long. Where the halves differ the day has one for each; then
    `site` has both in words, and there is no `kind` if they are of two.
    """

    date: date
    part: str = WHOLE_DAY
    site: str | None = None
    kind: str | None = None
    why_off: str = ""
    mentor: str | None = None
    new_starters: tuple[str, ...] = ()
    is_team_day: bool = False
    halves: tuple[OwnDay, ...] = ()


def join_own_halves(morning: OwnDay, afternoon: OwnDay) -> OwnDay:
    """The day that these halves make up."""
    halves = morning, afternoon
    if replace(morning, part=WHOLE_DAY) == replace(afternoon, part=WHOLE_DAY):
        return replace(morning, part=WHOLE_DAY)
    kinds = {half.kind for half in halves if half.site}
    return OwnDay(
        date=morning.date,
        site=say_sites_by_part((half.part, half.site) for half in halves),
        kind=kinds.pop() if len(kinds) == 1 else None,
        mentor=morning.mentor or afternoon.mentor,
        new_starters=tuple(dict.fromkeys((*morning.new_starters, *afternoon.new_starters))),
        halves=halves,
    )
