"""What granting an ask would change in the published rotas, for whoever is to decide on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain

from rota.domain import (
    WEEKDAYS,
    WHOLE_DAY,
    SeatsOfDay,
    common_part,
    list_halves,
    without_halves,
)
from rota.domain import in_words as day_in_words
from rota.rules import STRICT_LEVELS
from rota.services.access.finding_rights import Consequence, find_consequences
from rota.services.access.secrets import compute_seal
from rota.services.publishing.fulfilment import Fulfilment
from rota.services.requests.published_rotas import NotPossible, PublishedRota, PublishedRotas
from rota.services.requests.request_messages import Officers, find_name
from rota.services.requests.swap_fit import fit_swap
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


def find_fulfilments(ask: Ask, rotas: PublishedRotas, today: date) -> tuple[Fulfilment, ...]:
    """What granting it changes in each published rota; nothing if all is so already.

    Raises NotPossible, in words for managers, if it cannot be granted as things are.
    """
    if ask.kind == DAY:
        return tuple(_fulfil_day(ask, rotas, today))
    if ask.kind == LEAVE:
        return tuple(_fulfil_leave(ask, rotas, today))
    colleague = ask.with_staff_no or ""
    swap = fit_swap(rotas, today, day=ask.day, staff_no=ask.staff_no, with_staff_no=colleague)
    before, after = swap.days_before, swap.days_after
    return (Fulfilment(in_force=swap.in_force, days_before=before, days_after=after),)


def is_only_noted(ask: Ask, rotas: PublishedRotas) -> bool:
    """Whether granting it only notes it for the next rota, since nothing is published of the day.

    So it is with every wish for a weekday: what is published stays as it is.
    """
    if ask.kind != DAY:
        return False
    return ask.when in WEEKDAYS or not rotas.list_between(ask.day, ask.day)


def compute_grant_seal(ask: Ask, rotas: PublishedRotas, today: date) -> str:
    """The seal of what granting it changes, and what it breaks more of the first levels.

    Raises NotPossible like `find_fulfilments`.
    """
    fulfilments = find_fulfilments(ask, rotas, today)
    changes = sorted(str(change) for each in fulfilments for change in each.changes)
    worsened = sorted(
        effect.after.says
        for each in fulfilments
        for effect in each.effects
        if effect.worsens and effect.level in STRICT_LEVELS
    )
    return compute_seal([is_only_noted(ask, rotas), changes, worsened])


def compute_misfit_seal(misfit: NotPossible) -> str:
    """The seal of an ask that cannot be granted; no ask that can be granted has it."""
    return compute_seal(str(misfit))


def may_note(ask: Ask, today: date) -> bool:
    """Whether it is a wish that the next rota can still take into account."""
    return ask.kind == DAY and (ask.when in WEEKDAYS or ask.day > today)


def refuse_past(day: date, today: date) -> None:
    """Raise NotPossible if the day has come."""
    if day <= today:
        raise NotPossible(f"{day_in_words(day)[3:]} is not after today; this can only be refused.")


def _fulfil_day(ask: Ask, rotas: PublishedRotas, today: date) -> Iterator[Fulfilment]:
    if ask.when in WEEKDAYS:
        return
    refuse_past(ask.day, today)
    for in_force in rotas.list_between(ask.day, ask.day):
        before = in_force.find_day((ask.staff_no, ask.day))
        after = _find_wished_day(ask, in_force, before)
        if before is None or before.plain != after.plain:
            yield Fulfilment(
                in_force=in_force, days_before=(before,) if before else (), days_after=(after,)
            )


def _find_wished_day(ask: Ask, in_force: PublishedRota, before: SeatsOfDay | None) -> SeatsOfDay:
    """The officer's day, if it is spent at the kind asked for; else the first such way to spend it.

    Their base comes first, then their other sites, then those of duties and appointments.
    """
    problem = in_force.problem
    officer_day = ask.staff_no, ask.day
    name = find_name(ask.staff_no, problem.officers)
    if common_part(ask.part, problem.parts_worked.get(officer_day)) is None:
        raise NotPossible(say_not_at_work(ask.day, name, ask.part))
    options = (SeatsOfDay.of_plain(option.seats) for option in problem.day_options[officer_day])
    for of_day in (*([before] if before else []), *options):
        wished = of_day.keep_part(ask.part)
        if wished and all(problem.sites[site].kind == ask.wants for site in wished.sites_used):
            return of_day
    if officer_day in problem.locked:
        raise NotPossible(say_locked_day(ask.day, name))
    raise NotPossible(say_no_site_of_kind(ask.day, name, ask.wants or ""))


def _fulfil_leave(ask: Ask, rotas: PublishedRotas, today: date) -> Iterator[Fulfilment]:
    """The days after today that fall away; what is published up to today is history."""
    first, last = ask.first or today, ask.last or today
    for in_force in rotas.list_between(first, last):
        days = tuple(
            of_day
            for (staff_no, day), seats in in_force.problem.published.items()
            if staff_no == ask.staff_no and first <= day <= last and day > today
            if (of_day := SeatsOfDay.of(seats)).keep_part(ask.part)
        )
        if days:
            other_part = without_halves(WHOLE_DAY, list_halves(ask.part))
            days_left = (of_day.keep_part(other_part) for of_day in days)
            yield Fulfilment(
                in_force=in_force, days_before=days, days_after=tuple(filter(None, days_left))
            )


MayKnow = Callable[[str], bool]
"""Whether an officer's own findings are for the reader."""

