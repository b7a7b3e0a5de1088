"""While anybody is at a site, somebody with a skill is there too, and nobody is there alone."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from rota.domain import Problem, Seat
from rota.rules.requirement import Safeguard
from rota.rules.rule import Audience, Rule, count_each_once, split_terms

COMPANY = 2
"""So many people are at a site where nobody is to be alone."""


def presence(problem: Problem) -> Iterator[Safeguard]:
    for (site, skill, day), least in problem.skills_asked.items():

        def has_skill(seat: Seat, skill: str = skill) -> bool:
            return skill in problem.officer_on(*seat.officer_day).skills

        seats = problem.seats_at.get((site, day), ())
        yield from _guard_site(f"{site} (skill {skill})", day, seats, has_skill, least)


def nobody_alone(problem: Problem) -> Iterator[Safeguard]:
    for (site, day), seats in problem.seats_at.items():
        if not problem.site_on(site, day).may_be_alone:
            yield from _guard_site(site, day, seats, lambda _: True, COMPANY)


def _guard_site(
    about: str, day: date, seats: Sequence[Seat], is_helper: Callable[[Seat], bool], least: int
) -> Iterator[Safeguard]:
    """What is asked while anybody has one of the seats, where there may be a helper at all."""
    for when, terms in split_terms(day, count_each_once(seats)):
        there = tuple(term.seat for term in terms)
        helpers = tuple(filter(is_helper, there))
        if helpers:
            yield Safeguard(about, when, there, helpers, least)


PRESENCE = Rule(
    key="presence",
    level="cover",
    weight=1,
    sentence=(
        "While anybody is at a site with a row in the table `presence`, at least `least` people "
        "there have the skill; halves of days in which nobody with the skill works and may be "
        "there are left out."
    ),
    finding="{about} has {count:person|people} {when}; {asked} asked while anybody is there.",
    audience=Audience.EVERYBODY,
    is_broken_by_leave=True,
    asks=presence,
)

NOBODY_ALONE = Rule(
    key="nobody-alone",
    level="policy",
    weight=4,
    sentence="At a site with `alone` = no, nobody is the only one in any half of a day.",
    finding="{count:person|people} at {about} {when}; nobody is to be there alone.",
    audience=Audience.EVERYBODY,
    is_broken_by_leave=True,
    asks=nobody_alone,
)
