"""Rows that every rota keeps where days are split, since half-days come in pairs.

In a relaxation half of a whole day does as well as one half-day, so that nearly every sum of
half-days comes out even. Whoever is to meet on four of them, of which one stands alone, meets on
that one and on one and a half whole days; in a rota it takes two whole days. Where a fifth of the
officers of leeds have half-days these rows raise what the relaxation proves from 639½ to 645½, of a
cost of 646.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from rota.domain import HALVES_A_DAY
from solver.model import Choice, DayOfGathering, Gap, Model, Occasion


def round_limit(model: Model, gap: Gap) -> None:
    """Where half-days are added up, round each down to whole days, and so their sum.

    Officers take one option a day, so that this lowers the sum by half a day at most for each day
    of which they may take half. It says something new if half a day would be left over.
    """
    coefficients = [coefficient for _, coefficient in gap.terms]
    is_of_halves = {abs(coefficient) for coefficient in coefficients} == {1, HALVES_A_DAY}
    if not is_of_halves or min(coefficients) < 0 < max(coefficients):
        return
    options = (model.free[v] for v, coefficient in gap.terms if coefficient % HALVES_A_DAY)
    split_days = {(option.staff_no, option.date) for option in options}
    whole_days, half = divmod(gap.least - len(split_days), HALVES_A_DAY)
    if half:
        terms = ((v, coefficient // HALVES_A_DAY) for v, coefficient in gap.terms)
        whole_terms = [(v, coefficient) for v, coefficient in terms if coefficient]
        model.add_row([*whole_terms, (gap.variable, 1)], least=whole_days + 1)


def find_days(model: Model, choice: Choice) -> Choice:
    """The gathering with its occasions told by days, if any day has two of them.

    It is left as it is if an odd number is asked, which is all that there are.
    """
    if choice.times % HALVES_A_DAY:
        return choice
    days: dict[date | int, list[Occasion]] = defaultdict(list)
    for occasion in choice.occasions:
        misses = occasion.misses
        when = model.free[misses[0].options[0]].date if misses else occasion.variable
        days[when].append(occasion)
    if len(days) == len(choice.occasions):
        return choice
    return choice._replace(days=tuple(_build_day(model, halves) for halves in days.values()))


def _build_day(model: Model, halves: Sequence[Occasion]) -> DayOfGathering:
    both = None
    if len(halves) == HALVES_A_DAY:
        first, second = halves
        if _is_harder(model, first, second):
            both = first.variable
        elif _is_harder(model, second, first):
            both = second.variable
        else:
            both = _add_both(model, first, second)
    return DayOfGathering(tuple(halves), both)


def _is_harder(model: Model, half: Occasion, other: Occasion) -> bool:
    """Whether nobody is absent in the other half who is there in this one."""
    ways, ways_of_other = _find_ways(model, half), _find_ways(model, other)
    return half.away >= other.away and all(
        officer in ways and ways[officer] <= options for officer, options in ways_of_other.items()
    )


def _add_both(model: Model, first: Occasion, second: Occasion) -> int | None:
    """Add a variable that is 1 if both halves are chosen and everybody is there all day."""
    ways, others = _find_ways(model, first), _find_ways(model, second)
    ways_of_officers = [(ways[officer], others[officer]) for officer in ways if officer in others]
    if not all(early & late for early, late in ways_of_officers):
        return None
    both = model.add_variable()
    absences = _list_absences((first, second))
    for half in (first, second):
        model.add_row([(half.variable, 1), (both, -1)], least=0)
    for early, late in ways_of_officers:
        model.add_row([*((option, 1) for option in sorted(early & late)), (both, -1)], least=0)
        terms = absences + Counter(early | late)
        terms.subtract((first.variable, second.variable))
        terms[both] += 1
        model.add_row(terms.items(), least=0)
    return both


def _list_absences(occasions: Iterable[Occasion]) -> Counter[int]:
    """How often each variable counts in the absences on these occasions."""
    absences: Counter[int] = Counter()
    for occasion in occasions:
        absences[occasion.variable] += occasion.away
        absences.update(miss.variable for miss in occasion.misses)
    return absences


def _find_ways(model: Model, occasion: Occasion) -> dict[str, set[int]]:
    """The options by which each officer is there."""
    return {model.free[miss.options[0]].staff_no: set(miss.options) for miss in occasion.misses}


def ask_for_whole_days(model: Model, choice: Choice) -> None:
    """Where one half-day is left out of an even number, whole days make up what is asked.

    So every day counts once, but the one of which a half may stand alone counts only if it is
    whole. Absences make up for what they are the price of.
    """
    absences = _list_absences(choice.occasions)
    for left_out in choice.days:
        if _are_alike(left_out):
            continue
        terms = absences.copy()
        for day in choice.days:
            if day is not left_out:
                terms.update(half.variable for half in day.halves)
            if day.both is not None:
                terms[day.both] += 1 if day is left_out else -1
        pairs = [(variable, factor) for variable, factor in terms.items() if factor]
        model.add_row(pairs, least=choice.times // HALVES_A_DAY)


def _are_alike(day: DayOfGathering) -> bool:
    """Whether one is there in both halves or in none."""
    ways = {frozenset(miss.options for miss in half.misses) for half in day.halves}
    return len(day.halves) == HALVES_A_DAY and len(ways) == 1
