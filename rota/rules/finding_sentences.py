"""The fields of a finding's sentence."""

from __future__ import annotations

from rota.domain import in_words
from rota.rules.rule import Limit, Requirement, Rule


class Count(int):
    """A whole number that is followed by its noun: `{n:desk}` gives "1 desk" or "2 desks".

    A noun with an odd plural is written `{n:singular|plural}`.
    """

    def __format__(self, noun: str) -> str:
        if not noun:
            return str(int(self))
        singular, _, plural = noun.partition("|")
        return f"{int(self)} {singular if self == 1 else plural or singular + 's'}"


def say_finding(rule: Rule, requirement: Requirement, count: int, gap: int) -> str:
    """The rule's sentence about one limit or gathering of which so much was counted.

    Where no rota can keep it, the reason comes after it.
    """
    least, most = read_bounds(requirement)
    sentence = rule.finding.format(
        about=requirement.about,
        when=in_words(requirement.when),
        count=Count(count),
        gap=Count(gap),
        least=Count(least or 0),
        most=Count(most or 0),
        asked=f"at most {most}" if least is None else f"at least {least}",
        kept="not kept" if gap else "kept",
    )
    return f"{sentence} {requirement.obstacle}" if gap and requirement.obstacle else sentence


def read_bounds(requirement: Requirement) -> tuple[int | None, int | None]:
    """The least and the most that is asked; of a gathering, the times."""
    if isinstance(requirement, Limit):
        return requirement.least, requirement.most
    return requirement.times, None
