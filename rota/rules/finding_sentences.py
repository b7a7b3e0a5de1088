"""The fields of a finding's sentence."""

from __future__ import annotations

from rota.domain import HALVES_A_DAY, count_days, in_words
from rota.rules.requirement import Limit, Requirement, Safeguard
from rota.rules.rule import Rule


class Count(float):
    """A number, in words and halves: `{n:desk}` gives "1 desk", "2 desks" or "2½ desks".

    A noun with an odd plural is written `{n:singular|plural}`.
    """

    def __str__(self) -> str:
        return say_number(self)

    def __format__(self, noun: str) -> str:
        number = say_number(self)
        if not noun:
            return number
        singular, _, plural = noun.partition("|")
        return f"{number} {singular if 0 < self <= 1 else plural or singular + 's'}"


def say_number(number: float, separator: str = "") -> str:
    """The whole number, or whole and a half, as people write it: 2, 2½ or ½.

    The separator stands between thousands.
    """
    whole, rest = divmod(number, 1)
    digits = f"{int(whole):,}".replace(",", separator) if whole or not rest else ""
    return f"{digits}½" if rest else digits


def say_finding(rule: Rule, requirement: Requirement, count: float, gap: float) -> str:
    """The rule's sentence about one requirement of which so much was counted.

    The gap is in days; where people are counted, the sentence tells how many they are. Where no
    rota can keep it, the reason comes after it.
    """
    least, most = read_bounds(requirement)
    lacks = gap * HALVES_A_DAY / requirement.halves if _counts_people(requirement) else gap
    sentence = rule.finding.format(
        about=requirement.about,
        when=in_words(requirement.when),
        count=Count(count),
        gap=Count(lacks),
        least=Count(least or 0),
        most=Count(most or 0),
        asked=f"at most {Count(most or 0)}" if least is None else f"at least {Count(least)}",
        kept="not kept" if gap else "kept",
    )
    return f"{sentence} {requirement.obstacle}" if gap and requirement.obstacle else sentence


def read_bounds(requirement: Requirement) -> tuple[float | None, float | None]:
    """The least and the most that is asked, of people or in days; of a gathering, the times."""
    if isinstance(requirement, Limit):
        return _read(requirement, requirement.least), _read(requirement, requirement.most)
    if isinstance(requirement, Safeguard):
        return requirement.least, None
    return count_days(requirement.times * requirement.halves_of_occasion), None


def _read(limit: Limit, bound: int | None) -> float | None:
    return count_days(bound) if limit.counts_half_days and bound is not None else bound


def _counts_people(requirement: Requirement) -> bool:
    if isinstance(requirement, Limit):
        return not requirement.counts_half_days
    return isinstance(requirement, Safeguard)
