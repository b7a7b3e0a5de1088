"""What a yes to something asked for changes in the published rotas, before it is said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rota.domain import WEEKDAYS, OfficerDay, PublishedSeat, Seat
from rota.domain import in_words as day_in_words
from rota.effects import Effect, find_effects_between
from rota.explaining import Change
from rota.rules import STRICT_LEVELS
from rota.rules.cover import APPOINTMENTS, COVER
from rota.rules.managers import MANAGERS_IN
from rota.rules.new_starters import SUPERVISION
from rota.services.access.finding_rights import Consequence, consequences
from rota.services.publishing.publication import judge_published
from rota.services.requests.published_rotas import NotPossible, PublishedRota, PublishedRotas
from rota.services.requests.request_messages import Officers, name_of
from rota.services.requests.swap_fit import fitting
from rota.store.requests.asks import DAY, LEAVE, SWAP, Ask
from rota.writing.notice import say_site
from rota.writing.request_sentences import (
    DAY_NOTED,
    WEEKDAY_NOTED,
    say_locked_day,
    say_no_site_of_kind,
    say_not_at_work,
    say_yes_keeps,
    say_yes_moves,
    say_yes_takes_away,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """What granting something changes in one published rota: seats given up and seats taken."""

    in_force: PublishedRota
    given_up: tuple[Seat, ...]
    taken: tuple[Seat, ...] = ()

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What it does to the findings of the rota."""
        if {_place(seat) for seat in self.taken} <= {_place(seat) for seat in self.given_up}:
            return self.in_force.effects.find(taken=self.taken, given_up=self.given_up)
        return self._effects_of_one_more_seat()

    @property
    def put(self) -> Mapping[OfficerDay, PublishedSeat | None]:
        """The seats to publish; None where one falls away."""
        gone: dict[OfficerDay, PublishedSeat | None] = {
            _place(seat): None for seat in self.given_up
        }
        return gone | {_place(seat): PublishedSeat(*seat) for seat in self.taken}

    @property
    def changes(self) -> Iterator[Change]:
        """The same as changes of sites."""
        before = {_place(seat): seat.site for seat in self.given_up}
        for place, seat in self.put.items():
            yield Change(*place, before.get(place), seat.site if seat else None)

    def _effects_of_one_more_seat(self) -> tuple[Effect, ...]:
        """Where nothing was planned before, other things are asked of the officer afterwards."""
        problem = self.in_force.problem
        before = problem.unit.published
        after = (*before, *(PublishedSeat(*seat) for seat in self.taken))
        return find_effects_between(
            judge_published(problem, before), judge_published(problem, after)
        )


def fulfilments(ask: Ask, rotas: PublishedRotas, today: date) -> tuple[Fulfilment, ...]:
    """What granting it changes in each published rota; nothing if all is so already.

    Raises Misfit, in words for managers, if it cannot be granted as things are.
    """
    if ask.kind == DAY:
        return tuple(_of_day(ask, rotas, today))
    if ask.kind == LEAVE:
        return tuple(_of_leave(ask, rotas, today))
    theirs = ask.with_staff_no or ""
    swap = fitting(rotas, today, day=ask.day, own=ask.staff_no, theirs=theirs)
    given_up = swap.own, swap.theirs
    return (Fulfilment(in_force=swap.in_force, given_up=given_up, taken=swap.taken),)


def is_only_noted(ask: Ask, rotas: PublishedRotas) -> bool:
    """Whether a yes cannot come true before the next rota is planned: nothing is published of it.

    That is so of weekdays as well, since what is published of them stays.
    """
    if ask.kind != DAY:
        return False
    return ask.when in WEEKDAYS or not rotas.between(ask.day, ask.day)


def seal_of(ask: Ask, rotas: PublishedRotas, today: date) -> str:
    """A short mark of all that a yes changes and breaks more of the first levels.

    It is another when that is other than it was shown. Raises Misfit like `fulfilments`.
    """
    found = fulfilments(ask, rotas, today)
    changes = sorted(str(change) for each in found for change in each.changes)
    broken = sorted(
        effect.after.says
        for each in found
        for effect in each.effects
        if effect.worsens and effect.level in STRICT_LEVELS
    )
    return _sealed([is_only_noted(ask, rotas), changes, broken])


def seal_of_misfit(misfit: NotPossible) -> str:
    """The same where a yes cannot be, for which it never is the one of something that can."""
    return _sealed(str(misfit))


def _sealed(what: object) -> str:
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]


def may_note(ask: Ask, today: date) -> bool:
    """Whether it is a wish that the next rota can still take account of."""
    return ask.kind == DAY and (ask.when in WEEKDAYS or ask.day > today)


def refuse_past(day: date, today: date) -> None:
    """Raise Misfit if the day has come."""
    if day <= today:
        raise NotPossible(f"{day_in_words(day)[3:]} is not after today; this can only be refused.")


