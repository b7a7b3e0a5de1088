"""What a change of a published rota makes better or worse, as one of its readers may know it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass

from rota.effects import Effect
from rota.rules import Asked, Limit, Rule
from rota.rules.cover import APPOINTMENTS, COVER
from rota.rules.desks import DESKS
from rota.rules.managers import MANAGERS_IN
from rota.rules.newcomers import MENTOR_DAYS, SUPERVISION
from rota.rules.office import HOME_EDGES, HOME_MAXIMUM, OFFICE_MINIMUM
from rota.rules.published import KEEP_NOTICE, KEEP_PUBLISHED
from rota.rules.requests import REQUESTS
from rota.rules.together import LINKS, TEAM_DAY

FOR_ALL = (DESKS, COVER, SUPERVISION, MANAGERS_IN, TEAM_DAY)
"""Rules about sites, offices and teams; what they find is for everybody in the unit."""

FOR_SOME = (APPOINTMENTS, OFFICE_MINIMUM, HOME_MAXIMUM, MENTOR_DAYS, REQUESTS, HOME_EDGES, LINKS)
"""Rules about one or two people; what they find is for them and their managers."""

FOR_NOBODY = (KEEP_NOTICE, KEEP_PUBLISHED)
"""That a published seat is changed is what was asked for, and needs no telling."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """A finding as it would be, and whether that is worse than it is."""

    rule: Rule
    says: str
    is_worse: bool


def consequences(
    effects: Iterable[Effect], *, knows: Callable[[str], bool]
) -> tuple[Consequence, ...]:
    """What changes in cost, the most important first, as far as the reader may know it.

    `knows` tells of a staff number whether its officer's own findings are for the reader.
    """
    return tuple(_told(effects, knows))


def _told(effects: Iterable[Effect], knows: Callable[[str], bool]) -> Iterator[Consequence]:
    for effect in effects:
        its = effect.after
        if effect.cost and _is_for(its.rule, _named(its.asked), knows):
            yield Consequence(its.rule, its.says, effect.worsens)


def _is_for(rule: Rule, named: Set[str], knows: Callable[[str], bool]) -> bool:
    return rule in FOR_ALL or (rule in FOR_SOME and any(map(knows, named)))


def _named(asked: Asked) -> Set[str]:
    if isinstance(asked, Limit):
        return {term.seat.staff_no for term in asked.terms}
    return {seat.staff_no for occasion in asked.occasions for seat in occasion}
