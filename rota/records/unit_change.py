"""A change of a unit's tables, in which terms begin on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from rota.domain import Unit
from rota.records.differences import Difference, find_differences
from rota.records.removed_rows import set_rows_aside
from rota.records.terms import hold_from


@dataclass(frozen=True, slots=True)
class UnitChange:
    """The tables of a unit before and after a change, and how they differ.

    If it is of the terms of one record, they hold `since` that day.
    """

    before: Unit
    after: Unit
    differences: tuple[Difference, ...]
    since: date | None = None

    @classmethod
    def between(
        cls, before: Unit, after: Unit, *, since: date, forgotten: Collection[str] = ()
    ) -> UnitChange:
        """The change, in which terms that tell no other day hold `since` that one.

        Who is removed was there until then, unless they are to be forgotten.
        """
        after = hold_from(before, after, since, forgotten=forgotten)
        after = set_rows_aside(before, after, since, forgotten)
        after = replace(after, earlier_policies=before.earlier_policies)
        return cls(before, after, tuple(find_differences(before, after)))