def _of_day(ask: Ask, rotas: PublishedRotas, today: date) -> Iterator[Fulfilment]:
    if ask.when in WEEKDAYS:
        return
    refuse_past(ask.day, today)
    for in_force in rotas.between(ask.day, ask.day):
        seat = in_force.problem.published.get((ask.staff_no, ask.day))
        site = _site_wished(ask, in_force, seat)
        if seat is None or seat.site != site:
            taken = (Seat(ask.staff_no, ask.day, site),)
            given_up = (seat.seat,) if seat else ()
            yield Fulfilment(in_force=in_force, given_up=given_up, taken=taken)


def _site_wished(ask: Ask, in_force: PublishedRota, seat: PublishedSeat | None) -> str:
    """The place that the officer has, if it is of the kind asked for; else the first they may use.

    Their base comes first, then their other sites, then those of duties and appointments.
    """
    problem = in_force.problem
    place = ask.staff_no, ask.day
    name = name_of(ask.staff_no, problem.officers)
    if place not in problem.allowed_sites:
        raise NotPossible(say_not_at_work(ask.day, name))
    for site in (*([seat.site] if seat else []), *problem.allowed_sites[place]):
        if problem.sites[site].kind == ask.wants:
            return site
    if place in problem.locked:
        raise NotPossible(say_locked_day(ask.day, name))
    raise NotPossible(say_no_site_of_kind(ask.day, name, ask.wants or ""))


def _of_leave(ask: Ask, rotas: PublishedRotas, today: date) -> Iterator[Fulfilment]:
    """The seats after today that fall away; what is published up to today is history."""
    first, last = ask.first or today, ask.last or today
    for in_force in rotas.between(first, last):
        seats = tuple(
            seat.seat
            for (staff_no, day), seat in in_force.problem.published.items()
            if staff_no == ask.staff_no and first <= day <= last and day > today
        )
        if seats:
            yield Fulfilment(in_force=in_force, given_up=seats)


def _place(seat: Seat) -> OfficerDay:
    return seat.staff_no, seat.date


LEAVE_RULES = (COVER, APPOINTMENTS, SUPERVISION, MANAGERS_IN)
"""What leave takes from a published rota; other rules ask for less of those on leave."""

Knows = Callable[[str], bool]
"""Whether an officer's own findings are for the reader."""

Weighed = tuple[tuple[Consequence, ...], tuple[str, ...]]
"""What gets better or worse, and whatever else is to be said."""


def weigh(
    ask: Ask, rotas: PublishedRotas, today: date, knows: Knows, officers: Officers
) -> Weighed:
    """What granting it would do. Raises Misfit if it cannot be granted as things are."""
    found = fulfilments(ask, rotas, today)
    if ask.kind == LEAVE:
        days = sum(len(each.given_up) for each in found)
        return _broken_by_leave(found, knows), (say_yes_takes_away(days),)
    weighed = tuple(one for each in found for one in consequences(each.effects, knows=knows))
    sentence = (
        _swap_places(found) if ask.kind == SWAP else _day_note(ask, rotas, today, officers, found)
    )
    return weighed, (sentence,)


def leave_breaks(
    ask: Ask, found: Sequence[Fulfilment], officers: Officers
) -> tuple[Consequence, ...]:
    """What leave breaks, as far as managers of the officer's team may know it."""
    team = officers[ask.staff_no].team if ask.staff_no in officers else None
    theirs = {officer.staff_no for officer in officers.values() if officer.team == team}
    return _broken_by_leave(found, theirs.__contains__)


def _broken_by_leave(found: Sequence[Fulfilment], knows: Knows) -> tuple[Consequence, ...]:
    broken = (
        effect
        for each in found
        for effect in each.effects
        if effect.after.rule in LEAVE_RULES and effect.worsens
    )
    return consequences(broken, knows=knows)


def _swap_places(found: Sequence[Fulfilment]) -> str:
    own, theirs = found[0].given_up
    return f"The asker is {say_site(own.site)}, the colleague {say_site(theirs.site)}."


def _day_note(
    ask: Ask,
    rotas: PublishedRotas,
    today: date,
    officers: Officers,
    found: Sequence[Fulfilment],
) -> str:
    if ask.when in WEEKDAYS:
        return WEEKDAY_NOTED
    refuse_past(ask.day, today)
    if is_only_noted(ask, rotas):
        return DAY_NOTED
    name = name_of(ask.staff_no, officers)
    if not found:
        return say_yes_keeps(ask.day, name, rotas.place_of(ask.staff_no, ask.day))
    before = [seat.site for seat in found[0].given_up]
    return say_yes_moves(ask.day, name, before[0] if before else None, found[0].taken[0].site)