WeighedGrant = tuple[tuple[Consequence, ...], tuple[str, ...]]
"""What gets better or worse, and whatever else is to be said."""


def weigh_grant(
    ask: Ask, rotas: PublishedRotas, today: date, knows: MayKnow, officers: Officers
) -> WeighedGrant:
    """What granting it would do. Raises NotPossible if it cannot be granted as things are."""
    fulfilments = find_fulfilments(ask, rotas, today)
    if ask.kind == LEAVE:
        days = sum(each.days_taken_away for each in fulfilments)
        return _find_broken(fulfilments, knows), (say_yes_takes_away(days),)
    effects = (find_consequences(each.effects, knows=knows) for each in fulfilments)
    if ask.kind == SWAP:
        sentence = _describe_sites(fulfilments)
    else:
        sentence = _describe_day(ask, rotas, today, officers, fulfilments)
    return tuple(chain.from_iterable(effects)), (sentence,)


def find_broken_by_leave(
    ask: Ask, fulfilments: Sequence[Fulfilment], officers: Officers
) -> tuple[Consequence, ...]:
    """What leave breaks, as far as managers of the officer's team may know it."""
    team = officers[ask.staff_no].team if ask.staff_no in officers else None
    team_members = {officer.staff_no for officer in officers.values() if officer.team == team}
    return _find_broken(fulfilments, team_members.__contains__)


def _find_broken(fulfilments: Sequence[Fulfilment], knows: MayKnow) -> tuple[Consequence, ...]:
    worsened = (
        effect
        for each in fulfilments
        for effect in each.effects
        if effect.after.rule.is_broken_by_leave and effect.worsens
    )
    return find_consequences(worsened, knows=knows)


def _describe_sites(fulfilments: Sequence[Fulfilment]) -> str:
    own, colleague = fulfilments[0].days_before
    return f"The asker is {say_site(own.sites)}, the colleague {say_site(colleague.sites)}."


def _describe_day(
    ask: Ask,
    rotas: PublishedRotas,
    today: date,
    officers: Officers,
    fulfilments: Sequence[Fulfilment],
) -> str:
    if ask.when in WEEKDAYS:
        return WEEKDAY_NOTED
    refuse_past(ask.day, today)
    if is_only_noted(ask, rotas):
        return DAY_NOTED
    name = find_name(ask.staff_no, officers)
    if not fulfilments:
        return say_yes_keeps(ask.day, name, rotas.find_sites(ask.staff_no, ask.day))
    (fulfilment,) = fulfilments
    return say_yes_moves(ask.day, name, fulfilment.sites_before, fulfilment.days_after[0].sites)
